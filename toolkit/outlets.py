"""Who published an article, under one name, and which news agency it came from."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import polars as pl

DATA = Path(__file__).parent / "data" / "outlets.toml"
HOST = r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@\s]*@)?(?:www?\d*\.)?((?:[\p{L}\p{N}_-]+\.)+\p{L}{2,})\.?(?::\d+)?(?:[/?#]\S*)?$"
SOLD = r"([^.]+\.(?:(?:ac|co|com|edu|go|gob|gov|gouv|gv|ne|net|nom|or|org|sch)\.[a-z]{2}|[^.]+))$"
"""The part of a host that its owner bought: one name and an ending, such as com or co.uk."""
BYLINE = r"^(?:.*(?:[,|/(]|\s[-–—]\s|\bfor\s|\bof\s))?\s*([^,|/()]+?)\)?\s*$"
"""The last part of a byline, where writers name whom they write for."""
HEAD, TAIL = 300, 200
"""Characters at the beginning and the end of a text in which an agency is looked for."""
DATELINE = r"(?m)^(?:\W*\p{{Lu}}[^\n()/]{{1,80}}?[ ,.])??[(/]({agency})[)/]\.? ?(?:[-–—―:|]|\. )"
"""A place, perhaps with a date, then an agency in brackets or slashes and a dash, at the beginning of a line."""
DATED = r"(?m)^\W*\p{Lu}[^\n()]{1,60}?\d[^\n()]{0,20} \((\p{Lu}[\p{L}\p{N} .-]{1,30})\) ?[-–—―]"
"""The same with a date: nothing but an agency stands in such brackets, known or not."""
LINE = r"(?m)^\W*(?:\w+ ?[:©] ?)?(?:\d{{4}} )?({agency})(?:\W*$| ?[-–—―/] )"
"""A line that is an agency's name, perhaps after a word such as source, or that begins with one and a dash."""


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    """What `data/outlets.toml` calls outlets, by domain and by their folded names, and agencies, by what others call them."""
    read = tomllib.loads(DATA.read_text(encoding="utf-8"))
    folded = {name.casefold(): name for name in read["domains"].values()}
    bare = {
        name.removeprefix("the "): full
        for name, full in folded.items()
        if name.startswith("the ") and name.count(" ") > 1
    }
    agencies = {called: name for name, every in read["agencies"].items() for called in every}
    return {"domains": read["domains"], "outlets": bare | folded, "agencies": agencies}


def resolve(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents with one name for each outlet: that of its domain, if `outlet` is an address; its usual spelling, if known.

    An outlet that is not given is taken from the `url`, then from a known name at the end of the byline. An unknown
    domain is its own name, as example.org of https://www.example.org/news.
    """
    given = pl.col("outlet").str.strip_chars().replace("", None)
    told = pl.coalesce(_known("outlets", given.str.to_lowercase()), of_address(given), given)
    byline = pl.col("author").str.extract(BYLINE).str.strip_chars()
    signed = pl.coalesce(_known("outlets", byline.str.to_lowercase()), _known("agencies", byline))
    return documents.with_columns(outlet=pl.coalesce(told, of_address(pl.col("url")), signed))


def of_address(addresses: pl.Expr) -> pl.Expr:
    """The outlet that publishes at an address (or host name): its name, if known, else the domain; null if it is no address."""
    host = addresses.str.strip_chars().str.to_lowercase().str.extract(HOST)
    sold = host.str.extract(SOLD)
    return pl.coalesce(*(_known("domains", part) for part in (host, host.str.extract(r"^[^.]+\.(.+)$"), sold)), sold)


def agency(documents: pl.DataFrame) -> pl.Series:
    """The news agency that each document's byline, dateline or credit names; null if none does.

    A name in brackets after a place and a date is taken for an agency even if it is not a known one.
    """
    head, tail = pl.col("text").str.head(HEAD), pl.col("text").str.tail(TAIL)
    parts = pl.col("author").str.replace_all(r"^By |[,;/|()]| and | with ", "\n").str.split("\n")
    signed = parts.list.eval(_known("agencies", pl.element().str.strip_chars())).list.drop_nulls().list.first()
    written = pl.col("author").str.extract(rf"\b({_called(4)})\b")
    dateline = head.str.extract(DATELINE.format(agency=_called()))
    lines = [part.str.extract(LINE.format(agency=_called())) for part in (head, tail)]
    known = [_known("agencies", found) for found in (written, dateline, *lines)]
    return documents.select(agency=pl.coalesce(signed, *known, head.str.extract(DATED))).to_series()


def _called(letters: int = 0) -> str:
    """What agencies are called, in so many letters at least, as alternatives of a pattern, the longest first."""
    names = [name for name in _names()["agencies"] if len(name) >= letters]
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _known(kind: str, names: pl.Expr) -> pl.Expr:
    return names.replace_strict(_names()[kind], default=None, return_dtype=pl.String)
