"""Parquet, Arrow and Feather files: tables as other programs write them, one article a row."""

from __future__ import annotations

from collections.abc import Iterator
from io import SEEK_END, BufferedReader, BytesIO, FileIO
from os import fstat
from typing import Any

import polars as pl

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import bounded, frames, records
from toolkit.loaders.apart import Crashed, apart

PARQUET, ARROW, OLD_FEATHER = b"PAR1", b"ARROW1", b"FEA1"
MOST_IN_MEMORY = 2 * 2**30
"""Bytes of a table that is not a file of its own (in an archive, or an Arrow stream), which is read whole."""


def looks_like_parquet(source: Source) -> bool:
    return source.head.startswith((PARQUET, ARROW, OLD_FEATHER))


@loader(suffixes=(".parquet", ".pq", ".arrow", ".feather", ".ipc", ".arrows"), claims=looks_like_parquet)
def parquet(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """A table as Parquet, Arrow or Feather, of any size; one article a row, columns guessed."""
    if source.value is not None or not source.head:
        return
    if source.head.startswith(OLD_FEATHER):
        source.problem("is Feather of version 1, which is no longer read; write it anew as Parquet.", "skipped")
        return
    before = len(source.problems)
    if (
        not (yield from records.articles(source, _rows(source), columns, mended=True))
        and len(source.problems) == before
    ):
        source.problem("holds no articles.", "skipped")


def _rows(source: Source) -> Iterator[dict[str, Any]]:
    """The rows, ten thousand at a time, once all of them were read in a process that may crash."""
    kind = next((mark for mark in (PARQUET, ARROW) if source.head.startswith(mark)), b"")
    try:
        with source.open() as stream:
            on_disk = isinstance(stream, BufferedReader) and isinstance(stream.raw, FileIO)
            raw = b"" if on_disk else bounded.whole(source, MOST_IN_MEMORY)
            size = fstat(stream.fileno()).st_size if on_disk else len(raw)
            apart(_read_through, stream.name if on_disk else raw, kind, size=size)
            for batch in _batches(stream if on_disk else BytesIO(raw), kind):
                yield from frames.named(batch)
    except (Crashed, bounded.TooLarge) as error:
        torn = kind == PARQUET and _tail(source) != PARQUET
        source.problem(
            "is a Parquet file that was not written to its end, so nothing of it can be read." if torn else f"{error}.",
            "skipped",
        )


def _read_through(file: str | bytes, kind: bytes) -> None:
    """Read a table and keep nothing: what breaks in it breaks here. Runs in a process of its own."""
    with open(file, "rb") if isinstance(file, str) else BytesIO(file) as stream:
        for _ in _batches(stream, kind):
            pass


def _batches(file: Any, kind: bytes) -> Iterator[pl.DataFrame]:
    if kind == PARQUET:
        yield from _slices(pl.scan_parquet(file))
    elif kind == ARROW:
        yield from _slices(pl.scan_ipc(file))
    else:
        yield from pl.read_ipc_stream(file).iter_slices(frames.ROWS)


def _slices(table: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Rows by the thousand; each is asked for anew, which holds less in memory than polars' own batches do."""
    count = table.select(pl.len()).collect().item()
    for start in range(0, count, frames.ROWS):
        yield table.slice(start, frames.ROWS).collect()


def _tail(source: Source) -> bytes:
    """The last four bytes."""
    last = b""
    with source.open() as stream:
        if stream.seekable():
            stream.seek(-min(len(source.head), 4), SEEK_END)
        while more := stream.read(2**20):
            last = (last + more)[-4:]
    return last
