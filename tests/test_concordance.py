"""Keywords in context: each place with what stands left and right, in the order asked for."""

import pytest

import toolkit as tk

TEXTS = [
    {"id": "a", "text": "Gas talks resumed in Geneva.\n\nThe old gas talks had failed.", "outlet": "North", "published": "2026-02-02"},
    {"id": "b", "text": "No talks were held. Peace talks begin.", "outlet": "South", "published": "2026-02-03"},
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    return tk.load(TEXTS, recognizer="builtin", progress=False)


def lines(corpus, **settings):
    frame = tk.analyses.concordance(corpus, find="talks", **settings).frame
    return [" | ".join(row) for row in frame.select("left", "match", "right").iter_rows()]


def test_each_place_has_what_stands_left_and_right_of_it_in_its_paragraph(corpus):
    assert lines(corpus) == [
        "Gas  | talks |  resumed in Geneva.",
        "The old gas  | talks |  had failed.",
        "No  | talks |  were held. Peace talks begin.",
        "No talks were held. Peace  | talks |  begin.",
    ]


@pytest.mark.parametrize(("sort", "first"), [("left", ["Gas", "The old gas", "No", "No talks were held. Peace"]),
                                             ("right", ["No talks were held. Peace", "The old gas", "Gas", "No"])])  # fmt: skip
def test_places_stand_in_the_order_of_the_words_before_or_after(corpus, sort, first):
    assert [line.split(" | ")[0].strip() for line in lines(corpus, sort=sort)] == first


def test_offsets_hold_and_a_line_leads_to_its_sentence(corpus):
    result = tk.analyses.concordance(corpus, find="gas talks")
    texts = dict(corpus.documents.select("doc_id", "text").iter_rows())
    for row in result.frame.iter_rows(named=True):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["match"]
    assert result.sentences(doc_id="a", sent_id=1)["text"].to_list() == ["The old gas talks had failed."]
    assert result.note == "gas talks: 2 places in 1 of 2 articles."


def test_of_many_places_an_even_sample_is_shown_and_the_note_says_so(sample):
    result = tk.analyses.concordance(sample, find="the", top=10)
    assert result.frame.height == 10
    assert result.frame["doc_id"].n_unique() > 7
    assert "10 of them, drawn evenly, are shown." in result.note


def test_what_is_not_found_is_said(corpus):
    result = tk.analyses.concordance(corpus, find="Atlantis")
    assert result.frame.is_empty()
    assert result.note == "Atlantis was found in none of 2 articles."
    assert "<text" in tk.charts.svg(result.figure)
