"""A report as a Word document: headings, pictures with their descriptions, tables, evidence."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from toolkit import charts, theme
from toolkit.errors import MissingExtra
from toolkit.reports.content import METHOD, Mark, Report, sentence_source
from toolkit.result import Result
from toolkit.theme import Theme

ROWS, EVIDENCE = 15, 3
"""Rows of a table, and sentences to a mark, that are written."""


def docx(report: Report, *, look: Theme = theme.HOUSE) -> bytes:
    """The report as a Word document. Needs the extra `office`."""
    try:
        from docx import Document
    except ImportError:
        raise MissingExtra("A report as DOCX", "office") from None
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.core_properties.title = report.title[:255]
    document.add_heading(report.title, level=0)
    document.add_paragraph(report.deck, style="Subtitle")
    findings = [f"{part.name}: {part.said}" for _, part in report.findings]
    for name, lines in (("Key findings", findings), ("What changed", report.changes)):
        _list(document, name, lines, level=1)
    for part in report.parts:
        document.add_heading(part.name, level=1)
        if part.result is None:
            document.add_paragraph(f"{part.name} gave no answer: {part.why}", style="Intense Quote")
            continue
        document.add_paragraph(part.said)
        _result(document, part.result, look)
        for mark in part.marks[:EVIDENCE]:
            _evidence(document, mark)
    document.add_heading("Methods and limits", level=1)
    _table(document, ["", ""], [list(fact) for fact in report.facts])
    document.add_paragraph(METHOD)
    for name, lines in report.lists:
        _list(document, name, lines, level=2)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _list(document: Any, name: str, lines: list[str], *, level: int) -> None:
    if lines:
        document.add_heading(name, level=level)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def _result(document: Any, result: Result, look: Theme) -> None:
    """A figure with its words, the first rows of its table, and what it was computed from."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    shape = document.add_picture(BytesIO(charts.png(result.bare, scale=2.0, look=look)))
    shrink = min(1, room / shape.width, 0.8 * room / shape.height * 1.4)
    shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
    shape._inline.docPr.set("descr", result.alt)
    for line in filter(None, (result.words.note, result.words.source)):
        document.add_paragraph(line, style="Caption")
    printed = result.printed
    _table(document, printed.columns, [list(row) for row in printed.head(ROWS).iter_rows()])
    if printed.height > ROWS:
        document.add_paragraph(f"and {printed.height - ROWS:,} more rows", style="Caption")
    for line in result.receipt.told if result.receipt else []:
        document.add_paragraph(line, style="Caption")


def _table(document: Any, columns: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(columns), style="Light Grid")
    for row in [columns, *rows] if any(columns) else rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value


def _evidence(document: Any, mark: Mark) -> None:
    document.add_paragraph(f"{mark.name} ({len(mark.sentences) + mark.more:,} sentences)").runs[0].bold = True
    for row in mark.sentences[:EVIDENCE]:
        document.add_paragraph(f"{row['text']} ({sentence_source(row)})", style="List Bullet")
