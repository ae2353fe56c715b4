"""A report as PDF, set by typst: tagged, with the figures' descriptions, and without a browser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from toolkit import charts, theme
from toolkit.errors import MissingExtra
from toolkit.reports.content import METHOD, Part, Report, sentence_source
from toolkit.theme import Theme

SOURCE = Path(__file__).parent / "printed.typ"
ROWS, COLUMNS, EVIDENCE = 15, 6, 3
"""Rows and columns of a table, and sentences to a mark, that are printed."""


def pdf(report: Report, *, look: Theme = theme.HOUSE) -> bytes:
    """The report as PDF (tagged). Texts reach typst as data, never as its markup. Needs the extra `office`."""
    try:
        import typst
    except ImportError:
        raise MissingExtra("A report as PDF", "office") from None
    with tempfile.TemporaryDirectory(prefix="toolkit-") as place:
        folder = Path(place)
        told = _told(report, folder, look)
        (folder / "report.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf8")
        (folder / "report.typ").write_text(SOURCE.read_text("utf8"), encoding="utf8")
        made: bytes = typst.compile(str(folder / "report.typ"), root=str(folder), font_paths=[str(theme.FONTS)])
    return made


def _told(report: Report, folder: Path, look: Theme) -> dict[str, Any]:
    """Everything the report says, as data; its pictures are written to the folder."""
    return {
        "title": report.title,
        "deck": report.deck,
        "findings": [[part.name, part.said] for _, part in report.findings],
        "changes": report.changes,
        "parts": [_part(number, part, folder, look) for number, part in enumerate(report.parts)],
        "facts": [list(fact) for fact in report.facts],
        "method": METHOD,
        "lists": [{"name": name, "lines": lines} for name, lines in report.lists],
        "text": look.text,
        "quiet": look.quiet,
        "page": look.background,
    }


def _part(number: int, part: Part, folder: Path, look: Theme) -> dict[str, Any]:
    result = part.result
    if result is None:
        return {"name": part.name, "failed": f"{part.name} gave no answer: {part.why}"}
    picture = f"figure-{number}.svg"
    (folder / picture).write_text(charts.svg(result.bare, look=look), encoding="utf8")
    table = result.printed.select(result.frame.columns[:COLUMNS])
    return {
        "name": part.name,
        "finding": part.said,
        "picture": picture,
        "alt": result.alt,
        "small": [line for line in (result.words.note, result.words.source) if line],
        "columns": table.columns,
        "rows": [list(row) for row in table.head(ROWS).iter_rows()],
        "left": max(0, table.height - ROWS),
        "evidence": [
            {
                "name": mark.name,
                "count": len(mark.sentences) + mark.more,
                "sentences": [[row["text"], sentence_source(row)] for row in mark.sentences[:EVIDENCE]],
            }
            for mark in part.marks[:EVIDENCE]
        ],
        "receipt": result.receipt.told if result.receipt else [],
    }
