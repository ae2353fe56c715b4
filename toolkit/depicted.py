"""What a chart shows, read from its specification: the number that is told of, and the columns that name each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import polars as pl

from toolkit import schema
from toolkit.encodings import field, sources, units

POSITIONS = ("x", "y")
PANELS = ("facet", "row", "column")
SHOWN = {
    "x": "on the x axis", "y": "on the y axis", "color": "by colour", "size": "by size", "strokeWidth": "by width",
    "text": "in numbers",
}  # fmt: skip
"""Where a number may be read off a chart, and how that is said; the first that there is is what is told of."""
PLACE = ("doc_id", "sent_id", "start", "end")
"""Keys that nobody knows a mark by."""

Spec: TypeAlias = "dict[str, Any] | None"
"""A chart as Vega-Lite; None if there is none."""


def unit(spec: Spec) -> tuple[str, dict[str, Any]]:
    """The first mark of a chart and its encoding."""
    return next(units(spec or {}), ("", {}))


def measured(rows: pl.DataFrame, spec: Spec) -> tuple[str, str] | None:
    """The first number that a chart shows: where, and its column; an axis that names no numbers is a place in a layout."""
    for _, encoding in units(spec or {}):
        for channel in SHOWN:
            name, told = field(encoding.get(channel)), encoding.get(channel, {})
            if name in rows.columns and name and rows.schema[name].is_numeric() and not _unread(channel, told):
                return channel, name
    return None


def _unread(channel: str, told: dict[str, Any]) -> bool:
    """Whether a channel shows its column otherwise than as numbers that can be read off it."""
    summed = "bin" in told or "aggregate" in told
    return told.get("type", "quantitative") != "quantitative" or summed or (channel in POSITIONS and layout(told))


def layout(channel: Any) -> bool:
    """Whether an axis of numbers names none of them: what lies on it is somewhere, not so much."""
    told = channel if isinstance(channel, dict) else {}
    axis = told.get("axis", {})
    return told.get("type", "quantitative") == "quantitative" and (axis is None or axis.get("labels") is False)


def days(spec: Spec) -> list[str]:
    """The columns on an axis of days: a row without a day is not drawn."""
    _, encoding = unit(spec)
    placed = [encoding.get(channel, {}) for channel in POSITIONS]
    return [name for told in placed if (name := field(told)) and told.get("type") == "temporal"]


def labels(rows: pl.DataFrame, spec: Spec, keys: Sequence[str], measure: str) -> list[str]:
    """The columns that name a row: keys that are drawn, what is drawn, or the keys, whichever first tells rows apart."""
    drawn = [name for name in _naming(rows, spec) if name != measure]
    known = [key for key in keys if key not in (*PLACE, measure)]
    words = [name for name, dtype in rows.schema.items() if dtype in (pl.String, pl.Date, pl.Datetime)]
    sets = [choice for choice in ([name for name in drawn if name in known], drawn, known) if choice] or [words]
    choices = [[name for name in rows.columns if name in (schema.CORPUS, *choice)] for choice in sets]
    apart = [one for one in choices if one and rows.select(one).n_unique() == rows.select(*one, measure).n_unique()]
    chosen = apart[0] if apart else max(choices, key=lambda choice: len(choice))
    return sorted(chosen, key=lambda name: rows.schema[name].is_temporal())


def _naming(rows: pl.DataFrame, spec: Spec) -> list[str]:
    """The columns of words and days that are drawn, or that what is drawn is made from; if none are, those that are written."""
    made, (_, encoding) = sources(spec or {}), unit(spec)
    channels = [encoding.get(channel) for channel in (*POSITIONS, "color", *PANELS)]
    written = [encoded.get("text") for _, encoded in units(spec or {})]
    for told in (channels, written):
        fields = [name for name in map(field, told) if name]
        columns = [column for name in fields for column in ([name] if name in rows.columns else made.get(name, []))]
        found = [name for name in dict.fromkeys(columns) if name in rows.columns and _names(rows.schema[name])]
        if found:
            return found
    return []


def _names(dtype: pl.DataType) -> bool:
    return not dtype.is_numeric() and not dtype.is_nested()


def once(ranked: pl.DataFrame, labels: list[str], measure: str) -> pl.DataFrame:
    """Each thing once, and each two once where both ways round they have the same number."""
    ranked = ranked.unique([*labels, measure], keep="first", maintain_order=True)
    two = [name for name in labels if name != schema.CORPUS]
    if len(two) != 2 or any(ranked.schema[name] != pl.String for name in two):
        return ranked
    pairs = ranked.with_columns(
        pl.concat_list(pl.col(two).fill_null("")).list.sort().list.join("\n").alias("both ways")
    )
    pair = ["both ways", *(name for name in labels if name not in two)]
    single = pairs.unique(pair, keep="first", maintain_order=True)
    return single.drop("both ways") if single.height == pairs.n_unique([*pair, measure]) else ranked
