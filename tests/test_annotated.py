"""Annotators' frames: computed once, saved with the corpus, and part of every part of it."""

import polars as pl
import pytest

import toolkit as tk

TEXTS = ['"It will rain," said Ann Lee.', 'Bob Ray said: "It will snow."', "Nobody spoke."]


@pytest.fixture
def asked(monkeypatch):
    """A list of the corpora that the annotator `loud` was asked about."""
    seen = []

    @tk.annotator
    def loud(corpus: tk.Corpus, *, least: int = 1) -> pl.DataFrame:
        """How often an article exclaims, and how."""
        seen.append(len(corpus))
        count = pl.col("text").str.count_matches("!").cast(pl.Int64)
        kind = pl.lit("loud", dtype=pl.Enum(["loud", "still"]))
        return corpus.documents.select("doc_id", loud=count, kind=kind).filter(pl.col("loud") >= least)

    tk.use(loud)
    return seen


@pytest.fixture
def four():
    return tk.load([f"Article {number}{'!' * number}" for number in range(4)], recognizer="builtin", progress=False)


def test_what_was_computed_is_saved_and_not_computed_again(asked, four, tmp_path):
    found = four.frame("loud")
    opened = tk.open(four.save(tmp_path / "corpus"))
    assert opened.frame("loud").equals(found)
    assert opened.frame("loud").schema == found.schema
    assert asked == [4]
    opened.frame("loud", least=2)
    assert asked == [4, 4]


def test_save_computes_the_frames_that_are_named(asked, four, tmp_path):
    folder = four.save(tmp_path / "corpus", frames=["loud"])
    assert tk.open(folder).scan("loud").collect().height == 3
    assert asked == [4]
    with pytest.raises(tk.ToolkitError, match="no frame 'shouts'"):
        four.save(tmp_path / "other", frames=["shouts"])


def test_a_part_of_a_corpus_has_its_part_of_the_frame(asked, four, tmp_path):
    opened = tk.open(four.save(tmp_path / "corpus", frames=["loud"]))
    for corpus in (four, opened):
        part = corpus.where(text="Article 3")
        assert part.frame("loud")["loud"].to_list() == [3]
    assert asked == [4]


def test_new_articles_are_asked_about(asked, four):
    four.frame("loud")
    assert four.add(["Another article!!"], progress=False).frame("loud").height == 4
    assert asked == [4, 5]


def test_a_saved_corpus_is_saved_over_itself_with_what_it_found_since(asked, four, tmp_path):
    opened = tk.open(four.save(tmp_path / "corpus", frames=["loud"]))
    opened.frame("loud", least=3)
    again = tk.open(opened.save(tmp_path / "corpus"))
    assert again.frame("loud").height == 3
    assert again.frame("loud", least=3).height == 1
    assert asked == [4, 4]


def test_quotes_come_back_as_they_were(tmp_path):
    corpus = tk.load(TEXTS, recognizer="builtin", progress=False)
    opened = tk.open(corpus.save(tmp_path / "corpus", frames=["quotes"]))
    assert opened.frame("quotes").equals(corpus.frame("quotes"))
    assert opened.frame("quotes").height == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": "One.", "title": "A"}, {"text": "One.", "title": "B"}),
        ({"text": "One.", "title": None}, {"text": "One.", "title": "B"}),
        ({"text": "One.", "outlet": "A"}, {"text": "One.", "outlet": None}),
        ({"text": "One.", "published": "2026-01-02"}, {"text": "One.", "published": "2026-01-03"}),
    ],
)
def test_articles_that_differ_have_another_fingerprint(one, other):
    prints = [tk.load([{"id": "1", **article}], progress=False).fingerprint for article in (one, other)]
    assert prints[0] != prints[1]


def test_the_order_of_articles_does_not_count(four):
    turned = tk.load(four.documents.reverse().select("doc_id", "text"), recognizer="builtin", progress=False)
    assert turned.fingerprint == four.fingerprint
