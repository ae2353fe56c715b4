"""A network as points and lines, and as a matrix."""

from typing import Any

import altair as alt
import polars as pl

from toolkit import charts, theme
from toolkit_entity_network.layout import HEIGHT, LARGEST, MARGIN, SMALLEST, WIDTH

LINKS = 90
"""Of more links than this, the strongest are drawn."""
PAGE = alt.expr("background || 'white'")
"""What the text of the theme is to be read on."""


def network(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A point for each entity, as large as it is often named, and a line for each pair, as wide as it is often together."""
    communities = [str(number) for number in sorted(frame["community"].unique())]
    colors = theme.colors(communities)
    color = alt.Color(
        "group:N",
        title="Community",
        scale=alt.Scale(domain=communities, range=[colors[number] for number in communities]),
    )
    span = alt.Scale(domain=[-MARGIN, 1 + MARGIN])
    x, y = (alt.X("x:Q", axis=None, scale=span), alt.Y("y:Q", axis=None, scale=span))
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("npmi", "low", "high")]
    links = (
        alt.Chart(frame)
        .transform_filter("datum.entity < datum.other")
        .transform_window(rank="row_number()", sort=[alt.SortField("npmi", order="descending")])
        .transform_filter(f"datum.rank <= {LINKS}")
        .mark_rule(color=theme.COLOR_OTHER, opacity=0.45)
        .encode(
            x=x, y=y, x2=alt.X2("other_x:Q"), y2=alt.Y2("other_y:Q"),
            strokeWidth=alt.StrokeWidth("together:Q", title="Together", scale=alt.Scale(range=[0.6, 7]), legend=alt.Legend(values=charts.extremes(frame["together"]), format="d")),
            tooltip=[alt.Tooltip("entity:N"), alt.Tooltip("other:N"), alt.Tooltip("together:Q"), *numbers, alt.Tooltip("articles:Q")],
        )
    )  # fmt: skip
    base = (
        alt.Chart(frame)
        .transform_aggregate(
            groupby=["entity", "label", "community", "x", "y", "count"], links="count()", strongest="max(npmi)"
        )
        .transform_calculate(group="toString(datum.community)")
        .encode(x=x, y=y)
    )
    size = alt.Size(
        "count:Q",
        title="Named",
        scale=alt.Scale(range=[SMALLEST, LARGEST], zero=True),
        legend=alt.Legend(values=charts.extremes(frame["count"]), format="d", symbolFillColor=theme.MUTED),
    )
    tips = ["entity:N", "label:N", "count:Q", "links:Q", "community:Q"]
    nodes = base.mark_circle(opacity=0.95, stroke=PAGE, strokeWidth=1).encode(
        size=size, color=color, tooltip=charts.tips(tips)
    )
    above = alt.expr("-3 - sqrt(scale('size', datum.count) / PI)")  # the radius of its point
    written: dict[str, Any] = {"dy": above, "baseline": "bottom", "fontSize": 11.5, "fontWeight": 600}
    text = base.encode(text=alt.Text("entity:N"))
    halo = text.mark_text(**written, color=PAGE, stroke=PAGE, strokeWidth=3.5, strokeJoin="round", aria=False)
    names = text.mark_text(**written)
    drawn: alt.typing.ChartType = alt.layer(links, nodes, halo, names).properties(width=WIDTH, height=HEIGHT)
    return drawn


def matrix(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A cell for each pair, those of a community beside one another, coloured by npmi."""
    order = frame.sort("community", -pl.col("count"), "entity")["entity"].unique(maintain_order=True).to_list()
    turn = {name: number for number, name in enumerate(order)}
    rows = frame.sort(pl.col("entity").replace_strict(turn, return_dtype=pl.Int64))
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("npmi", "low", "high")]
    most = max([0.1, *frame["npmi"].drop_nulls().abs().to_list()])
    middle = theme.DIVERGING[len(theme.DIVERGING) // 2]
    scale = alt.Scale(domain=[-most, 0, most], range=[theme.DIVERGING[0], middle, theme.DIVERGING[-1]])
    color = alt.Color("npmi:Q", title="NPMI", scale=scale, legend=alt.Legend(format=".1f", gradientLength=80))
    drawn: alt.typing.ChartType = charts.cells(
        rows,
        rows=["entity"],
        columns=["other"],
        number="together",
        form=",d",
        color=(color, f"abs(datum.npmi) > {most} * 0.6"),
        order=order,
        tips=["entity:N", "other:N", "together:Q", *numbers, "articles:Q"],
    )
    return drawn.properties(width=alt.Step(34))
