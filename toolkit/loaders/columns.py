"""Which column of a table holds which field of an article: by what the user says, by its name, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from toolkit.article import Source
from toolkit.errors import SettingError
from toolkit.loaders import fields
from toolkit.loaders.dates import moment

SAMPLE = 100
"""How many rows are looked at to guess columns."""

PROSE_WORDS = 8
"""A column that no name explains is the text if its values have this many words on average."""

Values = Sequence[Any]


def choose(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]], wanted: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which of `names` holds which field: {field: name}. `rows` is a sample, `wanted` what the user says.

    Raises SettingError, in one sentence that names what exists, if `wanted` has an unknown field or column.

    >>> choose(["nr", "words of it"], [{"nr": 1, "words of it": "The talks resumed in Abu Dhabi on Sunday, officials said."}])
    {'text': 'words of it'}
    """
    wanted = dict(wanted or {})
    _check(names, wanted)
    free = [name for name in names if name not in wanted.values()]
    values = {
        name: [row[name] for row in rows if not fields.missing(row.get(name)) and row[name] != ""] for name in free
    }
    found = {field: name for field, name in _named(values).items() if field not in wanted}
    for field, holds in HOLDS.items():
        if field not in found and field not in wanted:
            left = {name: values[name] for name in free if name not in found.values() and values[name]}
            best = max(left, key=lambda name: holds(left[name]), default=None)
            if best is not None and holds(left[best]) > 0:
                found[field] = best
    last = next((name for name in free if fields.plain(name) in ("text", "body", "content")), None)
    if last is not None and "text" not in found | wanted:
        found["text"] = last
    return found | wanted


def _check(names: Sequence[str], wanted: Mapping[str, str]) -> None:
    for field, name in wanted.items():
        if field not in fields.ALIASES:
            raise SettingError(f"columns names the field {field!r}; the fields are {', '.join(fields.ALIASES)}.")
        if name not in names:
            raise SettingError(f"columns takes {field} from {name!r}, which is not there; there are {_listed(names)}.")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(map(repr, names[:20]))
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown or "no columns"


def _named(values: Mapping[str, Values]) -> dict[str, str]:
    """The columns whose names say what they are, and whose content does not deny it; a column of blanks comes last."""
    left = [name for name in values if values[name]]
    while True:
        found = fields.guess(left)
        denied = [name for field, name in found.items() if not _fits(field, values[name])]
        if not denied:
            blank = fields.guess(name for name in values if not values[name])
            return {field: name for field, name in blank.items() if field not in found} | found
        left = [name for name in left if name not in denied]


def _fits(field: str, values: Values) -> bool:
    """Whether what a column holds may be what its name says: no numbers for a text, a date at least for a date."""
    if field == "text":
        return not all(
            isinstance(value, (int, float, date)) or (isinstance(value, str) and _number(value)) for value in values
        )
    if field == "published":
        return any(moment(value) for value in values)
    return True


def _number(value: str) -> bool:
    return bool(re.fullmatch(r"\s*[-+]?[\d.,]+\s*", value))


def _prose(values: Values) -> float:
    """Words a value, if the column is free text."""
    texts = [value for value in values if isinstance(value, str)]
    words = sum(len(text.split()) for text in texts) / max(1, len(values))
    wide = sum(len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text)) for text in texts) / 2 / max(1, len(values))
    return max(words, wide) if max(words, wide) >= PROSE_WORDS else 0


def _headline(values: Values) -> float:
    """Words a value, if the column holds short, different lines of several words."""
    lines = [value for value in values if isinstance(value, str) and "\n" not in value.strip()]
    words = sum(len(line.split()) for line in lines) / max(1, len(lines))
    return words if len(lines) == len(values) > 1 and 3 <= words <= 25 and len(set(lines)) > 0.9 * len(lines) else 0


def _dated(values: Values) -> float:
    dates = sum(1 for value in values if not isinstance(value, (int, float)) and moment(value))
    return dates / len(values) if dates > 0.9 * len(values) and len(values) > 1 else 0


def _linked(values: Values) -> float:
    links = sum(1 for value in values if isinstance(value, str) and re.match(r"https?://\S+$", value.strip()))
    return links / len(values) if links > 0.9 * len(values) and len(values) > 1 else 0


HOLDS: dict[str, Callable[[Values], float]] = {"text": _prose, "title": _headline, "published": _dated, "url": _linked}
"""How well a column's content makes it a field; nothing above 0 is no."""


def nothing(names: Sequence[str]) -> str:
    """The sentence for a table in which no column can be a text or a title."""
    return f"has no column that looks like a text; there are {_listed(names)}. Say which it is with columns={{'text': ...}}."


def note(source: Source, names: Sequence[str], chosen: Mapping[str, str]) -> None:
    """Tell the user which column was taken for what, once a source, unless the names say it themselves."""
    guessed = [f"{field} from {name!r}" for field, name in chosen.items() if fields.plain(name) != field]
    rest = [name for name in names if name not in chosen.values()]
    if guessed or "text" not in chosen:
        kept = f"; kept as meta: {_listed(rest)}" if rest else ""
        missing = "" if "text" in chosen else "no text, "
        source.problem(
            f"gives {missing}{', '.join(guessed)}{kept}. Say otherwise with columns={{...}}.".replace(", ;", ";"),
            "note",
        )
