"""Blocks: how a text falls into paragraphs, and what each of them is."""

import os
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sentences import TEXTS

from toolkit import blocks, sentences
from toolkit.schema import BLOCKS, KINDS

GIVEN = pl.List(pl.Struct({"kind": pl.String, "start": pl.Int64, "end": pl.Int64}))


def documents(text: str, title: str | None = None, given: list | None = None) -> pl.DataFrame:
    rows = [{"kind": kind, "start": start, "end": end} for kind, start, end in given] if given is not None else None
    columns = {"doc_id": ["d"], "title": [title], "text": [text], "blocks": [rows]}
    return pl.DataFrame(columns, schema={"doc_id": pl.String, "title": pl.String, "text": pl.String, "blocks": GIVEN})


def found(text: str, title: str | None = None, given: list | None = None) -> list[tuple[str, str]]:
    """The kind and the text of every block."""
    frame = blocks.find(documents(text, title, given))
    return [(kind, text[start:end]) for kind, start, end in frame.select("kind", "start", "end").rows()]


def kinds(text: str, title: str | None = None) -> list[str]:
    return [kind for kind, _ in found(text, title)]


BODY = "The delegations met on Monday and talked for hours about the truce."
MORE = "Nobody would say how long the talks are going to last."

ARTICLES = {
    "a title and a body": (f"Talks resume in Rome\n\n{BODY}\n\n{MORE}", "title body body"),
    "a title and lines": (f"Talks resume in Rome\n{BODY}\n{MORE}", "title body body"),
    "a title that asks": (f"Will the talks resume?\n\n{BODY}", "title body"),
    "a title that ends in an abbreviation": (f"Lee rejects talks with the U.S.\n\n{BODY}", "title body"),
    "a title twice": (f"Talks resume in Rome\n\nTalks resume in Rome\n\n{BODY}", "title other body"),
    "a title in other quotes": (f"Lee's ‘new’ talks in Rome\n\nLee’s 'new' talks in Rome\n{BODY}", "title other body"),
    "no title": (f"{BODY}\n\n{MORE}", "body body"),
    "a word above the title": (f"Analysis\n\nTalks resume in Rome\n\n{BODY}", "other title body"),
    "a caption and an agency": (
        f"Talks resume in Rome\n\nAnn Lee speaks to reporters in Rome, Italy, 3 February 2026.\nReuters\n\n{BODY}",
        "title caption credit body",
    ),
    "a caption in the middle": (
        f"Talks resume in Rome\n\n{BODY}\n\nDelegates at the palace\nPhoto: Ann Lee/AFP\n\n{MORE}\n\n{BODY}",
        "title body caption credit body body",
    ),
    "a caption that says so": (
        f"Talks resume\n\n{BODY}\n\nFILE PHOTO: Ann Lee arrives in Rome. REUTERS/Jane Doe\n\n{MORE}",
        "title body caption body",
    ),
    "a caption with its photographer": (
        f"Talks resume\n\n{BODY}\n\nAnn Lee arrives in Rome on Monday (AP Photo/Jane Doe)\n\n{MORE}",
        "title body caption body",
    ),
    "prose that only mentions pictures": (
        f"Talks resume\n\n{BODY}\n\nPicture this: a man walks in. He sits down.\n\nThis image of peace is false, she said.",
        "title body body body",
    ),
    "a last paragraph and the agency that wrote it": (f"Talks resume\n\n{BODY}\n\n{MORE}\n\nReuters", "title body body credit"),
    "a byline and a date": (
        f"Talks resume\n\nBy Ann Lee and John de Roe, Rome\nPublished 3 February 2026, 10:15 GMT\n\n{BODY}",
        "title credit other body",
    ),
    "a name and an office": (f"Talks resume\n\nAnn Lee\nDiplomatic correspondent\n\n{BODY}", "title credit credit body"),
    "who else reported": (
        f"Talks resume\n\n{BODY}\n\n{MORE}\n\n(Reporting by Ann Lee; editing by John Roe)",
        "title body body credit",
    ),
    "an embedded post": (f"Talks resume\n\n{BODY}\n\n— Ann Lee (@annlee) 3 February 2026", "title body credit"),
    "a standfirst": (
        f"Talks resume\n\nDelegations from three states meet behind closed doors\n\n{BODY}",
        "title standfirst body",
    ),
    "a standfirst above a byline": (
        f"Talks resume\n\nThree states meet behind closed doors in Rome.\n\nBy Ann Lee\n\n{BODY}\n\n{MORE}",
        "title standfirst credit body body",
    ),
    "headings": (
        f"Talks resume\n\n{BODY}\n\nRising tensions\n\n{MORE}\n\nWHAT NEXT?\n\n{BODY}",
        "title body heading body heading body",
    ),
    "two headings in a row": (f"Talks resume\n\n{BODY}\n\nIn detail\n\nThe truce\n\n{MORE}", "title body heading heading body"),
    "a numbered heading": (f"Talks resume\n\n{BODY}\n\n1. The truce\n\n{MORE}\n\n2. The border\n\n{BODY}", "title body heading body heading body"),
    "a line that leads on": (f"Talks resume\n\n{BODY}\n\nThis is what we know:\n\n{MORE}", "title body body body"),
    "bullets": (f"Talks resume\n\n{BODY}\n\n• a truce\n• a border\n\n- one thing\n- another thing", "title body list list list list"),
    "a single dash": (f"Talks resume\n\n- It may be so, she said.\n\n{BODY}", "title body body"),
    "numbers": (f"Talks resume\n\n{BODY}\n\n1. a truce\n2. a border", "title body list list"),
    "short lines in a row": (f"Things to pack\n\n{BODY}\n\nwater\nfood for a day\na map\n\n{MORE}", "title body list list list body"),
    "Markdown": (
        f"# Talks resume\n\n{BODY}\n\n> We are ready.\n> So are they.\n\n## Next\n\n* rest\n* talk\n\n***\n\n{MORE}",
        "title body quote heading list list other body",
    ),
    "underlined headings": (f"Talks resume\n\n{BODY}\n\nNext\n----\n\n{MORE}", "title body heading other body"),
    "furniture": (
        f"Talks resume\n\n{BODY}\n\nAdvertisement\n\nRead more: Why they met\n\n{MORE}\n\nShare this article",
        "title body other other body other",
    ),
    "links and tags at the end": (
        f"Talks resume\n\n{BODY}\n\nRelated articles\nA flood in Rome\nAnother day, another storm\nTags\nRome, Talks",
        "title body other other other other other",
    ),
    "a plea at the end": (
        f"Talks resume\n\n{BODY}\n\n{MORE}\n\n© 2026 The Daily Example. All rights reserved.\n\nSign up for our newsletter and never miss a story.",
        "title body body other other",
    ),
    "a plea in a quote": (f"Talks resume\n\nSubscribe to nothing, she told them. They did.\n\n{BODY}\n\n{MORE}", "title body body body"),
    "an answer of one word": (f"Talks resume\n\n{BODY}\n\nMore.\n\n{MORE}", "title body body body"),
    "dates above parts": (f"How it went\n\n{BODY}\n\n3 February\n\n{MORE}", "title body heading body"),
    "an address": (f"Talks resume\n\n{BODY}\n\nhttps://example.org/talks", "title body other"),
    "German": (f"Gespräche in Rom\n\nVon Anna Roe, dpa\n\n{BODY}\n\nFoto: dpa\n\nLesen Sie auch: Warum Rom?\n\nAnzeige", "title credit body credit other other"),
    "Chinese": ("谈判重启\n新华社北京2月3日电\n克里姆林宫证实，谈判将举行。\n相关新闻", "title credit body other"),
    "Arabic": ("استئناف المحادثات في روما\n\nالتقى الوفدان يوم الاثنين في روما لساعات.\n\nاقرأ أيضا", "title body other"),
}  # fmt: skip

