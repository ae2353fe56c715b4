"""Writes a result as a picture: SVG, PNG or PDF."""

from pathlib import Path
from typing import Annotated

from toolkit import Range, Result, charts, exporter


@exporter(suffixes=(".svg",))
def svg(result: Result, path: Path) -> Path:
    """The figure as SVG, with title and description for readers who do not see it, and the receipt."""
    words = {"title": result.words.title or "", "desc": result.alt, "stamp": result.stamp}
    path.write_text(charts.svg(result.drawing, **words, look=result.style.theme), encoding="utf8")
    return path


@exporter(suffixes=(".png",))
def png(result: Result, path: Path, *, scale: Annotated[float, Range(0.5, 10)] = 2.0) -> Path:
    """The figure as PNG; `scale` is pixels per point. Title, description and receipt are in its metadata."""
    words = {"title": result.words.title or "", "alt": result.alt, "stamp": result.stamp}
    path.write_bytes(charts.png(result.drawing, scale=scale, **words, look=result.style.theme))
    return path


@exporter(suffixes=(".pdf",))
def pdf(result: Result, path: Path) -> Path:
    """The figure as a PDF of one page; title, description and receipt are in its metadata."""
    words = {"title": result.words.title or "", "alt": result.alt, "stamp": result.stamp}
    path.write_bytes(charts.pdf(result.drawing, **words, look=result.style.theme))
    return path
