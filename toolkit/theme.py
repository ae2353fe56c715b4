"""Themes: colours, fonts and sizes of every figure, as data in `data/themes/`; the house's own under its names.

Nothing here is registered with Altair: `charts` puts the theme under whatever a chart's author has set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from toolkit.errors import SettingError

FONTS = Path(__file__).parent / "data" / "fonts"
"""The folder of the fonts that travel with the package."""

DAYS = {"year": "%Y", "quarter": "%b", "month": "%b", "week": "%-d %b", "date": "%-d %b", "day": "%-d %b"}
"""How an axis writes its ticks by the step between them: the day before the month, as most readers do."""

LISTS = ("palette", "ramp", "diverging")
COLOR, FAMILIES = re.compile("#[0-9a-fA-F]{6}"), re.compile(r"[\w ,-]+")

THEMES = FONTS.parent / "themes"
"""The folder of the themes, to copy from."""


@dataclass(frozen=True)
class Theme:
    """What a theme says: a font, the colours of page, text and lines, and those of marks."""

    name: str
    font: str
    background: str
    text: str
    quiet: str
    line: str
    grid: str
    palette: tuple[str, ...]
    other: str
    ramp: tuple[str, ...]
    diverging: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether text is brighter than the page."""
        return _brightness(self.text) > _brightness(self.background)

    def config(self) -> dict[str, Any]:
        """The theme as a Vega-Lite `config`."""
        over = self.ink() | {"background": self.background, "padding": 12, "text": {"color": self.text}}
        base = self.shape()
        return {name: _over(base.get(name), over.get(name)) for name in [*base, *(n for n in over if n not in base)]}

    def shape(self) -> dict[str, Any]:
        """What a figure looks like whatever the page: fonts, sizes, limits, the colours of marks.

        Without `ink`, axes and titles take the colours of the viewer, as in JupyterLab, which has a light and a dark
        side; the text among the marks turns to what can be read on its background.
        """
        small = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 600, "labelLimit": 340}
        legible = {"expr": f"luminance(background || 'white') < 0.2 ? '{NIGHT.text}' : '{HOUSE.text}'"}
        return {
            "font": self.font,
            "view": {"stroke": None, "continuousWidth": 480, "continuousHeight": 300, "step": 24},
            "mark": {"color": self.palette[0]},
            "line": {"strokeWidth": 2},
            "point": {"size": 50, "filled": True},
            "text": {"fontSize": 12, "color": legible},
            "rule": {"color": self.other},
            "title": {"fontSize": 17, "fontWeight": 600, "subtitleFontSize": 13, "subtitlePadding": 6, "anchor": "start"},
            "axis": small | {"titlePadding": 10, "labelSeparation": 6, "maxExtent": 400},
            "axisQuantitative": {"tickCount": 6},
            "axisBand": {"ticks": False, "labelPadding": 6},
            "axisX": {"labelLimit": 260},
            "axisTemporal": {"format": DAYS},
            "legend": small | {"symbolLimit": 40},
            "header": small | {"labelFontWeight": 600},
            "range": {
                "category": list(self.palette),
                "ordinal": list(self.ramp[1:]),
                "heatmap": list(self.ramp),
                "ramp": list(self.ramp),
                "diverging": list(self.diverging),
            },
        }  # fmt: skip

    def ink(self) -> dict[str, Any]:
        """The colours of text and lines, to lay over `shape`."""
        guide = {"labelColor": self.quiet, "titleColor": self.text}
        return {
            "title": {"color": self.text, "subtitleColor": self.quiet},
            "axis": guide | {"domainColor": self.line, "tickColor": self.line, "gridColor": self.grid},
            "legend": guide,
            "header": guide,
        }


def names() -> list[str]:
    """The themes that come with the toolkit."""
    return sorted(path.stem for path in THEMES.glob("*.toml"))


def read(theme: str | Path) -> Theme:
    """A theme by its name, or from a TOML file of the reader's; what the file leaves out is the house's.

    Raises SettingError, in a sentence, if there is no such theme or the file says what a theme does not have.
    """
    told = _told(THEMES / "house.toml") | _told(
        THEMES / f"{theme}.toml" if str(theme) in names() else Path(theme).expanduser()
    )
    known = [field.name for field in fields(Theme) if field.name != "name"]
    for name, value in told.items():
        form = FAMILIES if name == "font" else COLOR
        parts = value if name in LISTS else [value]
        fits = name in known and isinstance(parts, list) and parts
        if not fits or not all(isinstance(part, str) and form.fullmatch(part) for part in parts):
            raise SettingError(
                f"The theme {str(theme)!r} has {name} = {value!r}; a theme has {', '.join(known)}: "
                "a font's names, and colours as #1b7db4."
            )
    values: dict[str, Any] = {name: value if isinstance(value, str) else tuple(value) for name, value in told.items()}
    return Theme(Path(theme).stem, **values)


def _told(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise SettingError(
            f"There is no theme {str(path)!r} ({error}); there are {', '.join(names())}, or name a TOML file."
        ) from error


HOUSE = read("house")
NIGHT = read("dark")
PALETTE, COLOR_OTHER, RAMP, DIVERGING = HOUSE.palette, HOUSE.other, HOUSE.ramp, HOUSE.diverging
MUTED = "#767676"
"""Grey of small print: to be read on a light page and on a dark one."""
FONT = HOUSE.font
"""Inter travels with the package; where it is missing, the reader's own font takes its place."""


def colors(names: Iterable[str]) -> dict[str, str]:
    """A colour for each name: the palette's in turn, begun anew when it is used up; grey for `other`.

    >>> colors(["Iran", "other", "France"]) == {"Iran": PALETTE[0], "other": COLOR_OTHER, "France": PALETTE[1]}
    True
    """
    named = dict.fromkeys(names)
    turn = [name for name in named if name != "other"]
    return {name: PALETTE[turn.index(name) % len(PALETTE)] if name in turn else COLOR_OTHER for name in named}


def _brightness(color: str) -> float:
    """How bright a colour is, 0 to 1 (ITU-R BT.709, gamma left aside: enough to tell dark from light)."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _over(under: Any, over: Any) -> Any:
    """`over` where it is given, laid over `under` if both are settings."""
    if isinstance(under, dict) and isinstance(over, dict):
        return under | over
    return under if over is None else over
