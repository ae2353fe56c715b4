"""A chart as a web page of one file: live, offline, and a still picture with its numbers where there is no JavaScript."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import theme
from toolkit.charts.pictures import svg
from toolkit.charts.specs import vega
from toolkit.theme import Theme

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

HERE = Path(__file__).parent
PACKED = HERE.parent / "data" / "vega" / "vega.js.gz"
"""Vega and its expression interpreter, as one script that sets `toolkitVega`."""

SHOW = HERE / "show.js"
"""What draws a chart in a browser, once Vega is there."""

ROWS = 2000
"""The most rows that the table below a chart shows."""


def html(
    chart: Chart,
    *,
    title: str,
    alt: str,
    note: str = "",
    stamp: str = "",
    table: pl.DataFrame | None = None,
    look: Theme = theme.HOUSE,
) -> str:
    """The chart as a page of its own: one file that refers to nothing outside it.

    `alt` describes the chart in words, `note` says what it was computed from, `stamp` the same for `tk.replay`,
    `table` are its numbers.
    """
    return page(
        figure(chart, title=title, alt=alt, note=note, stamp=stamp, table=table, look=look), title=title, look=look
    )


def figure(
    chart: Chart,
    *,
    title: str,
    alt: str,
    note: str = "",
    stamp: str = "",
    table: pl.DataFrame | None = None,
    look: Theme = theme.HOUSE,
) -> str:
    """The part of a page that shows one chart; any number of them share the Vega that `page` brings."""
    still = svg(chart, title=title, desc=alt, stamp=stamp, look=look)
    below = _details("The numbers in it", _table(table)) if table is not None else ""
    made = _details("What it was computed from", f'<div class="tk-note">{escape(note)}</div>') if note else ""
    return (
        f'<figure class="tk-figure"><div class="tk-picture">{still}</div>'
        f'<script type="application/json" class="tk-spec">{_inert(vega(chart, alt=alt, look=look))}</script>{below}{made}</figure>'
    )


def page(body: str, *, title: str, look: Theme = theme.HOUSE, language: str = "en", style: str = "") -> str:
    """A whole page around `body`, which is HTML, and the figures in it; `style` is CSS to add.

    Its content security policy admits our two scripts, by their hashes, and no request.
    """
    script = _text(SHOW) + _text(HERE / "page.js")
    policy = (
        f"default-src 'none'; script-src {_hash(script)} {_hash(_vega())}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_fonts()}{_ink(look)}{_text(HERE / 'page.css')}{style}</style>\n</head>\n<body>\n{body}\n"
        f'<script type="text/plain" id="tk-vega">{base64.b64encode(PACKED.read_bytes()).decode()}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _ink(look: Theme) -> str:
    """The theme's font and colours as CSS variables."""
    inks = f"--page: {look.background}; --text: {look.text}; --quiet: {look.quiet}; --line: {look.grid}"
    return f":root {{ color-scheme: {'dark' if look.dark else 'light'}; {inks}; --font: {look.font}; }}\n"


def _table(frame: pl.DataFrame) -> str:
    """The frame as an HTML table that scrolls and can be reached by keyboard."""
    numeric = [dtype.is_numeric() for dtype in frame.dtypes]
    kinds = [' class="tk-number"' if number else "" for number in numeric]
    head = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(frame.columns, kinds, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(_said(value))}</td>" for value, kind in zip(row, kinds, strict=True))
        + "</tr>"
        for row in frame.head(ROWS).iter_rows()
    )
    cut = f"<p>The first {ROWS:,} of {frame.height:,} rows.</p>" if frame.height > ROWS else ""
    return (
        '<div class="tk-scroll" tabindex="0" role="region" aria-label="The numbers in the figure">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{cut}"
    )


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.6g}"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _details(summary: str, inner: str) -> str:
    return f"<details><summary>{summary}</summary>{inner}</details>"


def _inert(spec: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return (
        json.dumps(spec, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"


@cache
def _vega() -> str:
    return gzip.decompress(PACKED.read_bytes()).decode()


@cache
def _text(file: Path) -> str:
    return file.read_text("utf8")


@cache
def _fonts() -> str:
    """The theme's fonts as CSS, inside the page."""
    return "".join(
        f"@font-face {{ font-family: Inter; font-weight: {weight}; src: url(data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()}) "
        f'format("woff2"); }}\n'
        for weight, file in (
            ("400", theme.FONTS / "Inter-Regular.woff2"),
            ("600 700", theme.FONTS / "Inter-SemiBold.woff2"),
        )
    )
