"""Topics over time: shares of what was published in a period, nothing where nothing was."""

from datetime import date

import polars as pl
import pytest

import toolkit as tk
from toolkit import panels

BOOK = {"Iran": ["Iran"], "France": ["France"]}


def made(*rows):
    articles = [{"text": text, "published": day} for day, text in rows]
    return tk.load(articles, topics=BOOK, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def corpus():
    many = [("2026-02-05", text) for text in ["Iran spoke first."] * 3 + ["France spoke later."] * 3]
    return made(("2026-02-02", "Iran spoke first."), *many, (None, "France said nothing."))


def test_a_day_without_articles_has_no_share_and_an_amount_of_zero(corpus):
    frame = tk.analyses.topic_trend(corpus, per="day").frame
    gap = frame.filter(pl.col("day").is_in([date(2026, 2, 3), date(2026, 2, 4)]))
    assert gap.height == 6
    assert gap["share"].null_count() == 6
    assert gap["total"].to_list() == [0] * 6


def test_shares_sum_to_1_in_every_day_that_has_articles(corpus):
    frame = tk.analyses.topic_trend(corpus, per="day").frame.drop_nulls("share")
    sums = frame.group_by("day", maintain_order=True).agg(pl.col("share").sum(), pl.col("total").first())
    assert sums["share"].to_list() == pytest.approx([1, 1])
    assert sums["total"].to_list() == [3, 18]


def test_shares_are_those_of_the_part_that_was_published_then(corpus):
    trend = tk.analyses.topic_trend(corpus, per="day").frame.filter(pl.col("day") == date(2026, 2, 5))
    mix = tk.analyses.topic_mix(corpus.where(since="2026-02-05", until="2026-02-05")).frame
    assert trend["topic"].to_list() == mix["topic"].to_list()
    assert trend["share"].to_list() == pytest.approx(mix["share"].to_list())


def test_bands_need_five_articles_and_the_note_tells_of_days_and_dates_that_lack(corpus):
    result = tk.analyses.topic_trend(corpus, per="day")
    told = result.frame.filter(topic="Iran").drop_nulls("share")
    assert told["low"].is_null().to_list() == [True, False]
    assert "1 of 2 days have fewer than 5 articles" in result.note
    assert "1 of 8 articles have no date" in result.note


def test_the_evidence_of_a_point_is_its_sentences(corpus):
    result = tk.analyses.topic_trend(corpus, per="day")
    assert result.sentences(day=date(2026, 2, 2), topic="Iran")["text"].to_list() == ["Iran spoke first."]
    assert "France said nothing." not in result.sentences()["text"].to_list()


@pytest.mark.parametrize("scale", ["own", "shared"])
def test_the_line_breaks_where_nothing_was_published(corpus, scale):
    svg = tk.charts.svg(tk.analyses.topic_trend(corpus, per="day", scale=scale).figure)
    assert "<path" in svg
    assert "NaN" not in svg


def test_undated_articles_alone_are_refused_with_what_to_do():
    with pytest.raises(tk.NeedsError, match="with_dates"):
        tk.analyses.topic_trend(made((None, "Iran spoke.")))


@pytest.mark.parametrize(("topics", "columns"), [(2, 1), (3, 2), (9, 2), (16, 3)])
def test_many_topics_stand_in_columns_and_then_each_panel_has_its_days(topics, columns):
    words = [f"{letter}word" for letter in "abcdefghijklmnop"[:topics]]
    articles = [{"text": f"The {word} came.", "published": f"2026-02-{at + 1:02}"} for at, word in enumerate(words)]
    book = {word.upper(): [word] for word in words}
    corpus = tk.load(articles, topics=book, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)
    spec = tk.analyses.topic_trend(corpus, per="day").spec
    panels = spec["vconcat"] if columns == 1 else spec["concat"]
    assert spec.get("columns", 1) == columns
    assert len(panels) == topics + 2  # `other`, and how much was published
    days = [part["encoding"]["x"]["axis"]["labels"] for part in panels[0]["layer"]]
    assert set(days) == {columns > 1}


def test_a_long_name_is_cut_off_and_makes_no_panel_narrower(tmp_path):
    def plots(name):
        words = [f"{letter}word" for letter in "abcdefghijklmn"]
        articles = [{"text": f"The {word} came.", "published": f"2026-02-{at + 1:02}"} for at, word in enumerate(words)]
        book = {f"{name} {word}": [word] for word in words}
        corpus = tk.load(articles, topics=book, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)
        drawing = tk.analyses.topic_trend(corpus, per="day").styled(preset="column").drawing
        (grid,) = panels.grids(drawing)
        return grid["columns"], grid["concat"][0]["width"]

    (columns, width), (same, narrower) = plots("A"), plots("Elections and the formation of governments")
    assert columns == same == 2
    assert narrower == pytest.approx(width, rel=0.1)
