"""A chart in words, written from the rows it draws: what it shows, how much, the highest and the lowest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import polars as pl

from toolkit import depicted, schema
from toolkit.depicted import PANELS, POSITIONS, SHOWN, Spec, unit
from toolkit.encodings import field, percents

MARKS = {
    "bar": "Bar chart", "line": "Line chart", "area": "Area chart", "rect": "Heat map", "point": "Scatter plot",
    "circle": "Scatter plot", "geoshape": "Map", "text": "Table of text", "tick": "Strip plot", "arc": "Pie chart",
}  # fmt: skip
CLOSE, SURE = 0.6, 2.0
"""A course is one if days and numbers go together: a rank correlation so high, and so many times as high as by chance."""
Piece: TypeAlias = "tuple[str, dict[str, Any] | None]"
"""A part of a sentence, and the row that it tells of."""


def describe(
    rows: pl.DataFrame, spec: Spec, title: str, *, keys: Sequence[str] = (), measure: str | None = None
) -> str:
    """One paragraph for readers who do not see the chart; every number in it is from `rows`."""
    name = title.rstrip(". ")
    if rows.is_empty():
        return f"{name}: there is nothing to draw."
    kind, encoding = unit(spec)
    told = finding(rows, spec, keys=keys, measure=measure)
    sentences = [
        f"{MARKS.get(kind, 'Chart')}: {name}{'' if name.endswith(('?', '!')) else '.'}",
        _axes(encoding, rows, depicted.measured(rows, spec)),
        told,
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def axes(rows: pl.DataFrame, spec: Spec) -> tuple[str, dict[str, str]]:
    """The kind of mark of a chart, and which column of its rows is on x, y and colour."""
    kind, encoding = unit(spec)
    return kind, {channel: name for channel, name in _drawn(encoding).items() if name in rows.columns and name}


def finding(rows: pl.DataFrame, spec: Spec, *, keys: Sequence[str] = (), measure: str | None = None) -> str:
    """The highest, the lowest and how it went, in a sentence or two, for readers who do see the chart."""
    return "".join(said for said, _ in pieces(rows, spec, keys=keys, measure=measure))


def pieces(rows: pl.DataFrame, spec: Spec, *, keys: Sequence[str] = (), measure: str | None = None) -> list[Piece]:
    """`finding` in pieces, those that tell of one mark with the row that they tell of; `other` is no finding.

    `measure` is the column that is told of: if none is given, the first number that the chart shows, which a place in a
    layout is not. `keys` are the columns that tell one row from another.
    """
    if rows.is_empty():
        return [("There is nothing to draw.", None)]
    measure = measure or (depicted.measured(rows, spec) or ("", None))[1]
    drawn = rows.drop_nulls([name for name in depicted.days(spec) if name in rows.columns])
    ranked = drawn.drop_nulls(measure).sort(measure, descending=True, maintain_order=True) if measure else rows.head(0)
    if measure is None or ranked.is_empty():
        return [(_counted(rows, spec), None)]
    labels = depicted.labels(ranked, spec, keys, measure)
    if labels:
        other = pl.any_horizontal(pl.col(labels).cast(pl.String) == schema.OTHER).fill_null(False)
        named = ranked.filter(~other)
        ranked = depicted.once(ranked if named.is_empty() else named, labels, measure)
    form = _form(ranked[measure], is_share(measure) or measure in percents(spec or {}))
    return [*_extremes(ranked, measure, labels, form), *_course(ranked, measure, labels, form)]


def is_share(name: str) -> bool:
    """Whether a column is by its name a share, which is written in per cent."""
    return name == "share" or name.endswith("_share")


def _counted(rows: pl.DataFrame, spec: Spec) -> str:
    """How many rows there are and, where colours tell them apart, of which there are most."""
    group = field(unit(spec)[1].get("color"))
    if group not in rows.columns or rows.schema[group] != pl.String:
        return f"It has {rows.height:,} rows."
    most = rows.filter(pl.col(group) != schema.OTHER).group_by(group).len().sort("len", group, descending=[True, False])
    named = [f"{name} ({count:,})" for name, count in most.head(3).iter_rows()]
    return f"It has {rows.height:,} marks; most are of {_listed(named)}." if named else f"It has {rows.height:,} marks."


def _drawn(encoding: dict[str, Any]) -> dict[str, str | None]:
    """The field on each axis, of the colour, and of the panels."""
    return {channel: field(encoding.get(channel)) for channel in (*POSITIONS, "color", *PANELS)}


def _titled(channel: Any, frame: pl.DataFrame) -> str | None:
    """What a channel shows: by its title or its column; None if it is a step of the drawing that has neither."""
    name, title = field(channel), channel.get("title") if isinstance(channel, dict) else None
    if isinstance(title, str) and title:
        return title
    return name.replace("_", " ") if name in frame.columns else None


def _axes(encoding: dict[str, Any], frame: pl.DataFrame, measured: tuple[str, str] | None) -> str:
    axes = _drawn(encoding)
    told = {channel: _titled(encoding.get(channel), frame) for channel, name in axes.items() if name}
    seen = [channel for channel in POSITIONS if told.get(channel) and not depicted.layout(encoding[channel])]
    if told.get("color") and axes["color"] not in (axes["x"], axes["y"]):
        seen.append("color")
    named = [f"{told[channel]} {SHOWN[channel]}" for channel in seen]
    if measured and measured[0] not in axes:
        named.append(f"{measured[1].replace('_', ' ')} {SHOWN[measured[0]]}")
    return f"It shows {_listed(named)}." if named else ""


def _extremes(ranked: pl.DataFrame, measure: str, labels: list[str], form: str) -> list[Piece]:
    """The three highest, and the lowest of more than four, each once."""
    first, last = (
        [_piece(row, measure, labels, form) for row in rows.iter_rows(named=True)]
        for rows in (ranked.head(9), ranked.tail(1))
    )
    shown = list({said: (said, row) for said, row in first}.items())[:3]
    if ranked.height == 1:
        return [("One value: ", None), last[0], (".", None)]
    several = any(", " in said for said, _ in shown)
    said: list[Piece] = [(f"Of {ranked.height:,} values, the highest: ", None)]
    for at, (_, piece) in enumerate(shown):
        between = "; " if several else " and " if at == len(shown) - 1 else ", "
        said += [(between, None), piece] if at else [piece]
    if ranked.height > 4 and last[0][0] not in dict(shown):
        said += [("; the lowest: ", None), last[0]]
    return [*said, (".", None)]


def _course(ranked: pl.DataFrame, measure: str, labels: list[str], form: str) -> list[Piece]:
    """From the first day to the last, where it goes one way; of several things that which rises most and which falls most."""
    days = [name for name in labels if ranked.schema[name].is_temporal()]
    if len(days) != 1 or ranked.select(labels).is_duplicated().any():
        return []
    rest = [name for name in labels if name not in days]
    courses = []
    for rows in ranked.sort(days[0]).partition_by(rest, maintain_order=True) if rest else [ranked.sort(days[0])]:
        ends = [rows.row(at, named=True) for at in (0, -1)]
        change = ends[1][measure] - ends[0][measure]
        if _goes(rows, days[0], measure) * change > 0:
            courses.append((change, ends))
    courses.sort(key=lambda course: course[0])
    told = [courses[-1]] if courses and courses[-1][0] > 0 else []
    told += [courses[0]] if courses and courses[0][0] < 0 else []
    return [piece for change, ends in told for piece in _way(change, ends, measure, days[0], rest, form)]


def _goes(rows: pl.DataFrame, day: str, measure: str) -> int:
    """1 if the numbers rise with the days, -1 if they fall, 0 if neither is clear."""
    if rows.height < 3 or rows[measure].n_unique() < 2:
        return 0
    together = float(rows.select(pl.corr(pl.col(day).to_physical(), measure, method="spearman")).item())
    enough = max(CLOSE, SURE / (rows.height - 1) ** 0.5) - 1e-9
    return int(together >= enough) - int(together <= -enough)


def _way(
    change: float, ends: list[dict[str, Any]], measure: str, day: str, rest: list[str], form: str
) -> Iterator[Piece]:
    way = "rises" if change > 0 else "falls"
    yield (f" {_label(ends[0], rest)} {way} most, from " if rest else f" It {way} from "), None
    for before, row in zip(("", " to "), ends, strict=True):
        if before:
            yield before, None
        yield f"{_number(row[measure], form)} ({_plain(row[day])})", row
    yield ".", None


def _piece(row: dict[str, Any], measure: str, labels: list[str], form: str) -> Piece:
    name, number = _label(row, labels), _number(row[measure], form)
    return f"{name} ({number})" if name else number, row


def _label(row: dict[str, Any], labels: list[str]) -> str:
    """The name of a row; two days that are the same are one."""
    days = dict.fromkeys(_plain(row[label]) for label in labels if isinstance(row[label], date))
    return ", ".join([*(_plain(row[label]) for label in labels if not isinstance(row[label], date)), *days])


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value.day} {value:%B %Y}"
    return "none" if value is None else str(value)


def _form(numbers: pl.Series, share: bool) -> str:
    """How the numbers are written: in per cent, with a decimal where the highest would look the same without."""
    first = numbers.head(3).unique()
    return "" if not share else ".0%" if len({_number(number, ".0%") for number in first}) == len(first) else ".1%"


def _number(value: float, form: str) -> str:
    if form:
        return f"{value:{form}}" if 0.1 <= value <= 0.9 else f"{value:.0%}" if value in (0, 1) else f"{value:.1%}"
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.3g}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
