"""Words as they are counted: small letters, no possessives, function words by language."""

import polars as pl
import pytest

import toolkit as tk


def spoken(text, *, language="en", every=True):
    corpus = tk.load([{"text": text, "language": language}], recognizer="builtin", progress=False)
    return corpus.words(every=every).collect()["word"].to_list()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iran's envoy, the minister’s", ["iran", "envoy", "the", "minister"]),
        ("Cease-fire talks don’t stop - O'Neill", ["cease-fire", "talks", "don't", "stop", "o'neill"]),
        ("U.S.-led talks at 9 a.m. in the U.S.", ["u.s.", "led", "talks", "at", "a.m.", "in", "the", "u.s."]),
        ("In 2026, 4.5% of GAZA", ["in", "of", "gaza"]),
        ("Écoute: Ноябрь कूटनीति", ["écoute", "ноябрь", "कूटनीति"]),
    ],
)
def test_a_word_is_letters_with_apostrophes_and_hyphens_between_them(text, words):
    assert spoken(text) == words


def test_function_words_are_those_of_the_articles_language():
    assert spoken("Die Lage war also ernst", language="de", every=False) == ["lage", "ernst"]
    assert spoken("Die Lage war also ernst", language="en", every=False) == ["die", "lage", "war", "ernst"]
    assert spoken("Die Lage war also ernst", language="xx", every=False) == ["die", "lage", "war", "also", "ernst"]


def test_captions_credits_and_furniture_do_not_count(corpus):
    counted = corpus.sentences.filter(pl.col("kind").is_in(tk.schema.COUNTED))
    found = corpus.words(every=True).select("doc_id", "sent_id").unique().collect()
    assert found.join(counted, on=["doc_id", "sent_id"], how="anti").is_empty()


def test_the_words_that_occur_most_are_counted_with_their_articles():
    texts = ["Gas prices fell. Gas fell again.", "The gas talks were on."]
    corpus = tk.load(texts, recognizer="builtin", progress=False)
    result = tk.analyses.top_words(corpus)
    assert result.frame.rows()[:2] == [("gas", 3, 2), ("fell", 2, 1)]
    assert result.sentences(word="fell")["text"].to_list() == ["Gas prices fell.", "Gas fell again."]
    assert "the" not in result.frame["word"]
    assert "the" in tk.analyses.top_words(corpus, every=True).frame["word"]
    assert tk.analyses.top_words(corpus, skip=["Gas"], least_letters=4).frame["word"].to_list()[0] == "fell"
