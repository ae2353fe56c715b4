"""Which articles are copies of one another: exact ones, and near ones with edits, cuts or paragraphs moved."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from toolkit import copies, outlets, schema
from toolkit.shingles import shingle
from toolkit.spool import Spool

FEW_WORDS = 10
"""Texts of fewer words are copies only if all their words are the same."""
KEPT = 256
"""How many of a document's hashes a sketch keeps: all of them for texts of up to 258 words."""

SKETCH = dict(schema.SKETCHES.schema)


def mark(documents: pl.DataFrame, *, seed: int = 0) -> pl.DataFrame:
    """Documents with `duplicate_of`: the first of each one's copies; null for that first one and for a text without copies.

    The first is the earliest published, then the least `doc_id`. Case and punctuation do not count; a text without
    words is nobody's copy.
    """
    found = cluster(sketch(documents, seed=seed))
    given = documents.drop("duplicate_of", strict=False)
    return given.join(found, on="doc_id", how="left", maintain_order="left").select(documents.columns)


def sketch(documents: pl.DataFrame, *, seed: int = 0) -> pl.DataFrame:
    """What has to be kept of each document to find its copies (SKETCH), about 2 kB at most; sketches of shards concatenate."""
    made = shingle(documents["text"], seed=seed, most=KEPT)
    rows = np.arange(len(documents))
    signature = (
        pl.DataFrame({"row": np.repeat(rows, made.kept), "signature": made.hashes})
        .group_by("row", maintain_order=True)
        .agg("signature")
    )
    return (
        documents.select("doc_id", "published")
        .with_columns(words=made.words, whole=made.whole, runs=made.runs, row=rows)
        .join(signature, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("signature").fill_null([]))
        .select(pl.col(name).cast(dtype) for name, dtype in SKETCH.items())
    )


def cluster(sketches: pl.DataFrame | Iterable[pl.DataFrame]) -> pl.DataFrame:
    """`doc_id` and `duplicate_of` of all documents sketched, whatever their order and the shards they came from.

    Texts with the same words are one; of the rest, those copied from the same fullest text are (see `copies.stars`). What the
    sketches of many shards hold is kept on disk, so that they need not fit in memory.
    """
    told, spool = _spooled([sketches] if isinstance(sketches, pl.DataFrame) else sketches)
    ranked = (
        told.sort("published", "doc_id", nulls_last=True)
        .with_row_index("rank")
        .with_columns(
            same=pl.when(pl.col("words") > 0).then(pl.col("rank").min().over("whole", "words")).otherwise("rank")
        )
    )
    unlike = ranked.filter((pl.col("same") == pl.col("rank")) & (pl.col("words") >= FEW_WORDS))
    where = (unlike[name].to_numpy() for name in ("start", "kept", "runs"))
    stars = copies.stars(copies.Sets(spool, *where))
    near = unlike.select(same="rank", star=unlike["rank"].gather(stars))
    return (
        ranked.select("doc_id", "rank", "same")
        .join(near, on="same", how="left", maintain_order="left")
        .with_columns(first=pl.col("doc_id").first().over(pl.coalesce("star", "same")))
        .select("doc_id", duplicate_of=pl.when(pl.col("first") != pl.col("doc_id")).then("first"))
    )


def _spooled(sketches: Iterable[pl.DataFrame]) -> tuple[pl.DataFrame, Spool]:
    """What the sketches say but for their hashes, where each one's begin (`start`) and how many (`kept`); and the hashes."""
    spool = Spool()
    parts = [pl.DataFrame(schema={**SKETCH, "kept": pl.Int64}).drop("signature")]
    for sketch in sketches:
        spool.add(copies.flat(sketch["signature"]))
        kept = sketch.with_columns(kept=pl.col("signature").list.len().cast(pl.Int64))
        parts.append(kept.select(parts[0].columns))
    told = pl.concat(parts)
    return told.with_columns(start=pl.col("kept").cum_sum() - pl.col("kept")), spool


def clusters(documents: pl.DataFrame) -> pl.DataFrame:
    """The stories that were found more than once, most copies first, from documents whose `duplicate_of` is filled.

    Columns: `doc_id` (the first), `title`, `copies` (the first included), `outlets` (how many), `first_outlet`,
    `first_published`, `last_published`, `agency` (named in a byline, a credit or a dateline of any copy; null if none)
    and `wire` (whether it looks like wire copy: an agency is named).
    """
    copied = documents.with_columns(story=pl.coalesce("duplicate_of", "doc_id")).filter(pl.len().over("story") > 1)
    return (
        copied.with_columns(agency=outlets.agency(copied))
        .sort("published", "doc_id", nulls_last=True)
        .group_by("story", maintain_order=True)
        .agg(
            pl.col("title").first(),
            copies=pl.len().cast(pl.Int64),
            outlets=pl.col("outlet").drop_nulls().n_unique().cast(pl.Int64),
            first_outlet=pl.col("outlet").first(),
            first_published=pl.col("published").first(),
            last_published=pl.col("published").max(),
            agency=pl.col("agency").drop_nulls().first(),
        )
        .with_columns(wire=pl.col("agency").is_not_null())
        .sort("copies", "story", descending=[True, False])
        .rename({"story": "doc_id"})
    )
