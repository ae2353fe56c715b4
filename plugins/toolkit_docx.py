"""Writes a result as a Word document: picture with alt text, caption, source, table and receipt."""

from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import MissingExtra, Result, charts, exporter

ROWS = 40
"""The most rows that the table shows."""


@exporter(suffixes=(".docx",))
def docx(result: Result, path: Path) -> Path:
    """A Word document: title, deck, picture with its description, caption, table and receipt. Needs the extra `office`."""
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("Writing DOCX", "office") from None
    document, words = Document(), result.words
    document.core_properties.title = (words.title or "")[:255]
    document.core_properties.author = (words.byline or "")[:255]
    document.styles["Normal"].font.name = "Arial"
    document.add_heading(words.title or "Result", level=1)
    for line in filter(None, (words.subtitle, words.byline)):
        document.add_paragraph(line, style="Subtitle")
    _picture(document, result)
    for line in filter(None, (words.note, words.source)):
        document.add_paragraph(line, style="Caption")
    _table(document, result.printed)
    if result.receipt:
        document.add_heading("What it was computed from", level=2)
        for line in result.receipt.told:
            document.add_paragraph(line, style="List Bullet")
        _stamp(document, result.stamp)
    document.save(str(path))
    return path


def _picture(document: Any, result: Result) -> None:
    """The chart, as wide as the text at most, described for those who do not see it."""
    sized = result if result.style.preset.width else result.styled(preset="full")
    picture = charts.png(sized.bare, scale=3.0, look=result.style.theme)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    tall = section.page_height - section.top_margin - section.bottom_margin - 914_400
    shape = document.add_picture(BytesIO(picture))
    shrink = min(room / shape.width, tall / shape.height)
    shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
    shape._inline.docPr.set("descr", result.alt)
    shape._inline.docPr.set("title", result.words.title or "")


def _table(document: Any, frame: pl.DataFrame) -> None:
    table = document.add_table(rows=1, cols=max(frame.width, 1), style="Light List")
    for cell, name in zip(table.rows[0].cells, frame.columns, strict=False):
        cell.text = name
    for row in frame.head(ROWS).iter_rows():
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    if frame.height > ROWS:
        document.add_paragraph(f"The first {ROWS:,} of {frame.height:,} rows.", style="Caption")


def _stamp(document: Any, stamp: str) -> None:
    """The receipt for `tk.replay`, in letters too small to disturb."""
    from docx.shared import Pt, RGBColor

    run = document.add_paragraph().add_run(stamp)
    run.font.size, run.font.color.rgb = Pt(2), RGBColor(0xBB, 0xBB, 0xBB)
