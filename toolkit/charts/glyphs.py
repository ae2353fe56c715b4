"""Says which scripts of a figure's text no font on this machine can draw."""

from __future__ import annotations

import json
import unicodedata
import warnings
from functools import cache
from typing import Any

from toolkit.charts.converter import converted

NOWHERE = "\U0010fffd"
"""A character that no font draws: what stands for it stands for whatever cannot be drawn."""
SHIPPED = 0x250
"""Letters below are Latin, which the fonts that travel with the package draw."""


def warned(spec: dict[str, Any]) -> dict[str, Any]:
    """The compiled chart as it is, with a warning for each script in its text that no font here can draw."""
    for script, letter in undrawable(json.dumps(spec, ensure_ascii=False)).items():
        said = f"No font on this machine draws {script.capitalize()} letters such as {letter!r}; the picture shows boxes in their place."
        warnings.warn(f"{said} Install one, for example Noto Sans, and draw it again.", stacklevel=3)
    return spec


def undrawable(text: str) -> dict[str, str]:
    """The scripts in a text that no font here can draw, each with a letter of it: {"DEVANAGARI": "क"}."""
    letters = sorted((sign for sign in set(text) if ord(sign) >= SHIPPED and sign.isalpha()), reverse=True)
    scripts = {unicodedata.name(letter, "UNKNOWN").split()[0]: letter for letter in letters}
    return {script: letter for script, letter in sorted(scripts.items()) if not _can(letter)}


@cache
def _can(letter: str) -> bool:
    return _drawn(letter) not in (_drawn(NOWHERE), _drawn(" "))


def _drawn(letter: str) -> bytes:
    text = {"type": "text", "encode": {"update": {"text": {"value": letter}, "fontSize": {"value": 20}, "x": {"value": 10}, "y": {"value": 30}}}}  # fmt: skip
    drawn: bytes = converted("vega_to_png", {"width": 40, "height": 40, "marks": [text]})
    return drawn
