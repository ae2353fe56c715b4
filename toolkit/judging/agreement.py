"""How far coders agree beyond chance."""

from __future__ import annotations

import polars as pl


def alpha(ratings: pl.DataFrame) -> float | None:
    """Krippendorff's alpha for nominal answers, from a row for each rating: `unit`, `answer`.

    1 is full agreement, 0 what chance would give; None if no unit was rated twice. If every answer is the same, there is
    nothing to disagree on, and it is 1. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).

    >>> import polars as pl
    >>> alpha(pl.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "answer": ["yes", "yes", "no", "no", "yes", "no"]}))
    0.4444444444444444
    """
    counts = ratings.group_by("unit", "answer").len("n").with_columns(pl.col("n").cast(pl.Float64))
    counts = counts.with_columns(m=pl.col("n").sum().over("unit")).filter(pl.col("m") > 1)
    if counts.is_empty():
        return None
    agreed = counts.select((pl.col("n") * (pl.col("n") - 1) / (pl.col("m") - 1)).sum()).item()
    values = counts.group_by("answer").agg(pl.col("n").sum())["n"].to_numpy()
    total = float(values.sum())
    observed, expected = total - agreed, (total * total - float((values * values).sum())) / (total - 1)
    return 1.0 if expected == 0 else float(1 - observed / expected)
