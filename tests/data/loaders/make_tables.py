"""Makes the spreadsheets beside it, of fictional text: `uv run tests/data/loaders/make_tables.py`."""
# /// script
# requires-python = ">=3.11"
# dependencies = ["openpyxl>=3.1", "xlwt>=1.3", "odfpy>=1.4", "pandas>=2", "msoffcrypto-tool>=5"]
# ///

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

HERE = Path(__file__).parent
NAMES = ["ID", "Headline", "Body", "Date", "Outlet"]
ROWS = [
    [
        1,
        "Ferry talks resume",
        "The ferry talks resumed on Monday, a week after they had broken off.",
        datetime(2026, 1, 12, 10, 30),
        "Harbour Gazette",
    ],
    [2, "Dues rise", "Every boat pays more.\nNobody was asked.", datetime(2026, 1, 13), "Harbour Gazette"],
]


def xlsx() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Articles"
    for row in (["Export of the archive"], NAMES, *ROWS):
        sheet.append(row)
    ports = book.create_sheet("Ports")
    ports.append(["port", "boats"])
    ports.append([3, 4])
    book.create_sheet("Empty")
    book.save(HERE / "table.xlsx")
    with (HERE / "table.xlsx").open("rb") as plain, (HERE / "locked.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("ferry", locked)


def xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Articles")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    for i, row in enumerate((NAMES, *ROWS)):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell, *([day] if isinstance(cell, datetime) else []))
    book.save(HERE / "table.xls")


def ods() -> None:
    with pandas.ExcelWriter(HERE / "table.ods", engine="odf") as writer:
        pandas.DataFrame(ROWS, columns=NAMES).to_excel(writer, index=False)


if __name__ == "__main__":
    xlsx()
    xls()
    ods()
