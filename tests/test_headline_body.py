"""Headlines: what they say that the text does not, whatever the form of the word."""

import pytest

import toolkit as tk


def test_missing_words_and_numbers_are_found_and_other_forms_are_not_missing():
    articles = [
        {
            "title": "Minister cuts 300 jobs in fury",
            "text": "The ministers said that jobs were being cut. They named 200 posts.",
        },
        {"title": "Talks resumed in Geneva", "text": "The talks resume. In Geneva they met."},
    ]
    result = tk.analyses.headline_body(tk.load(articles, recognizer="builtin", progress=False))
    row = result.frame.row(0, named=True)
    assert (row["words"], row["numbers"], row["of_words"]) == ("fury", "300", 4)
    assert row["missing"] == 0.25
    assert result.frame.height == 1
    assert result.sentences(doc_id=row["doc_id"]).height >= 2


def test_the_mean_of_all_has_an_interval_from_five_headlines_on():
    title, towns = "Talks resumed in Geneva", ["Ost", "Lund", "Bern", "Turin", "Kiel", "Graz"]
    articles = [
        {"title": f"{title} quickly" if n % 2 else title, "text": f"They resume talks in Geneva, {town} says."}
        for n, town in enumerate(towns)
    ]
    many = tk.load(articles, recognizer="builtin", dedupe="off", progress=False)
    note = tk.analyses.headline_body(many).note
    assert note.startswith("On average 12% (4% to 21%) of a headline's words")
    few = tk.load(articles[:4], recognizer="builtin", dedupe="off", progress=False)
    assert tk.analyses.headline_body(few).note.startswith("On average 12% of a headline's words")


def test_without_a_headline_it_says_what_to_do_and_an_empty_corpus_is_an_empty_answer(empty):
    with pytest.raises(tk.NeedsError, match="headline_body needs documents with a value in title; 0 of 1 have one"):
        tk.analyses.headline_body(tk.load(["gas fell."], recognizer="builtin", progress=False))
    assert tk.analyses.headline_body(empty).frame.is_empty()
