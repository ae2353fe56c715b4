"""The picture of a profile: a panel for each aspect."""

from typing import Any

import altair as alt
import polars as pl

from toolkit import charts, schema, theme

WIDTH, HALF = 610, 140
REACH = 94
"""How many characters of a quotation are drawn."""
FAINT = 0.005
"""Topics of a smaller share are not drawn."""


def chart(frame: pl.DataFrame, period: str) -> alt.typing.ChartType:
    """A panel for each aspect that has rows: when on top, names beside topics, ways of writing, and quotations below."""
    there = set(frame["aspect"])
    panels: list[Any] = [course(frame, period)] if frame.filter(aspect="when").height > 1 else []
    pair = [bars(frame, aspect, words) for aspect, words in BESIDE.items() if aspect in there]
    panels += [alt.hconcat(*pair, spacing=24)] if pair else []
    if frame.filter(aspect="written").height > 1:
        panels.append(bars(frame, "written", "Written"))
    panels += [sayings(frame)] if "said" in there else []
    drawn: alt.typing.ChartType = alt.vconcat(*panels, spacing=22)
    return drawn


USUAL = "share of its sentences; tick: of all sentences"
BESIDE = {"named with": "Named with", "topic": "Topics"}


def titled(text: str, *more: str) -> alt.TitleParams:
    small: dict[str, Any] = {
        "subtitle": list(more),
        "subtitleFontSize": 11,
        "subtitleColor": theme.MUTED,
        "subtitlePadding": 3,
    }
    return alt.TitleParams(text, anchor="start", fontSize=13, frame="group", offset=6, **(small if more else {}))


def of_aspect(frame: pl.DataFrame, aspect: str) -> alt.Chart:
    made: alt.Chart = alt.Chart(frame).transform_filter(alt.datum.aspect == aspect)
    return made


def course(frame: pl.DataFrame, period: str) -> alt.typing.ChartType:
    """A bar for each period with its interval."""
    base = of_aspect(frame, "when").transform_calculate(
        until=f"timeOffset('{period}', toDate(datum.day), 1)",
        middle=f"(time(toDate(datum.day)) + time(timeOffset('{period}', toDate(datum.day), 1))) / 2",
    )
    tips = [
        alt.Tooltip("day:T", format="%a %-d %b %Y", title=f"{period.capitalize()} (from)"),
        *numbers(),
        "articles:Q",
        "of_articles:Q",
    ]
    y = alt.Y("share:Q", title=None, axis=alt.Axis(format=".1~%", tickCount=3))
    x = alt.X("day:T", title=None, axis=alt.Axis(grid=False))
    bar = base.mark_bar(color=theme.PALETTE[0], binSpacing=1).encode(
        x=x, x2=alt.X2("until:T"), y=y, y2=alt.Y2Datum(0), tooltip=charts.tips(tips)
    )
    span = base.mark_rule(color=theme.MUTED, strokeWidth=1).encode(
        x=alt.X("middle:T"), y=alt.Y("low:Q"), y2=alt.Y2("high:Q")
    )
    drawn: alt.typing.ChartType = alt.layer(bar, span).properties(
        width=WIDTH, height=90, title=titled("Named when", f"share of each {period}'s articles")
    )
    return drawn


def bars(frame: pl.DataFrame, aspect: str, words: str) -> alt.typing.ChartType:
    """A bar for each item with its interval and, as a tick, what is usual."""
    base = (
        of_aspect(frame, aspect)
        .transform_filter(f"datum.share >= {FAINT}")
        .transform_calculate(end="max(isValid(datum.high) ? datum.high : datum.share, datum.usual || 0)")
        .encode(
            x=alt.X("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=3)),
            y=alt.Y("item:N", sort=None, title=None, axis=alt.Axis(labelLimit=150)),
            tooltip=[
                alt.Tooltip("item:N"),
                *numbers(),
                *usual_tip(aspect),
                alt.Tooltip("amount:Q", format=",.1~f"),
                alt.Tooltip("articles:Q"),
                alt.Tooltip("of_articles:Q"),
            ],
        )
    )
    plain = {"test": f"datum.item === '{schema.OTHER}'", "value": theme.COLOR_OTHER}
    color = alt.ColorValue(theme.PALETTE[0], condition=plain)
    layers = [
        base.mark_bar().encode(color=color),
        base.mark_rule(color=theme.MUTED, strokeWidth=1).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
        base.mark_tick(color=theme.PALETTE[1], thickness=2, size=14).encode(x=alt.X("usual:Q")),
        base.mark_text(align="left", dx=5).encode(x=alt.X("end:Q"), text=alt.Text("share:Q", format=".0%")),
    ]
    drawn: alt.typing.ChartType = alt.layer(*layers).properties(
        width=HALF, height=alt.Step(20), title=titled(words, USUAL if aspect in BESIDE else "share of its mentions")
    )
    return drawn


def numbers() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]


def usual_tip(aspect: str) -> list[alt.Tooltip]:
    return [] if aspect == "written" else [alt.Tooltip("usual:Q", title="in all sentences", format=".1%")]


def sayings(frame: pl.DataFrame) -> alt.typing.ChartType:
    """Each quotation, in marks if these are its words, and below it where it was printed."""
    said = frame.filter(aspect="said")
    placed = any(said[name].null_count() < said.height for name in ("outlet", "day"))
    day = "(datum.day ? timeFormat(toDate(datum.day), '%-d %b %Y') : '')"
    base = (
        of_aspect(frame, "said")
        .transform_window(line="row_number()")
        .transform_calculate(marks="datum.kind == 'direct' ? ['“', '”'] : ['', '']")
        .transform_calculate(
            says=f"datum.marks[0] + truncate(replace(datum.item, /\\s+/g, ' '), {REACH}, 'right', '…') + datum.marks[1]",
            where=f"(datum.outlet || '') + (datum.outlet && datum.day ? ' · ' : '') + {day}",
        )
        .encode(
            y=alt.Y("line:O", axis=None),
            tooltip=[
                alt.Tooltip("item:N"),
                alt.Tooltip("kind:N"),
                alt.Tooltip("title:N"),
                alt.Tooltip("outlet:N"),
                alt.Tooltip("day:T", format="%-d %b %Y"),
            ],
        )
    )
    says = base.mark_text(align="left", dy=-6 if placed else 0, limit=WIDTH).encode(
        x=alt.XValue(0), text=alt.Text("says:N")
    )
    where = base.mark_text(align="left", dy=9, fontSize=11, color=theme.MUTED, limit=WIDTH)
    layers = [says, *([where.encode(x=alt.XValue(0), text=alt.Text("where:N"))] if placed else [])]
    height = alt.Step(38 if placed else 22)
    drawn: alt.typing.ChartType = alt.layer(*layers).properties(width=WIDTH, height=height, title=titled("Said"))
    return drawn
