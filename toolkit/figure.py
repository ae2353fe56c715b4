"""A chart dressed for readers: title, deck, source line, note, byline and logo in the figure itself."""

from __future__ import annotations

import base64
import mimetypes
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import theme
from toolkit.errors import SettingError

TITLE, DECK, FOOT = 17, 13, 11
"""Sizes of the words around a chart, in points; a character is a little more than half as wide."""
LOGO = 28
"""The height of a logo."""
TOP = ("$schema", "config", "datasets", "background", "autosize", "padding", "usermeta")
"""What Vega-Lite reads at the top of a spec only."""


@dataclass(frozen=True)
class Titles:
    """The words around a figure; what is None is filled in from the receipt, or left out.

    `alt` is the figure in words for readers who do not see it; `logo` the path of a PNG, JPEG or SVG.
    """

    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    note: str | None = None
    byline: str | None = None
    alt: str | None = None
    logo: str | Path | None = None


def dressed(spec: dict[str, Any] | None, frame: pl.DataFrame, words: Titles, *, width: float) -> dict[str, Any]:
    """A chart's Vega-Lite under its title and above its source line, words broken to `width` points (in the theme's size).

    Without a chart or rows, a sentence that says so.
    """
    drawn = _blank(frame) if spec is None or frame.is_empty() else spec
    if words.title:
        deck = [*_lines(words.subtitle, width, DECK), *_lines(words.byline, width, DECK)]
        top = {"text": _lines(words.title, width, TITLE), "anchor": "start", "frame": "bounds", "offset": 12}
        drawn = drawn | {"title": top | ({"subtitle": deck} if deck else {})}
    if below := [*_lines(words.note, width, FOOT), *_lines(words.source, width, FOOT)]:
        look = {"fontSize": FOOT, "fontWeight": "normal", "color": theme.MUTED}
        place = {"orient": "bottom", "anchor": "start", "frame": "bounds", "offset": 10}
        drawn = _around("hconcat", drawn) | {"title": {"text": below} | place | look}
    return _around("vconcat", drawn, _logo(Path(words.logo))) | {"spacing": 8} if words.logo else drawn


def _around(row: str, spec: dict[str, Any], *more: dict[str, Any]) -> dict[str, Any]:
    """The spec as the first of a row of plots; what must stand at the top of a spec, selections across plots too, goes there."""
    params = spec.get("params", [])
    shared = [param for param in params if "views" in param or "select" not in param]
    own = [param for param in params if param not in shared]
    inner = {name: value for name, value in spec.items() if name not in (*TOP, "params")}
    top = {name: spec[name] for name in TOP if name in spec} | ({"params": shared} if shared else {})
    return top | {row: [inner | ({"params": own} if own else {}), *more]}


def _lines(text: str | None, width: float, size: int) -> list[str]:
    return textwrap.wrap(text, max(20, int(width / (0.55 * size)))) if text else []


def _logo(path: Path) -> dict[str, Any]:
    """The logo as a picture inside the figure; raises SettingError if it cannot be read."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    try:
        packed = base64.b64encode(path.expanduser().read_bytes()).decode()
    except OSError as error:
        raise SettingError(f"The logo {str(path)!r} cannot be read: {error.strerror or error}.") from error
    if not kind.startswith("image/"):
        raise SettingError(f"The logo {str(path)!r} is no picture; give a PNG, JPEG or SVG file.")
    size = {"width": 4 * LOGO, "height": LOGO}
    return size | {
        "data": {"values": [{"logo": f"data:{kind};base64,{packed}"}]},
        "mark": size | {"type": "image", "align": "left", "baseline": "top", "x": 0, "y": 0},
        "encoding": {"url": {"field": "logo", "type": "nominal"}},
    }


def _blank(frame: pl.DataFrame) -> dict[str, Any]:
    says = (
        "Nothing to draw: the answer has no rows."
        if frame.is_empty()
        else "This answer has no chart; its numbers are in the frame."
    )
    return {
        "data": {"values": [{"says": says}]},
        "mark": {"type": "text", "fontSize": 13, "color": theme.MUTED},
        "encoding": {"text": {"field": "says", "type": "nominal"}},
        "width": 420,
        "height": 80,
    }
