"""Which words make two groups differ, each with its part of the difference."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import By, Corpus, Range, Result, SettingError, analysis, theme


@analysis
def word_shift(
    corpus: Corpus,
    *,
    by: By = "outlet",
    groups: list[str] | None = None,
    top: Annotated[int, Range(2, 200)] = 30,
    every: bool = False,
) -> Result:
    """Which words make two groups differ, each with its part of the difference.

    Gives a row for each of the `top` words: `word`, `group` (which of the two uses it more), `shift` (its part of the
    Jensen-Shannon divergence of the two, in millibits, below 0 if it is the first group's: Gallagher et al. 2021, Generalized
    word shift graphs), `part` (of the whole divergence), and `rate_first` and `rate_second` (times used in 1,000 words). `groups`
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
    whole = table["shift"].sum()
    note = f"{chosen[0]} and {chosen[1]} differ by {whole / 1000:.3f} bit of at most 1; the words shown make up {frame['part'].sum():.0%} of that."
    evidence = spoken.filter(pl.col("group").is_in(chosen), pl.col("word").is_in(frame["word"].implode()))
    evidence = evidence.select("doc_id", "sent_id", "group", pl.col("word").cast(pl.String)).unique(maintain_order=True)
    return Result(frame, chart(frame, chosen), note=note, evidence=evidence)


SCHEMA = {
    "word": pl.String,
    "group": pl.String,
    "shift": pl.Float64,
    "part": pl.Float64,
    "rate_first": pl.Float64,
    "rate_second": pl.Float64,
}


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
            "word",
            "group",
            alt.Tooltip("part:Q", format=".1%"),
            alt.Tooltip("rate_first:Q", format=".2f"),
            alt.Tooltip("rate_second:Q", format=".2f"),
        ],
    )
    bars = base.mark_bar().encode(
        color=alt.Color("group:N", title="Used more by", scale=scale, legend=alt.Legend(orient="bottom"))
    )
    left = base.transform_filter("datum.shift < 0").mark_text(align="right", dx=-5).encode(text="word:N")
    right = base.transform_filter("datum.shift >= 0").mark_text(align="left", dx=5).encode(text="word:N")
    return alt.layer(bars, left, right).properties(width=480, height=alt.Step(20))
