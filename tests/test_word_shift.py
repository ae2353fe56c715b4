"""Word shift: parts that add up to the divergence."""

import math

import pytest

import toolkit as tk
from toolkit.errors import SettingError


@pytest.fixture(scope="module")
def corpus():
    texts = {"North": "Gas gas gas oil coal.", "South": "Oil oil oil coal coal."}
    return tk.load(
        [{"outlet": outlet, "text": text} for outlet, text in texts.items()], recognizer="builtin", progress=False
    )


def test_parts_add_up_to_the_jensen_shannon_divergence(corpus):
    result = tk.analyses.word_shift(corpus)
    shares = {"gas": (3 / 5, 0), "oil": (1 / 5, 3 / 5), "coal": (1 / 5, 2 / 5)}
    parts = {word: sum(p / 2 * math.log2(2 * p / (a + b)) for p in (a, b) if p) for word, (a, b) in shares.items()}
    assert result.frame["shift"].abs().sum() == pytest.approx(1000 * sum(parts.values()))
    assert result.frame["part"].sum() == pytest.approx(1)
    assert dict(result.frame.select("word", "group").iter_rows()) == {"gas": "North", "oil": "South", "coal": "South"}
    assert (result.frame.filter(group="North")["shift"] < 0).all()
    assert result.sentences(word="gas", group="North")["text"].to_list() == ["Gas gas gas oil coal."]


def test_groups_that_there_are_not_are_refused_and_one_alone_has_no_shift(corpus):
    with pytest.raises(SettingError, match="it takes two of North, South"):
        tk.analyses.word_shift(corpus, groups=["North", "East"])
    assert tk.analyses.word_shift(corpus, where={"outlet": "North"}).frame.is_empty()
