"""What changed since an earlier report: its figures drawn again on the corpus of today, number by number."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from toolkit import receipt
from toolkit.errors import ToolkitError
from toolkit.receipt import Receipt
from toolkit.reports.content import Part
from toolkit.result import Result

NUMBERS = re.compile(r'<script type="application/json" class="tk-numbers">(.*?)</script>', re.DOTALL)
SAID = 5
"""The largest changes of a figure that are said."""


Before = dict[str, tuple[Receipt, list[dict[str, Any]]]]
"""The receipt and the rows of each figure of an earlier report, by its analysis."""


def earlier(path: Path) -> Before:
    """The figures of an earlier report (a page that `tk.report` wrote).

    Raises ToolkitError if the file cannot be read or is no such page.
    """
    try:
        text = path.read_text(encoding="utf8", errors="replace")
    except OSError as error:
        raise ToolkitError(
            f"The earlier report {str(path)!r} cannot be read: {error.strerror}; give a page that tk.report wrote."
        ) from error
    before: Before = {
        told.plugin: (told, json.loads(rows))
        for told, rows in zip(receipt.stamps(text.encode()), NUMBERS.findall(text), strict=False)
    }
    if not before:
        raise ToolkitError(
            f"{str(path)!r} is no report that tk.report wrote as a page; there is nothing to compare with."
        )
    return before


def since(before: Before, parts: list[Part]) -> list[str]:
    """What is other than in an earlier report, a sentence each."""
    said: list[str] = []
    for part in parts:
        result = part.result
        if result is None or result.receipt is None or result.receipt.plugin not in before:
            continue
        told, rows = before[result.receipt.plugin]
        if told.fingerprint != result.receipt.fingerprint and not said:
            said.append(_corpora(told, result.receipt))
        said.append(
            f"{part.name}: {_numbers(rows, result) if told.numbers != result.receipt.numbers else 'the same numbers'}."
        )
    return said


def _corpora(before: Receipt, now: Receipt) -> str:
    more = now.documents - before.documents
    return f"The corpus has {now.documents:,} articles, {abs(more):,} {'more' if more >= 0 else 'fewer'} than the {before.documents:,} before."


def _numbers(rows: list[dict[str, Any]], result: Result) -> str:
    """The largest changes of the measure that the figure draws, and what came and went."""
    _, axes = result.axes
    measure = next((name for name in axes.values() if result.frame.schema[name].is_numeric()), None)
    labels = [name for name in axes.values() if name != measure] or [result.frame.columns[0]]
    if measure is None or not rows or not {measure, *labels} <= set(rows[0]):
        return "other numbers"
    was = {tuple(str(row[name]) for name in labels): row[measure] for row in rows}
    now = {tuple(str(row[name]) for name in labels): row[measure] for row in result.frame.iter_rows(named=True)}
    moved = sorted(
        ((key, was[key] or 0, now[key] or 0) for key in was.keys() & now.keys()),
        key=lambda one: (-abs(one[2] - one[1]), one[0]),
    )
    said = [f"{', '.join(key)} from {_plain(old)} to {_plain(new)}" for key, old, new in moved[:SAID] if old != new]
    came, went = (
        [", ".join(key) for key in sorted(some.keys() - other.keys())[:SAID]]
        for some, other in ((now, was), (was, now))
    )
    said += [f"new: {'; '.join(came)}"] if came else []
    said += [f"gone: {'; '.join(went)}"] if went else []
    return "; ".join(said) or "other numbers"


def _plain(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"
