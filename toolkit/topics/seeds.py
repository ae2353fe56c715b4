"""A seed as the user writes it, and how the words of a text are made comparable to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from toolkit.errors import CodebookError

QUOTES = "‘’‚‛ʼ′`´＇"
DOUBLE_QUOTES = "“”„‟″«»＂"
DASHES = "‐‑‒–—―−﹣－"
BLANKS = "\t\n\r\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
FOLDS = {
    sign: plain
    for signs, plain in ((QUOTES, "'"), (DOUBLE_QUOTES, '"'), (DASHES, "-"), (BLANKS, " "))
    for sign in signs
}
"""Each sign on the left counts as the one on the right: one character for one, so that offsets hold."""

TYPED = str.maketrans(FOLDS)

SPACELESS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
"""Scripts written without spaces: in them a seed matches anywhere."""

SPACED = r"[\w&&[^" + "".join(rf"\p{{{script}}}" for script in SPACELESS) + "]]"
"""A character that continues a word (in the regular expressions of polars)."""

ENTITY = re.compile(r"(?:entity:)?country:(?P<country>[A-Za-z]{3})|entity:(?P<entity>[^\s*:]+:\S+)")


@dataclass(frozen=True)
class Seed:
    """A seed, taken apart. `term` is what the user wrote.

    A text seed is found by its `anchor`, its longest word without a wildcard, as it stands in a folded text; `before`
    and `after` are patterns for what must stand around the anchor. `exact` seeds match as written. `country` and
    `entity` are set for entity seeds, and then there is no anchor.
    """

    term: str
    anchor: str = ""
    before: str = ""
    after: str = ""
    exact: bool = False
    country: str | None = None
    entity: str | None = None


def folded(text: pl.Expr, *, case: bool = True) -> pl.Expr:
    """`text` with typography and, unless told otherwise, case made plain; every character keeps its place."""
    typed = text.str.replace_many(FOLDS)
    return typed.str.replace_many({"İ": "i"}).str.to_lowercase().str.replace_many({"ς": "σ"}) if case else typed


def plain(text: str, *, case: bool) -> str:
    """What `folded` does, to one string."""
    typed = text.translate(TYPED)
    return typed.replace("İ", "i").lower().replace("ς", "σ") if case else typed


@lru_cache(maxsize=65536)
def parsed(term: str) -> tuple[Seed, ...]:
    """The forms in which `term` is looked for: one, or two where accents can be written in two ways.

    >>> parsed("negotiat*")[0].anchor
    'negotiat'
    >>> parsed("country:fra")[0].country
    'FRA'
    """
    if match := ENTITY.fullmatch(term):
        country = match["country"]
        return (Seed(term, country=country.upper() if country else None, entity=match["entity"]),)
    if re.match(r"(entity|country):", term):
        raise CodebookError(
            f"The seed {term!r} is not an entity seed; write country:FRA (three letters) or entity:person:dmitry-peskov."
        )
    written = term.removeprefix("=")
    exact = term.startswith("=") or (written.upper() == written and written.lower() != written)
    if not any(character.isalnum() for character in written):
        raise CodebookError(f"The seed {term!r} has no letter or digit; write a word, a phrase, or a word with *.")
    looked_for = plain(" ".join(written.split()), case=not exact)
    forms = dict.fromkeys((unicodedata.normalize("NFC", looked_for), unicodedata.normalize("NFD", looked_for)))
    return tuple(_text_seed(term, form, exact) for form in forms)


def _text_seed(term: str, plain: str, exact: bool) -> Seed:
    chunks = re.finditer(r"[^\s*]+", plain)
    anchor = max(chunks, key=lambda chunk: (any(map(_in_word, chunk[0])), len(chunk[0]), -chunk.start()))
    before, after = _pattern(plain[: anchor.start()]), _pattern(plain[anchor.end() :])
    opens = rf"(?:^|[^{SPACED}])" if _in_word(plain[0]) else ""
    closes = rf"(?:$|[^{SPACED}])" if _in_word(plain[-1]) else ""
    return Seed(term, anchor[0], f"{opens}({before})$", f"^({after}){closes}", exact)


def _pattern(part: str) -> str:
    return "".join({"*": f"{SPACED}*", " ": " +"}.get(character, re.escape(character)) for character in part)


def _in_word(character: str) -> bool:
    """Whether a word goes on here: where one does, a seed has to end as the word does."""
    if unicodedata.category(character)[0] not in "LMN" and character != "_":
        return False
    return not unicodedata.name(character, "").startswith(("CJK", *map(str.upper, SPACELESS)))
