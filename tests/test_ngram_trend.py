"""Trends of words: rates with their denominators, gaps as gaps."""

from datetime import date

import pytest

import toolkit as tk
from toolkit.errors import SettingError

LETTERS = "abcdef"


@pytest.fixture(scope="module")
def corpus():
    first = [{"text": f"Gas of {n}ville rose. Oil of {n}town fell.", "published": "2026-01-05"} for n in LETTERS]
    third = [{"text": f"Oil of {n}berg rose far.", "published": "2026-01-07"} for n in LETTERS]
    return tk.load([*first, *third], recognizer="builtin", dedupe="off", progress=False)


def test_a_rate_is_of_all_words_of_the_period_and_null_where_there_are_none(corpus):
    frame = tk.analyses.ngram_trend(corpus, terms=["gas", "oil"], per="day").frame
    assert frame.filter(term="gas")["count"].to_list() == [6, 0, 0]
    assert frame.filter(term="gas")["rate"].to_list() == [1000 * 6 / 48, None, 0]
    assert frame.filter(term="oil")["rate"].to_list() == [125, None, 200]
    assert frame.filter(term="gas")["low"].to_list() == [125, None, 0]


def test_each_point_leads_to_its_sentences(corpus):
    result = tk.analyses.ngram_trend(corpus, terms=["gas", "snow"], per="day")
    assert result.sentences(term="gas", day=date(2026, 1, 5))["text"].str.starts_with("Gas").sum() == 6
    assert "snow: in none of the articles with a date." in result.note
    with pytest.raises(SettingError, match="8 lines are the most"):
        tk.analyses.ngram_trend(corpus, terms=list("abcdefghi"))
