"""Key words: the measures as computed by hand, what counts as key, and groups of any number."""

import math

import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import SettingError


def made(**outlets):
    articles = [{"outlet": outlet, "text": text} for outlet, texts in outlets.items() for text in texts]
    return tk.load(articles, recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def corpus():
    """North writes of gas, South of oil, as much as each other; both of prices."""
    return made(
        North=[f"Gas prices rose as gas pipes number{n}." for n in "abcdefgh"],
        South=[f"Oil prices rose as oil wells number{n}." for n in "abcdefgh"],
    )


def test_the_words_that_set_groups_apart_are_found_and_no_others(corpus):
    frame = tk.analyses.keyness(corpus).frame
    assert frame.select("outlet", "word", "count", "articles").rows() == [
        ("North", "gas", 16, 8), ("North", "pipes", 8, 8), ("South", "oil", 16, 8), ("South", "wells", 8, 8),
    ]  # fmt: skip


def test_measures_are_as_computed_by_hand(corpus):
    """Gas is 16 of 48 words in North, function words left out, and none of 48 in South."""
    row = tk.analyses.keyness(corpus).frame.row(0, named=True)
    table = [(16, 16 * 48 / 96), (32, 80 * 48 / 96), (48, 80 * 48 / 96)]
    assert row["log_likelihood"] == pytest.approx(2 * sum(seen * math.log(seen / expected) for seen, expected in table))
    assert row["log_ratio"] == pytest.approx(math.log2(16 / 0.5))
    assert (row["rate"], row["rest_rate"], row["total"]) == (pytest.approx(1000 * 16 / 48), 0, 48)
    tested = tk.analyses.keyness(corpus, least=1).frame
    assert (tested["q"] >= 0).all()
    assert (tested["q"] < 0.05).all()


def test_a_word_of_one_article_is_no_key_word():
    corpus = made(North=["Gas gas gas gas gas gas gas gas.", "Prices rose."], South=["Prices fell.", "Prices rose."])
    assert "gas" not in tk.analyses.keyness(corpus).frame["word"]


def test_intervals_hold_the_log_ratio_and_are_wide_where_few_articles_make_the_difference():
    even = made(
        North=[f"Gas gas gas gas w{n}." for n in "abcdefgh"], South=[f"Gas fell far again w{n}." for n in "ijklmnop"]
    )
    burst = made(
        North=[f"{'Gas ' * 20}w{n}." for n in "ab"] + [f"Prices rose again w{n}." for n in "cdefgh"],
        South=[f"Gas fell again w{n}." for n in "ijkl"] + [f"Prices fell w{n}." for n in "mnop"],
    )  # fmt: skip
    result = tk.analyses.keyness(burst)
    wide, narrow = (
        frame.filter(word="gas").row(0, named=True) for frame in (result.frame, tk.analyses.keyness(even).frame)
    )
    assert wide["low"] < wide["log_ratio"] < wide["high"]
    assert wide["low"] <= 0 < narrow["low"]
    assert "1 of 2 words rest on few articles: their interval reaches 0." in result.note


def test_any_number_of_groups_each_against_the_rest(sample):
    result = tk.analyses.keyness(sample, by="month", top=5)
    assert result.frame["month"].is_sorted()
    assert result.frame.group_by("month").len()["len"].max() <= 5
    assert result.keys == ("month", "word")
    word, month = result.frame.row(0, named=True)["word"], result.frame["month"][0]
    found = result.sentences(month=month, word=word)
    assert found["text"].str.to_lowercase().str.contains(word).all()
    assert (found["published"].dt.month() == month.month).all()


def test_one_group_has_no_key_words_and_the_note_says_so():
    result = tk.analyses.keyness(made(North=["Gas prices rose."]))
    assert result.frame.is_empty()
    assert result.note.startswith("There is 1 group,")
    with pytest.raises(SettingError, match="keyness got by='all'; it sets groups apart"):
        tk.analyses.keyness(made(North=["Gas."]), by="all")


def test_groups_of_few_articles_have_no_interval():
    frame = tk.analyses.keyness(
        made(North=[f"Gas gas gas w{n}." for n in "abc"], South=[f"Oil oil oil w{n}." for n in "def"])
    ).frame
    assert frame["low"].null_count() == frame.height == 2
    assert frame.select(pl.col("q") < 0.05).to_series().all()
