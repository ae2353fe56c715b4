"""A plugin's settings as controls of a form, and the values set in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args, get_origin

from toolkit.controls import Choice, Range, Setting, alternatives, optional, parse


def field(setting: Setting, options: Callable[[str], list[str]], tip: str = "") -> dict[str, Any]:
    """A setting as a control of a `toolkit.widgets.Form`; `options` lists the corpus's columns, topics, entities or groups."""
    kinds = alternatives(setting.type)
    choice = next((mark for mark in setting.marks if isinstance(mark, Choice)), None)
    bounds = next((mark for mark in setting.marks if isinstance(mark, Range)), None)
    told = {"name": setting.name, "label": setting.name.replace("_", " "), "tip": tip, "value": setting.default}
    if setting.choices:
        blank = [""] if optional(setting.type) else []
        return told | {
            "kind": "choice",
            "choices": [*blank, *map(str, setting.choices)],
            "value": _told(setting.default),
        }
    if any(get_origin(kind) in (list, tuple) for kind in kinds):
        names = options(choice.what) if choice else []
        most = {"most": 2} if choice and choice.what == "group" else {}
        return told | {"kind": "names", "choices": names, "value": _listed(setting.default), **most}
    if choice:
        return told | {"kind": "name", "choices": options(choice.what), "value": _told(setting.default)}
    if kinds[0] is bool:
        return told | {"kind": "check", "value": bool(setting.default)}
    if kinds[0] in (int, float) and bounds and setting.default is not None:
        step = 1 if kinds[0] is int else (bounds.greatest - bounds.least) / 100
        return told | {"kind": "range", "least": bounds.least, "greatest": bounds.greatest, "step": step}
    if kinds[0] in (int, float):
        return told | {"kind": "number"}
    if kinds[0] is date:
        return told | {"kind": "date", "value": setting.default.isoformat() if setting.default else None}
    return told | {"kind": "text", "value": _told(setting.default)}


def _told(value: Any) -> str:
    return "" if value is None else str(value)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [*map(str, value or ())]


def value(setting: Setting, told: Any) -> Any:
    """The value of a setting that is set in its control; one that was emptied is the default."""
    kinds = alternatives(setting.type)
    if told == [] and str not in kinds and not optional(setting.type):
        return []
    if told in ("", None, []):
        return None if optional(setting.type) else setting.default
    if setting.choices:
        return next((value for value in setting.choices if str(value) == told), told)
    if isinstance(told, list):
        inner = next((get_args(kind) for kind in kinds if get_origin(kind) in (list, tuple)), (str,))
        values = [parse(inner[0] if inner else str, value) for value in told]
        return values[0] if str in kinds and len(values) == 1 else values
    if kinds[0] is date:
        return date.fromisoformat(told)
    return int(told) if kinds[0] is int and told == int(told) else told


def tip(docstring: str, name: str) -> str:
    """What a docstring says of a setting: its first sentence that begins with the setting's name, or else mentions it."""
    sentences = re.split(r"(?<=[.;])\s+", " ".join(docstring.split()))
    said = [one for one in sentences if f"`{name}`" in one]
    return next((one for one in said if one.startswith(f"`{name}`")), said[0] if said else "").replace("`", "")
