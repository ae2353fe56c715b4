"""Lines over time, one panel for each thing, and after them how much there was of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from toolkit import schema, theme
from toolkit.charts.amounts import amounts
from toolkit.charts.tips import tips as _tips

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

WIDTHS = {1: 560, 2: 275, 3: 180}
"""How wide a panel is, by the number of columns that they stand in."""
HEIGHT, STRIP = 76, 50
MANY = (4, 13)
"""Panels up to which one column is enough, and up to which two are."""
EXTENT = 42
"""Points for the labels of every y axis, so that the panels start at one line."""


def thin(frame: pl.DataFrame, period: str, size: str) -> str | None:
    """A warning, in a sentence, of periods that rest on few articles, which the column `size` counts."""
    sizes = frame.unique(period)[size]
    small, some = int(((sizes > 0) & (sizes < schema.FEW)).sum()), int((sizes > 0).sum())
    if not small:
        return None
    return f"{small:,} of {some:,} {period}s have fewer than {schema.FEW} articles (hollow): their shares say little and have no band."


def trends(
    frame: pl.DataFrame,
    period: str,
    *,
    of: str,
    size: str,
    colors: Mapping[str, str],
    count: str,
    scale: Literal["own", "shared"] = "own",
    numbers: Sequence[str] = (),
) -> alt.typing.ChartType:
    """A line with its band for each thing, and after them how much was published: one below the other, many in columns.

    `frame` has for each period (a day under that name) and each thing in the column `of`: `share`, `low`, `high`, `total` and
    the articles of the period in the column `size`; `numbers` are further columns to tell of a point.
    """
    import altair as alt

    things = frame[of].unique(maintain_order=True).to_list()
    most = max([1e-9, *frame["high"].drop_nulls(), *frame["share"].drop_nulls()])
    span = alt.Scale(domain=[0, most]) if scale == "shared" else alt.Scale(zero=True)
    day = alt.Tooltip(f"{period}:T", format="%a %-d %b %Y", title=f"{period.capitalize()} (from)")
    total = alt.Tooltip("total:Q", format=",.1~f", title="Total")
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    tips = [day, f"{of}:N", *shares, *(f"{name}:Q" for name in numbers), f"{size}:Q", total]
    columns = 1 + sum(len(things) + 1 > few for few in MANY)
    width = WIDTHS[columns]
    ticks = columns > 1  # panels in columns have days of their own; in one column those of the last are enough
    x = alt.X("middle:T", title=period.capitalize(), axis=alt.Axis(title=None, labels=ticks, ticks=ticks, grid=False))
    middle = f"(time(toDate(datum.{period})) + time(timeOffset('{period}', toDate(datum.{period}), 1))) / 2"
    percent = alt.Axis(format=".1~%", tickCount=3)
    lines = [
        _line(
            alt.Chart(frame).transform_filter(alt.datum[of] == thing).transform_calculate(middle=middle).encode(x=x),
            colors[thing],
            alt.Y("share:Q", scale=span, axis=_named(percent, thing, colors[thing], width)),
            size,
            tips,
        ).properties(width=width, height=HEIGHT)
        for thing in things
    ]
    counted = _named(amounts(frame["total"], ticks=2), f"All {count}", theme.COLOR_OTHER, width)
    told = [day, total.copy().title(count.capitalize()), *([] if count == "articles" else [f"{size}:Q"])]
    last = alt.Chart(frame).transform_filter(alt.datum[of] == (things[-1] if things else ""))
    strip = _strip(last, period, counted, told).properties(width=width, height=STRIP if columns == 1 else HEIGHT)
    row = alt.vconcat if columns == 1 else partial(alt.concat, columns=columns)
    panels: alt.typing.ChartType = row(*lines, strip, spacing=14).resolve_scale(x="shared")
    return panels


def _line(base: alt.Chart, color: str, share: alt.Y, size: str, tips: Sequence[object]) -> alt.typing.ChartType:
    """One panel; its points lie in the middle of their periods."""
    import altair as alt

    band = base.mark_area(color=color, opacity=0.2).encode(y=alt.Y("low:Q", axis=share["axis"]), y2=alt.Y2("high:Q"))
    drawn = base.mark_line(color=color, strokeWidth=1.5).encode(y=share)
    points = base.mark_point(color=color, filled=False, size=22, strokeWidth=1.2).encode(
        y=share,
        fill=alt.FillValue(color, condition={"test": f"datum.{size} < {schema.FEW}", "value": "transparent"}),
        tooltip=_tips(tips),
    )
    panel: alt.typing.ChartType = alt.layer(drawn, points, band)
    return panel


def _strip(base: alt.Chart, period: str, axis: alt.Axis, tips: Sequence[object]) -> alt.Chart:
    """A bar for each period, as wide as it is: how much was published."""
    import altair as alt

    drawn: alt.Chart = (
        base.transform_calculate(until=f"timeOffset('{period}', toDate(datum.{period}), 1)")
        .mark_bar(color=theme.COLOR_OTHER, binSpacing=0)
        .encode(
            x=alt.X(f"{period}:T", title=None, axis=alt.Axis(grid=False)),
            x2=alt.X2("until:T"),
            y=alt.Y("total:Q", axis=axis),
            y2=alt.Y2Datum(0),
            tooltip=_tips(tips),
        )
    )
    return drawn


def _named(axis: alt.Axis, text: str, color: str, width: int) -> alt.Axis:
    """An axis with its panel's name over the plot, at the same height in all: a title of the plot lies above the highest label.

    A name longer than the panel is cut off, so that it makes none wider than the others.
    """
    made: alt.Axis = axis.copy()
    made["minExtent"], made["maxExtent"] = EXTENT, EXTENT
    made["title"], made["titleColor"], made["titleFontSize"] = text, color, 12
    made["titleX"], made["titleY"], made["titleAngle"], made["titleLimit"] = -EXTENT, -10, 0, width + EXTENT
    made["titleAlign"], made["titleBaseline"] = "left", "bottom"
    return made
