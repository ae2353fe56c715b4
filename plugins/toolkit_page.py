"""Writes a result as a web page that works offline."""

from pathlib import Path

from toolkit import Result, charts, exporter


@exporter(suffixes=(".html", ".htm"))
def html(result: Result, path: Path) -> Path:
    """One self-contained HTML file: the interactive figure, its numbers as a table, and what they were computed from."""
    note = "\n".join(result.receipt.told) if result.receipt else ""
    words = {"title": result.words.title or "", "alt": result.alt, "note": note, "stamp": result.stamp}
    page = charts.html(result.drawing, **words, table=result.frame, look=result.style.theme)
    path.write_text(page, encoding="utf8")
    return path
