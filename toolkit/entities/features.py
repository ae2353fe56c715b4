"""What the linear model looks at: for each token that may belong to a name, the numbers of its features."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from toolkit.entities.evidence import BITS, evidence
from toolkit.entities.gazetteer import gazetteer
from toolkit.entities.lexicon import BIT
from toolkit.entities.page import Page
from toolkit.entities.stretches import runs
from toolkit.entities.tokens import Ints, Tokens, mixed

ROWS = 1 << 20
"""Features are numbered by hash, modulo this."""

Values = npt.NDArray[np.uint64]

NAME = BIT["given"] | BIT["surname"] | BIT["particle"]
KIND = sum(
    BIT[name] for name in ("title", "role", "said", "company", "organisation", "place", "facility", "event", "law")
)
TIME = sum(BIT[name] for name in ("weekday", "month", "number", "scale", "currency", "unit"))
EDGE = np.uint64(0xE0D)
"""Stands for what lies beyond the sentence."""


def features(page: Page, at: Ints, other: Values | None = None) -> npt.NDArray[np.int32]:
    """One row per token of `at`, one column per template; `other` is another recogniser's tag of every token."""
    columns = templates(page, at, other)
    out = np.empty((len(at), len(columns)), np.int32)
    for number, parts in enumerate(columns):
        value = np.full(len(at), number * 2 + 1, np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for part in parts:
            value = mixed(value ^ part)
        out[:, number] = value & np.uint64(ROWS - 1)
    return out


def templates(page: Page, at: Ints, other: Values | None) -> list[tuple[Values, ...]]:
    """The values that make up each feature."""
    tokens = page.tokens
    shape, told, covered = shapes(page), evidence(page), cover(page)
    classes = page.classes.astype(np.uint64)
    name, kind, time = classes & np.uint64(NAME), classes & np.uint64(KIND), classes & np.uint64(TIME)
    word = np.where(page.digits > 0, shape, tokens.lower)
    common = commonness(page)
    style = page.shouted.astype(np.uint64) | page.headline.astype(np.uint64) << np.uint64(1)
    places = {offset: page.beside(at, offset) for offset in (-2, -1, 0, 1, 2)}
    opening = (places[-1] == len(tokens)).astype(np.uint64)

    def near(values: Values, *offsets: int) -> dict[int, Values]:
        padded = np.append(values, EDGE)
        return {offset: padded[places[offset]] for offset in offsets}

    def tail(size: int, offset: int = 0) -> Values:
        place = np.minimum(places[offset], len(tokens) - 1)
        start, end = tokens.start[place], tokens.end[place]
        return np.where(places[offset] < len(tokens), tokens.letters.lower(np.maximum(end - size, start), end), EDGE)

    def head(size: int) -> Values:
        start, end = tokens.start[at], tokens.end[at]
        return tokens.letters.lower(start, np.minimum(start + size, end))

    w, s, k = (near(values, -2, -1, 0, 1, 2) for values in (word, shape, kind))
    n, c, g, t = (near(values, -1, 0, 1) for values in (name, common, covered, time))
    e, y = told[at], style[at] | opening << np.uint64(2)
    seen = e & np.uint64(7)
    first, last = (edge[at] for edge in runs(page))
    length = np.minimum(last - first, 3).astype(np.uint64)
    place = np.minimum(at - first, 3).astype(np.uint64)
    ahead, behind = np.append(word, EDGE)[page.beside(first, -1)], np.append(word, EDGE)[page.beside(last, 1)]
    columns: list[tuple[Values, ...]] = [
        (y,), (w[0],), (w[-1],), (w[1],), (w[-2],), (w[2],), (w[-1], w[0]), (w[0], w[1]),
        (w[-1], s[0]), (w[1], s[0]), (w[-2], w[-1], s[0]), (w[1], w[2], s[0]),
        (s[0], y), (s[-1], s[0]), (s[0], s[1]), (s[-1], s[0], s[1]), (s[-2], s[-1], s[0]), (s[0], s[1], s[2]),
        (head(2),), (head(3),), (head(4),), (tail(2),), (tail(3),), (tail(4),), (tail(3, -1),), (tail(3, 1),),
        (n[0], s[0]), (n[-1], n[0]), (n[0], n[1]), (n[-1], n[0], n[1], c[0]), (n[0], c[0], y),
        (k[0],), (k[-1],), (k[1],), (k[-2],), (k[2],), (k[0], s[0]), (k[-1], s[0]), (k[1], s[0]), (k[-1], k[0]), (k[0], k[1]),
        (k[1], n[0]), (k[-1], n[0]), (c[0], s[0], y), (c[-1], c[0], c[1]), (c[0], e), (t[0], s[0]), (t[-1], t[0], t[1]),
        (g[0],), (g[-1], g[0]), (g[0], g[1]), (g[0], c[0], y), (g[0], n[0]), (g[0], w[1]), (g[0], w[-1]), (g[0], s[1]), (g[0], s[-1]),
        (g[-1],), (g[1],), (e,), (e, y), (e, n[0]), (seen, s[0]),
        *((e & np.uint64(1 << bit), np.full(len(at), bit, np.uint64)) for bit in range(BITS)),
        (length, place, y), (word[last], length), (kind[last], length, place), (word[first], length), (name[first], name[last], length),
        (ahead, length), (behind, length), (ahead, place), (behind, n[0], length), (ahead, n[0], length), (kind[last], g[0]), (covered[last], length, place),
    ]  # fmt: skip
    if other is not None:
        x = near(other, -1, 0, 1)
        columns += [
            (x[0],), (x[-1], x[0]), (x[0], x[1]), (x[-1], x[0], x[1]), (x[0], g[0]), (x[0], w[0]), (x[0], s[0], y),
            (x[0], n[0], seen), (x[0], k[0]), (x[0], k[1]), (x[0], c[0], y), (x[0], t[0]), (x[0], length, place),
            (x[0], kind[last]), (x[0], ahead), (x[0], behind), (x[0], e),
        ]  # fmt: skip
    return columns


def shapes(page: Page) -> Values:
    """How each token is written: capitals, digits, marks and length, as one number."""
    tokens: Tokens = page.tokens
    length = tokens.end - tokens.start
    dotted = tokens.count(tokens.letters.plain == ord("."))
    dashed = tokens.count(tokens.letters.plain == ord("-"))
    facts = (
        tokens.capital,
        page.upper >= length - page.digits - dotted - dashed,
        page.upper > tokens.capital,
        page.digits > 0,
        page.digits == length,
        dotted > 0,
        dashed > 0,
        tokens.word,
    )
    shape = np.zeros(len(tokens), np.uint64)
    for bit, fact in enumerate(facts):
        shape |= fact.astype(np.uint64) << np.uint64(bit)
    shape |= np.minimum(length, 4).astype(np.uint64) << np.uint64(8)
    return shape | np.where(tokens.word, 0, tokens.first).astype(np.uint64) << np.uint64(12)


def commonness(page: Page) -> Values:
    """1 for a common word, 2 for a usual one, 3 for a rare one, 0 for a word that the lists do not have."""
    classes = page.classes
    levels = [(classes & BIT[name]) != 0 for name in ("common", "usual", "rare")]
    return np.select(levels, [1, 2, 3], 0).astype(np.uint64)


def cover(page: Page) -> Values:
    """For each token the kinds of the longest known name over it, and whether it begins, continues or is that name."""
    kinds = gazetteer().kinds
    covered = np.zeros(len(page.tokens), np.uint64)
    start, size, key = page.matches
    for length in range(1, int(size.max(initial=0)) + 1):
        hit = size == length
        kind = kinds[key[hit]].astype(np.uint64) << np.uint64(2)
        for place in range(length):
            part = 0 if length == 1 else 1 if place == 0 else 2
            covered[start[hit] + place] = kind | np.uint64(part)
    return covered
