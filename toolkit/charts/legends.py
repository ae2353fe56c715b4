"""What a legend of sizes shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def extremes(numbers: pl.Series) -> list[int]:
    """The least and the largest of some whole numbers; of no numbers 0, of one that alone.

    >>> import polars as pl
    >>> extremes(pl.Series([3, 1, 2]))
    [1, 3]
    """
    every: list[int] = numbers.to_list()
    return sorted({min(every, default=0), max(every, default=0)})
