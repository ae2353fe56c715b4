"""Dates, sums of money, percentages and quantities: a grammar over kinds of tokens, one letter each."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from toolkit.entities.lexicon import BIT, hashed
from toolkit.entities.page import Page
from toolkit.entities.span import Span
from toolkit.entities.tokens import Hashes

WORDS = {
    "r": "last next this past previous coming earlier later current following recent",
    "l": "early late mid",
    "y": "today tonight",
    "x": "yesterday tomorrow",
    "t": "week weeks weekend month months year years days decade decades century centuries morning afternoon evening night spring summer autumn winter fiscal",
    "d": "day",
    "q": "quarter",
    "1": "first second third fourth",
    "a": "ago",
    "p": "percent pct",
    "e": "per",
    "k": "cent",
    "%": "% ％",
    "$": "$ € £ ¥ us$ a$ c$ hk$ nz$ s$ ₽ ₴ ₹ ₩ ₪",
    "o": "of",
    "h": "the",
    "i": "in since until till by during from between circa",
    "b": "before after",
    "-": "- – — to and /",
    ",": ",",
    "(": "( )",
    "&": "'s",
}
"""The letter that stands for each of these words; numbers, months and the like get theirs from their class."""

NUMBER = "(?:[DYN]|w)"
DAY = "(?:D|w)"
GRAMMAR = (
    ("PERCENT", rf"{NUMBER}(?:-{NUMBER})?(?:%|p|ek)"),
    ("MONEY", rf"\$+[DYN]s?(?:-\$?[DYN]s?)?|{NUMBER}+s?-?c|s+c"),
    ("QUANTITY", rf"{NUMBER}+s?-?u"),
    ("DATE", r"I|(?:W,?)?D(?:(?:-|,|-,)D)*o?M(?:,?Y)?|(?:W,?)?MD(?:-D)?(?:,?Y)?|W(?:,?M(?:D|Y))?|[rl]?M(?:,|o)?Y|[rl][MWtdq](?:oY)?|y|h?dbx|x|w*D?[tdq]+a|h?1q(?:oY|ort)?(?!o)|Y-Y|lY|h?l?S|(?<=[ib])Y|(?<=[iob])hY|(?<=[(])Y(?=[(])|M"),
)  # fmt: skip
PATTERN = re.compile("|".join(f"(?P<{label}>{pattern})" for label, pattern in GRAMMAR))
UNSURE = (
    "may",
    "march",
    "mar",
    "mar.",
    "sat",
    "sun",
    "wed",
    "mon",
    "jan",
    "dec",
    "fri",
    "mark",
    "second",
    "august",
    "april",
    "june",
)
"""Months and days that are words or names as well: alone they are no date, unless in front of them stands `in` or `last`."""


@lru_cache(maxsize=1)
def letters() -> tuple[Hashes, npt.NDArray[np.uint8], Hashes]:
    """Word hashes, sorted, with the letter of each; and the hashes of the unsure words."""
    words = [word for text in WORDS.values() for word in text.split()]
    codes = [ord(letter) for letter, text in WORDS.items() for _ in text.split()]
    hashes = hashed(words)
    keys, first = np.unique(hashes, return_index=True)
    return keys, np.array(codes, np.uint8)[first], np.unique(hashed(list(UNSURE)))


def spell(page: Page) -> str:
    """One letter per token."""
    tokens, classes = page.tokens, page.classes
    keys, codes, unsure = letters()
    out = np.full(len(tokens), ord("."), np.uint8)
    for name, letter in (("number", "w"), ("scale", "s"), ("unit", "u"), ("currency", "c")):
        out[(classes & BIT[name]) != 0] = ord(letter)
    at = np.minimum(np.searchsorted(keys, tokens.lower), len(keys) - 1)
    out = np.where(keys[at] == tokens.lower, codes[at], out)
    calendar = tokens.capital & ((classes & (BIT["month"] | BIT["weekday"])) != 0)
    out[calendar & ((classes & BIT["month"]) != 0)] = ord("M")
    out[calendar & ((classes & BIT["weekday"]) != 0)] = ord("W")
    digits = tokens.count(tokens.letters.digit)
    length = tokens.end - tokens.start
    leads = tokens.letters.digit[tokens.start] if len(tokens) else np.zeros(0, bool)
    whole = digits == length
    ordinal = leads & (length - digits == 2) & (digits <= 2)
    out[leads & ((digits >= length - 2) | (tokens.count(tokens.letters.plain == ord(",")) > 0))] = ord("N")
    out[(whole & (length <= 2)) | ordinal] = ord("D")
    first = np.where(len(tokens) > 0, tokens.first, 0)
    last = tokens.letters.plain[tokens.end - 1] if len(tokens) else np.zeros(0, np.uint8)
    year = (
        leads
        & ((first == ord("1")) | (first == ord("2")))
        & (digits == 4)
        & (whole | (length == 5))
        & (tokens.count(tokens.letters.plain == ord(",")) == 0)
        & (tokens.count(tokens.letters.plain == ord(".")) == 0)
    )
    out[year] = ord("Y")
    decade = year & (length == 5) & (last == ord("s"))
    out[decade] = ord("S")
    dashes = tokens.count(tokens.letters.plain == ord("-"))
    out[leads & (dashes == 2) & (digits == 8) & (length == 10)] = ord("I")
    # An unsure month or day needs a number, a year or a word of time beside it.
    doubtful = np.flatnonzero(calendar & np.isin(tokens.lower, unsure))
    if len(doubtful):
        before = np.append(out, ord("."))[np.maximum(doubtful - 1, -1)]
        after = np.append(out, ord("."))[doubtful + 1]
        alone = ~np.isin(before, [ord(c) for c in "DrliWbo-"]) & ~np.isin(after, [ord(c) for c in "DY"])
        out[doubtful[alone]] = ord(".")
    # Nothing reaches over the end of a sentence.
    return out.tobytes().decode("ascii")


def amounts(page: Page) -> list[Span]:
    """Every date, sum, percentage and quantity; none reaches over the end of a sentence."""
    sentence = page.sentence
    return [
        Span(match.start(), match.end(), match.lastgroup or "", 0.95, "rule")
        for match in PATTERN.finditer(spell(page))
        if sentence[match.start()] == sentence[match.end() - 1] >= 0
    ]
