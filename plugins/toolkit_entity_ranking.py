"""Who and what is named most."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import By, Corpus, Count, Names, Range, Result, analysis, charts, coverage, schema, theme


@analysis
def entity_ranking(
    corpus: Corpus,
    *,
    kind: Names = "names",
    by: By = "all",
    count: Count = "sentences",
    top: Annotated[int, Range(1, 100)] = 20,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Who and what is named most.

    Gives a row for each group of `by` and each entity, most first: the group, `entity` (canonical name), `label`,
    `country` (of what it points to, alpha-3), `amount` (the sentences, articles or stories that name it, or the words of
    such sentences), `share` (of all that the group has: `total`; entities share sentences, so shares do not sum to 1),
    its interval `low` to `high`, `mentions`, `articles` (that name it), `total` and `of_articles` (what the share is of).

    `kind` is names (all of them), people, organisations, places, or one label; captions, credits and page furniture do
    not count. Of more than 12 groups the largest are given. Intervals (95%) are a bootstrap over articles, from 5 on.
    """
    found = corpus.mentions(kind)
    seen = coverage(corpus, found, key=["entity"], by=by, count=count, top=top, resamples=resamples, seed=seed)
    frame = seen.frame.join(described(found, seen.frame), on="entity", how="left", maintain_order="left")
    groups = corpus.groups(by)
    frame = frame.select(*groups, "entity", "label", "country", pl.exclude(*groups, "entity", "label", "country"))
    drawn = table(frame, [group for group in groups if group != "doc_id"]) if groups else bars(frame, count)
    return Result(frame, drawn, note=seen.note, evidence=seen.evidence)


def described(found: pl.LazyFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """What each entity is, and which state it points to: what most of its mentions say."""
    wanted = found.join(frame.lazy().select("entity").unique(), on="entity", how="semi")
    return (
        wanted.group_by("entity")
        .agg(
            label=pl.col("label").cast(pl.String).mode().sort().first(),
            country=pl.col("country").drop_nulls().mode().sort().first(),
        )
        .collect()
    )


def bars(frame: pl.DataFrame, count: str) -> alt.typing.ChartType:
    """A bar for each entity, coloured by what it is, with its interval and its numbers."""
    kinds = {label: color for label, color in theme.colors(schema.LABELS).items() if label in frame["label"]}
    color = alt.Color("label:N", title="Kind", scale=alt.Scale(domain=list(kinds), range=list(kinds.values())))
    unit = "words, by sentences," if count == "words" else count
    end = "isValid(datum.high) ? datum.high : datum.share"
    rows = (
        alt.Chart(frame)
        .transform_calculate(end=end, says="format(datum.share, '.1~%') + '  ·  ' + format(datum.amount, ',.1~f')")
        .encode(
            x=alt.X("share:Q", title=f"Share of {unit} that name it, and how many", axis=alt.Axis(format=".1~%")),
            y=alt.Y("entity:N", sort=None, title=None),
            tooltip=charts.tips(tips([])),
        )
    )
    span = rows.mark_rule(color=theme.MUTED, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    text = rows.mark_text(align="left", dx=6).encode(x=alt.X("end:Q"), text=alt.Text("says:N"))
    return alt.layer(rows.mark_bar().encode(color=color), span, text).properties(width=480)


def table(frame: pl.DataFrame, groups: list[str]) -> alt.typing.ChartType:
    """A cell for each entity and group."""
    drawn: alt.typing.ChartType = charts.cells(
        frame,
        rows=["entity"],
        columns=groups,
        number="share",
        span=("low", "high"),
        color=charts.ramp(frame, "share", title="Share"),
        tips=tips(groups),
    )
    return drawn


def tips(groups: list[str]) -> list[str | alt.Tooltip]:
    shares: list[str | alt.Tooltip] = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    amount = alt.Tooltip("amount:Q", format=",.1~f")
    return [*groups, "entity:N", "label:N", "country:N", amount, *shares, "mentions:Q", "articles:Q", "of_articles:Q"]
