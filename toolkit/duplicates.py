"""Which articles are copies of one another: exact ones, and near ones with edits, cuts or paragraphs moved."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from toolkit import copies, outlets, schema
from toolkit.shingles import Hashes, Places, shingle
from toolkit.spool import Spool

FEW_WORDS = 10
"""Texts of fewer words are copies only if all their words are the same."""
KEPT = 256
"""How many of a document's hashes a sketch keeps: all of them for texts of up to 258 words."""

SKETCH = dict(schema.SKETCHES.schema)
TOLD = pl.Schema(
    {
        "doc_id": pl.String(),
        "published": schema.Moment,
        "words": pl.UInt32(),
        "whole": pl.UInt64(),
        "runs": pl.UInt32(),
        "kept": pl.UInt16(),
    }
)
"""What of a sketch is held in memory while copies are looked for."""
NEVER = 2**63 - 1
"""A moment after all others."""


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
    starts = np.cumsum(told["kept"], dtype=np.int64) - told["kept"].to_numpy()
    order = _earliest_first(told)
    names = told["doc_id"].gather(order)
    first = _firsts(told.select("words", "whole", "runs", "kept")[order], starts[order], spool)
    copied = pl.Series(first != np.arange(len(first)))
    return pl.DataFrame({"doc_id": names, "duplicate_of": names.gather(first).set(~copied, None)})


def _earliest_first(told: pl.DataFrame) -> Places:
    """The order of publication, then of `doc_id`; those without a day come last."""
    by_id = told["doc_id"].arg_sort().to_numpy()
    moments = told["published"].to_physical().fill_null(NEVER).to_numpy()
    return by_id[np.argsort(moments[by_id], kind="stable")]


def _firsts(told: pl.DataFrame, starts: Places, spool: Spool) -> Places:
    """For each document, which come the earliest first, the first of its copies; itself if it is that one."""
    rows = np.arange(told.height)
    words = told["words"].to_numpy()
    same = np.where(words > 0, _least_alike(told["whole"].to_numpy(), words), rows)
    unlike = np.flatnonzero((same == rows) & (words >= FEW_WORDS))
    sizes = (told[name].gather(unlike).cast(pl.Int64).to_numpy() for name in ("kept", "runs"))
    sets = copies.Sets(spool, starts[unlike], *sizes)
    del told, words, starts
    star = rows.copy()
    star[unlike] = unlike[copies.stars(sets)]
    story = star[same]
    first = np.empty_like(rows)
    first[story[::-1]] = rows[::-1]  # of what is written to one place the last stays, which is the first
    return first[story]


def _least_alike(whole: Hashes, words: Places) -> Places:
    """For each document the least number of one with the same words."""
    order = np.lexsort((words, whole))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(whole[order]) != 0) | (np.diff(words[order]) != 0)
    found = np.empty_like(order)
    found[order] = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    return found


def _spooled(sketches: Iterable[pl.DataFrame]) -> tuple[pl.DataFrame, Spool]:
    """What the sketches say but for their hashes, and how many these are (`kept`), in few bytes; and the hashes, end to end."""
    spool = Spool()
    parts = [pl.DataFrame(schema=TOLD)]
    for sketch in sketches:
        spool.add(copies.flat(sketch["signature"]))
        kept = sketch.with_columns(kept=pl.col("signature").list.len())
        parts.append(kept.select(pl.col(name).cast(dtype) for name, dtype in TOLD.items()))
    return pl.concat(parts, rechunk=True), spool


def clusters(documents: pl.DataFrame) -> pl.DataFrame:
    """The stories that were found more than once, most copies first, from documents whose `duplicate_of` is filled.

    The columns are those of `schema.COPIES`.
    """
    copied = documents.with_columns(story=pl.coalesce("duplicate_of", "doc_id")).filter(pl.len().over("story") > 1)
    found = (
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
    return schema.COPIES.conform(found)
