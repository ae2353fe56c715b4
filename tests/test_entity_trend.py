"""How often names come up over time: by hand, gaps as gaps, the undated counted."""

import polars as pl
import pytest

import toolkit as tk

ROWS = [
    ("Iran spoke. Nobody else did.", "2026-02-02"),
    ("Iran and France spoke.", "2026-02-02"),
    ("France spoke.", "2026-02-05"),
    ("Iran spoke.", None),
]


def made(rows):
    articles = [{"text": text, "published": day} for text, day in rows]
    return tk.load(articles, recognizer="builtin", topic_model="seeds", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def four():
    return made(ROWS)


def test_each_day_has_each_name_and_days_without_articles_are_gaps(four):
    frame = tk.analyses.entity_trend(four, per="day").frame
    assert frame.filter(entity="Iran")["share"].to_list() == [pytest.approx(2 / 3), None, None, 0]
    assert frame.filter(entity="France")["amount"].to_list() == [1, 0, 0, 1]
    assert frame.filter(entity="France")["of_articles"].to_list() == [2, 0, 0, 1]


def test_articles_without_a_date_are_told_and_are_no_evidence(four):
    result = tk.analyses.entity_trend(four, per="day")
    assert "1 of 4 articles have no date and are left out." in result.note
    assert "fewer than 5 articles (hollow)" in result.note
    assert result.sentences(entity="Iran").height == 2
    assert result.sentences(entity="Iran", day=pl.Series([ROWS[0][1]]).str.to_date()[0]).height == 2


def test_the_names_that_are_asked_for_and_no_others(four):
    frame = tk.analyses.entity_trend(four, per="day", entities=["France"]).frame
    assert frame["entity"].unique().to_list() == ["France"]
    with pytest.raises(tk.SettingError, match="'Spain', which no article names"):
        tk.analyses.entity_trend(four, entities=["Spain"])


def test_without_dates_it_says_what_to_do():
    with pytest.raises(tk.NeedsError, match="with_dates"):
        tk.analyses.entity_trend(made([("Iran spoke.", None)]))


def test_it_is_drawn_and_empty_it_is_an_empty_answer(sample, four, empty):
    assert "<path" in tk.charts.svg(tk.analyses.entity_trend(sample, per="week", scale="shared").figure)
    assert tk.analyses.entity_trend(empty).frame.is_empty()
    assert tk.analyses.entity_trend(made([("Nobody spoke.", "2026-02-02")])).frame.is_empty()
