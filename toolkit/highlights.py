"""What to highlight in a sentence: the words that were searched for, the names in it, the words that spoke for its topics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from toolkit import schema, theme

WORD, NAME = "word", "name"
"""The kinds of mark beside the topics, which go by their own name after `topic: `."""
MARK = pl.Struct({"start": pl.Int64, "end": pl.Int64, "kind": pl.String, "tip": pl.String})


def highlighted(rows: pl.DataFrame, frames: Mapping[str, pl.LazyFrame], pattern: str = "") -> pl.DataFrame:
    """Sentences (`doc_id`, `sent_id`, `start`, `text`) with `marks`: what to highlight, in characters of their text.

    Each mark is `start`, `end`, `kind` (word, name, or `topic: ` and the topic's name) and `tip`, what it is in words.
    `frames` are a corpus's; `pattern`, a regular expression, says which words were searched for, whatever their case.
    """
    keys = rows.lazy().select("doc_id", "sent_id", begin="start").unique()
    # Named one by one, the documents of a page are found in a large corpus on disk without reading it all.
    here = pl.col("doc_id").is_in(rows["doc_id"].unique().to_list())
    names, seeds = frames["entities"].filter(here), frames["topics"].filter(here)
    found = pl.concat([_names(keys, names), _seeds(keys, seeds), _words(rows, pattern)])
    marks = found.group_by("doc_id", "sent_id").agg(marks=pl.struct(*MARK.to_schema()).sort_by("start", "end"))
    return rows.join(marks.collect(), on=["doc_id", "sent_id"], how="left", maintain_order="left")


def colors(topics: Sequence[str]) -> dict[str, str]:
    """A colour for each kind of mark."""
    return {f"topic: {name}": color for name, color in theme.colors(topics).items()} | {
        WORD: theme.PALETTE[1],
        NAME: theme.MUTED,
    }


def _names(keys: pl.LazyFrame, entities: pl.LazyFrame) -> pl.LazyFrame:
    tip = pl.format("{}: {}", pl.col("label").cast(pl.String), "entity")
    return _placed(entities.join(keys, on=["doc_id", "sent_id"]), pl.lit(NAME), tip)


def _seeds(keys: pl.LazyFrame, topics: pl.LazyFrame) -> pl.LazyFrame:
    held = topics.filter(pl.col("weight") >= schema.HOLDS, pl.col("topic") != schema.OTHER)
    each = held.join(keys, on=["doc_id", "sent_id"]).explode("seeds").drop_nulls("seeds")
    topic = pl.format("topic: {}", "topic")
    return _placed(each.select("doc_id", "sent_id", "topic", "begin", pl.col("seeds").struct.unnest()), topic, topic)


def _placed(found: pl.LazyFrame, kind: pl.Expr, tip: pl.Expr) -> pl.LazyFrame:
    """Spans of a document as marks of its sentences."""
    return found.select(
        "doc_id", "sent_id", pl.col("start") - pl.col("begin"), pl.col("end") - pl.col("begin"),
        kind.alias("kind"), tip.alias("tip"),
    )  # fmt: skip


def _words(rows: pl.DataFrame, pattern: str) -> pl.LazyFrame:
    """Where a pattern matches, whatever the case, in characters: polars would tell it in bytes."""
    found = [
        (doc_id, sent_id, *match.span(), WORD, match[0])
        for doc_id, sent_id, text in rows.select("doc_id", "sent_id", "text").iter_rows()
        for match in (re.finditer(pattern, text, re.IGNORECASE) if pattern and text else ())
    ]
    return pl.LazyFrame(found, schema={"doc_id": pl.String, "sent_id": pl.Int64, **MARK.to_schema()}, orient="row")
