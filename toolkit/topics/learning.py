"""Learn what else is said when the seeds of a topic are, from the corpus itself and no labels."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from toolkit.topics import em, hits
from toolkit.topics.chain import Floats
from toolkit.topics.found import nodes_of
from toolkit.topics.meaning import Meaning
from toolkit.topics.model import Model
from toolkit.topics.topic import Topic
from toolkit.topics.words import Bags, Vocabulary, bags, forms, vocabulary

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

Method = Literal["auto", "seeds", "em", "embed"]

ENOUGH = 200
"""Documents with a unique topic from which on the model switches itself on."""

TEACHERS = 5
"""A topic with fewer such documents is not learned: its seeds speak for it alone."""

MOST_TOPICS = 50
"""More topics than these are not learned, but left to their seeds."""

SAMPLE = 10_000
"""Documents to learn from at most."""

KEPT = 0.3
"""A topic that gets back less than this share of the documents that taught it, their seed words aside, is drifting."""

LEARNED = 10
"""Learned words shown on a card."""


def fit(
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    entities: pl.DataFrame,
    codebook: Codebook,
    *,
    method: Method = "auto",
) -> Model | Meaning | None:
    """What the corpus teaches about the topics' words; None if seeds have to do.

    A document teaches a topic if the topic has more hits in it than any other. `auto` learns from 200 such documents on,
    `em` from 5, `seeds` never; `embed` learns nothing, but goes by what the seeds mean. At most 10,000 documents are looked at, chosen by a hash of their `doc_id`.
    """
    if method == "embed":
        return Meaning.of(codebook)
    if method == "seeds" or not len(codebook):
        return None
    chosen = sample(documents, SAMPLE).sort("doc_id")
    nodes = nodes_of(chosen, chosen.select("doc_id").join(sentences, on="doc_id", maintain_order="left_right"))
    counts = hits_of_documents(nodes, entities, codebook)
    teachers = (counts == counts.max(axis=1, keepdims=True)) & (counts > 0)
    teachers[teachers.sum(axis=1) > 1] = False
    taught = np.flatnonzero(teachers.sum(axis=0) >= TEACHERS)
    if not 0 < len(taught) <= MOST_TOPICS or (method == "auto" and teachers.any(axis=1).sum() < ENOUGH):
        return None
    words = forms(nodes.select("text", at="document"))
    known = vocabulary(words, len(counts))
    texts = bags(words, len(counts), known)
    silent: em.Flags = np.all(counts == 0, axis=1)
    return _learned(texts, known, teachers[:, taught], silent, [codebook.entries[k] for k in taught])


def sample(documents: pl.DataFrame, most: int) -> pl.DataFrame:
    """At most so many documents, chosen by a hash of their `doc_id`: the same ones wherever and whenever."""
    if len(documents) <= most:
        return documents
    digests = [hashlib.blake2b(doc_id.encode(), digest_size=8).digest() for doc_id in documents["doc_id"]]
    return documents[sorted(sorted(range(len(digests)), key=digests.__getitem__)[:most])]


def hits_of_documents(nodes: pl.DataFrame, entities: pl.DataFrame, codebook: Codebook) -> Floats:
    """How often the seeds of each topic (columns) occur in each document (rows)."""
    places = hits.find(nodes, entities, codebook).join(nodes.select("at", "document"), on="at")
    counts = places.group_by("document", "topic").len()
    table = np.zeros((nodes["document"].n_unique(), len(codebook)))
    table[counts["document"].to_numpy(), hits.columns(counts["topic"], codebook)] = counts["len"].to_numpy()
    return table


def _learned(texts: Bags, known: Vocabulary, teachers: em.Flags, silent: em.Flags, topics: list[Topic]) -> Model:
    words, prior, shares = em.opened(texts, teachers, silent)
    apart, apart_prior = em.among(texts, shares[:, :-1])
    names = tuple(topic.name for topic in topics)
    model = Model(names, known, words, prior, apart, apart_prior, pl.DataFrame())
    return replace(model, card=_card(model, texts, teachers, topics))


def _card(model: Model, texts: Bags, teachers: em.Flags, topics: list[Topic]) -> pl.DataFrame:
    """A row for each topic: what taught it, what it learned, and whether it drifts away from its seeds."""
    unseen = hits.are_seeds(model.vocabulary.words, [seed for topic in topics for seed in topic.seeds])[:, None]
    blind = replace(model, open=np.where(unseen, 0.0, model.open), among=np.where(unseen, 0.0, model.among))
    back = blind.shares(texts)
    kept = [float(back[teachers[:, k], k].mean()) for k in range(len(topics))]
    return pl.DataFrame(
        {
            "topic": model.topics,
            "documents": teachers.sum(axis=0),
            "share": model.shares(texts)[:, :-1].mean(axis=0),
            "kept": kept,
            "words": [_telling(model, k) for k in range(len(topics))],
            "drifting": [share < KEPT for share in kept],
        }
    )


def _telling(model: Model, topic: int) -> list[str]:
    """The words that tell most of a topic: common in it, and rare elsewhere."""
    telling = np.exp(model.open[:, topic]) * model.among[:, topic]
    return model.vocabulary.words.gather(np.argsort(-telling, kind="stable")[:LEARNED]).to_list()
