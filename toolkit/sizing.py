"""A figure's plots made wider or narrower, higher or lower, until the whole of it has the size that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit import charts, panels
from toolkit.theme import HOUSE, Theme

VIEW = HOUSE.shape()["view"]
TRIES, NEAR, SMALLEST, LARGEST = 5, 4, 0.2, 20
"""How often a size is tried, how many points off it may be, and the least and the most that a plot is scaled by."""
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')


@dataclass(frozen=True)
class Preset:
    """A size: width and height of the whole figure in points, either left to the chart if None; text beside the theme's."""

    width: float | None = None
    height: float | None = None
    text: float = 1.0


def fitted(
    spec: dict[str, Any], asked: Preset, look: Theme, factors: Mapping[str, float]
) -> tuple[dict[str, Any], dict[str, float]]:
    """The spec with its plots made wider or narrower, higher or lower, until the whole figure has the preset's size.

    And by what they were multiplied; `factors` are guesses.
    """
    found = dict(factors)
    spec = panels.arranged(spec, asked.width, asked.height, text=asked.text, size=lambda whole: _size(whole, look))
    for side, guess in factors.items():
        wanted = getattr(asked, side)
        if wanted:
            spec, found[side] = _solved(spec, side, wanted, look, guess)
    return spec, found


def _solved(spec: dict[str, Any], side: str, wanted: float, look: Theme, guess: float) -> tuple[dict[str, Any], float]:
    """The spec at the factor that gives the size wanted, found by the secant method: the size is all but linear in it."""
    last, before = guess, _size(_scaled(spec, side, guess), look)[side]
    factor = _bounded(guess * wanted / max(before, 1.0)) if abs(before - wanted) > NEAR else guess
    size = before if factor == guess else _size(_scaled(spec, side, factor), look)[side]
    for _ in range(TRIES):
        slope = (size - before) / (factor - last) if factor != last else 0
        if abs(size - wanted) <= NEAR or (slope <= 0 and size > wanted):  # its words alone are as large
            break
        step = (wanted - size) / slope if slope > 0 else factor / 4
        last, before, factor = factor, size, _bounded(factor + step)
        size = _size(_scaled(spec, side, factor), look)[side]
    return _scaled(spec, side, factor), factor


def _bounded(factor: float) -> float:
    return min(max(SMALLEST, factor), LARGEST)


def _size(spec: dict[str, Any], look: Theme) -> dict[str, float]:
    found = SIZE.search(charts.svg(spec, look=look))
    return {"width": float(found[1]), "height": float(found[2])} if found else {"width": 0.0, "height": 0.0}


def _scaled(spec: dict[str, Any], side: str, factor: float) -> dict[str, Any]:
    """The spec with every plot's width or height multiplied, those that the theme leaves to steps and defaults too."""
    continuous = {"width": "continuousWidth", "height": "continuousHeight"}[side]
    discrete = {"width": "discreteWidth", "height": "discreteHeight"}[side]
    view = {continuous: VIEW[continuous] * factor, discrete: {"step": VIEW["step"] * factor}}
    config = charts.merged({"view": view}, spec.get("config", {}))
    return _plots(spec, side, factor) | {"config": config}


def _plots(spec: dict[str, Any], side: str, factor: float) -> dict[str, Any]:
    made = dict(spec)
    size = spec.get(side)
    if isinstance(size, (int, float)):
        made[side] = size * factor
    elif isinstance(size, dict) and "step" in size:
        made[side] = size | {"step": size["step"] * factor}
    if side == "width" and "encoding" in spec:
        made["encoding"] = {channel: _limited(value, factor) for channel, value in spec["encoding"].items()}
    for name in ("layer", "hconcat", "vconcat", "concat"):
        if name in spec:
            made[name] = [_plots(part, side, factor) for part in spec[name]]
    if isinstance(spec.get("spec"), dict):
        made["spec"] = _plots(spec["spec"], side, factor)
    return made


def _limited(channel: Any, factor: float) -> Any:
    """A channel whose axis cuts its title off where the plot's width, multiplied, ends."""
    axis = channel.get("axis") if isinstance(channel, dict) else None
    if not isinstance(axis, dict) or not isinstance(axis.get("titleLimit"), (int, float)):
        return channel
    return channel | {"axis": axis | {"titleLimit": axis["titleLimit"] * factor}}
