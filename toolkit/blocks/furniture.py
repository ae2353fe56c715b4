"""What stands around an article on its page: tags, links to share and to read more, advertisements, pleas."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import polars as pl

OPENED, LABELLED, PLEADED = 8, 25, 45
"""Longer paragraphs (in words) are left alone even if they begin like furniture."""

MONTH = (
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avr(?:il)?|may|mai|mayo|june?|juni|juin"
    r"|july?|juli|juillet|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?"
    r"|d[ée]c(?:embre)?|enero|febrero|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre"
)
DAY = (
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|today|yesterday"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_CLOCK = r"a\.?m\.?|p\.?m\.?|uhr|h|hrs?|hours?|mins?|minutes?|days?|weeks?|ago|gmt|utc|cet|e[sd]?t|p[sd]?t|c[sd]?t|bst|ist|st|nd|rd|th"
_DATED = (
    r"first|last|published|posted|updated|modified|created|date|on|at|of|read|reading time|stand|veröffentlicht|aktualisiert|lesezeit|am|um"
    r"|publié|mis à jour|modifié|temps de lecture|le|à|publicado|actualizado|modificado|el|de|del|a las|pubblicato|aggiornato|modificato|il|alle"
)
_STAMP = rf"\b(?:{MONTH}|{DAY}|{_CLOCK}|{_DATED})\b|\d+(?:st|nd|rd|th|min|h)?|[^\p{{L}}\p{{N}}]+"
_WHEN = rf"(?i)\d(?:\W|$).*\b(?:{MONTH}|{DAY}|{_CLOCK})\b|\b(?:{MONTH}|{DAY})\b.*\d|\d{{1,2}}[:/.]\d\d"
"""A date or a time has a figure, and a word or a sign that says what it counts."""


def normal(expr: pl.Expr) -> pl.Expr:
    """A text in small letters with nothing but letters, digits and single spaces, so that typography does not count."""
    return expr.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[str]]:
    """The groups of `data/furniture.toml`."""
    return tomllib.loads((files("toolkit") / "data" / "furniture.toml").read_text(encoding="utf-8"))


def furniture() -> pl.Expr:
    """Which paragraphs (`line`, `tail`, `normal`, `words`, `place` in the document from 0 to 1) are furniture by
    themselves.
    """
    ended = pl.col("tail").str.contains(r"[^.!?][.!?]$")
    whole = pl.col("normal").is_in(phrases()["whole"]) & ~ended & ~_line(r"^\p{Ll}")
    label = normal(pl.col("line").str.extract(r"^([^:：|]{1,45})[:：|]").fill_null("")).is_in(phrases()["label"])
    opening = (
        pl.col("normal").str.contains(rf"^(?:{'|'.join(phrases()['opening'])})\b")
        & (pl.col("words") <= OPENED)
        & ~ended
    )
    plea = pl.col("normal").str.contains(rf"^(?:{'|'.join(phrases()['plea'])})\b") & (pl.col("place") >= 2 / 3)
    rights = _line(r"^(?:©|\(c\) ?(?:19|20)\d\d|Copyright (?:©|\(c\)|(?:19|20)\d\d))")
    link = _line(r"^[<(\[]?(?:https?://|www\.)\S+$")
    bare = (pl.col("line") != "") & ~_line(r"[\p{L}\p{N}]")
    return (
        whole
        | (label & (pl.col("words") <= LABELLED))
        | opening
        | (plea & (pl.col("words") <= PLEADED))
        | rights
        | link
        | bare
    )


def heads() -> pl.Expr:
    """Which of them head a list of links or tags."""
    return pl.col("normal").is_in(phrases()["heads"])


def stamp() -> pl.Expr:
    """Which paragraphs are a date or a time and nothing more (`Published 4 February 2026, 10:30 GMT`, `3 min read`)."""
    rest = pl.col("line").str.to_lowercase().str.replace_all(_STAMP, "")
    return (pl.col("words") <= 16) & (rest == "") & _line(_WHEN)


def _line(pattern: str) -> pl.Expr:
    return pl.col("line").str.contains(pattern)
