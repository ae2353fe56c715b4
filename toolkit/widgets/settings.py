"""A plugin's settings as controls of a form, and the values set in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args, get_origin

from toolkit.controls import Choice, Range, Setting, alternatives, optional, parse

LONG = 140
"""A sentence of more characters is too long for a tip."""
USUAL = {
    "by": "What to group by",
    "count": "What is counted: words, sentences, articles each once, or stories (an article and its copies) each once",
    "every": "Count function words (the, of, said ...) too",
    "kind": "Which names: all of them, people, organisations, places, or those of one label",
    "parser": "With auto, a parser of sentences helps to find who said what, if one is installed; with none, none does",
    "per": "The period: a day, week, month or year; auto takes one that suits the time the articles span",
    "rank": "The measure that says which come first",
    "resamples": "How often the articles are drawn anew to find out how sure a number is; 0 leaves its interval out",
    "seed": "Where the random numbers begin: the same seed gives the same draws",
    "top": "How many are given at most, the largest first",
    "within": "Whether two count as together in one sentence or in one article",
}
"""What a setting of this name is wherever it occurs; a docstring has no need to say it again."""


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
    if kinds[0] in (int, float):
        ends = {"least": bounds.least, "greatest": bounds.greatest} if bounds else {}
        if not bounds or setting.default is None:  # a slider always stands at some value
            return told | {"kind": "number"} | ends
        step = 1 if kinds[0] is int else (bounds.greatest - bounds.least) / 100
        return told | {"kind": "range", "step": step} | ends
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
    """What a docstring says of a setting: its first sentence that begins with the setting's name, or else mentions it.

    If only the sentence on what comes out does, what a setting of that name is everywhere comes first, and else its clause.
    """
    sentences = re.split(r"(?<=[.;])\s+", " ".join(docstring.split()))
    said = sorted((one for one in sentences if f"`{name}`" in one), key=lambda one: _rank(one, name))
    if name in USUAL and (not said or said[0].startswith("Gives")):
        return USUAL[name]
    best = said[0] if said else ""
    clause = next((one.strip() for one in re.split(r"[(),:;]", best) if f"`{name}`" in one), "")
    return (clause if len(best) > LONG else best).replace("`", "").rstrip(";")


def _rank(sentence: str, name: str) -> int:
    return 0 if sentence.startswith(f"`{name}`") else 2 if sentence.startswith("Gives") else 1
