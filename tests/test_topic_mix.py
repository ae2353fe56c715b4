"""Topic shares with their intervals: by hand, over articles, and none where there is one article."""

import numpy as np
import polars as pl
import pytest

import toolkit as tk

CODEBOOK = {"Talks": ["talks"], "Gas": ["gas"]}


def made(texts, outlets=None):
    outlets = outlets or ["A"] * len(texts)
    articles = [
        {"id": str(n), "text": text, "outlet": outlet}
        for n, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
    ]
    return tk.load(articles, recognizer="builtin", topics=CODEBOOK, topic_model="seeds", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def eight():
    texts = ["They held talks there.", "They sold gas there."] * 3
    return made([*texts, "They held talks here.", "Nothing at all happened."], ["A"] * 6 + ["B"] * 2)


def test_the_columns_are_those_of_the_contract_and_the_interval(eight):
    frame = tk.analyses.topic_mix(eight, by="outlet").frame
    assert frame.columns == ["outlet", "topic", "share", "low", "high", "sentences", "articles"]
    assert frame.group_by("outlet").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1, 1])


def test_the_interval_is_the_range_over_resamples_of_the_articles(eight):
    frame = tk.analyses.topic_mix(eight, resamples=500, seed=3).frame
    weights = eight.grouped().join(eight.scan("topics"), on=["doc_id", "sent_id"]).collect()
    parts = weights.with_columns(n=pl.col("weight") * pl.col("words")).pivot(
        "topic", index="doc_id", values="n", aggregate_function="sum"
    )
    amounts = parts.fill_null(0).sort("doc_id").select("Talks", "Gas", "other").to_numpy()
    draws = np.random.default_rng(3).integers(8, size=(500, 8))
    drawn = amounts[draws].sum(axis=1)
    low, high = np.percentile(drawn / drawn.sum(axis=1, keepdims=True), [2.5, 97.5], axis=0)
    assert frame["low"].to_list() == pytest.approx(low.tolist())
    assert frame["high"].to_list() == pytest.approx(high.tolist())


def test_intervals_are_those_of_topic_by(sample):
    mine = tk.analyses.topic_mix(sample, by="outlet").frame.sort("outlet", "topic")
    theirs = tk.analyses.topic_by(sample, by="outlet").frame.sort("outlet", "topic")
    for column in ("share", "low", "high"):
        assert mine[column].to_list() == pytest.approx(theirs[column].to_list(), abs=1e-6)


def test_one_article_and_small_groups_have_no_interval_and_it_says_so(eight, corpus):
    one = tk.analyses.topic_mix(corpus)
    assert one.frame["low"].null_count() == one.frame.height
    assert "From 1 article: too few for intervals." in one.note
    grouped = tk.analyses.topic_mix(eight, by="outlet")
    assert grouped.frame.filter(outlet="A")["low"].null_count() == 0
    assert grouped.frame.filter(outlet="B")["low"].null_count() == 3
    assert "1 of 2 groups have fewer than 5 articles" in grouped.note
    alone = tk.analyses.topic_mix(eight, by="document")
    assert alone.frame["low"].null_count() == alone.frame.height
    assert "An article by itself has no interval" in alone.note


def test_without_resamples_there_are_no_intervals(eight):
    frame = tk.analyses.topic_mix(eight, resamples=0).frame
    assert frame["low"].null_count() == frame["high"].null_count() == frame.height


def test_intervals_are_drawn_as_rules_on_the_bars(eight):
    marks = [layer["mark"]["type"] for layer in tk.analyses.topic_mix(eight).chart.to_dict()["layer"]]
    assert marks == ["bar", "rule", "text"]
    counted = tk.analyses.topic_mix(eight, measure="sentences").chart.to_dict()["layer"]
    assert [layer["mark"]["type"] for layer in counted] == ["bar", "text"]


def test_an_empty_corpus_gives_an_empty_frame(empty):
    result = tk.analyses.topic_mix(empty)
    assert result.frame.is_empty()
    assert result.note is None
