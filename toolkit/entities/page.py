"""Some documents as one array of tokens, with what is known of each before a model looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from toolkit.entities.gazetteer import Matches, gazetteer
from toolkit.entities.lexicon import lexicon
from toolkit.entities.tokens import Flags, Hashes, Ints, Tokens, tokenise

SHARE = 0.6
"""A sentence is all capitals, or a headline, if this share of its longer words is."""


@dataclass(frozen=True)
class Page:
    """Tokens, and for each of them its sentence, its document, and what the lists say of it."""

    tokens: Tokens
    sentence: Ints
    """The number of the sentence over all documents; -1 before the first."""
    document: Ints
    classes: npt.NDArray[np.uint32]
    matches: Matches

    @cached_property
    def upper(self) -> Ints:
        """How many capitals each token has."""
        return self.tokens.count(self.tokens.letters.upper)

    @cached_property
    def digits(self) -> Ints:
        """How many digits each token has."""
        return self.tokens.count(self.tokens.letters.digit)

    @cached_property
    def inside(self) -> Flags:
        """The token lies in a sentence."""
        return np.asarray(self.sentence >= 0)

    @cached_property
    def capital(self) -> Flags:
        """The token is a word of a sentence and begins with a capital."""
        return self.tokens.capital & self.tokens.word & self.inside

    @cached_property
    def shouted(self) -> Flags:
        """The token's sentence is all capitals."""
        letters = self.tokens.end - self.tokens.start - self.digits
        long = self.tokens.word & (letters > 1)
        return self._mostly(long, self.upper >= letters, 2)

    @cached_property
    def headline(self) -> Flags:
        """Most of the longer words of the token's sentence begin with a capital."""
        long = self.tokens.word & (self.tokens.end - self.tokens.start - self.digits > 3)
        return self._mostly(long, self.tokens.capital, 3)

    def _mostly(self, long: Flags, marked: Flags, least: int) -> Flags:
        """The tokens of sentences whose `long` words are for the most part, and at least so many, `marked`."""
        count = int(self.sentence.max(initial=-1)) + 1
        total = np.bincount(self.sentence[long & self.inside], minlength=count)
        hits = np.bincount(self.sentence[long & marked & self.inside], minlength=count)
        return np.asarray(np.append((hits >= least) & (hits >= SHARE * total), False)[self.sentence] & self.inside)

    def beside(self, at: Ints, offset: int) -> Ints:
        """The tokens `offset` away from `at` in the same sentence; one past the last token where there is none."""
        size = len(self.tokens)
        other = at + offset
        within = (other >= 0) & (other < size)
        other = np.where(within, other, 0)
        return np.where(within & (self.sentence[other] == self.sentence[at]), other, size)


def page(texts: list[str], starts: list[list[int]]) -> tuple[Page, Ints]:
    """The page of some texts, whose sentences begin at `starts`, and where each text begins in it."""
    lengths = np.array([len(text) + 1 for text in texts], np.int64)
    offset = np.cumsum(lengths) - lengths
    tokens = tokenise("\n".join(texts), lexicon())
    counts = np.array([len(start) for start in starts], np.int64)
    bounds = np.array([place for start in starts for place in start], np.int64) + np.repeat(offset, counts)
    sentence = np.searchsorted(bounds, tokens.start, side="right") - 1
    document = np.searchsorted(offset, tokens.start, side="right") - 1
    candidates = np.flatnonzero((tokens.count(tokens.letters.upper) > 0) & (sentence >= 0))
    return Page(tokens, sentence, document, lexicon().of(tokens.lower), gazetteer().match(tokens, candidates)), offset


def among(values: Hashes, known: Hashes) -> Flags:
    """Which values are in `known`, which is sorted."""
    return np.asarray(known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values)
