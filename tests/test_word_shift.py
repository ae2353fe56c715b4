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


def test_a_shift_is_sure_where_all_articles_agree_and_not_where_one_makes_the_difference():
    north = [f"Gas rose near town{n}." for n in "abcdef"] + ["Iron iron iron rose."]
    south = [f"Oil rose near town{n}." for n in "ghijkl"]
    articles = [{"outlet": "North", "text": text} for text in north] + [
        {"outlet": "South", "text": text} for text in south
    ]
    corpus = tk.load(articles, recognizer="builtin", dedupe="off", progress=False)
    frame = tk.analyses.word_shift(corpus).frame
    gas, oil, iron = (frame.filter(word=word).row(0, named=True) for word in ("gas", "oil", "iron"))
    assert gas["low"] < gas["shift"] < gas["high"] < 0 < oil["low"] <= oil["high"]
    assert iron["high"] == 0  # in some resamples nobody writes of iron
    assert frame.equals(tk.analyses.word_shift(corpus, where={}).frame)


def test_few_articles_give_no_intervals_and_the_note_says_so(corpus):
    result = tk.analyses.word_shift(corpus)
    assert result.frame["low"].null_count() == result.frame.height > 0
    assert "fewer than 5 articles: no intervals" in result.note
