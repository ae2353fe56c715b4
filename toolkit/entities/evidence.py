"""What a whole document says of each word that it writes with a capital."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from toolkit.entities.lexicon import BIT, hashed
from toolkit.entities.page import Page

BITS = 8
"""How many yes-or-no facts are known of a word; above them stands how often it occurs, up to 3."""


def evidence(page: Page) -> npt.NDArray[np.uint64]:
    """For each word with a capital, as bits, what holds anywhere in its document; 0 for other tokens.

    0 it is written in lower case; 1 it has its capital inside a sentence; 2 it follows a title or first name; 3 it
    stands beside a word of speech or a role; 4 it follows a preposition of place; 5 it stands before the head of an
    organisation's name; 6 it follows `the`; 7 it stands before a capital. These are the global features of Chieu and Ng,
    Named entity recognition: a maximum entropy approach using global information (2002).
    """
    tokens, classes = page.tokens, page.classes
    out = np.zeros(len(tokens), np.uint64)
    at = np.flatnonzero(page.capital & ~page.shouted)
    if not len(at):
        return out
    before, after = page.beside(at, -1), page.beside(at, 1)
    known, capital, word = np.append(classes, 0), np.append(tokens.capital, False), np.append(tokens.word, False)
    left, right = known[before], known[after]
    speech = BIT["said"] | BIT["role"]
    tests = (
        word[before] & ~page.headline[at],
        capital[before] & (left & (BIT["title"] | BIT["given"]) != 0),
        (right & speech != 0) | (~capital[before] & (left & speech != 0)),
        ~capital[before] & (left & BIT["place_before"] != 0),
        capital[after] & (right & (BIT["company"] | BIT["organisation"]) != 0),
        np.append(tokens.lower, np.uint64(0))[before] == article(),
        capital[after],
    )
    bits = np.zeros(len(at), np.uint64)
    for place, test in enumerate(tests, 1):
        bits |= test.astype(np.uint64) << np.uint64(place)
    own = tokens.lower * np.uint64(3) + page.document.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    words, which, count = np.unique(own[at], return_inverse=True, return_counts=True)
    together = np.zeros(len(words), np.uint64)
    np.bitwise_or.at(together, which, bits)

    def place_of(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        found = np.minimum(np.searchsorted(words, values), len(words) - 1)
        return np.where(words[found] == values, found, -1)

    small = place_of(own[~tokens.capital & tokens.word])
    together[small[small >= 0]] |= np.uint64(1)
    together |= np.minimum(count, 3).astype(np.uint64) << np.uint64(BITS)
    # Words in sentences all in capitals get the evidence of the others, and give none.
    everywhere = np.flatnonzero(page.capital | (page.shouted & tokens.word))
    found = place_of(own[everywhere])
    out[everywhere] = np.where(found >= 0, together[found], 0)
    return out


@lru_cache(maxsize=1)
def article() -> np.uint64:
    return np.uint64(hashed(["the"])[0])
