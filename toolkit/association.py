"""How strongly a word goes with a group, or with another word: the field's measures, as polars expressions over counts."""

from __future__ import annotations

import polars as pl

ERFC = (
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
)  # fmt: skip


def log_likelihood(both: pl.Expr, first: pl.Expr, second: pl.Expr, every: pl.Expr) -> pl.Expr:
    """Dunning's G² (1993, Accurate Methods for the Statistics of Surprise and Coincidence): 0 if two things are independent.

    `both` counts how often they occur together, `first` and `second` how often each does, `every` all occurrences.

    >>> import polars as pl
    >>> pl.select(log_likelihood(*map(pl.lit, (110, 2552, 221, 31777))).round(1)).item()
    270.7
    """
    table = [
        (both, first, second),
        (first - both, first, every - second),
        (second - both, every - first, second),
        (every - first - second + both, every - first, every - second),
    ]
    parts = [
        pl.when(seen > 0).then(seen * (seen * every / (row.cast(pl.Float64) * column)).log()).otherwise(0.0)
        for seen, row, column in table
    ]
    return 2 * pl.sum_horizontal(parts).clip(0)


def p_value(log_likelihood: pl.Expr) -> pl.Expr:
    """The chance of so high a G² if there were no association: the tail of chi-squared with one degree of freedom.

    The complementary error function is that of Press et al., Numerical Recipes (section 6.2), right to 1.2e-7 of its value.

    >>> import polars as pl
    >>> pl.select(p_value(pl.lit(3.841459)).round(4)).item()
    0.05
    """
    z = (log_likelihood.clip(0) / 2).sqrt()
    t = 1 / (1 + z / 2)
    power = pl.lit(0.0)
    for number in reversed(ERFC):
        power = power * t + number
    return t * (power - z * z).exp()


def adjusted(p: pl.Expr) -> pl.Expr:
    """p-values corrected for how many there are, so that of those below 0.05 at most 5% are chance.

    Benjamini and Hochberg 1995, Controlling the False Discovery Rate.

    >>> import polars as pl
    >>> pl.DataFrame({"p": [0.01, 0.04, 0.03, 0.5]}).select(adjusted(pl.col("p")).round(4))["p"].to_list()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    order = p.arg_sort(descending=True)
    falling = p.gather(order)
    scaled = falling * p.len() / (p.len() - pl.int_range(p.len()))
    return scaled.cum_min().gather(order.arg_sort())


def log_ratio(count: pl.Expr, total: pl.Expr, rest: pl.Expr, rest_total: pl.Expr) -> pl.Expr:
    """How many times as frequent, in doublings: 1 is twice as often, -1 half as often; 0 occurrences count as half of one.

    Hardie 2014, Log Ratio: an informal introduction.

    >>> import polars as pl
    >>> pl.select(log_ratio(*map(pl.lit, (40, 1000, 10, 1000)))).item()
    2.0
    """
    here, there = (seen.cast(pl.Float64).clip(0.5) for seen in (count, rest))
    return ((here / total) / (there / rest_total)).log(2)


def log_dice(both: pl.Expr, first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """How much of two words' occurrences they share, 14 at most, whatever the size of the corpus: one point less is half as much.

    Rychlý 2008, A Lexicographer-Friendly Association Score.

    >>> import polars as pl
    >>> pl.select(log_dice(*map(pl.lit, (10, 10, 10)))).item()
    14.0
    """
    return 14 + (2 * both / (first + second)).log(2)


def mutual_information(both: pl.Expr, first: pl.Expr, second: pl.Expr, every: pl.Expr) -> pl.Expr:
    """Pointwise mutual information, in doublings: how many times as often together as by chance; high for what is rare.

    Church and Hanks 1990, Word Association Norms, Mutual Information, and Lexicography.

    >>> import polars as pl
    >>> pl.select(mutual_information(*map(pl.lit, (10, 20, 50, 800)))).item()
    3.0
    """
    return (both * every / (first.cast(pl.Float64) * second)).log(2)


def npmi(both: pl.Expr, first: pl.Expr, second: pl.Expr, every: pl.Expr) -> pl.Expr:
    """Mutual information from -1 to 1: 1 if two things only occur together, 0 if as often as by chance, -1 if never.

    Null if both occur always, since chance and certainty are then one. Bouma 2009, Normalized (Pointwise) Mutual Information in Collocation Extraction.

    >>> import polars as pl
    >>> pl.select(npmi(*map(pl.lit, (10, 10, 10, 800)))).item()
    1.0
    """
    chance = both / every
    return pl.when(chance < 1).then(mutual_information(both, first, second, every) / -chance.log(2))
