"""A chart in words, written from the rows it draws: what it shows, how much, the highest and the lowest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

import polars as pl

from toolkit import schema
from toolkit.encodings import field, units

MARKS = {
    "bar": "Bar chart", "line": "Line chart", "area": "Area chart", "rect": "Heat map", "point": "Scatter plot",
    "circle": "Scatter plot", "geoshape": "Map", "text": "Table of text", "tick": "Strip plot", "arc": "Pie chart",
}  # fmt: skip
POSITIONS = ("x", "y")
PANELS = ("facet", "row", "column")
Piece: TypeAlias = "tuple[str, dict[str, Any] | None]"
"""A part of a sentence, and the row that it tells of."""

Spec: TypeAlias = "dict[str, Any] | None"
"""A chart as Vega-Lite; None if there is none."""


def describe(rows: pl.DataFrame, spec: Spec, title: str) -> str:
    """One paragraph for readers who do not see the chart; every number in it is from `rows`."""
    name = title.rstrip(". ")
    if rows.is_empty():
        return f"{name}: there is nothing to draw."
    kind, encoding = _unit(spec)
    sentences = [f"{MARKS.get(kind, 'Chart')}: {name}.", _axes(encoding, rows), finding(rows, spec)]
    return " ".join(sentence for sentence in sentences if sentence)


def axes(rows: pl.DataFrame, spec: Spec) -> tuple[str, dict[str, str]]:
    """The kind of mark of a chart, and which column of its rows is on x, y and colour."""
    kind, encoding = _unit(spec)
    return kind, {channel: name for channel, name in _drawn(encoding).items() if name in rows.columns and name}


def finding(rows: pl.DataFrame, spec: Spec) -> str:
    """The highest, the lowest and how it went, in a sentence or two, for readers who do see the chart."""
    return "".join(said for said, _ in pieces(rows, spec))


def pieces(rows: pl.DataFrame, spec: Spec) -> list[Piece]:
    """`finding` in pieces, those that tell of one mark with the row that they tell of; `other` is no finding."""
    if rows.is_empty():
        return [("There is nothing to draw.", None)]
    axes = _drawn(_unit(spec)[1])
    measure = next((name for name in axes.values() if name in rows.columns and rows.schema[name].is_numeric()), None)
    ranked = rows.drop_nulls(measure).sort(measure, descending=True, maintain_order=True) if measure else rows.head(0)
    if measure is None or ranked.is_empty():
        return [(f"It has {rows.height:,} rows.", None)]
    labels = _labels(rows, axes, measure)
    named = (
        ranked.filter(~pl.any_horizontal(pl.col(labels).cast(pl.String) == schema.OTHER).fill_null(False))
        if labels
        else ranked
    )
    return [*_extremes(ranked if named.is_empty() else named, measure, labels), *_course(ranked, measure, labels)]


def _unit(spec: Spec) -> tuple[str, dict[str, Any]]:
    """The first mark of a chart and its encoding."""
    return next(units(spec or {}), ("", {}))


def _drawn(encoding: dict[str, Any]) -> dict[str, str | None]:
    """The field on each axis, of the colour, and of the panels."""
    return {channel: field(encoding.get(channel)) for channel in (*POSITIONS, "color", *PANELS)}


def _titled(channel: Any, frame: pl.DataFrame) -> str | None:
    """What a channel shows: by its title or its column; None if it is a step of the drawing that has neither."""
    name, title = field(channel), channel.get("title") if isinstance(channel, dict) else None
    if isinstance(title, str) and title:
        return title
    return name.replace("_", " ") if name in frame.columns else None


def _axes(encoding: dict[str, Any], frame: pl.DataFrame) -> str:
    axes = _drawn(encoding)
    told = {channel: _titled(encoding.get(channel), frame) for channel, name in axes.items() if name}
    named = [f"{told[channel]} on the {channel} axis" for channel in POSITIONS if told.get(channel)]
    if told.get("color") and axes["color"] not in (axes["x"], axes["y"]):
        named.append(f"{told['color']} by colour")
    return f"It shows {_listed(named)}." if named else ""


def _extremes(ranked: pl.DataFrame, measure: str, labels: list[str]) -> list[Piece]:
    """The three highest, and the lowest of more than four."""
    shown = [_piece(row, measure, labels) for row in ranked.head(3).iter_rows(named=True)]
    if ranked.height == 1:
        return [("One value: ", None), shown[0], (".", None)]
    said: list[Piece] = [(f"Of {ranked.height:,} values, the highest: ", None)]
    for at, piece in enumerate(shown):
        said += [(" and " if at == len(shown) - 1 else ", ", None), piece] if at else [piece]
    if ranked.height > 4:
        said += [("; the lowest: ", None), _piece(ranked.row(-1, named=True), measure, labels)]
    return [*said, (".", None)]


def _course(ranked: pl.DataFrame, measure: str, labels: list[str]) -> list[Piece]:
    """From the first day to the last, where there is one value for each of several days."""
    days = [name for name in labels if ranked.schema[name].is_temporal()]
    if len(days) != 1 or ranked.height < 3 or ranked[days[0]].is_duplicated().any():
        return []
    first, *_, last = ranked.sort(days[0]).iter_rows(named=True)
    way = "rises" if last[measure] > first[measure] else "falls" if last[measure] < first[measure] else "comes back"
    ends = [_number(row[measure], measure) for row in (first, last)]
    return [
        (f" It {way} from ", None),
        (f"{ends[0]} ({_plain(first[days[0]])})", first),
        (" to ", None),
        (f"{ends[1]} ({_plain(last[days[0]])})", last),
        (".", None),
    ]


def _piece(row: dict[str, Any], measure: str, labels: list[str]) -> Piece:
    return f"{_label(row, labels)} {_number(row[measure], measure)}".strip(), row


def _labels(frame: pl.DataFrame, axes: dict[str, str | None], measure: str) -> list[str]:
    """The columns that name a row: those on the axes, or, where a step of the drawing stands in for some, all words and days."""
    fields = [name for name in dict.fromkeys(axes.values()) if name and name != measure]
    if fields and all(name in frame.columns for name in fields):
        return list(dict.fromkeys([*(name for name in frame.columns if name == schema.CORPUS), *fields]))
    return [name for name, dtype in frame.schema.items() if dtype in (pl.String, pl.Date, pl.Datetime)]


def _label(row: dict[str, Any], labels: list[str]) -> str:
    first, *rest = [_plain(row[label]) for label in labels] or [""]
    return f"{first} ({', '.join(rest)})" if rest else first


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value.day} {value:%B %Y}"
    return "none" if value is None else str(value)


def _number(value: float, name: str) -> str:
    if name == "share" or name.endswith("_share"):
        return f"{value:.0%}" if 0.1 <= value <= 0.9 else f"{value:.1%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
