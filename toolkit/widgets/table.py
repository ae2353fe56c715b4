"""The evidence table: a frame of any length to sort, search, select and copy from, in the notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import anywidget
import polars as pl
import traitlets as t

from toolkit import theme
from toolkit.widgets.script import MAKE, script

HERE = Path(__file__).parent
LABELS = {"text": "Sentence", "title": "Article", "doc_id": "Document", "sent_id": "No."}
PAGE = 60
"""Rows on a page."""

FOUND = "found"
"""The kind of mark that shows where a search has matched."""


class Table(anywidget.AnyWidget):
    """A frame as a table that stays responsive at any length: the rows stay in Python and are sent a page at a time.

    `columns` are shown, in their order (all but nested ones, unless given), under `labels`. In the column `text`, the
    marks that the column `highlight` lists for each row (start, end, kind and perhaps tip; in characters) are highlighted,
    each kind in its colour of `colors`; `marked` adds that column to the rows of a page when they are shown. The column
    `link` holds addresses that the column `linked` leads to. `caption` is a sentence above the table.
    """

    _esm = script(MAKE, HERE / "table.js")
    _css = HERE / "table.css"

    head: t.List[Any] = t.List().tag(sync=True)
    total = t.Int().tag(sync=True)
    everything = t.Int().tag(sync=True)
    generation = t.Int().tag(sync=True)
    opening: t.List[Any] = t.List().tag(sync=True)
    query = t.Unicode().tag(sync=True)
    order: t.List[Any] = t.List(default_value=["", False]).tag(sync=True)
    chosen = t.List(t.Int()).tag(sync=True)
    colors = t.Dict().tag(sync=True)
    caption = t.Unicode().tag(sync=True)

    def __init__(
        self,
        frame: pl.DataFrame,
        *,
        columns: Sequence[str] | None = None,
        labels: Mapping[str, str] | None = None,
        text: str = "text",
        highlight: str = "marks",
        linked: str = "title",
        link: str = "url",
        caption: str = "",
        marked: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
        colors: Mapping[str, str] | None = None,
    ) -> None:
        self._marked, self._given = marked, colors
        self._columns, self._labels = columns, LABELS | dict(labels or {})
        self._text, self._highlight, self._linked, self._link = text, highlight, linked, link
        super().__init__(caption=caption)
        self.frame = frame
        self.on_msg(self._answer)

    @property
    def frame(self) -> pl.DataFrame:
        """The whole frame; setting another one shows it, with the search and the order of the old one cleared."""
        return self._frame

    @frame.setter
    def frame(self, frame: pl.DataFrame) -> None:
        self.show(frame)

    def show(self, frame: pl.DataFrame, *, columns: Sequence[str] | None = None, caption: str | None = None) -> None:
        """Show another frame, perhaps under another caption and with other columns, in one step."""
        self._columns = self._columns if columns is None else columns
        self._frame = frame
        self._folded: pl.Series | None = None
        self._shown = [
            name for name in (_plain(frame) if self._columns is None else self._columns) if name in frame.columns
        ]
        with self.hold_sync():
            self.caption = self.caption if caption is None else caption
            self.head = [self._headed(name) for name in self._shown]
            self.colors = self._colors()
            self.query, self.order, self.chosen = "", ["", False], []
            self._find()

    @property
    def selected(self) -> pl.DataFrame:
        """The rows selected in the table, in the order of the frame."""
        return self._frame[sorted(row for row in self.chosen if 0 <= row < self._frame.height)]

    @t.observe("query", "order")
    def _find(self, _: Any = None) -> None:
        """Find the rows that hold the query, in the order asked for."""
        rows = pl.Series(range(self._frame.height), dtype=pl.UInt32)
        if self.query.strip():
            rows = rows.filter(self._lowered().str.contains(self.query.strip().lower(), literal=True))
        by, descending = self.order
        if by in self._shown:
            place = pl.arg_sort_by(by, descending=descending, nulls_last=True, maintain_order=True)
            rows = rows[self._frame[rows].select(place).to_series()]
        self._rows = rows
        with self.hold_sync():
            self.total, self.everything, self.opening = rows.len(), self._frame.height, self.page(0, PAGE)
            self.generation += 1

    def _lowered(self) -> pl.Series:
        """What a search looks through: the cells shown of each row, in lower case."""
        if self._folded is None:
            cells = [
                pl.col(name).cast(pl.String).fill_null("") for name in self._shown if not _nested(self._frame, name)
            ]
            joined = pl.concat_str(cells, separator="\n") if cells else pl.lit("")
            self._folded = self._frame.select(joined.str.to_lowercase()).to_series()
        return self._folded

    def _answer(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        if message.get("kind") == "rows":
            first, count = int(message["first"]), min(int(message["count"]), 500)
            self.send({"kind": "rows", "asked": message["asked"], "first": first, "rows": self.page(first, count)})
        if message.get("kind") == "copy":
            self.chosen = [int(row) for row in message.get("chosen", self.chosen)]
            copied = self.selected if self.chosen else self._frame[self._rows]
            lines = [self._shown, *([_said(row[name]) for name in self._shown] for row in copied.iter_rows(named=True))]
            text = "\n".join("\t".join(re.sub(r"\s+", " ", cell) for cell in line) for line in lines)
            self.send({"kind": "copy", "rows": copied.height, "text": text})

    def page(self, first: int, count: int) -> list[dict[str, Any]]:
        """The rows of one page, as the browser gets them: the row's number in the frame, and its cells."""
        numbers = self._rows.slice(first, count)
        rows = self._frame[numbers]
        rows = self._marked(rows) if self._marked and not rows.is_empty() else rows
        return [
            {"id": number, "cells": [self._cell(name, row) for name in self._shown]}
            for number, row in zip(numbers, rows.iter_rows(named=True), strict=True)
        ]

    def _cell(self, name: str, row: Mapping[str, Any]) -> str | dict[str, Any]:
        said = _said(row[name])
        marks = (
            [[m["start"], m["end"], m["kind"], m.get("tip") or m["kind"]] for m in row.get(self._highlight) or ()]
            if name == self._text
            else []
        )
        if self.query.strip():
            marks += [
                [*match.span(), FOUND, FOUND]
                for match in re.finditer(re.escape(self.query.strip()), said, re.IGNORECASE)
            ]
        href = row.get(self._link) if name == self._linked else None
        return {"text": said, "marks": marks, "href": href or ""} if marks or href else said

    def _headed(self, name: str) -> dict[str, Any]:
        label = self._labels.get(name) or name.replace("_", " ").capitalize()
        number = self._frame.schema[name].is_numeric()
        return {"name": name, "label": label, "number": number, "sortable": not _nested(self._frame, name)}

    def _colors(self) -> dict[str, str]:
        """A colour for each kind of mark."""
        if self._given is not None:
            return dict(self._given) | {FOUND: theme.PALETTE[1]}
        if self._highlight not in self._frame.columns:
            return {FOUND: theme.PALETTE[1]}
        kinds = self._frame[self._highlight].explode().drop_nulls().struct.field("kind").drop_nulls()
        return theme.colors(kinds.cast(pl.String).unique().sort()) | {FOUND: theme.PALETTE[1]}


def _plain(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if not _nested(frame, name)]


def _nested(frame: pl.DataFrame, name: str) -> bool:
    return frame.schema[name].is_nested()


def _said(value: Any) -> str:
    """A cell as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if (value.hour, value.minute) != (0, 0) else f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)
