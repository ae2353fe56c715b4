"""Volume: every period of the calendar, every article in one of them or in the note."""

from datetime import date

import polars as pl
import pytest

import toolkit as tk


def made(*rows):
    keys = ("published", "outlet", "text")
    return tk.load(
        [dict(zip(keys, row, strict=True)) for row in rows], recognizer="builtin", dedupe="off", progress=False
    )


@pytest.fixture(scope="module")
def four():
    return made(
        ("2026-02-02", "A", "Talks resumed in Geneva today."),
        ("2026-02-02", "B", "The harbour froze over."),
        ("2026-02-05", "A", "Prices rose again."),
        (None, "A", "Nobody knows when."),
    )


def test_days_without_articles_are_zeros_and_undated_articles_are_told(four):
    result = tk.analyses.volume(four, per="day")
    assert result.frame["day"].to_list() == [date(2026, 2, day) for day in (2, 3, 4, 5)]
    assert result.frame["amount"].to_list() == [2, 0, 0, 1]
    assert result.note == "1 of 4 articles have no date and are left out."


@pytest.mark.parametrize(
    ("per", "count", "days", "amounts"),
    [
        ("day", "words", 4, [9, 0, 0, 3]),
        ("week", "articles", 1, [3]),
        ("month", "sentences", 1, [3]),
        ("year", "stories", 1, [3]),
    ],
)
def test_amounts_are_of_the_count_and_the_period(four, per, count, days, amounts):
    frame = tk.analyses.volume(four, per=per, count=count).frame
    assert frame.height == days
    assert frame["amount"].to_list() == amounts


def test_a_week_begins_on_monday(four):
    assert tk.analyses.volume(four, per="week").frame["week"].to_list() == [date(2026, 2, 2)]


def test_each_group_has_every_period_the_largest_group_first(four):
    frame = tk.analyses.volume(four, per="day", by="outlet").frame
    assert frame["outlet"].to_list() == ["A"] * 4 + ["B"] * 4
    assert frame["amount"].to_list() == [1, 0, 0, 1, 1, 0, 0, 0]


def test_groups_beyond_the_largest_are_other_and_none_is_lost(four):
    frame = tk.analyses.volume(four, per="day", by="outlet", top=1).frame
    assert frame["outlet"].unique(maintain_order=True).to_list() == ["A", "other"]
    assert frame["amount"].sum() == 3


def test_the_evidence_of_a_bar_is_its_sentences(four):
    result = tk.analyses.volume(four, per="day", by="outlet")
    assert result.sentences(day=date(2026, 2, 2), outlet="B")["text"].to_list() == ["The harbour froze over."]


@pytest.mark.parametrize(("first", "last", "period"), [("2026-01-01", "2026-02-01", "day"), ("2025-01-01", "2026-02-01", "week"),
                                                       ("2020-01-01", "2026-02-01", "month"), ("1990-01-01", "2026-02-01", "year")])  # fmt: skip
def test_the_period_follows_from_how_long_the_corpus_is(first, last, period):
    corpus = made((first, "A", "One."), (last, "A", "Two."))
    assert tk.analyses.volume(corpus).frame.columns[0] == period


def test_a_wrong_date_far_away_does_not_draw_thousands_of_days():
    corpus = made(("1970-01-01", "A", "One."), ("2026-02-01", "A", "Two."))
    with pytest.raises(tk.SettingError, match="From 1970-01-01 to 2026-02-01 there are 20,486 days"):
        tk.analyses.volume(corpus, per="day")


def test_groups_over_time_are_refused(four):
    with pytest.raises(tk.SettingError, match="over time already"):
        tk.analyses.volume(four, by="day")


def test_copies_are_counted_beside():
    text = "The ministers of nine states met in the old harbour town to talk about fish, ice and the price of gas. " * 4
    rows = [{"text": text, "published": f"2026-02-0{day}", "outlet": outlet} for day, outlet in ((2, "A"), (3, "B"))]
    frame = tk.analyses.volume(tk.load(rows, recognizer="builtin", progress=False), per="day").frame
    assert frame.select("articles", "copies").rows() == [(1, 0), (1, 1)]


def test_a_corpus_without_articles_gives_an_empty_frame(empty):
    assert tk.analyses.volume(empty).frame.equals(pl.DataFrame(schema=tk.analyses.volume(empty).frame.schema))
