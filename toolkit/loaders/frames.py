"""Frames in memory: polars, pandas and Arrow, eager or lazy; their texts are never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import polars as pl

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import records
from toolkit.loaders.fields import missing

ROWS = 10_000
"""Rows of a lazy frame that are in memory at once."""


def is_frame(value: Any) -> bool:
    """Whether an object is a table: a polars or pandas frame, or anything that hands itself over as Arrow."""
    if isinstance(value, (pl.DataFrame, pl.LazyFrame)):
        return True
    return _is_pandas(value) or (hasattr(type(value), "__arrow_c_stream__") and not is_series(value))


def is_series(value: Any) -> bool:
    """Whether an object is a single column of polars or pandas, which is as good as a list."""
    return type(value).__module__.partition(".")[0] in ("pandas", "polars") and type(value).__name__ == "Series"


def _is_pandas(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "pandas" and type(value).__name__ == "DataFrame"


@loader(claims=lambda source: is_frame(source.value))
def frames(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """A polars, pandas or Arrow frame, also what `polars.read_database` gives; one article a row, texts as they are."""
    if not (yield from records.articles(source, rows(source.value), columns, mended=False)):
        source.problem("holds no articles.", "skipped")


def rows(table: Any) -> Iterator[dict[str, Any]]:
    """The rows of any frame, bytes as text."""
    if _is_pandas(table):
        names = [str(name) for name in table.columns]
        values: Iterable[tuple[Any, ...]] = table.itertuples(index=False, name=None)
        return (dict(zip(names, map(_known, row), strict=True)) for row in values)
    if isinstance(table, pl.LazyFrame):
        return chain.from_iterable(map(named, _batches(table)))
    return named(table if isinstance(table, pl.DataFrame) else pl.DataFrame(table))


def _batches(lazy: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    if hasattr(lazy, "collect_batches"):
        yield from lazy.collect_batches(chunk_size=ROWS, lazy=True)
    else:
        yield from lazy.collect().iter_slices(ROWS)


def named(batch: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a polars frame as records, bytes as text."""
    return batch.with_columns(pl.col(pl.Binary).cast(pl.String, strict=False)).iter_rows(named=True)


def _known(value: Any) -> Any:
    """A pandas value as Python has it: its timestamps are datetimes, its integers whole numbers."""
    if missing(value):
        return None
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value
