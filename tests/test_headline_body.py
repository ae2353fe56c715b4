"""Headlines: what they say that the text does not, whatever the form of the word."""

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
