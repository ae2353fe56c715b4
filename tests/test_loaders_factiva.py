import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"


def given(text, name="export.txt"):
    return read(Source(name, opener=lambda: io.BytesIO(text if isinstance(text, bytes) else text.encode())))


SHOWN = {  # file: author, time of day, section of the first article
    "factiva_codes.html": ("Mara Quill and Tom Oakes", "20:41", "News"),
    "factiva_codes.txt": ("Mara Quill", "20:41", "News"),
    "factiva_display.html": ("Mara Quill", "00:00", "News"),
    "factiva_display.rtf": ("Mara Quill", "20:41", "News"),
    "factiva_display.txt": ("Mara Quill", "00:00", "News"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_every_format_gives_the_same_article(name):
    articles, _ = read(DATA / name)
    author, clock, section = SHOWN[name]
    first = articles[0]
    assert first.title == "Ferry talks resume after a quiet weekend"
    assert (first.outlet, first.author, first.section, first.language) == ("The Harbour Gazette", author, section, "en")
    assert first.published == datetime.fromisoformat(f"2026-01-12T{clock}:00+00:00")
    assert first.id == "HGZ0000020260112em1c0001r"
    assert first.text.startswith("Negotiators for the two ferry companies met again on Monday in the old customs house")
    assert first.meta["source_code"] == "HGZ"


def test_field_codes_are_told_from_words_of_the_body():
    for name in ("factiva_codes.html", "factiva_codes.txt"):
        first = read(DATA / name)[0][0]
        assert "IN the harbour, nobody noticed." in first.text
        assert first.meta["subjects"] == ["Transport", "Political/General News"]
        assert first.meta["publisher"] == "Harbour Gazette Ltd"
        assert first.text.endswith(("Ellery Lines.", "speaks for the islanders."))


def test_other_languages_are_read():
    french = read(DATA / "factiva_codes.html")[0][1]
    assert (french.title, french.language) == ("Le bac repart", "fr")
    assert french.published == datetime(2025, 12, 29, tzinfo=UTC)
    german = read(DATA / "factiva_display.txt")[0][1]
    assert (german.outlet, german.language, german.meta["length"]) == ("Küstenbote", "de", 1012)
    assert german.published == datetime(2026, 1, 13, tzinfo=UTC)


def test_an_export_that_ends_within_an_article_gives_what_there_is_and_says_so():
    articles, said = read(DATA / "factiva_display.txt")
    assert articles[-1].title == "Storm closes the pier"
    assert articles[-1].text == "The pier was closed on Wednesday after"
    assert said == ["repaired: ends in the middle of an article; what there is of it was read."]


@pytest.mark.parametrize(
    ("above", "title", "author", "section"),
    [
        ("Dues to rise", "Dues to rise", None, None),
        ("News\nDues to rise in April this year", "Dues to rise in April this year", None, "News"),
        ("Dues to rise in April this year\nBy Mara Quill", "Dues to rise in April this year", "Mara Quill", None),
        ("Dues to rise in April this year\nMara Quill", "Dues to rise in April this year", "Mara Quill", None),
        ("News\nDues to rise\nMara Quill", "Dues to rise", "Mara Quill", "News"),
    ],
)
def test_section_headline_and_byline_are_told_apart_without_codes(above, title, author, section):
    text = f"{above}\n12 words\n13 January 2026\nThe Harbour Gazette\nHGZ\nEnglish\n(c) 2026 HG\n\nDues rise.\n\nDocument HGZ0000020260113em1d0002s\n"
    (article,), _ = given(text)
    assert (article.title, article.author, article.section) == (title, author, section)
    assert article.text == "Dues rise."


def test_a_page_about_factiva_is_read_as_a_page():
    page = b"<!doctype html><html><head><title>On Factiva</title></head><body><article><p>Factiva is a database that libraries pay for, and few readers know it.</p></article></body></html>"
    (article,), _ = given(page, "page.html")
    assert article.text.startswith("Factiva is a database")


def test_plain_texts_that_begin_lines_with_codes_are_no_exports():
    (article,), _ = given("HD sets cost more.\nSN is a sign.\nThe rest is prose of the usual kind.")
    assert article.id is None
    assert article.outlet is None
