"""Precision and recall of what was judged, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from toolkit.judging.agreement import alpha

SCORES = pl.Schema(
    {
        "what": pl.String, "group": pl.String, "judged": pl.Int64,
        "precision": pl.Float64, "precision_low": pl.Float64, "precision_high": pl.Float64,
        "recall": pl.Float64, "recall_low": pl.Float64, "recall_high": pl.Float64,
        "coders": pl.Int64, "alpha": pl.Float64,
    }
)  # fmt: skip

ALL, COMPLETE = "all", "whole sentences"
"""The groups of everything judged, and of sentences of which it was asked whether anything in them is missing."""

Z = 1.959964
"""Standard errors on either side of a 95% interval."""


def scores(judged: pl.DataFrame) -> pl.DataFrame:
    """A row for each `what` and `group`, and for `all` of each: precision, recall and their 95% intervals; see `SCORES`.

    `judged` has the columns of `judgements` and `found`: whether the corpus says so now. Answers count by how many sentences
    each stands for (`weight`), so that recall holds for the whole corpus though rare things were asked about more often
    (Horvitz and Thompson, 1952). Intervals are Wilson's, for as many answers as the weighted ones are worth (Kish, 1965). Of
    several coders' answers to one question, the one that at least half give counts. Under `whole sentences`, `recall` is
    the share of sentences in which nothing is missing.
    """
    told = judged.filter(pl.col("answer") != "skip")
    unit = ["what", "group", "doc_id", "sent_id", "start", "end"]
    answers = told.group_by(unit, maintain_order=True).agg(
        yes=(pl.col("answer") == "yes").mean() >= 0.5,
        found=pl.col("found").first(),
        weight=pl.col("weight").first(),
    )
    whole = pl.col("group") == COMPLETE
    every = pl.concat([answers, answers.filter(~whole).with_columns(group=pl.lit(ALL))])
    right = every.with_columns(found=pl.when(whole).then("yes").otherwise("found"), yes=pl.col("yes") | whole)
    made = right.group_by("what", "group", maintain_order=True).agg(
        judged=pl.len(),
        precision=_share("yes", among="found"),
        precision_n=_worth("found"),
        recall=_share("found", among="yes"),
        recall_n=_worth("yes"),
    )
    bounds = [
        bound.alias(f"{name}_{side}")
        for name in ("precision", "recall")
        for side, bound in zip(("low", "high"), wilson(pl.col(name), pl.col(f"{name}_n")), strict=True)
    ]
    nothing = pl.when(~whole).then(pl.col("^precision.*$"))
    pairs = made.select("what", "group").rows()
    agreed = [(*pair, *_coders(told, *pair)) for pair in pairs]
    coders = pl.DataFrame(
        agreed,
        schema={"what": pl.String, "group": pl.String, "coders": pl.Int64, "alpha": pl.Float64},
        orient="row",
    )
    return (
        made.with_columns(bounds)
        .with_columns(nothing)
        .join(coders, on=["what", "group"], maintain_order="left")
        .select(pl.col(name).cast(dtype) for name, dtype in SCORES.items())
    )


def wilson(share: pl.Expr, n: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The ends of the 95% interval of a share among n (Wilson, Probable Inference, JASA 22, 1927).

    >>> import polars as pl
    >>> low, high = wilson(pl.lit(0.9), pl.lit(20))
    >>> pl.select(low.round(3), high.round(3)).row(0)
    (0.699, 0.972)
    """
    middle = share + Z**2 / (2 * n)
    reach = Z * (share * (1 - share) / n + Z**2 / (4 * n**2)).sqrt()
    return ((middle - reach) / (1 + Z**2 / n)).clip(0, 1), ((middle + reach) / (1 + Z**2 / n)).clip(0, 1)


def told(row: Mapping[str, Any]) -> str:
    """A row of scores in words: "Iran (24 judged): precision 92% (74-98), recall 81% (60-92)"."""
    shares = [
        f"{name} {row[name]:.0%} ({100 * row[f'{name}_low']:.0f}\u2013{100 * row[f'{name}_high']:.0f})"
        for name in ("precision", "recall")
        if row[name] is not None
    ]
    agreed = f", {row['coders']} coders, alpha {row['alpha']:.2f}" if row["alpha"] is not None else ""
    return f"{row['what']}, {row['group']} ({row['judged']:,} judged): {', '.join(shares) or 'none right'}{agreed}"


def _share(what: str, *, among: str) -> pl.Expr:
    """The weighted share of `what` among the rows that hold `among`; null if there are none."""
    both = pl.col("weight").filter(pl.col(what) & pl.col(among)).sum()
    whole = pl.col("weight").filter(among).sum()
    return pl.when(whole > 0).then(both / whole)


def _worth(among: str) -> pl.Expr:
    """How many equally weighted answers those are worth."""
    weight = pl.col("weight").filter(among)
    return weight.sum() ** 2 / (weight**2).sum()


def _coders(told: pl.DataFrame, what: str, group: str) -> tuple[int, float | None]:
    """How many coders judged, and how far they agree."""
    mine = told.filter(
        pl.col("what") == what, (pl.col("group") == group) | ((group == ALL) & (pl.col("group") != COMPLETE))
    )
    unit = pl.concat_str("group", "doc_id", "sent_id", "start", "end", separator="\x1f", ignore_nulls=True)
    ratings = mine.unique(["group", "doc_id", "sent_id", "start", "end", "coder"], keep="last", maintain_order=True)
    return mine["coder"].n_unique(), alpha(ratings.select("answer", unit=unit))
