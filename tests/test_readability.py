"""Readability: the formulas on counts known beforehand, syllables by rule."""

import polars as pl
import pytest
from toolkit_readability import syllables

import toolkit as tk

COUNTED = {
    "peace": 1, "talks": 1, "resumed": 2, "negotiation": 4, "table": 2, "the": 1, "minister": 3, "energy": 3,
    "hoped": 1, "wanted": 2, "places": 2, "capital": 3, "president": 3, "people": 2, "agreement": 3, "oil": 1, "war": 1,
}  # fmt: skip


def test_most_syllables_are_counted_right():
    found = pl.DataFrame({"word": list(COUNTED), "told": list(COUNTED.values())}).with_columns(
        found=syllables(pl.col("word"))
    )
    assert found.filter(pl.col("told") != pl.col("found"))["word"].to_list() == []


def test_the_formulas_are_those_of_their_authors():
    corpus = tk.load(
        [{"text": "The war hit the oil. The minister wanted peace.", "outlet": "North"}],
        recognizer="builtin",
        progress=False,
    )
    row = tk.analyses.readability(corpus).frame.row(0, named=True)
    words, sentences, count, long = 9, 2, 5 + 1 + 3 + 2 + 1, 1
    assert row["flesch"] == pytest.approx(206.835 - 1.015 * words / sentences - 84.6 * count / words)
    assert row["grade"] == pytest.approx(0.39 * words / sentences + 11.8 * count / words - 15.59)
    assert row["lix"] == pytest.approx(words / sentences + 100 * long / words)
    assert row["low"] is None


def test_what_is_not_english_is_left_out_and_counted():
    corpus = tk.load([{"text": "Die Lage war ernst.", "language": "de"}, {"text": "The war went on.", "language": "en"}], recognizer="builtin", progress=False)  # fmt: skip
    result = tk.analyses.readability(corpus)
    assert result.frame["articles"].to_list() == [1]
    assert result.note == "1 of 2 articles are not in English and are left out."
