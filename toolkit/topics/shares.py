"""The topics of each document: the roll-up of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from toolkit.schema import COUNTED, DOCUMENT_TOPICS, OTHER

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook


def document_topics(
    documents: pl.DataFrame, sentences: pl.DataFrame, topics: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Each document's share of each topic and `other`, zeros included: the word-weighted mean over its counted sentences.

    A document without such sentences is `other` 1.0.
    """
    words = sentences.filter(pl.col("kind").cast(pl.String).is_in(COUNTED)).select(
        "doc_id", "sent_id", words=pl.col("words").clip(1)
    )
    shares = (
        topics.join(words, on=["doc_id", "sent_id"])
        .group_by("doc_id", "topic")
        .agg(share=pl.col("weight").dot(pl.col("words").cast(pl.Float64)))
        .with_columns(share=pl.col("share") / pl.col("share").sum().over("doc_id"))
    )
    names = pl.DataFrame({"topic": [*codebook.topics, OTHER]}, schema={"topic": pl.String})
    silent = (
        pl.when(pl.col("topic") == OTHER, ~pl.col("share").is_not_null().any().over("doc_id")).then(1.0).otherwise(0.0)
    )
    return DOCUMENT_TOPICS.conform(
        documents.select("doc_id")
        .join(names, how="cross", maintain_order="left_right")
        .join(shares, on=["doc_id", "topic"], how="left", maintain_order="left")
        .with_columns(share=pl.coalesce("share", silent))
    )
