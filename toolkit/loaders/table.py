"""Rows of cells, as spreadsheets and CSV have them, to records: which row names the columns, and what is wrong with the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from toolkit.article import Source
from toolkit.loaders import fields
from toolkit.loaders.dates import moment
from toolkit.loaders.lines import numbered

Row = tuple[int, list[str]]
"""The number of a row's first line, and its cells."""

TOP = 10
"""The names of the columns stand within so many rows; above them may be a title and the like."""

MOST_COLUMNS = 2_000
"""A wider table is none of articles."""


@dataclass
class Faults:
    """What was wrong with the rows of a table, by the numbers of their lines."""

    above: int = 0
    headless: bool = False
    repeated: list[str] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)

    def tell(self, source: Source) -> None:
        """One sentence for each kind of fault."""
        if self.above:
            source.problem(f"names its columns in row {self.above + 1}; what lies above was passed over.", "note")
        if self.headless:
            source.problem("has no row of column names; its columns are called 'column 1', 'column 2' ...", "note")
        if self.repeated:
            names = ", ".join(map(repr, self.repeated[:5]))
            source.problem(f"has several columns named {names}; the later ones got a number.")
        if self.short:
            source.problem(f"has fewer cells than columns in {numbered(self.short)}; the missing ones are empty.")
        if self.long:
            source.problem(f"has more cells than columns in {numbered(self.long)}; the last are in meta as 'more'.")
        if self.quoted:
            where = numbered(self.quoted)
            source.problem(f"has a quotation mark out of place in {where}; each was read as far as its own line goes.")


def squared(rows: Iterator[Row], faults: Faults) -> Iterator[dict[str, Any]]:
    """Rows as records; a row too short is filled with blanks, what is too much is kept under 'more'."""
    names, first = _header(list(islice(rows, TOP)), faults)
    for number, cells in chain(first, rows):
        record: dict[str, Any] = dict.fromkeys(names)
        record |= zip(names, (cell or None for cell in cells), strict=False)
        if len(cells) < len(names):
            faults.short.append(number)
        elif len(cells) > len(names) and any(cells[len(names) :]):
            faults.long.append(number)
            record["more"] = cells[len(names) :][:MOST_COLUMNS]
        yield record


def _header(top: list[Row], faults: Faults) -> tuple[list[str], list[Row]]:
    """The names of the columns, and those of the first rows that lie below them."""
    if not top:
        return [], []
    at = next((i for i, (_, cells) in enumerate(top) if names_columns(cells)), None)
    cells = [cell.strip() for cell in top[at or 0][1]][:MOST_COLUMNS]
    if at is None and any(map(_is_data, cells)):
        faults.headless = True
        return [f"column {number}" for number in range(1, len(cells) + 1)], top
    faults.above = at or 0
    faults.repeated = sorted(name for name, count in Counter(cells).items() if name and count > 1)
    return distinct(cells), top[(at or 0) + 1 :]


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a row holds names of columns: known ones, and two at least if there are two cells."""
    known = fields.guess(cells[:MOST_COLUMNS])
    return len(known) >= min(2, sum(1 for cell in cells if cell.strip())) > 0 or "text" in known


def distinct(names: Iterable[str]) -> list[str]:
    """Names made different: a second `body` is `body (2)`, a missing one `column 3`.

    >>> distinct(["body", "body", ""])
    ['body', 'body (2)', 'column 3']
    """
    made: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        wanted = name = name or f"column {number}"
        while name in made:
            made[wanted] += 1
            name = f"{wanted} ({made[wanted]})"
        made[name] = 1
    return list(made)


def _is_data(cell: str) -> bool:
    """Whether a cell is no column's name: a number, a date, an address, or prose."""
    return bool(re.match(r"[-+]?[\d.,]+$|https?://", cell)) or len(cell.split()) > 12 or moment(cell) is not None