PAGES = {
    "an agency's page": (
        f"Talks resume in Rome this week\n\n1 of 3 | Ann Lee speaks to the media in Rome, Monday, Feb. 2, 2026. (AP Photo/Jane Doe)\n\nBy JANE DOE\nUpdated 10:00 AM GMT, February 2, 2026\n\nROME (AP) — {BODY}\n\n{MORE}\n\n___\n\nAssociated Press writer John Roe in Bern contributed to this report.",
        "title caption credit other body body other credit",
    ),
    "a newspaper's page": (
        f"Talks resume in Rome\nSpokesman says delegations will meet on Wednesday\n\nJane Doe in Rome\nMon 2 Feb 2026 10.15 GMT\nShare\n{BODY}\n\n{MORE}\n\nPhotograph: John Roe/EPA\n\n{BODY}\n\nSign up to Headlines\n\n{MORE}",
        "title standfirst credit other other body body credit body other body",
    ),
    "a broadcaster's page": (
        f"Talks resume in Rome\n\nBy Jane Doe, CNN\n 4 minute read \nUpdated 10:15 AM EST, Mon February 2, 2026\n\nCNN\n — \n{BODY}\n\nRELATED ARTICLE\nWhy the talks matter\n\n{MORE}",
        "title credit other other credit other body other other body",
    ),
    "a channel's page": (
        f"News|Truce\n\nTalks resume in Rome\n\nSpokesman says three delegations will meet on Wednesday.\n\nEnvoy Ann Lee [File: John Roe/Pool via Reuters]\nBy Our Staff and News Agencies\nPublished On 2 Feb 2026\n\n{BODY}\n\n{MORE}",
        "other title standfirst caption credit other body body",
    ),
    "a German page": (
        f"Neue Gespräche in Rom\nEin Sprecher nennt Rom als Ort. Wer teilnimmt, bleibt offen.\nVon Anna Roe, Rom\n02.02.2026, 12.01 Uhr\n\n{BODY}\n\nNeue Hoffnung\n\n{MORE}\n\nMehr zum Thema\nWarum Rom? Von Bernd Lee\nWas jetzt wichtig ist\n\nans/dpa",
        "title standfirst credit other body heading body other other other other",
    ),
    "a French page": (
        f"Une nouvelle série de pourparlers\nLe porte-parole a annoncé que les négociations auraient lieu à Rome.\n\nLe Journal avec AFP\nPublié le 02 février 2026 à 12h01, modifié à 14h10\n\nAnn Lee à Rome, le 2 février 2026. JANE DOE / REUTERS\n\n{BODY}\n\nLire aussi | Pourquoi Rome ?\n\n{MORE}",
        "title standfirst credit other caption body other body",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*ARTICLES.values(), *PAGES.values()], ids=[*ARTICLES, *PAGES])
