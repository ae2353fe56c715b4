"""Words that may be added to a topic, with the evidence for each; nothing is added by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.schema import HOLDS, OTHER
from toolkit.topics import hits
from toolkit.topics.words import forms

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

SUGGESTIONS = pl.Schema(
    {"topic": pl.String, "term": pl.String, "score": pl.Float64, "documents": pl.Int64, "example": pl.String}
)

PRIOR = 500
"""Sentences of the corpus at large, at most, that every topic is credited with, so that chance finds score low."""

LEAST_SENTENCES, LEAST_RATIO = 2, 2.0
"""A word is suggested if it occurs in so many of a topic's sentences, and in them so many times as often as elsewhere."""

COMMON = 0.25
"""A word that occurs in a larger share of all documents than this (or in more than ten, if they are few) marks nothing."""


def suggest(
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    topics: pl.DataFrame,
    codebook: Codebook,
    *,
    most: int = 10,
) -> pl.DataFrame:
    """Words that mark a topic's sentences and are no seed yet, best first: `topic`, `term`, `score`, `documents`, `example`.

    `score` says how many standard errors a word's log-odds in the sentences that hold the topic lie above those in all
    other sentences (Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 16, 2008). `documents` counts the
    articles in which it occurs in such a sentence, and `example` is the one among them that speaks of the topic most.
    """
    units = hits.counted(sentences.join(documents.select("doc_id"), on="doc_id", how="semi", maintain_order="left"))
    held = topics.filter(pl.col("weight") >= HOLDS, pl.col("topic") != OTHER).join(
        units.select("at", "doc_id", "sent_id"), on=["doc_id", "sent_id"], maintain_order="left"
    )
    return ranked(candidates(units, len(documents)), held, units, codebook, most=most)


def candidates(units: pl.DataFrame, documents: int) -> pl.DataFrame:
    """The words of each sentence that are not everywhere: `at`, `term`, and `all` sentences that have it."""
    words = forms(units).unique(maintain_order=True)
    spread = (
        words.with_columns(document=units["doc_id"].gather(words["at"]))
        .group_by(term="form", maintain_order=True)
        .agg(all=pl.len(), documents=pl.col("document").n_unique())
        .filter(pl.col("all") >= LEAST_SENTENCES, pl.col("documents") <= max(COMMON * documents, 10))
    )
    return words.rename({"form": "term"}).join(spread.drop("documents"), on="term")


def ranked(
    words: pl.DataFrame, held: pl.DataFrame, units: pl.DataFrame, codebook: Codebook, *, most: int
) -> pl.DataFrame:
    """What `suggest` gives, from the candidates and the sentences that hold a topic (`at`, `doc_id`, `topic`, `weight`)."""
    scored = (
        words.join(held, on="at", maintain_order="left_right")
        .group_by("topic", "term", "all")
        .agg(mine=pl.len(), documents=pl.col("doc_id").n_unique(), at=pl.col("at").get(pl.col("weight").arg_max()))
        .filter(pl.col("mine") >= LEAST_SENTENCES)
        .join(held.group_by("topic").agg(topic_size=pl.len()), on="topic")
        .with_columns(_log_odds(len(units)))
        .filter(pl.col("ratio") >= np.log(LEAST_RATIO))
    )
    seeds = hits.are_seeds(scored["term"], [t for entry in codebook.entries for t in (*entry.seeds, *entry.excluded)])
    best = (
        scored.filter(pl.Series(~seeds))
        .sort("score", "term", descending=[True, False])
        .group_by("topic", maintain_order=True)
        .head(most)
    )
    return (
        best.join(units.select("at", example="text"), on="at", maintain_order="left")
        .sort(pl.col("topic").cast(pl.Enum(codebook.topics)), maintain_order=True)
        .select(pl.col(name).cast(dtype) for name, dtype in SUGGESTIONS.items())
    )


def _log_odds(size: int) -> list[pl.Expr]:
    """The log-odds `ratio` of a word in a topic's sentences to that in all others, the corpus being the prior; its z-`score`."""
    prior = min(PRIOR, size)
    general = prior * pl.col("all") / size
    mine, rest = pl.col("mine") + general, pl.col("all") - pl.col("mine") + general
    none, nor = pl.col("topic_size") + prior - mine, size - pl.col("topic_size") + prior - rest
    ratio = (mine / none).log() - (rest / nor).log()
    return [ratio.alias("ratio"), (ratio / (1 / mine + 1 / rest).sqrt()).alias("score")]
