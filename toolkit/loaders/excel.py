"""Spreadsheets: Excel and OpenDocument, every sheet that holds articles."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from zipfile import ZipFile

import polars as pl

from toolkit.article import Article, Source
from toolkit.errors import MissingExtra
from toolkit.kinds import loader
from toolkit.loaders import bounded, records, table
from toolkit.loaders.apart import Crashed, apart
from toolkit.loaders.zip import names

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
LARGEST = 128 * 2**20
MOST_UNPACKED = 2**30
"""Bytes of a spreadsheet, as a file and unpacked, that are read: it has to be in memory as a whole."""


def looks_like_excel(source: Source) -> bool:
    """Whether it is a zip with a workbook inside, or an old Office file with one."""
    head = source.head
    if head.startswith(OLE):
        return "Workbook".encode("utf-16-le") in head or source.suffix in (".xls", ".xlsx")
    if not head.startswith(ZIP):
        return False
    return b"opendocument.spreadsheet" in head[:200] or any(name.startswith("xl/workbook.") for name in names(source))


@loader(suffixes=(".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), claims=looks_like_excel)
def excel(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """An Excel or OpenDocument spreadsheet; one article a row, sheet after sheet, columns guessed."""
    if source.value is not None or not source.head.startswith((OLE, ZIP)):
        return
    if find_spec("fastexcel") is None:
        raise MissingExtra(f"The spreadsheet {source.name}", "loaders")
    try:
        raw = bounded.whole(source, LARGEST)
        sheets = {} if (wrong := _wrong(raw)) else apart(_sheets, raw, size=_unpacked(raw))
    except (bounded.TooLarge, Crashed) as error:
        sheets, wrong = {}, str(error)
    if wrong:
        source.problem(f"{wrong}.", "skipped")
    for name, rows in sheets.items():
        sheet = Source(source.name if len(sheets) == 1 else f"{source.name}[{name}]", problems=source.problems)
        yield from _articles(sheet, rows, columns)


def _articles(sheet: Source, rows: list[table.Row], columns: dict[str, str] | None) -> Iterator[Article]:
    faults = table.Faults()
    if not (yield from records.articles(sheet, table.squared(iter(rows), faults), columns, mended=True)):
        sheet.problem("holds no articles.", "skipped")
    faults.tell(sheet)


def _wrong(raw: bytes) -> str:
    """What speaks against unpacking a spreadsheet; empty if nothing does."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "is protected by a password"
    if raw.startswith(ZIP):
        try:
            if _unpacked(raw) > MOST_UNPACKED:
                return f"unpacks to more than {MOST_UNPACKED // 2**20} MB"
        except bounded.BROKEN as error:
            return f"is damaged: {error}"
    return ""


def _unpacked(raw: bytes) -> int:
    """How many bytes a spreadsheet has, unpacked."""
    if not raw.startswith(ZIP):
        return len(raw)
    return sum(member.file_size for member in ZipFile(BytesIO(raw)).infolist())


def _sheets(raw: bytes) -> dict[str, list[table.Row]]:
    """The rows of every sheet that are not blank, each with its number, all cells as text. Runs in a process of its own."""
    import fastexcel

    book = fastexcel.read_excel(raw)
    return {
        name: list(_rows(book.load_sheet(name, header_row=None, dtypes="string").to_polars()))
        for name in book.sheet_names
    }


def _rows(sheet: pl.DataFrame) -> Iterator[table.Row]:
    filled = sheet.select(column for column in sheet if column.null_count() < sheet.height)[:, : table.MOST_COLUMNS]
    numbered = filled.with_row_index("row", 1).filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    for number, *cells in numbered.iter_rows():
        yield number, [cell or "" for cell in cells]
