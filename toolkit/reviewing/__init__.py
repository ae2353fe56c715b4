"""The review of names: which were joined, what speaks against it, and what the user decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.reviewing.application import Review
from toolkit.reviewing.joins import joins

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

__all__ = ["Review", "joins", "review"]


def review(corpus: Corpus) -> Review:
    """An application that lists the names that were joined, the riskiest first, with their sentences, to be decided on.

    A click on a join and one on a button write the ledger: Same, Not the same, Not in this article, Ignore name, Undo. With
    `corpus.with_ledger("names.csv")` each decision is saved at once. `review.corpus` is the corpus as decided, and
    `review.joins` the frame of joins that are left. Without a kernel a static table shows the riskiest.

    >>> import toolkit as tk
    >>> text = "Dmitry Peskov spoke in Moscow. Peskov said the talks would go on."
    >>> tk.review(tk.load([text], recognizer="builtin", progress=False)).joins.select("written", "name").rows()
    [('Peskov', 'Dmitry Peskov')]
    """
    return Review(corpus)
