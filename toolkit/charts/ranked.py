"""A ranking drawn as bars: each with its number, and its interval if it has one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit import theme
from toolkit.charts.cells import label
from toolkit.charts.tips import tips as _tips

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

WIDE, NARROW = 480, 210


def ranked(
    frame: pl.DataFrame,
    *,
    name: str,
    number: str,
    title: str,
    form: str = ",d",
    span: tuple[str, str] | None = None,
    panels: Sequence[str] = (),
    tips: Sequence[Any] = (),
) -> alt.typing.ChartType:
    """A bar for each row of `frame`, in its order: `name` beside it, `number` at its end, `span` the ends of its interval.

    `panels` are the columns that tell groups apart, each of which has a panel of its own.
    """
    import altair as alt

    end = f"isValid(datum[{span[1]!r}]) ? datum[{span[1]!r}] : datum[{number!r}]" if span else f"datum[{number!r}]"
    if frame.height and frame[number].min() is not None and float(str(frame[number].min())) < 0:
        end = f"max(0, {end})"
    axis = alt.Axis(format=form, tickMinStep=1 if form.endswith("d") else 0)
    base = (
        alt.Chart(frame)
        .transform_calculate(end=end)
        .encode(
            x=alt.X(f"{number}:Q", title=title, axis=axis),
            y=alt.Y(f"{name}:N", sort=None, title=None),
            tooltip=_tips(tips or [*panels, name, alt.Tooltip(f"{number}:Q", format=form)]),
        )
    )
    layers = [base.mark_bar(color=theme.PALETTE[0])]
    if span:
        layers.append(
            base.mark_rule(color=theme.MUTED, strokeWidth=1.5).encode(
                x=alt.X(f"{span[0]}:Q"), x2=alt.X2(f"{span[1]}:Q")
            )
        )
    layers.append(
        base.mark_text(align="left", dx=5).encode(x=alt.X("end:Q"), text=alt.Text(f"{number}:Q", format=form))
    )
    drawn: alt.typing.ChartType = alt.layer(*layers)
    if not panels:
        return drawn.properties(width=WIDE, height=alt.Step(22))
    facet = alt.Facet("panel:N", sort=None, header=alt.Header(title=None, labelAnchor="start"))
    columns = 2 if frame.select(panels).n_unique() in (2, 4) else 3
    made: alt.typing.ChartType = (
        drawn.properties(width=300 if columns == 2 else NARROW, height=alt.Step(22))
        .facet(facet=facet, columns=columns, spacing=24)
        .properties(transform=[alt.CalculateTransform(calculate=label(panels, frame), **{"as": "panel"})])
        .resolve_scale(y="independent")
    )
    return made


def joined(columns: Sequence[str]) -> pl.Expr:
    """The values of the columns that tell groups apart as one name: "North · World"; the id of an article is left out."""
    import polars as pl

    shown = [pl.col(column).cast(pl.String).fill_null("none") for column in columns if column != "doc_id"]
    return pl.concat_str(shown, separator=" · ")
