"""The topics of each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.schema import OTHER, TOPICS
from toolkit.topics.chain import Floats
from toolkit.topics.found import Found, found
from toolkit.topics.meaning import Meaning
from toolkit.topics.model import Model

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

LEAST = 0.01
"""A weight below this is left out, unless it is a sentence's largest, and the others take its place."""

CLEAR = 0.3
"""From this much on, what the learned words of a sentence say is named as what found a topic."""

CELLS = 4_000_000
"""Weights (sentences by topics) that are worked out at once."""


def score(
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    entities: pl.DataFrame,
    codebook: Codebook,
    *,
    model: Model | Meaning | None = None,
) -> pl.DataFrame:
    """The weight of each topic in each sentence of a counted kind: the frame `topics`.

    Seeds speak for their topics, and so do the words a `model` has learned; a sentence in which nothing is found speaks of
    what its neighbours and its document speak of. A document is weighed by itself, whatever else is in the frames.
    """
    scored = []
    for part in _parts(sentences, CELLS // (len(codebook) + 1)):
        mine = documents.join(part.select("doc_id").unique(), on="doc_id", how="semi", maintain_order="left")
        evidence = found(mine, part, entities, codebook, model)
        scored.append(rows(evidence, shown(evidence.weights()), codebook))
    return pl.concat(scored) if scored else TOPICS.empty()


def _parts(sentences: pl.DataFrame, most: int) -> Iterator[pl.DataFrame]:
    """The sentences in runs of whole documents of about so many each, so that memory stays bounded."""
    sizes = sentences.group_by("doc_id", maintain_order=True).len()
    parts = sizes.select("doc_id", part=pl.col("len").cum_sum() // most)
    for (_,), documents in parts.group_by("part", maintain_order=True):
        yield sentences.join(documents, on="doc_id", how="semi", maintain_order="left")


def shown(weights: Floats) -> Floats:
    """The weights that are worth a row; they still sum to 1, and `other` (last) always has one."""
    topics = weights[:, :-1]
    worth = (topics >= LEAST) | (topics == topics.max(axis=1, keepdims=True, initial=0.0))
    kept = np.column_stack([np.where(worth, topics, 0.0), weights[:, -1]])
    shares: Floats = kept / kept.sum(axis=1, keepdims=True)
    return shares


def rows(evidence: Found, weights: Floats, codebook: Codebook) -> pl.DataFrame:
    """Weights of nodes by topics as the frame `topics`."""
    at, topic = np.nonzero(weights)
    names = pl.Series([*codebook.topics, OTHER], dtype=pl.String)
    spoken = evidence.hits.group_by("at", "topic", maintain_order=True).agg(
        seeds=pl.struct(term="seed", start="start", end="end")
    )
    made = (
        pl.DataFrame(
            {
                "at": at.astype(np.uint32),
                "topic": names.gather(topic),
                "weight": weights[at, topic],
                "learned": evidence.learned[at, topic],
            }
        )
        .join(evidence.nodes.select("at", "doc_id", "sent_id"), on="at", maintain_order="left")
        .filter(pl.col("sent_id") >= 0)
        .join(spoken, on=["at", "topic"], how="left", maintain_order="left")
        .with_columns(
            found_by=pl.when(pl.col("seeds").is_not_null())
            .then(pl.lit("seed"))
            .when(pl.col("learned") > CLEAR)
            .then(pl.lit("model"))
            .otherwise(pl.lit("context")),
            seeds=pl.col("seeds").fill_null([]),
        )
    )
    return TOPICS.conform(made.drop("at", "learned"))
