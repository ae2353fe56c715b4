"""Sums that do not depend on the order in which their parts are added, and so not on the number of threads."""

from __future__ import annotations

import polars as pl

STEP = 2.0**-30
"""Parts are rounded to this before they are added, as whole numbers: about a billionth."""


def stable_sum(expression: pl.Expr) -> pl.Expr:
    """The sum of an expression, the same whatever the order of the rows; exact to about a billionth of a unit a row.

    >>> import polars as pl
    >>> pl.DataFrame({"share": [0.1, 0.2, 0.3]}).select(stable_sum(pl.col("share")).round(6)).item()
    0.6
    """
    return (expression / STEP).round().cast(pl.Int64).sum() * STEP
