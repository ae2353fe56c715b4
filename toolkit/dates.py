"""When an article was published, where its source does not say: from its address, then its dateline; and dates to doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import polars as pl

from toolkit.schema import Moment

MONTHS = (
    (
        "january jan enero ene january janvier janv januar jan jänner gennaio gen janeiro januari января янв stycznia sty січня ocak"
    ),
    (
        "february feb febrero février févr fév fevrier februar febbraio fevereiro fev februari февраля фев lutego lut лютого şubat"
    ),
    ("march mar marzo mars märz maart mrt marts março marco марта мар marca березня mart"),
    ("april apr abril abr avril avr aprile апреля апр kwietnia kwi квітня nisan"),
    ("may mayo mai maggio mag maio mei maj мая maja травня mayıs"),
    ("june jun junio juin juni giugno giu junho июня июн czerwca cze червня haziran"),
    ("july jul julio juillet juil juli luglio lug julho июля июл lipca lip липня temmuz"),
    ("august aug agosto ago août aout augustus augusti августа авг sierpnia sie серпня ağustos"),
    (
        "september sep sept septiembre setiembre septembre settembre set setembro сентября сен września wrz вересня eylül"
    ),
    ("october oct octubre octobre oktober okt ottobre ott outubro out октября окт października paź жовтня ekim"),
    ("november nov noviembre novembre novembro ноября ноя listopada lis листопада kasım"),
    (
        "december dec diciembre dic décembre déc decembre dezember dez dicembre dezembro декабря дек grudnia gru грудня aralık"
    ),
)
"""January to December as they stand in datelines: en, es, fr, de, it, pt, nl, Scandinavian, ru, pl, uk, tr."""

HEAD = 400
"""Characters at the beginning of a text in which a dateline is looked for."""
FIRST_YEAR = 1605
"""The year of the first newspaper, the Relation of Strasbourg; no article is older."""
EMPTY = (date(1970, 1, 1), date(1900, 1, 1), date(1904, 1, 1), date(1899, 12, 30), date(1601, 1, 1), date(1980, 1, 1))
"""Days that programs write for no day, at midnight."""


_NUMBER = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(_NUMBER, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    rf"{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日",
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
    rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR}\b)?",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.º])? (?:de |of )?(?P<month>{_MONTH})\b\.?(?:,? (?:de )?{_YEAR}\b)?",
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:lune|marte|mercole|giove|"
    r"vener)dì|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
_SAID = (
    r"(?:first published|published|posted|date|publié|parue?|veröffentlicht|erschienen|stand|datum|publicado|fecha|pubblicato|"
    r"data|gepubliceerd|publicerad|publisert|udgivet|opublikowano|опубликовано|опубліковано|дата)"
)
_TIME = r"(?:\W+(?:at |um |à |alle |a las |às )?\d{1,2}[:.h]\d\d[^\n]{0,20})?"
_PLACE = r"(?:\p{Lu}[\p{L}'’.-]*|de|la|le|du|des|del|di|am|an|der|sur|of|upon)"
_LINES = (
    rf"(?im)^\W*(?:{_SAID}\b\W+)?(?:(?:on|le|am|el|il|em|op|den) )?(?:{_WEEKDAY}\W+(?:den |le |de )?)?DATE{_TIME}\W*$",
    rf"(?m)^\W*(?:{_PLACE}[ ,.]{{1,2}}){{1,6}}(?i:DATE)\.?,? ?(?:(?:\([^)\n]{{1,30}}\))?\.? ?[-–—―|]|/[^/\n]{{1,30}}/)",
)
"""Lines that say when: nothing but a date; a place and a date before a dash."""
_PATHS = (
    rf"(?i)/{_YEAR}/(?P<month>\d{{1,2}}|{_MONTH})/(?P<day>\d{{1,2}})(?:/|$)",
    rf"[/_.-]{_YEAR}[/_.-](?P<month>\d\d)[/_.-](?P<day>\d\d)(?:\D|$)",
    rf"/{_YEAR}/(?P<month>\d\d)(?P<day>\d\d)(?:/|$)",
    rf"[/_-]{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:\D|$)",
)
_MONTHLY = r"/((?:19|20)\d\d)(?:[/-](0[1-9]|1[0-2]))?/"
_NUMBERED = r"(?i)^(?:https?:)?//(?:[^/]+\.)?bbc\.(?:com|co\.uk)/"
"""Addresses whose numbers of eight digits are no dates."""


def resolve(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents with `published` filled from the `url`, then from a dateline, where it is null; never from anything less.

    `date_source` says where a date was found: url, dateline, or what it says already (source, if it says nothing). A
    dateline is a line that is nothing but a date, or a place and a date before a dash; one without a year counts if the
    address has the year (and the same month, if it has one). A day is its first moment in UTC.
    """
    path = pl.when(~pl.col("url").str.contains(_NUMBERED)).then(pl.col("url").str.replace(r"[?#].*$", ""))
    undated = documents.filter(pl.col("published").is_null()).select(
        "doc_id", path=path, head=pl.col("text").str.head(HEAD)
    )
    has_year = pl.col("head").str.contains("19|20") | pl.col("path").str.contains(_MONTHLY)
    lines = [line.replace("DATE", written) for line in _LINES for written in _WRITTEN]
    in_path = _days(undated, "path", _PATHS, "url")
    in_line = _days(undated.join(in_path, on="doc_id", how="anti").filter(has_year), "head", lines, "dateline")
    said = pl.when(pl.col("published").is_not_null()).then(pl.coalesce("date_source", pl.lit("source")))
    return (
        documents.join(pl.concat([in_path, in_line]), on="doc_id", how="left", maintain_order="left")
        .with_columns(published=pl.coalesce("published", "day"), date_source=pl.coalesce(said, "found_in"))
        .select(documents.columns)
    )