def test_a_paragraph_is_told_by_its_looks_and_its_place(text, expected):
    assert kinds(text) == expected.split()


@pytest.mark.parametrize("text", ["Tags", "Reuters", "By Ann Lee", "# One", "> so", "…", "3 February 2026", BODY])
def test_a_text_of_one_block_is_body(text):
    assert kinds(text) == ["body"]
    assert kinds(text, title="Something else altogether") == ["body"]


def test_a_text_that_is_only_its_title_is_a_title():
    assert kinds("Talks resume in Rome", title="Talks resume in Rome") == ["title"]


def test_a_title_given_apart_is_found_in_the_text_with_or_without_the_site_behind_it():
    text = f"World\n\nTalks resume in Rome today\n\n{BODY}"
    assert kinds(text, title="Talks resume in Rome today") == ["other", "title", "body"]
    assert kinds(text, title="Talks resume in Rome today | The Daily Example") == ["other", "title", "body"]


def test_a_title_given_apart_that_is_not_in_the_text_has_no_block():
    assert "title" not in kinds(f"Talks resume in Rome\n\n{BODY}", title="Envoys meet again")


LAYOUTS = {
    "blank lines": ("a b.\n\nc d.\n \t\ne f.", ["a b.", "c d.", "e f."]),
    "Windows": ("a b.\r\n\r\nc d.\r\ne f.", ["a b.", "c d.", "e f."]),
    "old Mac": ("a b.\rc d.", ["a b.", "c d."]),
    "Unicode": ("A b.\u2028C d.\u2029E f.\x85G h.", ["A b.", "C d.", "E f.", "G h."]),
    "around": ("\ufeff  a b.\t\n\n\u00a0c d.\u00a0 ", ["\ufeff  a b.", "c d."]),
    "wrapped": (
        "The delegations met on Monday and talked for hours about\nthe truce that was agreed upon in the winter, and about\nhow to keep it.\n\nThen they left.",
        ["The delegations met on Monday and talked for hours about\nthe truce that was agreed upon in the winter, and about\nhow to keep it.", "Then they left."],
    ),
    "wrapped, no blank line": (
        "The delegations met on Monday and talked for hours about\nthe truce that was agreed upon in the winter, and about\nhow to keep it.\nThen they left the palace, and nobody knew where they had\ngone to in the night.",
        ["The delegations met on Monday and talked for hours about\nthe truce that was agreed upon in the winter, and about\nhow to keep it.", "Then they left the palace, and nobody knew where they had\ngone to in the night."],
    ),
    "broken off": (
        "The delegations met on Monday and they talked about a\ntruce.\nThey left.",
        ["The delegations met on Monday and they talked about a\ntruce.", "They left."],
    ),
    "a quote": ("> one\n> two\nthree.", ["> one\n> two", "three."]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_paragraphs_follow_the_layout(text, expected):
    assert [piece for _, piece in found(text)] == expected


def test_given_blocks_are_kept_and_what_they_leave_out_is_found():
    text = f"Talks resume in Rome\n\nA picture of it\n\n{BODY}\n\nTags"
    given = [("title", 0, 20), ("caption", 22, 37)]
    assert found(text, given=given) == [
        ("title", "Talks resume in Rome"),
        ("caption", "A picture of it"),
        ("body", BODY),
        ("other", "Tags"),
    ]


GIVENS = {
    "beyond the text": ([("body", -3, 99)], [("body", "one two\n\nthree")]),
    "overlapping": ([("list", 4, 9), ("quote", 0, 7)], [("quote", "one two"), ("body", "three")]),
    "an unknown kind": ([("banner", 0, 7)], [("other", "one two"), ("body", "three")]),
    "no kind": ([(None, 0, 7)], [("other", "one two"), ("body", "three")]),
    "nothing in it": ([("caption", 7, 9), ("list", 5, 5), ("list", 6, 2)], [("body", "one two"), ("body", "three")]),
    "no end": ([("caption", 3, None)], [("body", "one two"), ("body", "three")]),
    "inside a word": ([("list", 1, 2)], [("body", "o"), ("list", "n"), ("body", "e two"), ("body", "three")]),
    "none": ([], [("body", "one two"), ("body", "three")]),
    "null": (None, [("body", "one two"), ("body", "three")]),
}


@pytest.mark.parametrize(("given", "expected"), GIVENS.values(), ids=GIVENS)
def test_faulty_blocks_are_mended(given, expected):
    assert found("one two\n\nthree", given=given) == expected


def test_documents_without_blocks_titles_or_text_are_served_in_their_order():
    frame = pl.DataFrame({"doc_id": ["b", "a", "c"], "text": ["One. Two.", None, "Three."]})
    assert blocks.find(frame).rows() == [("b", 0, "body", 0, 9), ("c", 0, "body", 0, 6)]
    assert blocks.find(frame.clear()).schema == BLOCKS.schema


FAULTY = st.tuples(
    st.sampled_from([*KINDS, "banner", None]), st.none() | st.integers(-5, 60), st.none() | st.integers(-5, 120)
)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.none() | TEXTS, st.none() | st.lists(FAULTY, max_size=5))
def test_every_character_that_is_not_blank_lies_in_exactly_one_block(text, title, given):
    frame = blocks.find(documents(text, title, given))
    spans = frame.select("start", "end").rows()
    assert frame.schema == BLOCKS.schema
    assert frame["paragraph"].to_list() == list(range(len(frame)))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())


@pytest.mark.skipif("TOOLKIT_GOLD" not in os.environ, reason="TOOLKIT_GOLD is not set")
def test_every_unit_of_the_labelled_article_is_of_its_kind():
    text = (Path(__file__).parents[1] / "seeds" / "kremlin-talks.txt").read_text(encoding="utf-8")
    frame = documents(text)
    split = sentences.split(frame, blocks.find(frame)).filter(pl.col("kind") != "other")
    (units,) = (Path(os.environ["TOOLKIT_GOLD"]) / "article").glob("*.units.jsonl")
    gold = pl.read_ndjson(units)
    assert split["kind"].to_list() == gold["kind"].to_list()
    assert all(map(str.startswith, split["text"], gold["starts_with"]))
