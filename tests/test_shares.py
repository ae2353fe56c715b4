"""A document's shares: of the words of the sentences that count, and whole whatever there is."""

import polars as pl
import pytest

from toolkit import schema
from toolkit.topics import Codebook, document_topics

BOOK = Codebook.read({"Gas": ["gas"], "trade": ["trade"]})


def shares(*sentences):
    """The shares in one document of sentences, each (kind, words, {topic: weight})."""
    documents = schema.DOCUMENTS.conform(pl.DataFrame({"doc_id": ["a"]}))
    rows = [("a", at, kind, words) for at, (kind, words, _) in enumerate(sentences)]
    frame = pl.DataFrame(rows, schema=["doc_id", "sent_id", "kind", "words"], orient="row")
    weights = [("a", at, topic, weight) for at, (_, _, of) in enumerate(sentences) for topic, weight in of.items()]
    weighed = pl.DataFrame(weights, schema=["doc_id", "sent_id", "topic", "weight"], orient="row")
    made = document_topics(
        documents,
        schema.SENTENCES.conform(frame if rows else schema.SENTENCES.empty()),
        schema.TOPICS.conform(weighed if weights else schema.TOPICS.empty()),
        BOOK,
    )
    return dict(made.select("topic", "share").iter_rows())


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([("body", 30, {"Gas": 1.0}), ("body", 10, {"trade": 0.5, "other": 0.5})], (0.75, 0.125, 0.125)),
        ([("body", 10, {"Gas": 1.0}), ("caption", 90, {})], (1, 0, 0)),
        ([("body", 0, {"Gas": 1.0})], (1, 0, 0)),
        ([("body", 0, {"Gas": 1.0}), ("body", 3, {"other": 1.0})], (0.25, 0, 0.75)),
        ([("caption", 5, {})], (0, 0, 1)),
        ([], (0, 0, 1)),
    ],
    ids=["by words", "of what counts", "without a word", "a sentence without a word is one", "a caption", "nothing"],
)
def test_shares_are_of_the_words_that_count_and_whole(sentences, expected):
    assert tuple(shares(*sentences).values()) == pytest.approx(expected)
    assert [*shares(*sentences)] == ["Gas", "trade", "other"]
