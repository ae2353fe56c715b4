import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
OLD = (DATA / "nexis_old.txt").read_text(encoding="utf-8")


def given(text, name="export.txt"):
    return read(Source(name, opener=lambda: io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def test_the_older_shape_gives_every_article_with_its_fields():
    articles, said = read(DATA / "nexis_old.txt")
    assert said == []
    first, second, third = articles
    assert (first.outlet, first.title, first.author, first.section, first.language) == (
        "The Harbour Gazette",
        "Ferry talks resume after a quiet weekend",
        "Mara Quill and Tom Oakes",
        "NEWS",
        "en",
    )
    assert first.published == datetime(2026, 1, 12, tzinfo=UTC)
    assert (first.meta["edition"], first.meta["page"], first.meta["length"]) == ("Edition 1; Northern", "Pg. 6", 74)
    assert kinds(first)[0][1].endswith("over the price of the winter timetable.")
    assert kinds(first)[-1] == ("caption", "The old customs house in Port Ellery. Photo: R. Lund")
    assert (second.title, second.outlet) == ("Note: harbour dues rise", "The Northern Post")
    assert second.published == datetime(2026, 2, 3, 21, 50, tzinfo=UTC)
    assert kinds(second)[1] == ("body", "Fishing boats under ten metres are exempt.")
    assert (third.outlet, third.author, third.language) == ("Küstenbote", "Jana Brandt", "de")
    assert third.published == datetime(2026, 2, 27, tzinfo=UTC)


@pytest.mark.parametrize("suffix", ["docx", "rtf"])
def test_the_newer_shape_gives_every_article_with_its_fields(suffix):
    articles, said = read(DATA / f"nexis_uni.{suffix}")
    assert said == []
    first, second = articles
    assert (first.outlet, first.title, first.author, first.section, first.language) == (
        "The Harbour Gazette",
        "Ferry talks resume after a quiet weekend",
        "Mara Quill and Tom Oakes",
        "NEWS",
        "en",
    )
    assert first.published == datetime(2026, 1, 12, 21, 50, tzinfo=UTC)
    assert first.meta["highlight"] == "Two companies, one customs house."
    assert first.meta["geographic"] == "PORT ELLERY (91%)"
    assert [kind for kind, _ in kinds(first)] == ["body", "heading", "body", "body", "caption"]
    assert kinds(first)[3][1].startswith("Subject: the ferry.")
    assert (second.title, second.outlet, second.section) == ("Fähre fährt wieder", "Küstenbote", "LOKALES")
    assert second.published == datetime(2026, 2, 27, tzinfo=UTC)
    assert second.text.endswith("mehrere hundert Menschen.")


NEW = """Ferry talks resume
The Harbour Gazette
October 17, 2026 Saturday 10:45 PM EST

Copyright 2026 Harbour Gazette Ltd All Rights Reserved

Section: NEWS
Length: 12 words
{label}
The talks resumed on Saturday in the old customs house.
Nobody left the room early.
Load-Date: October 18, 2026
End of Document
"""


def test_the_newer_shape_is_read_from_text_with_and_without_the_word_body():
    for label in ("Body", ""):
        (article,), _ = given(NEW.format(label=label))
        assert article.text.split("\n\n") == [
            "The talks resumed on Saturday in the old customs house.",
            "Nobody left the room early.",
        ]
        assert article.published == datetime(2026, 10, 18, 3, 45, tzinfo=UTC)


def test_a_title_that_holds_a_date_is_not_taken_for_the_date():
    (article,), _ = given(
        NEW.format(label="Body").replace("Ferry talks resume", "What was said on 3 May 2025 in the house")
    )
    assert article.title == "What was said on 3 May 2025 in the house"
    assert article.published.year == 2026


def test_a_paragraph_that_begins_like_a_label_stays_in_the_body():
    text = OLD.replace("A decision is expected", "Language: a decision is expected")
    assert "Language: a decision is expected" in given(text)[0][0].text


@pytest.mark.parametrize(
    ("numbered", "label"),
    [
        ("Dokument 1 von 1", "LÄNGE: 20 Wörter"),
        ("Document 1 de 1", "LONGUEUR: 20 mots"),
        ("Document 1 of 1", "LENGTH: 20 words"),
    ],
)
def test_each_language_of_the_interface_is_known(numbered, label):
    text = f"\n{numbered}\n\n\nKüstenbote\n\n27. Februar 2026\n\nFähre fährt wieder\n\n{label}\n\nDie Fähre fährt seit Freitag wieder.\n"
    (article,), _ = given(text)
    assert (article.outlet, article.title) == ("Küstenbote", "Fähre fährt wieder")
    assert article.text == "Die Fähre fährt seit Freitag wieder."


def test_an_export_that_breaks_off_gives_what_there_is_and_says_so():
    articles, said = given(OLD[: OLD.index("3 of 3 DOCUMENTS")].replace("1 of 3", "1 of 9").replace("2 of 3", "2 of 9"))
    assert len(articles) == 2
    assert said == ["repaired: says that it holds 9 articles; 2 were found."]


def test_a_half_written_word_export_is_told():
    raw = (DATA / "nexis_uni.docx").read_bytes()
    articles, said = given(raw[: len(raw) // 2], "export.docx")
    assert articles == []
    assert said == ["skipped: is no Word document, or broken or only partly written; nothing could be read."]


def test_plain_texts_that_only_mention_the_marks_are_no_exports():
    for text in ("He read 3 of 20 DOCUMENTS aloud.\nLENGTH: unknown", "Body\n\nLength: short", "End of Document\n"):
        (article,), _ = given(text)
        assert article.outlet is None


def test_it_is_known_without_its_suffix():
    articles, _ = given((DATA / "nexis_uni.rtf").read_bytes(), "download")
    assert len(articles) == 2


def test_many_articles_take_time_in_proportion():
    article = OLD[OLD.index("                               3 of 3") :]
    articles, _ = given(OLD + article * 2000)
    assert len(articles) == 2003
