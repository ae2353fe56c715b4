"""Voices: each quotation with its speaker, its groups, and what it adds to a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from toolkit import schema
from toolkit.errors import SettingError

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

NOT_NAMED = "not named"
KINDS = ("all", "direct", "indirect", "mixed")


def voices(
    corpus: Corpus,
    *,
    by: str | Sequence[str] = "all",
    count: str = "words",
    kind: str = "all",
    topic: str = "",
    parser: str = "auto",
) -> pl.LazyFrame:
    """A row for each quotation in a sentence of a counted kind: `doc_id`, `sent_id`, its groups, `speaker`, `quote`, `amount`.

    `speaker` is the canonical name, `not named` if there is none. `amount` is what the quotation adds to the count: its
    words, 1, or its equal part of its article's or its story's quotations. By topic there is a row for each topic of the
    sentence that it begins in, with its `weight`, and each gets its part; `topic` keeps those in sentences it holds for.
    """
    if kind not in KINDS:
        raise SettingError(f"There are no quotations of the kind {kind!r}; there are {', '.join(KINDS)}.")
    if topic and topic not in (topics := [*corpus.codebook.topics, schema.OTHER]):
        raise SettingError(f"There is no topic {topic!r} in the codebook; there are {', '.join(topics)}.")
    groups = corpus.groups(by)
    told = corpus.scan("documents").select("doc_id", story=pl.coalesce("duplicate_of", "doc_id"))
    sentences = corpus.grouped(by, count).drop("words", "amount")
    said = corpus.frame("quotes", parser=parser).lazy().filter(pl.lit(kind == "all") | (pl.col("kind") == kind))
    counted = corpus.grouped().select("doc_id", "sent_id")
    if topic:
        holds = corpus.scan("topics").filter(pl.col("topic") == topic, pl.col("weight") >= schema.HOLDS)
        counted = counted.join(holds, on=["doc_id", "sent_id"], how="semi")
    amount = {
        "words": pl.col("text").str.count_matches(r"\S+").cast(pl.Float64),
        "sentences": pl.lit(1.0),
        "articles": 1.0 / pl.len().over("doc_id"),
        "stories": 1.0 / pl.len().over("story"),
    }[count]
    rows = (
        said.join(counted, on=["doc_id", "sent_id"], how="semi", maintain_order="left")
        .join(told, on="doc_id", maintain_order="left")
        .select("doc_id", "sent_id", speaker=pl.col("speaker_entity").fill_null(NOT_NAMED), quote="text", amount=amount)
        .join(sentences, on=["doc_id", "sent_id"], maintain_order="left")
    )
    weight = ["weight"] if "topic" in groups else []
    if weight:
        rows = rows.with_columns(pl.col("amount") * pl.col("weight"))
    return rows.select(*dict.fromkeys(["doc_id", "sent_id", *groups, "speaker", "quote", "amount", *weight]))
