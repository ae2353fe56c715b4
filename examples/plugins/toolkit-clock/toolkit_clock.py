"""When papers publish, by weekday and hour: an analysis, a widget that chooses the outlet, and the figure as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

import toolkit as tk

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
SHADES = " ░▒▓█"


@tk.analysis(needs=("documents.published",))
def clock(corpus: tk.Corpus) -> tk.Result:
    """When articles are published, by weekday and hour (UTC).

    Gives `day`, `hour` and `articles`, Monday first; hours without an article have no row.
    """
    timed = corpus.documents.drop_nulls("published").select(
        "doc_id", day=pl.col("published").dt.weekday(), hour=pl.col("published").dt.hour()
    )
    named = pl.col("day").replace_strict(dict(enumerate(DAYS, 1)), return_dtype=pl.String)
    frame = timed.group_by("day", "hour").agg(articles=pl.len()).sort("day", "hour").with_columns(day=named)
    first = timed.with_columns(day=named, sent_id=pl.lit(0, pl.UInt32))
    return tk.Result(frame, chart(frame), evidence=first.select("doc_id", "sent_id", "day", "hour"))


def chart(frame: pl.DataFrame) -> alt.Chart:
    """A cell for each hour of the week, the darker the more articles."""
    return (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X("hour:O", title="Hour (UTC)", scale=alt.Scale(domain=list(range(24))), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("day:N", title="Day", sort=DAYS),
            color=alt.Color("articles:Q", title="Articles"),
            tooltip=["day", "hour", "articles"],
        )
    )


@tk.exporter(suffixes=(".txt",))
def text(result: tk.Result, path: Path) -> Path:
    """The figure as text that any mail shows: a grid of shades for the clock, the frame for any other result."""
    title, source = result.words.title or "Result", result.words.source or ""
    shown = grid(result.frame) if {"day", "hour", "articles"} <= set(result.frame.columns) else str(result.printed)
    path.write_text(f"{title}\n\n{shown}\n\n{source}\n", encoding="utf8")
    return path


def grid(frame: pl.DataFrame) -> str:
    """A line for each day, a sign for each hour."""
    counts = {(day, hour): articles for day, hour, articles in frame.select("day", "hour", "articles").iter_rows()}
    most = max(counts.values(), default=1)

    def shade(day: str, hour: int) -> str:
        return SHADES[-(-counts.get((day, hour), 0) * (len(SHADES) - 1) // most)]

    return "\n".join(f"{day} |{''.join(shade(day, hour) for hour in range(24))}|" for day in DAYS)


def watch(corpus: tk.Corpus) -> Any:
    """A widget: choose an outlet and see its week, with the articles behind each hour."""
    import ipywidgets

    outlets = corpus.documents["outlet"].drop_nulls().unique().sort().to_list()
    chosen = ipywidgets.Dropdown(options=["all", *outlets], description="Outlet")
    shown = ipywidgets.VBox()

    def show(_: Any = None) -> None:
        part = corpus if chosen.value == "all" else corpus.where(outlet=chosen.value)
        shown.children = [tk.analyses["clock"](part).view()]

    chosen.observe(show, "value")
    show()
    return ipywidgets.VBox([chosen, shown])
