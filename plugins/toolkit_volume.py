"""How much was published, and when."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import By, Corpus, Count, Range, Result, SettingError, analysis, charts, schema, stable_sum, theme

Per = Literal["auto", "day", "week", "month", "year"]
STEPS = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}
LONGEST = {"day": 62, "week": 750, "month": 3650}
"""The most days that `auto` still cuts into days, weeks and months; beyond, it is years."""
MOST = 3000
"""The most bars: a thousandfold of what a screen shows, and what one wrong date would exceed by far."""


@analysis(needs=("documents.published",))
def volume(
    corpus: Corpus,
    *,
    per: Per = "auto",
    by: By = "all",
    count: Count = "articles",
    top: Annotated[int, Range(1, 20)] = 8,
) -> Result:
    """How much was published, and when.

    Gives a row for each period (and each group of `by`) from the first to the last, those without articles as zeros:
    the first day of it under its name (`day`, `week` from Monday, `month`, `year`; UTC), the group, `amount` (of what
    `count` says), `articles`, and `copies` (those of them that repeat another article).

    `per` is the period; `auto` takes the finest that stays legible. Groups beyond the `top` largest are `other`.
    Articles without a date are in no period; the note counts them.
    """
    period = chosen(corpus) if per == "auto" else per
    groups = corpus.groups(by)
    if "doc_id" in groups or set(groups) & set(STEPS):
        raise SettingError(
            f"volume got by={by!r}; it is over time already: group by outlet, section or another column."
        )
    copies = corpus.scan("documents").select("doc_id", copy=pl.col("duplicate_of").is_not_null())
    rows = corpus.grouped([period, *groups], count).filter(pl.col(period).is_not_null())
    rows = lumped(rows.with_columns(pl.col(groups).cast(pl.String)), groups, top) if groups else rows
    found = (
        rows.join(copies, on="doc_id", how="left")
        .group_by(period, *groups)
        .agg(
            amount=stable_sum(pl.col("amount")).round(6),
            articles=pl.col("doc_id").n_unique().cast(pl.Int64),
            copies=pl.col("doc_id").filter("copy").n_unique().cast(pl.Int64),
        )
        .collect()
    )
    frame = on_calendar(found, period, groups)
    evidence = rows.select("doc_id", "sent_id", period, *groups)
    return Result(frame, chart(frame, period, groups, count), note=left_out(corpus), evidence=evidence)


def chosen(corpus: Corpus) -> str:
    """The finest period that stays legible over the days of the corpus."""
    days = corpus.scan("documents").select(pl.col("published").max() - pl.col("published").min()).collect().item()
    return next((period for period, most in LONGEST.items() if days is None or days.days < most), "year")


def lumped(rows: pl.LazyFrame, groups: list[str], top: int) -> pl.LazyFrame:
    """The rows with every group beyond the `top` largest named `other`."""
    sizes = (
        rows.group_by(groups)
        .agg(size=stable_sum(pl.col("amount")))
        .sort("size", *groups, descending=[True, *[False] * len(groups)])
    )
    kept = sizes.head(top).select(*groups, kept=pl.lit(True))
    return rows.join(kept, on=groups, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.when("kept").then(pl.col(groups)).otherwise(pl.lit(schema.OTHER))
    )


def on_calendar(found: pl.DataFrame, period: str, groups: list[str]) -> pl.DataFrame:
    """Every period from the first to the last, for every group, the largest first; what is missing is 0."""
    if found.is_empty():
        return found
    day = pl.col(period)
    every = periods = found.select(pl.date_range(day.min(), day.max(), STEPS[period]).alias(period))
    if groups:
        order = [pl.col(groups[0]) == schema.OTHER, -pl.col("amount"), *map(pl.col, groups)]
        every = found.group_by(groups).agg(pl.col("amount").sum()).sort(order).select(groups).join(every, how="cross")
    if every.height > MOST:
        raise SettingError(
            f"From {periods.item(0, 0)} to {periods.item(-1, 0)} there are {periods.height:,} {period}s, too many to draw; take "
            "a longer period with per='month' or per='year', or fewer days with where={'since': '2026-01-01'}."
        )
    filled = every.join(found, on=[period, *groups], how="left", nulls_equal=True, maintain_order="left")
    return filled.select(period, *groups, pl.col("amount", "articles", "copies").fill_null(0))


def left_out(corpus: Corpus) -> str | None:
    """What is in no period, in a sentence."""
    texts = corpus.scan("sentences").filter(pl.col("kind").is_in(schema.COUNTED)).select("doc_id").unique()
    documents = corpus.scan("documents")
    dated = documents.filter(pl.col("published").is_not_null())
    every, undated, bare = pl.collect_all(
        [
            documents.select(pl.len()),
            documents.filter(pl.col("published").is_null()).select(pl.len()),
            dated.join(texts, on="doc_id", how="anti").select(pl.len()),
        ]
    )
    said = []
    if undated.item():
        said.append(f"{undated.item():,} of {every.item():,} articles have no date and are left out.")
    if bare.item():
        said.append(f"{bare.item():,} of {every.item():,} articles have no text to count and are left out.")
    return " ".join(said) or None


def chart(frame: pl.DataFrame, period: str, groups: list[str], count: str) -> alt.typing.ChartType:
    """A bar for each period; a row of bars for each group."""
    panel = " + ' · ' + ".join(f"datum['{group}']" for group in groups) or "''"
    names = frame.select(groups).unique(maintain_order=True).rows() if groups else []
    bars: alt.Chart = (
        alt.Chart(frame)
        .transform_calculate(until=f"timeOffset('{period}', toDate(datum.{period}), 1)", panel=panel)
        .mark_bar(color=theme.PALETTE[0], binSpacing=1 if frame.height < 150 else 0)
        .encode(
            x=alt.X(f"{period}:T", title=None, axis=alt.Axis(grid=False, labelFlush=True)),
            x2=alt.X2("until:T"),
            y2=alt.Y2Datum(0),
            y=alt.Y(
                "amount:Q",
                title=None if len(names) > 1 else count.capitalize(),
                axis=charts.amounts(frame["amount"], ticks=3 if groups else 5),
            ),
            tooltip=[
                alt.Tooltip(f"{period}:T", format="%a %-d %b %Y", title=f"{period.capitalize()} (from)"),
                *groups,
                alt.Tooltip("amount:Q", format=",.1~f", title=count.capitalize()),
                *([] if count == "articles" else ["articles:Q"]),
                alt.Tooltip("copies:Q"),
            ],
        )
    )
    if len(names) < 2:
        whole: alt.Chart = bars.properties(width=560, height=220)
        return whole
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight=600, labelPadding=2)
    rows = alt.Facet(
        "panel:N", columns=1, sort=[" · ".join(map(str, name)) for name in names], header=header, spacing=8
    )
    panels: alt.Chart = bars.encode(facet=rows).properties(width=560, height=70)
    return panels
