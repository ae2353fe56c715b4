"""Which words make two groups differ, each with its part of the difference."""

from typing import Annotated, Any, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import By, Corpus, Range, Result, SettingError, analysis, interval, numbered, schema, summed, theme

Array: TypeAlias = "np.ndarray[Any, Any]"


@analysis
def word_shift(
    corpus: Corpus,
    *,
    by: By = "outlet",
    groups: list[str] | None = None,
    top: Annotated[int, Range(2, 200)] = 30,
    every: bool = False,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which words make two groups differ, each with its part of the difference.

    Gives a row for each of the `top` words: `word`, `group` (which of the two uses it more), `shift` (its part of the
    Jensen-Shannon divergence of the two, in millibits, below 0 if it is the first group's: Gallagher et al. 2021, Generalized
    word shift graphs), its interval `low` to `high` (95%, bootstrap over the articles of both, from 5 in each on: where it
    holds 0, either may use the word more), `part` (of the whole divergence), and `rate_first` and `rate_second` (times used in 1,000 words). `groups`
    names two of the groups of `by`; without it they are the two largest. Unlike `keyness` it asks not what is sure to be
    distinctive, but what makes up the difference: frequent words weigh most.
    """
    column = corpus.groups(by)
    if len(column) != 1:
        raise SettingError(
            f"word_shift got by={by!r}; it sets two groups of one column against each other: take outlet, section or month."
        )
    spoken = (
        corpus.words(by, every=every).with_columns(pl.col(column[0]).cast(pl.String).alias("group")).drop_nulls("group")
    )
    counted = spoken.group_by("group", pl.col("word").cast(pl.String)).agg(count=pl.len().cast(pl.Int64))
    counts = counted.sort("group", "word").collect()  # in one order, so that sums of shares are the same each time
    sizes = counts.group_by("group").agg(total=pl.col("count").sum()).sort(-pl.col("total"), "group")
    chosen = groups or sizes["group"].head(2).to_list()
    absent = [name for name in chosen if name not in sizes["group"]]
    if absent or (len(chosen) != 2 and groups):
        raise SettingError(f"word_shift got groups={groups!r}; it takes two of {', '.join(sizes['group'].head(20))}.")
    if len(chosen) < 2:
        return Result(
            pl.DataFrame(schema=SCHEMA), None, note=f"There is {len(chosen) or 'no'} group, and a shift is between two."
        )
    pair = [counts.filter(group=name).select("word", pl.col("count") / pl.col("count").sum()) for name in chosen]
    first, second, mean = pl.col("first"), pl.col("second"), (pl.col("first") + pl.col("second")) / 2

    def bits(share: pl.Expr) -> pl.Expr:
        return pl.when(share > 0).then(share * (share / mean).log(2)).otherwise(0.0) / 2

    table = (
        pair[0].rename({"count": "first"}).join(pair[1].rename({"count": "second"}), on="word", how="full", coalesce=True)
        .with_columns(pl.col("first", "second").fill_null(0.0))
        .sort("word")
        .with_columns(shift=1000 * (bits(first) + bits(second)))
        .with_columns(part=pl.col("shift") / pl.col("shift").sum())
    )  # fmt: skip
    frame = table.sort(-pl.col("shift"), "word").head(top).select(
        "word",
        group=pl.when(first > second).then(pl.lit(chosen[0])).otherwise(pl.lit(chosen[1])),
        shift=pl.when(first > second).then(-pl.col("shift")).otherwise("shift"),
        part="part", rate_first=1000 * first, rate_second=1000 * second,
    )  # fmt: skip
    frame = with_intervals(frame, spoken, chosen, resamples, seed)
    whole = table["shift"].sum()
    note = f"{chosen[0]} and {chosen[1]} differ by {whole / 1000:.3f} bit of at most 1; the words shown make up {frame['part'].sum():.0%} of that."
    if frame.height and frame["low"].null_count():
        note += f" One of them has fewer than {schema.FEW} articles: no intervals."
    evidence = spoken.filter(pl.col("group").is_in(chosen), pl.col("word").is_in(frame["word"].implode()))
    evidence = evidence.select("doc_id", "sent_id", "group", pl.col("word").cast(pl.String)).unique(maintain_order=True)
    return Result(frame, chart(frame, chosen), note=note, evidence=evidence)


SCHEMA = {
    "word": pl.String,
    "group": pl.String,
    "shift": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "part": pl.Float64,
    "rate_first": pl.Float64,
    "rate_second": pl.Float64,
}


def with_intervals(
    frame: pl.DataFrame, spoken: pl.LazyFrame, chosen: list[str], resamples: int, seed: int
) -> pl.DataFrame:
    """The frame with the range of each shift over resamples of the articles, if both groups have enough of them."""
    wanted = frame.select("word").with_row_index("place")
    mine = spoken.filter(pl.col("group").is_in(chosen))
    sizes, used = pl.collect_all(
        [
            mine.group_by("group", "doc_id").agg(n=pl.len()).sort("group", "doc_id"),
            mine.filter(pl.col("word").is_in(wanted["word"].implode()))
            .group_by("group", "doc_id", pl.col("word").cast(pl.String))
            .agg(n=pl.len()),
        ]
    )
    articles = numbered(sizes)
    known = used.join(articles, on="doc_id").join(wanted, on="word")
    wholes = sizes.join(articles, on="doc_id").with_columns(all=0)
    parts = [summed(known.filter(group=name), "place", wanted.height) for name in chosen]
    totals = [summed(wholes.filter(group=name), "all", 1) for name in chosen]

    def shifts(drawn: Array) -> Array:
        first, second = (part(drawn) / total(drawn) for part, total in zip(parts, totals, strict=True))
        mean = (first + second) / 2
        bits = [
            np.where(share > 0, share * np.log2(np.where(share > 0, share, 1) / mean), 0.0) for share in (first, second)
        ]
        signed: Array = np.where(first > second, -1000, 1000) * (bits[0] + bits[1]) / 2
        return signed

    enough = min(sizes.filter(group=name).height for name in chosen) >= schema.FEW
    ends = interval(shifts, articles["article"].n_unique(), resamples=resamples if enough else 0, seed=seed)
    return frame.with_columns(ends).select(*SCHEMA)


def chart(frame: pl.DataFrame, names: list[str]) -> alt.typing.ChartType:
    """A bar for each word, to the left or to the right by the group that uses it more."""
    scale = alt.Scale(domain=names, range=list(theme.PALETTE[:2]))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "shift:Q",
            title="Part of the difference (millibits)",
            axis=alt.Axis(labelExpr="format(abs(datum.value), '.2~f')"),
        ),
        y=alt.Y("word:N", sort=None, title=None, axis=None),
        tooltip=[
            alt.Tooltip("word"),
            alt.Tooltip("group"),
            *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("shift", "low", "high")),
            alt.Tooltip("part:Q", format=".1%"),
            alt.Tooltip("rate_first:Q", format=".2f"),
            alt.Tooltip("rate_second:Q", format=".2f"),
        ],
    )
    bars = base.mark_bar().encode(
        color=alt.Color("group:N", title="Used more by", scale=scale, legend=alt.Legend(orient="bottom"))
    )
    span = base.mark_rule(color=theme.MUTED, strokeWidth=1).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    ends = base.transform_calculate(
        left="isValid(datum.low) ? min(datum.low, datum.shift) : datum.shift",
        right="isValid(datum.high) ? max(datum.high, datum.shift) : datum.shift",
    )
    left = (
        ends.transform_filter("datum.shift < 0")
        .mark_text(align="right", dx=-5)
        .encode(x=alt.X("left:Q"), text=alt.Text("word:N"))
    )
    right = (
        ends.transform_filter("datum.shift >= 0")
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("right:Q"), text=alt.Text("word:N"))
    )
    return alt.layer(bars, span, left, right).properties(width=480, height=alt.Step(20))
