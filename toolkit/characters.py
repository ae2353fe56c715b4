"""What each character of a text is, as an array, so that a rule runs over all of a text at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

Kinds = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

BLANK, NEWLINE, UPPER, LOWER, LETTER, WIDE, DIGIT, OPEN, PLAIN, CLOSE, QUOTE, MARKUP, SIGN, STOP, FULL = range(15)
"""What a character can be. BLANK and NEWLINE are what `str.isspace` says, NEWLINE what ends a line. LETTER has no case;
WIDE is written without spaces (Chinese, Japanese). STOP ends a sentence before a blank, FULL before anything. QUOTE and
MARKUP open or close; PLAIN are commas and currency signs, SIGN is everything else. The order is used: up to NEWLINE all
is blank, CLOSE to MARKUP may follow a stop, from MARKUP on a rule takes a look."""

NEWLINES = "\n\r\v\f\x85\u2028\u2029"
STOPS = ".!?…‼⁇⁈⁉؟۔։።፧᙮"
FULLS = "。｡！？．।॥။៕"
_NAMED = {NEWLINE: NEWLINES, STOP: STOPS, FULL: FULLS, QUOTE: "\"'“”‘’‚„«»‹›", MARKUP: "*_"}
_CATEGORIES = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Nd": DIGIT, "Ps": OPEN, "Pi": OPEN, "Pe": CLOSE, "Pf": CLOSE}
_CATEGORIES |= {"Sc": PLAIN, "Lo": LETTER, "Lm": LETTER, "Mn": LETTER, "Mc": LETTER, "Me": LETTER}

GAP = "\n\n"

SHARE = 8_000_000
"""About so many characters are worked on at once, which bounds memory."""


@dataclass(frozen=True)
class Text:
    """A text as arrays: the code point of each character, what it is, and where the tokens (what stands between
    blanks) lie.
    """

    text: str
    codes: Codes
    kinds: Kinds
    starts: Places
    ends: Places

    @classmethod
    def read(cls, text: str) -> Text:
        # A few blanks at the end, so that a rule may look past it (and, by negative places, before the beginning).
        codes = np.frombuffer(f"{text}    ".encode("utf-32-le"), dtype=np.uint32)
        kinds = np.take(_table(), codes)
        inked = kinds > NEWLINE
        edges = np.flatnonzero(inked[1:] != inked[:-1]) + 1
        edges = np.concatenate([[0], edges]) if inked[0] else edges
        return cls(text, codes, kinds, edges[0::2], edges[1::2])

    def token(self, places: Places) -> Places:
        """The number of the token that holds each place, or of the one before it."""
        return np.searchsorted(self.starts, places, "right") - 1

    def slices(self, starts: Places, ends: Places) -> pl.Series:
        """The pieces `text[start:end]`."""
        pieces = [self.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return pl.Series("text", pieces, dtype=pl.String)


def shares(texts: pl.Series) -> Iterator[tuple[int, Text, Places]]:
    """Many texts as a few long ones, with blank lines between: the number of the first text in each, the long text, and
    where each of its texts begins in it. Null is an empty text.
    """
    texts = texts.cast(pl.String).fill_null("")
    lengths = texts.str.len_chars().cast(pl.Int64).to_numpy() + len(GAP)
    share = np.cumsum(lengths) // SHARE
    bounds = [*np.flatnonzero(np.diff(share, prepend=-1)).tolist(), len(texts)]
    for first, stop in pairwise(bounds):
        offsets = np.cumsum(lengths[first:stop]) - lengths[first:stop]
        yield first, Text.read(texts[first:stop].str.join(GAP).item()), offsets


@lru_cache(maxsize=1)
def _table() -> Kinds:
    """What every code point is; beyond the basic plane by range, so that it is ready in milliseconds."""
    table = np.full(0x110000, SIGN, dtype=np.uint8)
    table[:0x10000] = [_kind(chr(code)) for code in range(0x10000)]
    table[0x10000:0x1F000] = LETTER
    table[0x20000:0x40000] = WIDE
    return table


def _kind(character: str) -> int:
    for kind, members in _NAMED.items():
        if character in members:
            return kind
    if character.isspace():
        return BLANK
    if character in ",،、，&%" or "\ufe00" <= character <= "\ufe0f":
        return PLAIN
    if "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff":
        return WIDE
    return _CATEGORIES.get(unicodedata.category(character), SIGN)
