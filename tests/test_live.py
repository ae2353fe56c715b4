"""A codebook that is edited is scored as if it had been so from the start."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from toolkit import topics
from toolkit.schema import OTHER
from toolkit.topics import Codebook
from toolkit.topics.live import Ground

BOOK = Codebook.read({"Talks": ["talks", "truce"], "Iran": ["Iran*"], "France": ["country:FRA"]})


def frames(corpus):
    return corpus.documents, corpus.sentences, corpus.entities


def weights(ground, scores):
    """The weights as a frame, those of titles left out."""
    names = [*scores.codebook.topics, OTHER]
    table = pl.DataFrame(scores.weights, schema=names, orient="row")
    whole = pl.concat([ground.nodes.select("doc_id", "sent_id"), table], how="horizontal")
    rows = whole.unpivot(names, index=["doc_id", "sent_id"], variable_name="topic", value_name="weight")
    return rows.filter(pl.col("sent_id") >= 0, pl.col("weight") > 0).sort("doc_id", "sent_id", "topic")


def anew(corpus, codebook, model=None):
    scored = topics.score(*frames(corpus), codebook, model=model)
    return (
        scored.select("doc_id", "sent_id", "topic", "weight")
        .filter(pl.col("weight") > 0)
        .sort(pl.col("doc_id", "sent_id", "topic"))
    )


EDITS = [
    lambda book: book.with_term("Talks", "negotiat*"),
    lambda book: book.with_term("Talks", "said"),
    lambda book: book.with_term("Iran", "talks"),
    lambda book: book.with_term("Iran", "country:IRN"),
    lambda book: book.with_term("Talks", "the talks", part="not"),
    lambda book: book.without_term("Talks", "truce"),
    lambda book: book.with_term("France", "zzyzx"),
    lambda book: book.without_term("France", "country:FRA"),
    lambda book: book.with_topic("Energy", "gas", "oil"),
    lambda book: book.without_topic("Iran"),
]


@pytest.mark.parametrize("learned", [False, True], ids=["seeds", "learned"])
def test_each_edit_gives_the_weights_of_a_codebook_that_was_always_so(sample, learned):
    model = topics.fit(*frames(sample), BOOK, method="em") if learned else None
    ground = Ground(*frames(sample), model=model)
    book, scores = BOOK, ground.score(BOOK)
    for edit in EDITS[:-1] if learned else EDITS:
        book = edit(book)
        scores = ground.score(book, scores)
        whole = anew(sample, book, model)
        assert_frame_equal(weights(ground, scores), whole, abs_tol=1e-12)


def test_an_edit_weighs_only_the_documents_in_which_something_changed(sample, monkeypatch):
    ground = Ground(*frames(sample))
    before = ground.score(BOOK)
    sizes = []
    found = Ground._found
    monkeypatch.setattr(
        Ground, "_found", lambda self, book, votes, rows: sizes.append(rows.sum()) or found(self, book, votes, rows)
    )
    ground.score(BOOK.with_term("Iran", "zzyzx"), before)
    ground.score(BOOK.with_term("Iran", "uranium"), before)
    named = sample.where(text="uranium").sentences
    assert sizes[0] == 0
    assert 0 < sizes[1] <= len(named) + len(sample)


def test_a_topic_that_is_gone_leaves_its_learned_words_to_other(sample):
    model = topics.fit(*frames(sample), BOOK, method="em")
    ground = Ground(*frames(sample), model=model)
    scores = ground.score(BOOK.without_topic("Iran"))
    assert scores.weights.shape[1] == 3
    assert np.allclose(scores.weights.sum(axis=1), 1)


def test_an_article_without_sentences_and_a_codebook_without_topics_are_scored(empty):
    ground = Ground(*frames(empty))
    assert ground.score(BOOK).weights.shape == (0, 4)
    assert ground.score(Codebook(), ground.score(BOOK)).weights.shape == (0, 1)
