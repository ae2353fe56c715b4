"""Dispersion: the measures as their authors define them."""

import numpy as np
import polars as pl
import pytest

import toolkit as tk

TEXTS = ["gas oil gas gas", "oil steel oil coal", "oil wood tin lead zinc wool", "oil silk"]


@pytest.fixture(scope="module")
def frame():
    corpus = tk.load([text.capitalize() + "." for text in TEXTS], recognizer="builtin", dedupe="off", progress=False)
    return tk.analyses.dispersion(corpus, every=True, top=20).frame


def by_hand(word):
    """Gries's DP, normalised, and Juilland's D, over the four texts."""
    sizes, counts = [len(text.split()) for text in TEXTS], [text.split().count(word) for text in TEXTS]
    shares = [size / sum(sizes) for size in sizes]
    dp = sum(abs(share - count / sum(counts)) for share, count in zip(shares, counts, strict=True)) / 2
    rates = [count / size for size, count in zip(sizes, counts, strict=True)]
    mean = sum(rates) / len(rates)
    deviation = (sum((rate - mean) ** 2 for rate in rates) / len(rates)) ** 0.5
    return dp / (1 - min(shares)), 1 - deviation / mean / (len(rates) - 1) ** 0.5


@pytest.mark.parametrize("word", ["gas", "oil", "silk", "steel"])
def test_measures_are_as_computed_by_hand(frame, word):
    row = frame.filter(word=word).row(0, named=True)
    assert (row["dp"], row["juilland"]) == pytest.approx(by_hand(word))


def test_the_least_even_come_first_and_what_is_nowhere_is_named(frame):
    assert frame["dp"].is_sorted(descending=True)
    corpus = tk.load(TEXTS, recognizer="builtin", dedupe="off", progress=False)
    result = tk.analyses.dispersion(corpus, words=["gas", "snow"])
    assert result.frame["word"].to_list() == ["gas"]
    assert result.note == "snow: used in none of 4 articles."


def test_the_interval_of_a_word_in_five_articles_or_more_is_over_articles():
    texts = [f"Gas fell{' gas' * n}. Prices rose." for n in range(6)] + ["Oil oil oil oil burned near Ost."] * 2
    corpus = tk.load(texts, recognizer="builtin", dedupe="off", progress=False)
    frame = tk.analyses.dispersion(corpus, every=True, resamples=300, seed=2).frame
    gas, oil = (frame.filter(word=word).row(0, named=True) for word in ("gas", "oil"))
    assert oil["low"] is None
    assert oil["high"] is None
    spoken = corpus.words(every=True).collect().with_columns(pl.col("word").cast(pl.String))
    sizes = spoken.group_by("doc_id").agg(size=pl.len(), n=(pl.col("word") == "gas").sum()).sort("doc_id")
    size, times = sizes["size"].to_numpy(), sizes["n"].to_numpy()
    draws = np.random.default_rng(2).integers(8, size=(300, 8))
    drawn_size, drawn_times = size[draws], times[draws]
    whole = drawn_size.sum(axis=1, keepdims=True), drawn_times.sum(axis=1, keepdims=True)
    dp = np.abs(drawn_times / whole[1] - drawn_size / whole[0]).sum(axis=1) / 2 / (1 - size.min() / size.sum())
    assert (gas["low"], gas["high"]) == pytest.approx(tuple(np.percentile(dp, [2.5, 97.5])))


def test_one_article_alone_spreads_nothing_and_says_so():
    result = tk.analyses.dispersion(
        tk.load({"text": "The talks on the truce went on. The talks ended."}, progress=False)
    )
    assert result.frame.is_empty()
    assert result.note == "Words are spread over two articles or more; this corpus has 1 with words."
