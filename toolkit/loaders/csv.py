"""CSV and its kin: rows of cells divided by commas, semicolons, tabs or bars."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from csv import Error, field_size_limit, reader
from itertools import chain

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import fields, records, table
from toolkit.loaders.encodings import is_binary, peek
from toolkit.loaders.lines import LONGEST, Line, lines

SEPARATORS = (",", ";", "\t", "|")
LONGEST_RECORD = 4_000_000
MOST_LINES = 50_000
"""A quotation mark that does not close within so many characters and lines never opened a cell of several lines."""


def looks_like_csv(source: Source) -> bool:
    """Whether the first line names at least two columns, the text or the title among them."""
    if source.value is not None or not source.head or source.head[:1] in b"{[<":
        return False
    first = _first(peek(source.head[:20_000]))
    if not 3 < len(first) < 2_000 or not any(mark in first for mark in SEPARATORS):
        return False
    names = _cells(first, separator(first, source.suffix))
    return len(names) > 1 and table.names_columns(names) and bool({"text", "title"} & set(fields.guess(names)))


@loader(suffixes=(".csv", ".tsv", ".tab", ".psv"), claims=looks_like_csv)
def csv(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """A table of articles as CSV, TSV or with semicolons or bars; one article a row, columns guessed."""
    if source.value is not None or not source.head.strip() or is_binary(source.head.replace(b"\0", b"")):
        return
    head = peek(source.head)
    mark = separator(head, source.suffix)
    if not _tabular(head, mark):
        return
    faults = table.Faults()
    rows = table.squared(_rows(lines(source), mark, faults), faults)
    if not (yield from records.articles(source, rows, columns, mended=True)):
        source.problem("holds no articles.", "skipped")
    faults.tell(source)


def _first(head: str) -> str:
    """The first line."""
    return head.lstrip("\r\n").split("\n", 1)[0].split("\r", 1)[0].strip()


def separator(text: str, suffix: str = "") -> str:
    """What divides the cells: the mark that shows most names of columns, else that gives rows of one and the same width."""
    marks = ("\t", *SEPARATORS) if suffix in (".tsv", ".tab") else SEPARATORS
    return max(marks, key=lambda mark: (_known(text, mark), *_evenness(text, mark)))


def _known(text: str, mark: str) -> int:
    """How many names of columns the row that has most of them shows; none if it is not a row of names."""
    top = (_cells(line, mark) for line in text[:20_000].lstrip("\r\n").splitlines()[: table.TOP])
    return max((len(fields.guess(cells)) for cells in top if len(cells) > 1 and table.names_columns(cells)), default=0)


def _evenness(text: str, mark: str) -> tuple[bool, float, int]:
    """Whether the first row has several cells, which part of the rows has as many as it, and how many those are."""
    sample = text[:20_000].lstrip("\r\n").splitlines()[:30]
    sample = sample[:-1] if len(sample) > 1 and len(text) > 20_000 else sample
    try:
        counts = [len(row) for row in reader(sample, delimiter=mark) if row]
    except Error:
        counts = [len(line.split(mark)) for line in sample if line]
    if not counts or counts[0] < 2:
        return False, 0.0, 0
    return True, round(counts.count(counts[0]) / len(counts), 1), counts[0]


def _tabular(head: str, mark: str) -> bool:
    """Whether it is a table at all: a row names columns, or the rows have as many cells as the first."""
    return _known(head, mark) > 0 or table.names_columns([_first(head[:20_000])]) or _evenness(head, mark)[1] > 0.6


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(reader([line], delimiter=mark), [])
    except Error:
        return line.split(mark)


def _rows(source: Iterator[Line], mark: str, faults: table.Faults) -> Iterator[table.Row]:
    """Each row with the number of its first line. A quotation mark that never closes spoils its own line only."""
    waiting: deque[Line] = deque()
    while True:
        taken: list[Line] = []
        try:
            row = _next(chain(_drained(waiting), source), mark, taken)
        except (Error, StopIteration):
            if not taken:
                return
            faults.quoted.append(taken[0][0])
            waiting.extendleft(reversed(taken[1:]))
            row = _cells(taken[0][1].rstrip("\r\n"), mark)
        if row:
            yield taken[0][0], row


def _drained(waiting: deque[Line]) -> Iterator[Line]:
    while waiting:
        yield waiting.popleft()


def _next(source: Iterator[Line], mark: str, taken: list[Line]) -> list[str]:
    """The next row; the lines it is made of go to `taken`. Raises Error if a quotation mark in it is out of place."""

    def feed() -> Iterator[str]:
        size = 0
        for line in source:
            taken.append(line)
            size += len(line[1])
            if (size > LONGEST_RECORD and len(taken) > 1) or len(taken) > MOST_LINES:
                raise Error("a quoted cell is too long")
            yield line[1]

    before = field_size_limit(LONGEST)
    try:
        return next(reader(feed(), delimiter=mark, strict=True))
    finally:
        field_size_limit(before)
