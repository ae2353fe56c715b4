"""A chart in a notebook: interactive without network or kernel, a picture where there is no JavaScript, else text."""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING, Any

from toolkit import theme
from toolkit.charts.pictures import png
from toolkit.charts.specs import THEME, VEGA_MIME, vega
from toolkit.deferred import deferred

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

LARGEST = 500_000
"""A compiled chart of more characters than this is shown as a picture only: a browser would choke on it."""


def bundle(chart: Chart, *, alt: str, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a notebook shows: the chart as Vega, the same as PNG with `alt`, and `text`; with the metadata of each.

    A chart that cannot be drawn is shown as `text` and the reason: an exception here would fail the whole notebook.
    """
    try:
        return _drawn(chart, alt, text)
    except Exception as error:  # isolation: whatever a chart's author got wrong must not fail the notebook
        reason = str(error).split("\n    at ")[0].replace("\n", " ")
        return {"text/plain": f"{text}\n(The chart could not be drawn: {type(error).__name__}: {reason})"}, {}


def renderer() -> str:
    """Which renderer shows charts in this session, and why, in words."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return "There is no notebook here: results show themselves as text, and figures are saved as files."
    altair = sys.modules.get("altair")
    plain = altair is not None and altair.renderers.active == THEME
    return (
        f"Results are sent as {VEGA_MIME}, which JupyterLab and Notebook draw with a Vega of their own (no network, no copy "
        "of Vega in the notebook), as a picture with a description where no script runs, and as text. Plain Altair charts "
        f"{'are too' if plain else 'are shown as Altair does; tk.notebook() makes them the same'}. The explorer and "
        "result.view() need a kernel: they share one Vega, which it hands over once for each page."
    )


def enable() -> None:
    """Make Altair show plain charts as `bundle` does, in the house theme, for this session."""
    with deferred():
        import altair

    altair.renderers.register(THEME, _rendered)
    altair.renderers.enable(THEME)
    altair.theme.register(THEME, enable=True)(lambda: {"config": theme.HOUSE.shape()})  # type: ignore[typeddict-item]


def _rendered(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    alt = spec.get("description") or "Chart"
    return bundle(spec, alt=alt, text=alt)


def _drawn(chart: Chart, alt: str, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    picture = png(chart, scale=2.0, alt=alt)
    width, height = (int.from_bytes(picture[at : at + 4]) // 2 for at in (16, 20))
    data: dict[str, Any] = {"image/png": base64.b64encode(picture).decode(), "text/plain": text}
    metadata: dict[str, Any] = {"image/png": {"alt": alt, "width": width, "height": height}}
    spec = vega(chart, alt=alt)
    if len(json.dumps(spec)) > LARGEST:
        return data, metadata
    shown = {"actions": False, "renderer": "svg"}
    return {VEGA_MIME: spec} | data, metadata | {VEGA_MIME: {"embed_options": shown}}
