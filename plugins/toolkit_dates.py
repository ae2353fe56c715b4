"""Which days the articles speak of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from toolkit import Corpus, annotator, schema

Column = schema.Column
DATES = schema.Table(
    "dates",
    "One row per mention of a date (DATE in `entities`), those included that name no day.",
    ("doc_id", "start"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence it begins in"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
        Column("text", pl.String, "the mention, `documents.text[start:end]`"),
        Column("first_day", pl.Date, "the first day it means; null if that cannot be told"),
        Column(
            "last_day", pl.Date, "the last day it means, the first one if it is one day; null if that cannot be told"
        ),
    ),
)

SAID = r"said|says|told|announced|added|wrote|reported|warned|confirmed|insisted"
AHEAD = (
    r"will|won't|would|shall|due|expected|scheduled|planned|plans?|set (?:to|for)|going to|until|upcoming|ahead of|starting|"
    r"(?:is|are) to|to (?:be|begin|start|meet|open|hold|resume|take|visit|continue|travel|vote|discuss|attend|arrive|sign)"
)
"""Words before a day that put it into the future, if nobody `SAID` something in between."""
LOOKED = 300
"""How many characters before a date are looked at for such words."""


@annotator
def dates(corpus: Corpus) -> pl.DataFrame:
    """Which days the articles speak of: first and last day of each date, counted from the day of publication.

    Gives a row for each mention that `entities` labels DATE. "Wednesday" is the last one up to the day of publication, the
    next one after words like "will" or "due"; "4-5 February" is the nearest one; "last week" is Monday to Sunday; "early
    May" the first ten days; "two weeks ago" one day, "two years ago" a year. What needs the day of publication is null
    where that is unknown, and so is what names no day of the calendar ("recent years", "summer"). English.
    """
    mentions = corpus.entities.filter(pl.col("label") == "DATE").select("doc_id", "sent_id", "start", "end", "text")
    begins = corpus.sentences.select("doc_id", "sent_id", begin="start")
    days = corpus.documents.select("doc_id", day=pl.col("published").dt.date())
    told = mentions.join(begins, on=["doc_id", "sent_id"], how="left", maintain_order="left")
    told = told.join(days, on="doc_id", how="left", maintain_order="left")
    # A join would copy a sentence for each of its dates: too much where one sentence is five megabytes long.
    texts = dict(corpus.documents.select("doc_id", "text").iter_rows())
    places = told.select("doc_id", pl.max_horizontal("begin", pl.col("start") - LOOKED), "start").iter_rows()
    told = told.with_columns(
        before=pl.Series([texts[doc_id][first:end] for doc_id, first, end in places], dtype=pl.String)
    )
    before = pl.col("before")
    clause = before.str.replace(rf"(?is)^.*\b(?:{SAID})\b", "")
    since = before.str.contains(r"(?i)\bsince (?:the )?$")
    told = told.with_columns(ahead=(clause.str.contains(rf"(?i)\b(?:{AHEAD})\b") & ~since).fill_null(False))
    asked = told.select("text", "day", "ahead").unique(maintain_order=True)
    found = [resolve(text, day, ahead=ahead) or (None, None) for text, day, ahead in asked.iter_rows()]
    meant = pl.DataFrame(found, schema={"first_day": pl.Date, "last_day": pl.Date}, orient="row")
    joined = told.join(
        pl.concat([asked, meant], how="horizontal"), on=["text", "day", "ahead"], how="left", nulls_equal=True, maintain_order="left"
    )  # fmt: skip
    return DATES.conform(joined.select(DATES.schema.names()))


Days = tuple[date, date]

SOON = timedelta(92)
"""How far ahead a day may lie that nothing puts into the future: "on 1 March" in February, but not "since August" in March."""
BACK = 10
"""How many times farther a day in the past seems where words put it into the future."""

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: n for name, n in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: n for name, n in list(WEEKDAYS.items())} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
NUMBERS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBERS |= {"a": 1, "an": 1, "couple": 2}

MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
WEEKDAY = rf"(?P<weekday>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\.?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
TILL = r"(?:\s*(?:-|to|and|until|till)\s*(?P<till>[0-3]?\d)(?:st|nd|rd|th)?)?"
PART = r"(?:the )?(?:(?P<part>early|mid|late)[\s-]+)?(?:the )?"
WHICH = r"(?P<which>last|this|next|past|previous|coming|current|following)"
UNIT = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)s?"
ON = rf"(?:{WEEKDAY.replace('weekday', 'on')},?\s+)?"
NEAR = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
NAMED = "today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening)"
DAYPART = r"(?: (?:morning|afternoon|evening|night))?"


def resolve(text: str, day: date | None, *, ahead: bool = False) -> Days | None:
    """The first and last day that a date means, written in an article of this `day`; None if that cannot be told.

    >>> resolve("Wednesday", date(2026, 2, 6)), resolve("4-5 February", date(2026, 1, 30))
    ((datetime.date(2026, 2, 4), datetime.date(2026, 2, 4)), (datetime.date(2026, 2, 4), datetime.date(2026, 2, 5)))
    """
    plain = re.sub(r"\s+", " ", re.sub("[–—−‑]", "-", text.replace("’", "'"))).strip().lower()
    plain = re.sub(r"^(?:on|in|since|until|by|from|during) ", "", plain).removesuffix("'s").removesuffix("'")
    for pattern, rule in RULES:
        match = pattern.fullmatch(plain)
        if match:
            try:
                return rule(match, day, ahead)
            except (ValueError, OverflowError):  # 31 February, or a year before the first
                return None
    return None


def _iso(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    made = date.fromisoformat(match[0])
    return made, made


def _day(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    month, first = MONTHS[match["month"]], int(match["day"])
    last = int(match["till"] or first)
    year = int(match["year"]) if match["year"] else _year(month, first, day, ahead)
    return (date(year, month, first), date(year, month, last)) if year and first <= last else None


def _year(month: int, number: int, day: date | None, ahead: bool) -> int | None:
    """The year in which a day without one is nearest: at most `SOON` ahead, unless words put it there."""
    if day is None:
        return None
    # A leap year is chosen for 29 February, which three years in four do not have.
    near = [year for year in range(day.year - 4, day.year + 5) if number <= calendar.monthrange(year, month)[1]]

    def far(year: int) -> tuple[int, int]:
        away = (date(year, month, number) - day).days
        # "Planned for 1 February, it was postponed": a day just gone is likelier than one in a year.
        return (away if away >= 0 else -away * BACK) if ahead else abs(away), year

    return min((year for year in near if ahead or date(year, month, number) <= day + SOON), key=far)


def _month(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    month = MONTHS[match["month"]]
    which = match.groupdict().get("which")
    if match["year"]:
        year: int | None = int(match["year"])
    elif day and which in ("last", "past", "previous"):
        year = day.year - (month >= day.month)
    elif day and which in ("next", "coming"):
        year = day.year + (month <= day.month)
    elif day and which:
        year = day.year
    else:
        year = _year(month, calendar.monthrange(day.year, month)[1] if ahead and day else 15, day, ahead)
    if year is None:
        return None
    end = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, end), None: (1, end)}[match["part"]]
    return date(year, month, first), date(year, month, last)


def _years(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    year, span = int(match["year"]), 10 if match["decade"] else 1
    if span == 10 and year % 10:
        return None
    if span == 10 and match["part"]:
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[match["part"]]
        return None if match["till"] else (date(year + first, 1, 1), date(year + last, 12, 31))
    last = int(match["till"] or 0)
    last = last + year // 100 * 100 if last and last < 100 else last or year + span - 1
    first_month, last_month = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), None: (1, 12)}[match["part"]]
    if last < year or (match["part"] and last > year):
        return None
    return date(year, first_month, 1), date(last, last_month, calendar.monthrange(last, last_month)[1])


def _named(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    away = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["named"], 0)
    return _one(day, away + {"before": -1, "after": 1, None: 0}[match["beside"]])


def _weekday(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    if day is None:
        return None
    back = (day.weekday() - WEEKDAYS[match["weekday"]]) % 7
    which = match["which"]
    if which in ("last", "past", "previous"):
        return _one(day, -(back or 7))
    if which in ("next", "coming", "following", "this") or ahead:
        return _one(day, (-back) % 7 or (0 if which == "this" or not which else 7))
    return _one(day, -back)


def _one(day: date | None, away: int) -> Days | None:
    return None if day is None else (day + timedelta(away), day + timedelta(away))


def _unit(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    return None if day is None else _period(day, match["unit"], NEAR[match["which"]])


def _period(day: date, unit: str, away: int) -> Days | None:
    """The calendar's day, week (Monday to Sunday), month ... that lies so many away."""
    if unit == "day":
        return day + timedelta(away), day + timedelta(away)
    if unit in ("week", "weekend"):
        monday = day - timedelta(day.weekday()) + timedelta(weeks=away)
        return monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6)
    if unit in ("month", "quarter"):
        size = 3 if unit == "quarter" else 1
        number = (day.year * 12 + day.month - 1) // size * size + away * size
        end = number + size - 1
        first = date(number // 12, number % 12 + 1, 1)
        return first, date(end // 12, end % 12 + 1, calendar.monthrange(end // 12, end % 12 + 1)[1])
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    year = day.year // size * size + away * size
    return date(year, 1, 1), date(year + size - 1, 12, 31)


def _ago(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    count = (
        NUMBERS.get(match["count"]) or int(match["count"])
        if match["count"] in NUMBERS or match["count"].isdigit()
        else 0
    )
    if day is None or not count or match["unit"] in ("weekend", "quarter", "century"):
        return None
    if match["unit"] in ("day", "week"):
        return _one(day, -count * (7 if match["unit"] == "week" else 1))
    return _period(day, match["unit"], -count)


def _past(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    count = NUMBERS.get(match["count"]) or (int(match["count"]) if match["count"].isdigit() else 0)
    if day is None or not count or match["unit"] not in ("day", "week", "month", "year"):
        return None
    length = timedelta(days=round(count * {"day": 1, "week": 7, "month": 30.44, "year": 365.25}[match["unit"]]))
    forth = NEAR[match["which"]] > 0
    return (day + timedelta(1), day + length) if forth else (day - length, day - timedelta(1))


def _quarter(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    quarter = ("first", "second", "third", "fourth").index(match["quarter"])
    if match["year"]:
        year = int(match["year"])
    elif day is None:
        return None
    elif match["which"]:
        year = day.year + NEAR[match["which"]]
    else:  # One that has not begun is last year's, one that is over next year's after words like "will".
        now = (day.month - 1) // 3
        year = day.year + ((quarter < now) if ahead else -(quarter > now))
    return _period(date(year, 3 * quarter + 1, 1), "quarter", 0)


Rule = Callable[[re.Match[str], "date | None", bool], "Days | None"]
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\d{4}-\d\d-\d\d", _iso),
        (rf"{ON}{DAY}{TILL} (?:of )?{MONTH}(?:,? {YEAR})?", _day),
        (rf"{ON}{MONTH} {DAY}{TILL}(?:,? {YEAR})?", _day),
        (rf"{PART}(?:{WHICH} )?{MONTH}(?:(?:,| of)? {YEAR})?", _month),
        (rf"{PART}(?:the )?{YEAR}(?P<decade>s)?(?:-(?P<till>\d\d|\d{{4}}))?", _years),
        (rf"(?:(?:the )?day (?P<beside>before|after) )?(?P<named>{NAMED}){DAYPART}", _named),
        (rf"(?:{WHICH} )?{WEEKDAY}{DAYPART}", _weekday),
        (rf"(?:the )?{WHICH} {UNIT}", _unit),
        (rf"(?P<count>[a-z]+|\d+)(?: of)? {UNIT} ago", _ago),
        (rf"(?:the )?{WHICH} (?P<count>[a-z]+|\d+) {UNIT}", _past),
        (rf"(?:the )?(?P<quarter>first|second|third|fourth) quarter(?: of (?:{YEAR}|{WHICH} year))?", _quarter),
    )
)
