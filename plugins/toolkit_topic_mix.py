"""How much of the corpus is about each topic."""

import json
from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    By,
    Corpus,
    Count,
    Range,
    Result,
    SettingError,
    analysis,
    charts,
    drawn_topics,
    interval,
    numbered,
    schema,
    stable_sum,
    summed,
    theme,
)

Array: TypeAlias = "np.ndarray[Any, Any]"
Measure = Literal["share", "sentences"]


@analysis
def topic_mix(
    corpus: Corpus,
    *,
    by: By = "all",
    measure: Measure = "share",
    count: Count = "words",
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How much of the corpus is about each topic.

    Gives a row for each group and topic, `other` included: the group (unless `by` is all), `topic`, `share` (0..1 of what
    `count` says; sums to 1 in each group), its interval `low` to `high`, `sentences` (in which the topic holds: weight >= 0.3)
    and `articles` (with such a sentence). `measure` is what the chart draws, topics that were not found left out.

    Intervals (95%) are a bootstrap over articles, since the sentences of one are not independent: groups of fewer than 5
    articles have none, and the note says so.

    `by` is all, document, section, heading, outlet, day, week, month, or any column of documents; where no document has a
    section, it is the heading that a sentence stands under. `count` weighs by words, sentences, articles or stories.
    """
    groups = corpus.groups(by)
    if "topic" in groups:
        raise SettingError("topic_mix is about topics already; group by outlet, section, week or another column.")
    topics = [*corpus.codebook.topics, schema.OTHER]
    weights = corpus.scan("topics").select("doc_id", "sent_id", "topic", "weight")
    weighed = corpus.grouped(by, count).join(weights, on=["doc_id", "sent_id"], maintain_order="left_right")
    parts, order = parted(weighed, groups)
    frame = shares(parts, order, groups, topics)
    sizes = parts.group_by(groups or pl.lit(0)).agg(size=pl.col("doc_id").n_unique().cast(pl.Int64))
    frame = with_intervals(frame, parts, sizes, groups, resamples, seed)
    evidence = weighed.filter(pl.col("weight") >= schema.HOLDS).select(
        *dict.fromkeys(["doc_id", "sent_id", *groups, "topic", "weight"])
    )
    rows, missing = drawn_topics(frame)
    drawn = chart(rows, groups[-1:] if by == "document" else groups, measure, theme.colors(frame["topic"]))
    note = " ".join(filter(None, [remark(sizes, groups), missing])) or None
    return Result(frame, drawn, note=note, evidence=evidence)


def parted(weighed: pl.LazyFrame, groups: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What each article has of each topic: its `n` of the count, `sentences` it holds for; and the groups, in order."""
    holds = pl.col("weight") >= schema.HOLDS
    keys = list(dict.fromkeys(["doc_id", *groups, "topic"]))
    parts = weighed.group_by(keys).agg(
        n=stable_sum(pl.col("weight") * pl.col("amount")), sentences=holds.sum().cast(pl.Int64)
    )
    if not groups:
        return parts.sort(keys).collect(), pl.DataFrame()
    found, order = pl.collect_all([parts.sort(keys, nulls_last=True), ordered(weighed, groups)])
    return found, order


def shares(parts: pl.DataFrame, order: pl.DataFrame, groups: list[str], topics: list[str]) -> pl.DataFrame:
    """Each topic's share of each group, zeros included, in the order of groups and codebook."""
    found = parts.group_by(*groups, "topic").agg(
        mass=stable_sum(pl.col("n")),
        sentences=pl.col("sentences").sum(),
        articles=pl.col("doc_id").filter(pl.col("sentences") > 0).n_unique().cast(pl.Int64),
    )
    named = pl.DataFrame({"topic": topics}).with_row_index("place")
    every = order.join(named, how="cross") if groups else named
    mass = pl.col("mass")
    return (
        every.join(found, on=[*groups, "topic"], how="left", nulls_equal=True)
        .with_columns(pl.col("mass", "sentences", "articles").fill_null(0))
        .with_columns(share=mass / (mass.sum().over(groups) if groups else mass.sum()))
        .filter(pl.col("share").is_not_nan())
        .sort(*(["turn"] if groups else []), "place")
        .select(*groups, "topic", "share", "sentences", "articles")
    )


def with_intervals(
    frame: pl.DataFrame, parts: pl.DataFrame, sizes: pl.DataFrame, groups: list[str], resamples: int, seed: int
) -> pl.DataFrame:
    """The frame with the range of each share over resamples of the articles, in groups that have enough of them."""
    enough = sizes.filter(pl.col("size") >= schema.FEW).select(*groups, group=pl.int_range(pl.len()))
    kept = frame.select(*groups, "topic").with_row_index("cell")
    how = {"on": groups, "nulls_equal": True} if groups else {"how": "cross"}
    kept = kept.join(enough, **how, maintain_order="left")
    if kept.is_empty():
        return told(frame, pl.Series([], dtype=pl.UInt32), [])
    cells = kept.with_row_index("place")
    articles = numbered(parts)
    known = parts.join(articles, on="doc_id").join(cells, on=[*groups, "topic"], nulls_equal=True)
    part_of = summed(known, "place", cells.height)
    group = cells["group"].to_numpy()
    firsts = np.flatnonzero(np.diff(group, prepend=-1))

    def ratio(drawn: Array) -> Array:
        part = part_of(drawn)
        whole = np.add.reduceat(part, firsts, axis=1)
        share: Array = part / np.repeat(whole, np.diff(firsts, append=len(group)), axis=1)
        return share

    return told(frame, cells["cell"], interval(ratio, articles["article"].n_unique(), resamples=resamples, seed=seed))


def told(frame: pl.DataFrame, cells: pl.Series, ends: list[pl.Series]) -> pl.DataFrame:
    """The frame with the ends of the intervals of some of its rows."""
    low, high = ends or [pl.Series(dtype=pl.Float64)] * 2
    known = pl.DataFrame({"cell": cells, "low": low, "high": high})
    rows = frame.with_row_index("cell").join(known, on="cell", how="left", maintain_order="left")
    groups = frame.columns[: frame.columns.index("topic")]
    return rows.select(*groups, "topic", "share", "low", "high", "sentences", "articles")


def remark(sizes: pl.DataFrame, groups: list[str]) -> str | None:
    """Which shares have no interval, and why."""
    few = sizes.filter(pl.col("size").is_between(1, schema.FEW - 1))
    if few.is_empty():
        return None
    if "doc_id" in groups:
        return "An article by itself has no interval: what else it might have said is not known."
    if not groups:
        return f"From {few.item(0, 'size'):,} article{'s' if few.item(0, 'size') > 1 else ''}: too few for intervals."
    return f"{few.height:,} of {sizes.height:,} groups have fewer than {schema.FEW} articles, and no interval."


def ordered(weighed: pl.LazyFrame, groups: list[str]) -> pl.LazyFrame:
    """Each group once, with its `turn`: days and weeks by date, others as they first occur."""
    found = weighed.select(groups).unique(maintain_order=True)
    times = [name for name, dtype in found.collect_schema().items() if dtype == pl.Date]
    return (found.sort(times, nulls_last=True, maintain_order=True) if times else found).with_row_index("turn")


def chart(frame: pl.DataFrame, groups: list[str], measure: Measure, colors: dict[str, str]) -> alt.typing.ChartType:
    """Bars of the topics of the whole, or a stacked bar for each group."""
    topics = frame["topic"].unique(maintain_order=True).to_list()
    scale = alt.Scale(domain=topics, range=[colors[topic] for topic in topics])
    color = alt.Color("topic:N", title="Topic", sort=topics, scale=scale)
    tips: list[str | alt.Tooltip] = [
        *groups,
        "topic",
        *(alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")),
        "sentences:Q",
        "articles:Q",
    ]
    form, title = (".0%", "Share") if measure == "share" else (",d", "Sentences in which the topic holds")
    whole = alt.Scale(domain=[0, 1]) if groups and measure == "share" else alt.Undefined
    base = alt.Chart(frame).encode(
        x=alt.X(
            f"{measure}:Q",
            title=title,
            axis=alt.Axis(format=form, tickMinStep=0.01 if measure == "share" else 1),
            scale=whole,
        ),
        tooltip=charts.tips(tips),
    )
    if not groups:
        rows = base.encode(y=alt.Y("topic:N", sort=topics, title="Topic"))
        bar = rows.mark_bar().encode(color=color.legend(None))
        if measure == "sentences":
            label = rows.mark_text(align="left", dx=4).encode(text=alt.Text("sentences:Q", format=form))
            return alt.layer(bar, label).properties(width=480)
        rows = rows.transform_calculate(end="isValid(datum.high) ? datum.high : datum.share")
        span = rows.mark_rule(color=theme.MUTED, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
        label = rows.mark_text(align="left", dx=4).encode(x=alt.X("end:Q"), text=alt.Text("share:Q", format=form))
        return alt.layer(bar, span, label).properties(width=480)
    day = "yearmonthdate" if frame.schema[groups[0]] == pl.Date else ""
    bars: alt.Chart = (
        base.mark_bar()
        .transform_calculate(place=f"indexof({json.dumps(topics)}, datum.topic)")
        .encode(
            y=alt.Y(f"{day}({groups[0]}):O" if day else f"{groups[0]}:N", title=groups[0].capitalize(), sort=None),
            color=color,
            order=alt.Order("place:Q"),
        )
        .properties(width=440)  # with its legend beside it, as wide as a notebook on a small screen
    )
    if len(groups) == 1:
        return bars
    return bars.facet(row=alt.Row(f"{groups[1]}:N", title=groups[1].capitalize()))
