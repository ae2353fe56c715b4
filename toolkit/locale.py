"""How a language writes numbers and dates, from the files in `data/locales/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import SettingError

DAY = "%-d %b"
"""A day and its month in the formats of the house."""
LOCALES = Path(__file__).parent / "data" / "locales"


@dataclass(frozen=True, eq=False)
class Locale:
    """Numbers and dates as d3's formats want them told, and the words of a source line.

    `form` is that of a day before its month: "{}." in German.
    """

    name: str
    form: str
    number: dict[str, Any]
    time: dict[str, Any]
    words: dict[str, Any]

    def counted(self, number: int, noun: str) -> str:
        """A number and its noun: "1 article", "1,200 articles"."""
        one, many = self.words[noun]
        return f"{self.whole(number)} {one if number == 1 else many}"

    def whole(self, number: int) -> str:
        """A whole number as it is written: "1,200"."""
        return f"{number:,}".replace(",", self.number["thousands"])

    def day(self, moment: date, *, month: bool = True, year: bool = True) -> str:
        """A day as it is written: "8 Mar 2026", or its first parts."""
        parts = [
            self.form.format(moment.day),
            self.time["shortMonths"][moment.month - 1] if month else "",
            str(moment.year) if year else "",
        ]
        return " ".join(part for part in parts if part)

    def period(self, since: datetime | None, until: datetime | None) -> str:
        """Two days, what they share said once: "1 Jan–8 Mar 2026"; empty without dates."""
        if since is None or until is None:
            return ""
        if since.date() == until.date():
            return self.day(until)
        same = since.year == until.year
        return f"{self.day(since, month=not same or since.month != until.month, year=not same)}–{self.day(until)}"

    def dated(self, form: str) -> str:
        """A d3 format, or an expression that holds one, with the day before its month as it is written here."""
        return form.replace(DAY, self.form.format("%-d") + " %b")


def names() -> list[str]:
    """The languages there are, by code."""
    return sorted(path.stem for path in LOCALES.glob("*.toml"))


@cache
def read(name: str) -> Locale:
    """A locale by the code of its language; raises SettingError, naming those that exist, if there is none."""
    if name not in names():
        raise SettingError(f"There is no locale {name!r}; there are {', '.join(names())}.")
    told = tomllib.loads((LOCALES / f"{name}.toml").read_text("utf8"))
    return Locale(name, told["day"], told["number"], told["time"], told["words"])


ENGLISH = read("en")
