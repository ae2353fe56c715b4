"""What a draft finds, drawn beside what the other codebook finds: the mix of topics, and one topic's course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from toolkit import theme
from toolkit.grouping import TIMES
from toolkit.schema import OTHER

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

SHARE: Any = alt.X("share:Q", title="Share of words", axis=alt.Axis(format="%", tickCount=5))
NOW, BEFORE = "now", "before"


def mix_chart(topics: int) -> Chart:
    """Bars of each topic's share now, with a tick where it was before; its data is named `mix`."""
    rows = alt.Chart(alt.NamedData("mix"), width=320, height=max(22 * topics, 60))
    topic: Any = alt.Y("topic:N", title=None, sort=alt.SortField("order"), axis=alt.Axis(labelLimit=180))
    bars = rows.mark_bar(color=theme.PALETTE[0]).encode(x=SHARE, y=topic)
    ticks = rows.mark_tick(color=theme.PALETTE[1], thickness=3).encode(x=alt.X("before:Q"), y=topic)
    return alt.layer(bars, ticks)


def mix_rows(mix: pl.DataFrame) -> pl.DataFrame:
    """The rows of `mix`: topics in the codebook's order, `other` last."""
    ordered = mix.filter(pl.col("topic") != OTHER), mix.filter(pl.col("topic") == OTHER)
    return pl.concat(ordered).select("topic", "share", "before").with_row_index("order")


def trend_chart(by: str) -> Chart:
    """A topic's share in each period or group, now and before; its data is named `trend`."""
    rows: Any = alt.Chart(alt.NamedData("trend"), width=380, height=150)
    share: Any = alt.Y("share:Q", title="Share of words", axis=alt.Axis(format="%", tickCount=4))
    scale = alt.Scale(domain=[NOW, BEFORE], range=[theme.PALETTE[0], theme.PALETTE[1]])
    color: Any = alt.Color("codebook:N", title=None, scale=scale, legend=alt.Legend(orient="top"))
    if by in TIMES:
        line: Chart = rows.mark_line(point=True).encode(x=alt.X(f"{by}:T", title=by.capitalize()), y=share, color=color)
        return line
    group: Any = alt.X(f"{by}:N", title=by.capitalize(), sort=None, axis=alt.Axis(labelLimit=120))
    bars: Chart = rows.mark_bar().encode(
        x=group, y=share, color=color, xOffset=alt.XOffset("codebook:N", sort=[NOW, BEFORE])
    )
    return bars


def trend_rows(trend: pl.DataFrame) -> pl.DataFrame:
    """The rows of `trend`: one for each group and codebook."""
    told = trend.rename({"share": NOW}, strict=False)
    return told.unpivot(told.columns[1:], index=told.columns[:1], variable_name="codebook", value_name="share")
