"""How sure a number is: its range over resamples of the articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from toolkit.sums import stable_sum

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Array: TypeAlias = np.ndarray[Any, Any]

MOST = 2_000_000
"""How many draws are made at a time: what bounds the memory of the resampling."""
UNITS = 20_000
"""The most units that are drawn: of more articles, groups."""


def numbered(rows: pl.DataFrame, keys: Sequence[str] = ("doc_id",)) -> pl.DataFrame:
    """Each article of a frame, by its `keys`, with the number of what is drawn, `article`: itself or, of more than 20,000, a group.

    Articles are put into groups at random. For shares, means and other ratios of sums over articles (not for a sum alone:
    groups differ by an article) drawing groups gives the same interval, its width off by less than one part in a hundred, in
    no more draws however large the corpus is (random groups: Wolter 2007, Introduction to Variance Estimation, chapter 2).

    >>> import polars as pl
    >>> numbered(pl.DataFrame({"doc_id": ["b", "a", "b"]})).rows()
    [('b', 0), ('a', 1)]
    """
    import numpy as np
    import polars as pl

    ids = rows.select(keys).unique(maintain_order=True)
    every = np.arange(ids.height)
    drawn = every if ids.height <= UNITS else np.random.default_rng(0).permutation(every) % UNITS
    return ids.with_columns(article=pl.Series(drawn, dtype=pl.Int64))


def bootstrap(
    statistic: Callable[[Array], Array], articles: int, *, resamples: int, seed: int = 0
) -> tuple[Array, Array]:
    """The 2.5th and the 97.5th percentile of a statistic over resamples of the articles: a 95% interval.

    `statistic` takes how often each article is drawn, an array (draw, article), and gives its values, (draw, ...).
    Articles are drawn, with replacement, since the sentences of one are not independent (Efron and Tibshirani 1993, An
    Introduction to the Bootstrap, chapter 13); random numbers begin at `seed`. What is divided by nothing in a draw is no value
    there; NaN where there is none in any draw, and everywhere without resamples.

    >>> import numpy as np
    >>> named = np.array([1.0, 0, 0, 1, 1, 0, 1, 0])
    >>> low, high = bootstrap(lambda drawn: drawn @ named / drawn.sum(axis=1), 8, resamples=500)
    >>> bool(low < 0.5 < high)
    True
    """
    import numpy as np

    def values_of(drawn: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            values = statistic(drawn)
        return np.where(np.isfinite(values), values, np.nan)

    nothing = np.full_like(values_of(np.ones((1, articles)))[0], np.nan)
    if not resamples or not articles or not nothing.size:
        return nothing, nothing
    random = np.random.default_rng(seed)
    step = max(1, MOST // articles)
    found = []
    for first in range(0, resamples, step):
        draws = min(step, resamples - first)
        picked = random.integers(articles, size=(draws, articles)) + articles * np.arange(draws)[:, None]
        drawn = np.bincount(picked.ravel(), minlength=draws * articles).reshape(draws, articles).astype(float)
        found.append(values_of(drawn))
    values = np.concatenate(found)
    bare = np.isnan(values).all(axis=0)
    low, high = np.nanpercentile(np.where(bare, 0.0, values), [2.5, 97.5], axis=0).round(9)
    return np.where(bare, np.nan, low), np.where(bare, np.nan, high)


def interval(statistic: Callable[[Array], Array], articles: int, *, resamples: int, seed: int = 0) -> list[pl.Series]:
    """`bootstrap` as two columns, `low` and `high`, null where there is no value; what has several axes row by row."""
    import polars as pl

    ends = bootstrap(statistic, articles, resamples=resamples, seed=seed)
    named = zip(("low", "high"), ends, strict=True)
    return [pl.Series(name, end.reshape(-1), dtype=pl.Float64).fill_nan(None) for name, end in named]


def summed(rows: pl.DataFrame, place: str, places: int) -> Callable[[Array], Array]:
    """What gives, for draws of the articles (draw, article), the sums of `n` at each place (draw, place).

    `rows` has `article` (its number, see `numbered`), `n`, and a column `place` of numbers below `places`.

    >>> import numpy as np, polars as pl
    >>> rows = pl.DataFrame({"article": [0, 1, 1], "word": [0, 0, 1], "n": [2, 3, 5]})
    >>> summed(rows, "word", 2)(np.array([[1.0, 1], [2, 0]])).tolist()
    [[5.0, 5.0], [4.0, 0.0]]
    """
    import numpy as np
    import polars as pl

    ordered = rows.group_by(place, "article").agg(stable_sum(pl.col("n"))).sort(place, "article")
    article, amount = ordered["article"].to_numpy(), ordered["n"].to_numpy().astype(float)
    ends = np.searchsorted(ordered[place].to_numpy(), np.arange(places + 1))

    def sums(drawn: Array) -> Array:
        parts = [drawn[:, article[first:last]] @ amount[first:last] for first, last in pairwise(ends)]
        return np.stack(parts, axis=1) if parts else np.zeros((len(drawn), 0))

    return sums
