"""Collocates: what stands near, on which side, how strongly, and how sure that is."""

import math

import polars as pl
import pytest

import toolkit as tk


@pytest.fixture(scope="module")
def corpus():
    """Heavy stands before rain in North; rain before falls in South; prices are everywhere."""
    north = [f"Heavy rain hit Lund{n}. Prices rose, prices fell, steel moved far from Ost{n}." for n in "abcdefgh"]
    south = [f"The rain falls on Vik{n}. Prices rose, prices fell, steel moved far from Ost{n}." for n in "abcdefgh"]
    articles = [{"outlet": "North", "text": t} for t in north] + [{"outlet": "South", "text": t} for t in south]
    return tk.load(articles, recognizer="builtin", dedupe="off", progress=False)


def test_the_words_near_a_word_are_counted_by_side_and_scored_as_by_hand(corpus):
    frame = tk.analyses.collocates(corpus, find="rain").frame
    heavy = frame.filter(word="heavy").row(0, named=True)
    assert (heavy["together"], heavy["left"], heavy["right"], heavy["count"], heavy["found"]) == (8, 8, 0, 8, 16)
    assert heavy["log_dice"] == pytest.approx(14 + math.log2(2 * 8 / (16 + 8)))
    near = frame["together"].sum() + 16  # each place name stands once beside rain: too seldom to be in the frame
    words = corpus.words().collect().height
    assert heavy["mutual_information"] == pytest.approx(math.log2(8 * words / (near * 8)))
    assert "prices" not in frame["word"]


def test_a_window_ends_with_its_sentence_and_reaches_no_further_than_asked(corpus):
    assert set(tk.analyses.collocates(corpus, find="rain", window=15).frame["word"]) <= {"heavy", "hit", "falls"}
    assert set(tk.analyses.collocates(corpus, find="steel", window=1).frame["word"]) == {"fell", "moved"}


def test_groups_have_collocates_of_their_own_and_each_leads_to_its_sentences(corpus):
    result = tk.analyses.collocates(corpus, find="rain", by="outlet")
    assert result.frame.filter(outlet="South")["word"].to_list() == ["falls"]
    assert result.sentences(outlet="South", word="falls")["text"].str.contains("rain falls").all()
    assert (result.frame["low"] <= result.frame["log_dice"]).all()


def test_a_word_in_two_windows_of_a_sentence_counts_once():
    corpus = tk.load(["Rain and wind and rain met. Wind fell. Rain fell."] * 3, recognizer="builtin", dedupe="off", progress=False)  # fmt: skip
    frame = tk.analyses.collocates(corpus, find="rain", least=1, every=True).frame
    assert frame.filter(word="wind")["together"].to_list() in ([], [3])
    assert frame.filter(pl.col("together") > pl.col("count")).is_empty()


def test_what_is_nowhere_gives_an_empty_frame_and_a_note(corpus):
    result = tk.analyses.collocates(corpus, find="snow")
    assert result.frame.is_empty()
    assert result.note == "snow was found in none of 16 articles."
