"""Two corpora on one sheet: what differs, how much, how surely, and where it is said."""

import math
import sys

import pytest

import toolkit as tk
from toolkit.errors import SettingError
from toolkit.lexicon import lexicon

LETTERS = "abcdefghij"


def made(word, *, day="2026-01-05"):
    texts = [f"The {word} of {n}ville rose. What {n}ville spent on schools, {n}town lost." for n in LETTERS]
    articles = [{"text": text, "published": day} for text in texts]
    return tk.load(articles, recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def sheet():
    return tk.compare(made("gas"), made("oil", day="2026-01-10"), names=("North", "South"), top=30)


def test_what_differs_comes_first_with_its_rates_and_its_interval(sheet):
    words = sheet.frame.filter(aspect="words")
    assert set(words["item"][:2]) == {"gas", "oil"}
    row = words.filter(item="gas").row(0, named=True)
    assert (row["articles_a"], row["articles_b"], row["rate_b"]) == (10, 0, 0)
    assert row["rate_a"] == pytest.approx(1000 * 10 / 120)
    assert row["log_ratio"] == pytest.approx(math.log2(10 / 0.5))
    assert 0 < row["low"] <= row["log_ratio"] <= row["high"]
    alike = words.filter(item="schools").row(0, named=True)
    assert alike["log_ratio"] == 0
    assert alike["low"] <= 0 <= alike["high"]


def test_the_days_of_publication_are_compared_as_shares_of_articles(sheet):
    assert sheet.frame.filter(aspect="timing", item="Monday").select("rate_a", "rate_b").row(0) == (100, 0)


def test_evidence_is_told_apart_by_the_names_of_the_two(sheet):
    found = sheet.sentences(aspect="words", item="oil")
    assert set(found["corpus"]) == {"South"}
    assert found["text"].str.contains("oil").all()
    assert set(sheet.sentences(aspect="words", item="schools")["corpus"]) == {"North", "South"}


def test_two_alike_have_no_sure_difference_and_the_note_says_what_is_in_both():
    one = made("gas")
    result = tk.compare(one, one, aspects=["words", "topics"])
    assert result.frame["log_ratio"].to_list() == pytest.approx([0] * result.frame.height, abs=1e-9)
    assert "10 articles are in both." in result.note


def test_few_articles_and_none_at_all_give_no_intervals():
    few = tk.load(["Gas prices rose in the north. Gas prices rose again."], recognizer="builtin", progress=False)
    result = tk.compare(few, made("oil"), aspects=["words"])
    assert result.frame["low"].null_count() == result.frame.height > 0
    assert "a: fewer than 5 articles, so no intervals." in result.note
    nothing = tk.compare(few, tk.load([], progress=False))
    assert nothing.frame.is_empty()
    assert nothing.figure


def test_what_is_no_corpus_is_refused_and_one_without_articles_is_told():
    with pytest.raises(SettingError, match="compare got 'x' as b; both are to be a corpus"):
        tk.compare(made("gas"), "x")
    assert "b has no article" in tk.compare(made("gas"), made("oil").where(text="nowhere")).note


def test_the_chart_is_a_picture_and_the_receipt_names_both(sheet, tmp_path):
    assert sheet.save(tmp_path / "sheet.svg").stat().st_size > 5000
    assert set(sheet.receipt.compared) == {"North", "South"}


def test_an_aspect_that_there_is_not_is_refused():
    with pytest.raises(SettingError, match="the aspects are topics, people"):
        tk.compare(made("gas"), made("oil"), aspects=["colour"])


def test_tone_is_how_often_bright_and_dark_words_stand():
    def told(word):
        texts = [f"The {word} of {n}ville rose. What {n}ville spent on schools, {n}town lost." for n in LETTERS]
        german = [{"text": "Der Krieg ist war war war.", "language": "de"}]
        return tk.load(texts + german, recognizer="builtin", dedupe="off", progress=False)

    result = tk.compare(told("war"), told("peace"), aspects=["tone"])
    rows = {row["item"]: row for row in result.frame.iter_rows(named=True)}
    assert set(rows) == {"positive words", "negative words"}
    bright = rows["positive words"]
    assert bright["rate_a"] == 0
    assert bright["rate_b"] == pytest.approx(1000 * 10 / 120)
    assert bright["high"] < 0
    assert rows["negative words"]["low"] > 0  # both lost, and one is at war
    assert result.sentences(item="positive words")["text"].str.contains("peace").all()


def test_without_the_lexicon_tone_is_left_out_unless_it_is_asked_for(monkeypatch):
    lexicon.cache_clear()
    monkeypatch.setitem(sys.modules, "vaderSentiment", None)
    result = tk.compare(made("gas"), made("oil"))
    assert "tone" not in result.frame["aspect"]
    assert "Tone is left out: tone needs the extra 'tone'" in result.note
    with pytest.raises(tk.MissingExtra):
        tk.compare(made("gas"), made("oil"), aspects=["tone"])
