"""How much of the corpus is about each topic."""

import json
from typing import Literal

import altair as alt
import polars as pl

from toolkit import By, Corpus, Count, Result, SettingError, analysis, drawn_topics, schema, stable_sum, theme

Measure = Literal["share", "sentences"]


@analysis
def topic_mix(corpus: Corpus, *, by: By = "all", measure: Measure = "share", count: Count = "words") -> Result:
    """How much of the corpus is about each topic.

    Gives a row for each group and topic, `other` included: the group (unless `by` is all), `topic`, `share` (0..1 of what
    `count` says; sums to 1 in each group), `sentences` (in which the topic holds: weight >= 0.3) and `articles` (with such
    a sentence). `measure` is what the chart draws, topics that were not found left out.

    `by` is all, document, section, heading, outlet, day, week, month, or any column of documents; where no document has a
    section, it is the heading that a sentence stands under. `count` weighs by words, sentences, articles or stories.
    """
    groups = corpus.groups(by)
    if "topic" in groups:
        raise SettingError("topic_mix is about topics already; group by outlet, section, week or another column.")
    weights = corpus.scan("topics").select("doc_id", "sent_id", "topic", "weight")
    weighed = corpus.grouped(by, count).join(weights, on=["doc_id", "sent_id"], maintain_order="left_right")
    frame = shares(weighed, groups, [*corpus.codebook.topics, schema.OTHER])
    evidence = weighed.filter(pl.col("weight") >= schema.HOLDS).select(
        *dict.fromkeys(["doc_id", "sent_id", *groups, "topic", "weight"])
    )
    rows, note = drawn_topics(frame)
    colors = theme.colors(frame["topic"])
    drawn = chart(rows, groups[-1:] if by == "document" else groups, measure, colors)
    return Result(frame, drawn, note=note, evidence=evidence)


def shares(weighed: pl.LazyFrame, groups: list[str], topics: list[str]) -> pl.DataFrame:
    """Each topic's share of each group, zeros included, in the order of groups and codebook."""
    holds = pl.col("weight") >= schema.HOLDS
    found = weighed.group_by(*groups, "topic").agg(
        mass=stable_sum(pl.col("weight") * pl.col("amount")),
        sentences=holds.sum().cast(pl.Int64),
        articles=pl.col("doc_id").filter(holds).n_unique().cast(pl.Int64),
    )
    named = pl.LazyFrame({"topic": topics}).with_row_index("place")
    every = ordered(weighed, groups).join(named, how="cross") if groups else named
    mass = pl.col("mass")
    return (
        every.join(found, on=[*groups, "topic"], how="left", nulls_equal=True)
        .with_columns(pl.col("mass", "sentences", "articles").fill_null(0))
        .with_columns(share=mass / (mass.sum().over(groups) if groups else mass.sum()))
        .filter(pl.col("share").is_not_nan())
        .sort(*(["turn"] if groups else []), "place")
        .select(*groups, "topic", "share", "sentences", "articles")
        .collect()
    )


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
        alt.Tooltip("share:Q", format=".1%"),
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
        tooltip=tips,
    )
    if not groups:
        rows = base.encode(y=alt.Y("topic:N", sort=topics, title="Topic"))
        label = rows.mark_text(align="left", dx=4).encode(text=alt.Text(f"{measure}:Q", format=form))
        return alt.layer(rows.mark_bar().encode(color=color.legend(None)), label).properties(width=480)
    day = "yearmonthdate" if frame.schema[groups[0]] == pl.Date else ""
    bars: alt.Chart = (
        base.mark_bar()
        .transform_calculate(place=f"indexof({json.dumps(topics)}, datum.topic)")
        .encode(
            y=alt.Y(f"{day}({groups[0]}):O" if day else f"{groups[0]}:N", title=groups[0].capitalize(), sort=None),
            color=color,
            order="place:Q",
        )
        .properties(width=480)
    )
    if len(groups) == 1:
        return bars
    return bars.facet(row=alt.Row(f"{groups[1]}:N", title=groups[1].capitalize()))
