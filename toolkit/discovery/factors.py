"""Topics as parts of a corpus: non-negative factors of its documents' words, some of them given, some free.

Lee and Seung, Algorithms for Non-negative Matrix Factorization (2001): documents by words are taken for documents by topics
times topics by words. The shares of given topics stay as they are, so that free topics explain what those leave over.
"""

from __future__ import annotations

import numpy as np

from toolkit.topics.chain import Floats
from toolkit.topics.words import Bags

ROUNDS = 40
POWERS = 4
TINY = 1e-9


def factors(texts: Bags, given: Floats, extra: int) -> tuple[Floats, Floats]:
    """Shares of topics in documents, given ones first, and weights of their words (words by topics).

    The given columns of the shares stay. Free topics start from what the given ones leave over, the same each time.
    """
    given = given / np.maximum(given.max(initial=0.0), TINY)
    words = _refined(texts, given, np.maximum(texts.sums(given), TINY))
    free = _started(texts, given, extra)
    shares, weights = np.hstack([given, free]), np.hstack([words, np.maximum(texts.sums(free), TINY)])
    held = given.shape[1]
    for _ in range(ROUNDS):
        weights = _refined(texts, shares, weights)
        shares[:, held:] = _reshared(texts, shares, weights)[:, held:]
        scale = np.maximum(shares[:, held:].max(axis=0, initial=0.0), TINY)
        shares[:, held:] /= scale
        weights[:, held:] *= scale
    return shares, weights


def projected(texts: Bags, weights: Floats) -> Floats:
    """The shares of documents in topics whose words are known."""
    shares = np.full((texts.texts, weights.shape[1]), 0.5)
    for _ in range(ROUNDS // 2):
        shares = _reshared(texts, shares, weights)
    return shares


def _refined(texts: Bags, shares: Floats, weights: Floats) -> Floats:
    """One step towards the best weights for these shares."""
    better: Floats = weights * texts.sums(shares) / np.maximum(weights @ (shares.T @ shares), TINY)
    return better


def _reshared(texts: Bags, shares: Floats, weights: Floats) -> Floats:
    """One step towards the best shares for these weights."""
    better: Floats = shares * texts.scores(weights) / np.maximum(shares @ (weights.T @ weights), TINY)
    return better


def _started(texts: Bags, given: Floats, extra: int) -> Floats:
    """Where free topics start: the positive sides of the directions in which documents differ most, the given topics aside.

    Directions by subspace iteration; NNDSVD after Boutsidis and Gallopoulos (Pattern Recognition 41, 2008).
    """
    held = _solved(given, texts)
    rows = np.random.default_rng(0).standard_normal((texts.texts, extra))
    for _ in range(POWERS if extra else 0):
        across = texts.sums(rows) - held.T @ (given.T @ rows)
        rows, _ = np.linalg.qr(texts.scores(across) - given @ (held @ across))
    sides = [np.maximum(rows, 0), np.maximum(-rows, 0)]
    larger = np.linalg.norm(sides[0], axis=0) >= np.linalg.norm(sides[1], axis=0)
    started: Floats = np.where(larger, *sides) + TINY
    level: Floats = started / np.maximum(started.max(axis=0, initial=TINY), TINY)
    return level


def _solved(given: Floats, texts: Bags) -> Floats:
    """The words of given topics that leave least over (topics by words)."""
    gram = given.T @ given + 1e-6 * np.eye(given.shape[1])
    return np.asarray(np.linalg.solve(gram, texts.sums(given).T), dtype=np.float64)
