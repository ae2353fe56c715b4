"""A table drawn as cells: each coloured by its number, with the number and its interval in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit import theme
from toolkit.charts.tips import tips as _tips

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

WIDE, WIDTH = 84, 760
"""A column is so many pixels wide; narrower if all together were wider than that, as far as what is written in it allows."""
LETTER = 6.4
"""Pixels of a letter: names of columns are written level if each fits its column, else all are slanted."""


def label(columns: Sequence[str], frame: pl.DataFrame, *, otherwise: str = "all articles") -> str:
    """A Vega expression that names the group of a row: its columns joined, days as days, what is missing as such."""
    import polars as pl

    def named(column: str) -> str:
        value = f"datum[{column!r}]"
        if frame.schema[column] == pl.Date:
            return f"({value} == null ? 'no date' : timeFormat(toDate({value}), '%-d %b %Y'))"
        return f"({value} == null ? 'not given' : {value})"

    return " + ' · ' + ".join(map(named, columns)) or repr(otherwise)


def ramp(frame: pl.DataFrame, column: str, *, title: str, form: str = ".0%") -> tuple[alt.Color, str]:
    """The colour of cells from nothing to the most, and the condition under which one is too dark for dark text."""
    import altair as alt

    most = max(frame[column].drop_nulls().to_list(), default=0.0) or 1.0
    scale = alt.Scale(range=list(theme.RAMP), domain=[0, most], clamp=True)
    legend = alt.Legend(format=form, gradientLength=80, tickCount=3)
    return alt.Color(f"{column}:Q", title=title, scale=scale, legend=legend), f"datum[{column!r}] > {most} * 0.5"


def cells(
    frame: pl.DataFrame,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    number: str,
    color: tuple[Any, str],
    form: str = ".0%",
    span: tuple[str, str] | None = None,
    tips: Sequence[Any] = (),
    order: Sequence[str] | None = None,
) -> alt.typing.ChartType:
    """A cell for each row of `frame`, at its `rows` and `columns`, which are named by one field or several.

    `number` is the field written in the cell, as `form` says, and `span` those of its interval; `color` is a colour and
    the condition, in Vega, under which it is too dark for dark text (`ramp` makes both). Where no row has an interval, none
    is left room for. Many columns are narrower than few. Rows and columns keep the order of the frame, or columns have that of `order`.
    """
    import altair as alt

    if span and frame[span[0]].null_count() == frame.height:
        span = None
    narrow = 48 if span else 36
    names = _named(frame, columns)
    wide = max(narrow, min(WIDE, WIDTH // max(1, len(names))))
    low, high = (f"format(datum[{end!r}], {form!r})" for end in span or (number, number))
    slanted = any(len(name) * LETTER > wide for name in names)
    top = alt.Axis(orient="top", labelAngle=-40 if slanted else 0, labelLimit=170)
    base = (
        alt.Chart(frame)
        .transform_calculate(
            row=label(rows, frame),
            column=label(columns, frame),
            interval=f"isValid(datum[{span[0]!r}]) ? replace({low}, '%', '') + '–' + {high} : ''" if span else "''",
        )
        .encode(
            x=alt.X("column:N", sort=list(order) if order else None, title=None, axis=top),
            y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=240)),
            tooltip=_tips(tips),
        )
    )
    ink = alt.ColorValue(theme.HOUSE.text, condition={"test": color[1], "value": "#ffffff"})
    box = base.mark_rect(stroke="white", strokeWidth=1).encode(color=color[0])
    written = base.mark_text(dy=-5 if span else 0, fontWeight=600).encode(
        text=alt.Text(f"{number}:Q", format=form), color=ink
    )
    layers = [box, written]
    if span:
        layers.append(base.mark_text(dy=9, fontSize=10).encode(text=alt.Text("interval:N"), color=ink))
    drawn: alt.typing.ChartType = alt.layer(*layers).properties(
        width=alt.Step(wide), height=alt.Step(38 if span else 28)
    )
    return drawn


def _named(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """The names of the columns, as long as `label` makes them."""
    return [" · ".join(map(str, row)) for row in frame.select(columns).unique().iter_rows()]
