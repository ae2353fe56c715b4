"""Lexical diversity: the moving average as it is defined, window by window."""

from random import Random

import pytest

import toolkit as tk


@pytest.fixture(scope="module")
def texts():
    random = Random(3)
    return [
        " ".join(random.choice(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]) for _ in range(size))
        for size in (14, 30, 10, 8, 22, 17)
    ]


def test_it_is_the_mean_over_all_windows(texts):
    articles = [{"text": text.capitalize() + ".", "outlet": "North"} for text in texts]
    corpus = tk.load(articles, recognizer="builtin", dedupe="off", progress=False)
    result = tk.analyses.lexical_diversity(corpus, window=10)
    words = [text.split() for text in texts]
    windows = [len(set(text[at : at + 10])) / 10 for text in words for at in range(len(text) - 9)]
    row = result.frame.row(0, named=True)
    assert row["mattr"] == pytest.approx(sum(windows) / len(windows))
    assert row["low"] <= row["mattr"] <= row["high"]
    assert (row["articles"], row["words"]) == (5, sum(len(text) for text in words if len(text) >= 10))
    assert result.note == "1 of 6 articles have fewer than 10 words and are left out."
