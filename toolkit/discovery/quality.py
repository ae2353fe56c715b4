"""How good topics are: do their words stand together, are they their own, and would other articles give them too."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from toolkit.topics.chain import Floats, Numbers
from toolkit.topics.words import Bags

TOP = 10
"""Words by which a topic is judged."""


def leading(weights: Floats, top: int = TOP) -> Numbers:
    """The words that lead each topic (topics by places): heavy in it, and more in it than in the others.

    The geometric mean of weight and exclusivity, after Bischof and Airoldi (FREX, ICML 2012).
    """
    mine = weights / np.maximum(weights.sum(axis=0), 1e-12)
    exclusive = mine / np.maximum(mine.sum(axis=1, keepdims=True), 1e-12)
    telling = mine * exclusive**2
    return np.argsort(-telling, axis=0, kind="stable")[:top].T


def coherence(texts: Bags, words: Numbers) -> Floats:
    """How far the words of each topic occur in the same documents: the mean NPMI of their pairs, from -1 to 1.

    Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction (2009). A pair that never meets counts -1.
    """
    every, place = np.unique(words, return_inverse=True)
    there = np.zeros((texts.texts, len(every)))
    at = np.searchsorted(every, texts.word)
    known = (at < len(every)) & (every[np.minimum(at, len(every) - 1)] == texts.word)
    there[texts.text[known], at[known]] = 1.0
    both = there.T @ there / max(texts.texts, 1)
    alone = np.diag(both)
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(both / np.outer(alone, alone)) / -np.log(both)
    npmi = np.where(both <= 0, -1.0, np.where(both >= 1, 1.0, npmi))
    columns = place.reshape(words.shape)
    pairs = [npmi[np.ix_(mine, mine)][np.triu_indices(len(mine), 1)] for mine in columns]
    return np.array([float(pair.mean()) if len(pair) else 0.0 for pair in pairs])


def diversity(words: Numbers) -> Floats:
    """The share of each topic's words that lead no other topic."""
    counts = np.bincount(words.ravel()) if words.size else np.zeros(1)
    return np.array([float((counts[mine] == 1).mean()) for mine in words])


def matched(one: Floats, other: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """For each topic of `one` the topic of `other` whose words are most alike, each taken once, and how alike (cosine)."""
    alike = _unit(one).T @ _unit(other)
    partner, likeness = np.full(one.shape[1], -1), np.zeros(one.shape[1])
    left = alike.copy()
    for _ in range(min(left.shape)):
        mine, theirs = np.unravel_index(np.argmax(left), left.shape)
        partner[mine], likeness[mine] = theirs, alike[mine, theirs]
        left[mine, :], left[:, theirs] = -1.0, -1.0
    return partner, likeness


def _unit(weights: Floats) -> Floats:
    unit: Floats = weights / np.maximum(np.linalg.norm(weights, axis=0), 1e-12)
    return unit
