"""What holds for every corpus, however it was made: places, keys, sums. Shared by tests and by `fuzz/`."""

from __future__ import annotations

import polars as pl

import toolkit as tk


def check(corpus: tk.Corpus) -> None:
    """Raise AssertionError if a corpus breaks a promise of the frames' page."""
    documents, sentences, entities = corpus.documents, corpus.sentences, corpus.entities
    for name, table in tk.schema.CORE.items():
        frame = corpus.frame(name)
        assert frame.schema == table.schema, f"{name} has other columns or types"
        twice = frame.select(table.key).is_duplicated().sum()
        assert not twice, f"{twice} rows of {name} share a key"
        assert frame.join(documents, on="doc_id", how="anti").is_empty(), f"{name} has rows of no document"
    for name, frame in (("sentences", sentences), ("entities", entities)):
        check_places(name, frame, documents)
    check_coverage(documents, sentences)
    check_sums(corpus)


def check_places(name: str, frame: pl.DataFrame, documents: pl.DataFrame) -> None:
    """`documents.text[start:end] == text`, and no two rows of a document overlap."""
    texts = dict(documents.select("doc_id", "text").iter_rows())
    ends: dict[str, int] = {}
    for doc_id, start, end, text in frame.sort("doc_id", "start").select("doc_id", "start", "end", "text").iter_rows():
        assert 0 <= start < end, f"{name}: [{start}, {end}) is no stretch"
        assert texts[doc_id][start:end] == text, f"{name}: {text!r} does not stand at {start}"
        assert start >= ends.get(doc_id, 0), f"{name}: {text!r} overlaps what is before it"
        ends[doc_id] = end


def check_texts(name: str, frame: pl.DataFrame, documents: pl.DataFrame) -> None:
    """`documents.text[start:end] == text` for an annotator's frame, whose rows may lie in one another."""
    texts = dict(documents.select("doc_id", "text").iter_rows())
    for doc_id, start, end, text in frame.select("doc_id", "start", "end", "text").iter_rows():
        assert texts[doc_id][start:end] == text, f"{name}: {text!r} does not stand at {start}"


def check_coverage(documents: pl.DataFrame, sentences: pl.DataFrame) -> None:
    """Every character that is not blank lies in a sentence, and sentences are numbered from 0 without a gap."""
    places: dict[str, list[tuple[int, int]]] = {}
    for doc_id, start, end in sentences.sort("doc_id", "sent_id").select("doc_id", "start", "end").iter_rows():
        places.setdefault(doc_id, []).append((start, end))
    for doc_id, text in documents.select("doc_id", "text").iter_rows():
        after = 0
        for start, end in [*places.get(doc_id, []), (len(text), len(text))]:
            assert not text[after:start].strip(), f"{text[after:start]!r} lies in no sentence"
            after = end
    counted = sentences.group_by("doc_id").agg(
        pl.col("sent_id").min().alias("first"), gaps=pl.col("sent_id").max() + 1 - pl.len()
    )
    assert counted.filter((pl.col("first") != 0) | (pl.col("gaps") != 0)).is_empty(), (
        "sentences are not numbered 0, 1, 2 ..."
    )


def check_sums(corpus: tk.Corpus) -> None:
    """Weights sum to 1 over a sentence, shares to 1 over a document, with a row for each topic and `other`."""
    counted = corpus.sentences.filter(pl.col("kind").is_in(list(tk.schema.COUNTED)))
    weights = corpus.topics.group_by("doc_id", "sent_id").agg(pl.col("weight").sum())
    assert weights.filter((pl.col("weight") - 1).abs() > 1e-9).is_empty(), "weights of a sentence do not sum to 1"
    assert counted.join(weights, on=["doc_id", "sent_id"], how="anti").is_empty(), "a counted sentence has no topic"
    shares = corpus.frame("document_topics")
    assert shares.height == len(corpus) * (len(corpus.codebook.topics) + 1), "a document lacks a topic's row"
    told = shares.group_by("doc_id").agg(pl.col("share").sum())
    assert told.filter((pl.col("share") - 1).abs() > 1e-9).is_empty(), "shares of a document do not sum to 1"
