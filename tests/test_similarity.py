"""Similarity: the same words are 1, none in common 0, whichever comes first."""

import pytest

import toolkit as tk
from toolkit.errors import SettingError


def test_the_same_words_are_alike_and_others_are_not():
    texts = {"North": "Gas pipes leak.", "East": "Pipes leak gas.", "South": "Oil wells burn."}
    corpus = tk.load(
        [{"outlet": outlet, "text": text} for outlet, text in texts.items()],
        recognizer="builtin",
        dedupe="off",
        progress=False,
    )
    frame = tk.analyses.similarity(corpus).frame
    found = {(a, b): value for a, b, value in frame.select("first", "second", "similarity").iter_rows()}
    assert found["North", "East"] == found["East", "North"] == pytest.approx(1)
    assert found["North", "South"] == 0
    assert frame.filter(first="North", second="East")["words"].item() == "gas, leak, pipes"
    with pytest.raises(SettingError, match="similarity got by='all'"):
        tk.analyses.similarity(corpus, by="all")


def test_one_group_and_no_article_have_no_likeness(empty):
    corpus = tk.load([{"outlet": "North", "text": "Gas pipes leak."}], recognizer="builtin", progress=False)
    result = tk.analyses.similarity(corpus)
    assert result.frame.is_empty()
    assert "likeness is between two" in result.note
    assert tk.analyses.similarity(empty).frame.is_empty()
