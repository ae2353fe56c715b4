"""A number that stands for the content of documents: that of two sets of documents is the sum of theirs."""

from __future__ import annotations

import hashlib

import polars as pl

COLUMNS = ("doc_id", "title", "text", "published", "outlet", "duplicate_of")
"""What content is."""
AT_ONCE = 50_000
"""Documents that are read at a time."""
MODULUS = 2**64


def content(documents: pl.LazyFrame) -> int:
    """The content of documents, whatever their order: the sum of a hash of each; so more documents only add theirs.

    >>> import polars as pl
    >>> frame = pl.LazyFrame({name: ["a", "b"] for name in COLUMNS}).with_columns(published=pl.lit(None, pl.Datetime("us")))
    >>> content(frame) == content(frame.reverse()) == (content(frame.head(1)) + content(frame.tail(1))) % MODULUS
    True
    """
    told = documents.select(pl.col(name).cast(pl.Int64) if name == "published" else name for name in COLUMNS)
    total, start = 0, 0
    while True:
        rows = told.slice(start, AT_ONCE).collect(engine="streaming")
        total += sum(map(_hashed, rows.iter_rows()))
        start += AT_ONCE
        if rows.height < AT_ONCE:
            return total % MODULUS


def _hashed(row: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "little")
