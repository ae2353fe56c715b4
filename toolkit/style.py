"""What a figure looks like where it is published: its theme, its size, and how numbers and dates are written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from toolkit import charts, locale, theme
from toolkit.errors import SettingError
from toolkit.locale import ENGLISH, Locale
from toolkit.sizing import Preset, fitted
from toolkit.theme import HOUSE, Theme

DATA = Path(__file__).parent / "data"
WIDTH = 650
"""Points across a figure of no preset: what its words are broken to."""
LEGIBLE, SMALLER, LEAST = 0.55, 0.9, 0.5
"""How low a plot may be made for text of the theme's size before its lines overlap; what text then shrinks by, and to, at the least."""
WORDS = 0.4
"""The part of a crowded figure's height that is text: a guess, from which the size of text is found in a step or two."""
NARROWER = 0.94
"""The part of a figure's width that its words may take."""
KEY, PLOT = 165, 0.7
"""Points that an entry of a legend takes, in the theme's size of text, and the part of a figure that its plot has."""


@dataclass(frozen=True, eq=False)
class Style:
    """Theme, size and locale of a figure."""

    theme: Theme = HOUSE
    preset: Preset = field(default_factory=Preset)
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
        spec, factors = fitted(_worded(dressed(width(style)), style), style.preset, style.theme, factors)
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
