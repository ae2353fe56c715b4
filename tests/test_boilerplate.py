"""Furniture found by its repeating across an outlet's stories."""

import polars as pl
import pytest

from toolkit import boilerplate
from toolkit.schema import DOCUMENTS, SENTENCES

PLEA = "Sign up to our newsletter for more."


def corpus(
    stories: int, extra: dict[str, range], *, outlet: str | None = "Echo", copies: bool = False, kind: str = "body"
):
    """An outlet's stories of two sentences each, and `extra` sentences under those whose numbers are given."""
    documents = [
        {"doc_id": f"{outlet}{n}", "outlet": outlet, "duplicate_of": f"{outlet}0" if copies and n else None}
        for n in range(stories)
    ]
    sentences = [
        {"doc_id": f"{outlet}{n}", "sent_id": i, "text": text, "kind": kind, "start": i, "end": i + 1, "words": 5}
        for n in range(stories)
        for i, text in enumerate(
            [
                f"Story {chr(97 + n % 26)}{chr(97 + n // 26)} happened here.",
                f"It was {chr(97 + n % 26)}{chr(97 + n // 26)} all the way.",
            ]
            + [text for text, numbers in extra.items() if n in numbers]
        )
    ]
    return SENTENCES.conform(pl.DataFrame(sentences)), DOCUMENTS.conform(pl.DataFrame(documents))


@pytest.mark.parametrize(
    ("text", "under", "found"),
    [
        (PLEA, 5, True),
        (PLEA, 4, False),
        ("© {} Echo. All rights reserved.", 6, True),
        ("Abonnez-vous à notre lettre du matin.", 6, True),
        ("Russia denies that it targets civilians.", 20, False),
        ("Russia denies that it targets civilians.", 40, True),
        ("He declined to comment.", 6, False),
    ],
)
def test_a_sentence_under_many_stories_is_furniture_if_it_speaks_of_the_page_or_is_nearly_everywhere(
    text, under, found
):
    lines = {text.format(2020 + n): range(n, under, 3) for n in range(3)}
    lines = lines if len(lines) > 1 else {text: range(under)}
    told = boilerplate.find(*corpus(100, lines))
    assert len(told) == int(found)
    if found:
        assert told.select("outlet", "stories", "documents", "share").row(0) == ("Echo", under, under, under / 100)


def test_copies_of_one_story_are_one_story():
    assert boilerplate.find(*corpus(50, {PLEA: range(50)}, copies=True)).is_empty()


def test_each_outlet_has_its_own_furniture_and_the_unnamed_have_theirs():
    parts = [
        corpus(20, {PLEA: range(10)}),
        corpus(20, {PLEA: range(2)}, outlet="Post"),
        corpus(20, {PLEA: range(10)}, outlet=None),
    ]
    sentences, documents = (pl.concat(frames) for frames in zip(*parts, strict=True))
    found = boilerplate.find(sentences, documents)
    assert found["outlet"].to_list() == [None, "Echo"]
    told = boilerplate.apply(sentences, documents, found).join(documents, on="doc_id").filter(pl.col("kind") == "other")
    assert told.group_by("outlet").len().sort("outlet", nulls_last=True).rows() == [("Echo", 10), (None, 10)]


def test_it_is_set_aside_and_nothing_else_changes():
    sentences, documents = corpus(20, {PLEA: range(20)})
    told = boilerplate.apply(sentences, documents, boilerplate.find(sentences, documents))
    assert told.filter(pl.col("kind") == "other")["text"].unique().to_list() == [PLEA]
    assert told.drop("kind").equals(sentences.drop("kind"))
    assert told.schema == SENTENCES.schema
    assert boilerplate.find(told, documents).is_empty()


def test_what_was_found_is_set_aside_in_new_articles_too():
    found = boilerplate.find(*corpus(20, {PLEA: range(20)}))
    new, documents = corpus(1, {"Sign up to our NEWSLETTER, for more!": range(1)})
    assert boilerplate.apply(new, documents, found)["kind"].to_list() == ["body", "body", "other"]


@pytest.mark.parametrize("kind", ["title", "heading", "caption", "credit"])
def test_titles_headings_captions_and_credits_are_left_alone(kind):
    assert boilerplate.find(*corpus(20, {PLEA: range(20)}, kind=kind)).is_empty()


def test_rows_in_another_order_and_an_outlet_with_too_much_to_read_give_the_same(monkeypatch):
    sentences, documents = corpus(100, {PLEA: range(50)})
    found = boilerplate.find(sentences, documents)
    assert boilerplate.find(sentences[::-1], documents[::-1]).equals(found)
    monkeypatch.setattr(boilerplate, "DOCUMENTS", 40)
    sampled = boilerplate.find(sentences, documents)
    assert sampled["line"].to_list() == found["line"].to_list()
    assert sampled["documents"].item() <= 40
    assert boilerplate.find(sentences[::-1], documents[::-1]).equals(sampled)


def test_nothing_has_no_furniture():
    nothing = boilerplate.find(SENTENCES.empty(), DOCUMENTS.empty())
    assert nothing.columns == ["outlet", "line", "stories", "documents", "share", "example"]
    assert boilerplate.apply(SENTENCES.empty(), DOCUMENTS.empty(), nothing).equals(SENTENCES.empty())
