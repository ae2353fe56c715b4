"""Expectation maximisation: what words say of each topic, learned from the documents that its seeds point out.

Naive Bayes with EM after Nigam, McCallum, Thrun and Mitchell, Text Classification from Labeled and Unlabeled Documents
using EM (Machine Learning 39, 2000), started from seed words instead of labels, with a class for "none of these" that
starts from the documents without any seed. What tells the topics from one another is then learned again, each topic
against the rest (Rennie, Shih, Teevan and Karger, Tackling the Poor Assumptions of Naive Bayes, ICML 2003).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from toolkit.topics.chain import Floats
from toolkit.topics.model import SHARPNESS, softmax
from toolkit.topics.words import Bags

Flags = npt.NDArray[np.bool_]

OPEN_ROUNDS, AMONG_ROUNDS = 16, 20

GENERAL_SHARE = 0.1
"""How far a topic's words are drawn to those of all documents."""

PSEUDO = 0.1
"""What is added to each word's count where topics are told from one another."""

LEVEL = 0.5
"""How far the sizes of the topics are drawn to one another."""

GROWTH = 4.0
"""Documents without a seed teach a topic at most so many times as much as those that point it out."""


def opened(texts: Bags, teachers: Flags, silent: Flags) -> tuple[Floats, Floats, Floats]:
    """Words and prior of each topic and of none (last), and each text's shares.

    `teachers` (texts by topics) point out one topic each; `silent` texts have no seed at all.
    """
    general = texts.sums(np.ones((texts.texts, 1)))
    general = general / general.sum()
    shares = np.column_stack([teachers, silent]).astype(float)
    pointed: Flags = np.any(teachers, axis=1)
    pointing, others = texts.of(pointed), texts.of(~pointed)
    for _ in range(OPEN_ROUNDS + 1):
        own, grown = pointing.sums(shares), others.sums(shares)
        most = np.append(GROWTH * own.sum(axis=0)[:-1], np.inf)
        sums = own + grown * np.minimum(1.0, most / np.maximum(grown.sum(axis=0), 1e-12))
        words = np.log((1 - GENERAL_SHARE) * sums / np.maximum(sums.sum(axis=0), 1e-12) + GENERAL_SHARE * general)
        prior = levelled(shares)
        shares = softmax(SHARPNESS * texts.scores(words) + np.log(prior))
    return words, prior, shares


def among(texts: Bags, shares: Floats) -> tuple[Floats, Floats]:
    """Words and prior that tell topics apart, each against the rest, starting from what texts were found to be about."""
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    for _ in range(AMONG_ROUNDS):
        sums = texts.sums(shares)
        own, rest = sums + PSEUDO, sums.sum(axis=1, keepdims=True) - sums + PSEUDO
        words = np.log(own / own.sum(axis=0)) - np.log(rest / rest.sum(axis=0))
        prior = levelled(shares)
        shares = softmax(SHARPNESS * texts.scores(words) + np.log(prior))
    return words, prior


def levelled(shares: Floats) -> Floats:
    """The sizes of topics, drawn half-way to one another: no topic swallows the others for being large."""
    sizes = shares.sum(axis=0) / max(shares.sum(), 1e-12)
    prior: Floats = (1 - LEVEL) * sizes + LEVEL / len(sizes)
    return prior
