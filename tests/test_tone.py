"""Tone: words by their valence in the lexicon, turned by negations, never beyond the sentence."""

import pytest

import toolkit as tk

pytest.importorskip("vaderSentiment", reason="the lexicon is in the extra tone")


def toned(*texts, **settings):
    corpus = tk.load(
        [{"text": text, "outlet": "North"} for text in texts], recognizer="builtin", dedupe="off", progress=False
    )
    return tk.analyses.tone(corpus, **settings)


def test_valences_are_those_of_the_published_analyser():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon = SentimentIntensityAnalyzer().lexicon
    row = toned("The good harvest ended a terrible war.").frame.row(0, named=True)
    assert row["tone"] == pytest.approx((lexicon["good"] + lexicon["terrible"] + lexicon["war"]) / 3)
    assert (row["words_up"], row["words_down"], row["scored"]) == ("good", "war, terrible", 3)
    assert row["positive"] == pytest.approx(1000 / 7)
    assert row["low"] is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The harvest was good.", 1), ("The harvest was not very good.", -1), ("The harvest wasn't good.", -1),
        ("They did not know that the harvest was good.", 1), ("He said not. Good harvests came.", 1), ("Never a terrible year.", 1),
    ],
)  # fmt: skip
def test_a_negation_turns_the_next_three_words_of_its_sentence(text, sign):
    assert toned(text).frame["tone"].item() * sign > 0


def test_a_name_is_toned_by_the_sentences_that_name_it_and_the_note_warns():
    texts = ["Angela Merkel praised the good deal.", "Emmanuel Macron left after a terrible war."]
    corpus = tk.load(texts, recognizer="builtin", progress=False)
    result = tk.analyses.tone_toward(corpus)
    found = dict(result.frame.select("entity", "tone").iter_rows())
    assert found["Angela Merkel"] > 0 > found["Emmanuel Macron"]
    assert result.note.startswith("Experimental")
    assert result.sentences(entity="Emmanuel Macron")["text"].to_list() == texts[1:]
