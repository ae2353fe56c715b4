"""Dispersion: the measures as their authors define them."""

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
