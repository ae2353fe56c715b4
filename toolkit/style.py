"""What a figure looks like where it is published: its theme, its size, and how numbers and dates are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit import charts, locale, panels, theme
from toolkit.errors import SettingError
from toolkit.locale import ENGLISH, Locale
from toolkit.theme import HOUSE, Theme

DATA = Path(__file__).parent / "data"
WIDTH = 650
"""Points across a figure of no preset: what its words are broken to."""
VIEW = HOUSE.shape()["view"]
TRIES, NEAR, SMALLEST, LARGEST = 5, 4, 0.2, 20
"""How often a size is tried, how many points off it may be, and the least and the most that a plot is scaled by."""
LEGIBLE, SMALLER, LEAST = 0.55, 0.9, 0.5
"""How low a plot may be made for text of the theme's size before its lines overlap; what text then shrinks by, and to, at the least."""
WORDS = 0.4
"""The part of a crowded figure's height that is text: a guess, from which the size of text is found in a step or two."""
NARROWER = 0.94
"""The part of a figure's width that its words may take."""
KEY, PLOT = 165, 0.7
"""Points that an entry of a legend takes, in the theme's size of text, and the part of a figure that its plot has."""
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')


@dataclass(frozen=True)
class Preset:
    """A size: width and height of the whole figure in points, either left to the chart if None; text beside the theme's."""

    width: float | None = None
    height: float | None = None
    text: float = 1.0


@dataclass(frozen=True, eq=False)
class Style:
    """Theme, size and locale of a figure."""

    theme: Theme = HOUSE
    preset: Preset = Preset()
    locale: Locale = ENGLISH


def presets() -> dict[str, Preset]:
    """The sizes that come with the toolkit, by name: column, full, slide, square, print."""
    return {name: Preset(**told) for name, told in tomllib.loads((DATA / "presets.toml").read_text("utf8")).items()}


def preset(name: str) -> Preset:
    """A size by its name; raises SettingError, naming those that exist, if there is none."""
    known = presets()
    if name not in known:
        raise SettingError(f"There is no preset {name!r}; there are {', '.join(known)}.")
    return known[name]


def changed(style: Style, *, look: str | Path | None, size: str | None, language: str | None) -> Style:
    """A style with what is named taken from the files of that name, and the rest as it was."""
    return Style(
        theme.read(look) if look else style.theme,
        preset(size) if size else style.preset,
        locale.read(language) if language else style.locale,
    )


def width(style: Style) -> float:
    """Points, in the theme's size of text, that the words of a figure are broken to: less than it, so that the plots fill it."""
    return (NARROWER * style.preset.width if style.preset.width else WIDTH) / style.preset.text


def drawn(dressed: Callable[[float], dict[str, Any]], style: Style) -> dict[str, Any]:
    """A figure's Vega-Lite spec with its text, its numbers and its size as the style has them; the theme comes later.

    `dressed` gives the figure with its words broken to a width. Where its height would leave the plots too low for their text,
    the text is smaller than the preset has it.
    """
    factors = {"width": 1.0, "height": 1.0}
    while True:
        spec, factors = _fitted(_worded(dressed(width(style)), style), style, factors)
        text, room = style.preset.text, factors["height"] / LEGIBLE
        if room >= text or text <= LEAST:
            return spec
        smaller = max(LEAST, min(SMALLER * text, text / (WORDS + (1 - WORDS) * text / room)))
        style = replace(style, preset=replace(style.preset, text=smaller))


def _worded(spec: dict[str, Any], style: Style) -> dict[str, Any]:
    """The spec with text and numbers as the style has them."""
    config = dict(spec.get("config", {}))
    if style.locale is not ENGLISH:
        config = charts.merged({"axisTemporal": {"format": theme.DAYS}}, config)
        config["locale"] = {"number": style.locale.number, "time": style.locale.time}
        spec, config = _dated(spec, style.locale), _dated(config, style.locale)
    if style.preset.text != 1:
        config = charts.merged(_text(HOUSE.shape(), style.preset.text, only=True), config)
        spec = _text(spec, style.preset.text)
    if style.preset.width:
        columns = max(1, int(PLOT * style.preset.width / style.preset.text / KEY))
        legend = {"orient": "bottom", "direction": "horizontal", "columns": columns, "titleOrient": "top"}
        config = charts.merged({"legend": legend}, config)
    return spec | {"config": config}


def _dated(part: Any, language: Locale) -> Any:
    """The spec with every day and month in the order and form of the language; data stay as they are."""
    if isinstance(part, list):
        return [_dated(item, language) for item in part]
    if isinstance(part, dict):
        return {name: value if name in charts.DATA else _dated(value, language) for name, value in part.items()}
    return language.dated(part) if isinstance(part, str) else part


def _text(part: Any, factor: float, *, only: bool = False) -> Any:
    """The spec with every size of text multiplied; with `only`, nothing but those sizes."""
    if isinstance(part, list):
        return [] if only else [_text(item, factor) for item in part]
    if not isinstance(part, dict):
        return part
    made = {}
    for name, value in part.items():
        if name.lower().endswith("fontsize") and isinstance(value, (int, float)):
            made[name] = round(value * factor, 1)
        elif isinstance(value, (dict, list)) and name not in charts.DATA:
            inner = _text(value, factor, only=only)
            made |= {name: inner} if inner or not only else {}
        elif not only:
            made[name] = value
    return made


def _fitted(
    spec: dict[str, Any], style: Style, factors: Mapping[str, float]
) -> tuple[dict[str, Any], dict[str, float]]:
    """The spec with its plots made wider or narrower, higher or lower, until the whole figure has the preset's size.

    And by what they were multiplied; `factors` are guesses.
    """
    asked, found = style.preset, dict(factors)
    spec = panels.arranged(
        spec, asked.width, asked.height, text=asked.text, size=lambda whole: _size(whole, style.theme)
    )
    for side, guess in factors.items():
        wanted = getattr(asked, side)
        if wanted:
            spec, found[side] = _solved(spec, side, wanted, style.theme, guess)
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
