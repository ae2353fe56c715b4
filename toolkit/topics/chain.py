"""Topics carried along a document: a sentence that says nothing of its own speaks of what its neighbours speak of.

The sentences of a document form a chain, in which topics last. Seen from what was found in it, each sentence holds to
the sentence before it, to the one after it and to the document as a whole, and its weights are the mean of all that,
weighted by how firmly it holds to each. Solved for all sentences at once this is a harmonic function on a chain (Zhu,
Ghahramani and Lafferty, Semi-Supervised Learning Using Gaussian Fields and Harmonic Functions, ICML 2003) with the found
words as its fixed points. It is linear in what was found, so that every weight can be taken apart exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

FIRST, HEADING, PARAGRAPH, SAME = range(4)
"""What lies between a sentence and the one before it: nothing does, a heading, the end of a paragraph, or a full stop."""

HOLD = np.array([0.0, 0.05, 0.5, 2.0])
"""How firmly a sentence holds to the one before it, across each of these; to what one seed in it says it holds by 1."""

BACK = 0.5
"""To the one after it, it holds by this share of that."""

LEAN = 2.0
"""How fast a sentence lets go of its neighbours for each seed of its own."""

GENERAL = 0.25
"""How firmly it holds to the document as a whole."""

STAY = np.array([0.0, 0.4, 0.6, 0.8])
"""How likely the topic of the one before goes on, across each."""


@dataclass(frozen=True)
class Chain:
    """Sentences in order: where each document begins, and what lies between each and the one before it."""

    begins: Numbers
    links: Numbers

    @property
    def lengths(self) -> Numbers:
        return np.diff(np.append(self.begins, len(self.links)))

    def of_documents(self, values: Floats) -> Floats:
        """The sum of `values` over each document."""
        return np.add.reduceat(values, self.begins, axis=0) if len(self.begins) else values[:0]

    def to_sentences(self, values: Floats) -> Floats:
        """Each document's value for each of its sentences."""
        return np.repeat(values, self.lengths, axis=0)

    def places(self) -> list[Numbers]:
        """The first sentences of all documents, then all second ones, and so on."""
        order = np.argsort(-self.lengths, kind="stable")
        begins, lengths = self.begins[order], self.lengths[order]
        longest = int(lengths.max(initial=0))
        reach = np.searchsorted(-lengths, -np.arange(longest), side="left")
        return [begins[: reach[place]] + place for place in range(longest)]


@dataclass(frozen=True)
class System:
    """How firmly each sentence holds to the one before it and after it, and to everything (`rates`)."""

    chain: Chain
    before: Floats
    after: Floats
    rates: Floats

    def turned(self) -> System:
        """The same seen from the sentences that are held to."""
        before, after = np.roll(self.after, 1), np.roll(self.before, -1)
        return System(self.chain, before, after, self.rates)

    def solved(self, given: Floats) -> Floats:
        """x with `rates * x - before * x[previous] - after * x[next] = given` in every document (Thomas algorithm).

        Runs along the places in the documents, over all documents that are long enough at once.
        """
        places = self.chain.places()
        onward, x = self.after / self.rates, given / self.rates[:, None]
        for rows in places[1:]:
            pull = self.before[rows]
            pivot = 1.0 / (self.rates[rows] - pull * onward[rows - 1])
            x[rows] = (given[rows] + pull[:, None] * x[rows - 1]) * pivot[:, None]
            onward[rows] = self.after[rows] * pivot
        for rows in reversed(places[1:]):
            x[rows - 1] += onward[rows - 1][:, None] * x[rows]
        return x


def system(chain: Chain, found: Floats, spoken: Floats) -> System:
    """How firmly sentences hold to one another, given how much was `found` in each and how much of it was `spoken`."""
    before = HOLD[chain.links]
    after = BACK * np.append(before, 0.0)[1:]
    free = 1.0 / (1.0 + LEAN * spoken)
    before, after = before * free, after * free
    return System(chain, before, after, found + before + after + GENERAL)


def lasting(chain: Chain, likely: Floats, prior: Floats) -> Floats:
    """How likely each sentence is about each topic, if topics last: the forward-backward algorithm.

    `likely` is how likely each sentence's words are under each topic, up to a factor; a topic that ends is followed by one
    drawn from `prior`.
    """
    places, stay = chain.places(), STAY[chain.links][:, None]
    ahead, behind = np.empty_like(likely), np.ones_like(likely)
    for place, rows in enumerate(places):
        came = stay[rows] * ahead[rows - 1] + (1 - stay[rows]) * prior if place else prior
        ahead[rows] = normal(came * likely[rows])
    for rows in reversed(places[1:]):
        going = behind[rows] * likely[rows]
        behind[rows - 1] = normal(stay[rows] * going + (1 - stay[rows]) * (going @ prior)[:, None])
    return normal(ahead * behind)


def normal(values: Floats) -> Floats:
    """Rows that sum to 1."""
    shares: Floats = values / values.sum(axis=1, keepdims=True)
    return shares
