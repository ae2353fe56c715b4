"""The stretches of a page that may hold names: capitals, and what may join them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from toolkit.entities.lexicon import hashed
from toolkit.entities.page import Page, among
from toolkit.entities.tokens import Flags, Hashes, Ints

JOINERS = "of the and for de la le du del della di da von van der den zu bin ibn al el ul to in on at a y e et und & ' 's - – . /"
"""Words and marks that may stand inside a name, between capitals."""

LARGEST_GAP = 3


@lru_cache(maxsize=1)
def joiners() -> Hashes:
    return np.unique(hashed(JOINERS.split()))


def stretches(page: Page, named: Flags | None = None) -> tuple[Ints, Ints]:
    """Stretches as (first token, one past the last); tokens that are `named` by another recogniser belong to one."""
    tokens = page.tokens
    candidate = (page.upper > 0) & tokens.word & page.inside
    # A number beside a capital may be part of a name: Boeing 747, 65th Wing.
    beside = np.zeros(len(tokens), bool)
    beside[1:] |= candidate[:-1]
    beside[:-1] |= candidate[1:]
    candidate |= (page.digits > 0) & tokens.word & beside & page.inside
    if named is not None:
        candidate |= named & page.inside
    at = np.flatnonzero(candidate)
    if not len(at):
        return at, at
    blocked = np.concatenate([np.zeros(1, np.int64), np.cumsum(~among(tokens.lower, joiners()))])
    together = (np.diff(at) - 1 <= LARGEST_GAP) & (page.sentence[at[1:]] == page.sentence[at[:-1]])
    together &= blocked[at[1:]] == blocked[at[:-1] + 1]
    return at[np.append(True, ~together)], at[np.append(~together, True)] + 1


def runs(page: Page) -> tuple[Ints, Ints]:
    """For each token the first and the last token of its run of capitals; for other tokens the token itself."""
    size = len(page.tokens)
    capital = page.capital
    linked = np.zeros(size, bool)
    linked[1:] = capital[1:] & capital[:-1] & (page.sentence[1:] == page.sentence[:-1])
    number = np.cumsum(~linked) - 1
    first = np.flatnonzero(~linked)
    last = np.append(first[1:], size) - 1
    return first[number], last[number]
