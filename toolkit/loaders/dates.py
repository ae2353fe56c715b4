"""Dates as sources write them, to moments in UTC."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any

ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours from UTC of the zones that news names by letters; where letters are shared, as the English-language press uses them."""

REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Zones whose hours from UTC depend on the season."""

MONTHS = {
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre": "fr",
    "januar februar märz april mai juni juli august september oktober november dezember": "de",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre": "es",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre": "it",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro": "pt",
    "januari februari maart april mei juni juli augustus september oktober november december": "nl",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря": "ru",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia": "pl",
}
"""Months as they stand in a date, in the languages that the toolkit reads."""

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = {name: english for names in MONTHS for name, english in zip(names.split(), ENGLISH, strict=True)}
WORD = re.compile(r"[^\W\d_]+")
FILLER = re.compile(
    r"(?<![^\W_])(?:de|del|du|le|den|der|am|el|il|published|updated|posted|on|at|г|года|uhr)(?![^\W_])\.?:?",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
LONGEST = 60


def moment(value: Any, *, day_first: bool | None = None) -> datetime | None:
    """A date as a source gives it, in UTC: a datetime, a date, ISO 8601, RFC 2822, seconds since 1970, or prose; else None.

    A time without a zone is taken as UTC, a day as its first moment, a month as its first day. `day_first` says how to
    read 03/04/2026; unknown is taken as the month first, unless dots divide it.

    >>> moment("5 mars 2026, 18:30 CET").isoformat()
    '2026-03-05T17:30:00+00:00'
    """
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _epoch(float(value))
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        return None
    return _written(" ".join(value.split()), day_first)


def day_first(values: Iterable[Any]) -> bool | None:
    """Whether dates such as 03/04/2026 begin with the day, by those among `values` that can be read one way only."""
    pairs = [(int(m[1]), int(m[2])) for m in map(NUMERIC.match, (v for v in values if isinstance(v, str))) if m]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


def _utc(value: datetime) -> datetime | None:
    try:
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _epoch(value: float) -> datetime | None:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970, by their size; small numbers are no date."""
    if not 1e8 <= value < 1e20:
        return None
    while value > 1e11:
        value /= 1000
    return datetime.fromtimestamp(value, UTC)


@lru_cache(maxsize=4096)
def _written(text: str, day_first: bool | None) -> datetime | None:
    if text.isdecimal() and len(text) not in (8, 14):
        return _epoch(float(text))
    try:
        return _utc(datetime.fromisoformat(text))
    except ValueError:
        return _prose(text, day_first)


def _prose(text: str, day_first: bool | None) -> datetime | None:
    """A date in words or with slashes. What the text does not say is not made up: without a year there is no date."""
    from dateutil import parser

    english = WORD.sub(lambda word: MONTH.get(word[0].lower(), word[0]), text)
    english = FILLER.sub(" ", english).replace(" - ", " ").replace("|", " ").replace("a.m.", "am").replace("p.m.", "pm")
    first = day_first if day_first is not None else bool(re.match(r"\d{1,2}\.\d{1,2}\.", text))
    found = []
    for missing in (datetime(2000, 1, 1), datetime(2001, 2, 2)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found.append(parser.parse(english, default=missing, dayfirst=first, tzinfos=_zone))
        except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError, IndexError):
            return None
    return _utc(found[0]) if found[0].year == found[1].year else None


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    from dateutil.tz import gettz

    if seconds is not None:
        return timezone(timedelta(seconds=seconds)) if abs(seconds) < 86400 else None
    if name in REGIONS:
        region: tzinfo | None = gettz(REGIONS[name])
        return region
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else None
