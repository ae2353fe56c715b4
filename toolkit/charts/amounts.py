"""How an axis of counts writes its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

LONG = 100_000
"""From here on counts are shortened: 200k, 2M."""


def amounts(numbers: pl.Series, *, ticks: int) -> alt.Axis:
    """An axis of about so many ticks for counts as large as these: 4,000 in full, 200k shortened, and 0 always as 0.

    >>> import polars as pl
    >>> amounts(pl.Series([12, 4000]), ticks=2).to_dict()
    {'format': ',d', 'tickCount': 2, 'tickMinStep': 1}
    """
    import altair as alt

    if max(numbers.drop_nulls(), default=0) < LONG:
        return alt.Axis(format=",d", tickCount=ticks, tickMinStep=1)
    # An axis formats all its ticks by the largest, which makes 0k of 0; an expression takes each on its own.
    return alt.Axis(labelExpr="format(datum.value, '~s')", tickCount=ticks, tickMinStep=1)