def _days(undated: pl.DataFrame, column: str, patterns: Sequence[str], found_in: str) -> pl.DataFrame:
    """The documents in whose `column` one of `patterns` finds a day of the calendar; its year may be in the `path`."""
    if undated.is_empty():
        return pl.DataFrame(schema={"doc_id": pl.String, "day": Moment, "found_in": pl.String})
    found = {str(n): pl.col(column).str.extract_groups(pattern) for n, pattern in enumerate(patterns)}
    return (
        undated.with_columns(**found)
        .select(
            "doc_id",
            day=pl.coalesce(_day(pl.col(name).struct) for name in found).cast(Moment),
            found_in=pl.lit(found_in),
        )
        .drop_nulls("day")
    )


def _day(found: Any) -> pl.Expr:
    named = found.field("month").str.to_lowercase()
    month = pl.coalesce(
        named.replace_strict(_NUMBER, default=None, return_dtype=pl.Int64), named.cast(pl.Int64, strict=False)
    )
    other_month = pl.col("path").str.extract(_MONTHLY, 2).cast(pl.Int64) != month
    year_of_path = pl.when(~other_month.fill_null(False)).then(pl.col("path").str.extract(_MONTHLY, 1))
    day = pl.format("{}-{}-{}", pl.coalesce(found.field("year"), year_of_path), month, found.field("day"))
    return day.str.to_date("%Y-%m-%d", strict=False)


def flags(documents: pl.DataFrame, today: date) -> pl.DataFrame:
    """`doc_id` and `flag`, a row for each doubt about a date: missing, future, impossible, midnight, piled.

    future: later than the day after `today` begins anywhere on Earth; impossible: before 1605, or a day that programs
    write for no day; midnight: only the day is known; piled: in the same second as 9 or more of the same outlet's, or on a
    day with 20 or more and ten times as many as on the outlet's usual day.
    """
    day, clock = pl.col("published").dt.date(), pl.col("published").dt.time()
    midnight = clock == time()
    impossible = (day.dt.year() < FIRST_YEAR) | (midnight & day.is_in(EMPTY))
    at_once = ~midnight & (pl.len().over("outlet", "published") >= 10)
    daily = pl.len().over("outlet", day)
    usual = (
        documents.filter(pl.col("published").is_not_null())
        .group_by("outlet", day=day)
        .len()
        .group_by("outlet")
        .agg(usual=pl.col("len").median())
    )
    doubts = {
        "missing": pl.col("published").is_null(),
        "future": day > today + timedelta(days=1),
        "impossible": impossible,
        "midnight": midnight & ~impossible,
        "piled": pl.col("published").is_not_null()
        & ~impossible
        & (at_once | ((daily >= 20) & (daily >= 10 * pl.col("usual")))),
    }
    found = documents.join(usual, on="outlet", how="left", nulls_equal=True, maintain_order="left").select(
        "doc_id", **doubts
    )
    return found.unpivot(index="doc_id", variable_name="flag").filter("value").select("doc_id", "flag")


def gaps(documents: pl.DataFrame) -> pl.DataFrame:
    """Days on which an outlet has nothing although it should: `outlet`, `first_day`, `last_day`, `days`, `expected` articles.

    A gap is more than twice as long as nine in ten of the outlet's own, and so long that chance alone would leave it empty
    less than once in a thousand times (Poisson, at the outlet's mean rate).
    """
    days = (
        documents.drop_nulls("published")
        .group_by("outlet", day=pl.col("published").dt.date())
        .len()
        .sort("outlet", "day")
    )
    empty = (pl.col("day").diff().dt.total_days() - 1).over("outlet")
    rate = pl.col("len").sum() / ((pl.col("day").max() - pl.col("day").min()).dt.total_days() + 1)
    return (
        days.with_columns(
            days=empty,
            rate=rate.over("outlet"),
            usual=empty.quantile(0.9, "higher").over("outlet"),
            last_day=pl.col("day") - timedelta(days=1),
        )
        .with_columns(
            first_day=pl.col("day") - pl.duration(days=pl.col("days")), expected=pl.col("days") * pl.col("rate")
        )
        .filter(
            (pl.col("days") >= 2) & (pl.col("days") > 2 * pl.col("usual")) & (pl.col("expected") > -math.log(0.001))
        )
        .select("outlet", "first_day", "last_day", "days", "expected")
        .sort("days", "outlet", "first_day", descending=[True, False, False])
    )
