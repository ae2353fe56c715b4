"""What two codebooks find in the same sentences, side by side: now and before."""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit.schema import HOLDS, OTHER
from toolkit.topics.chain import Chain, Floats
from toolkit.topics.live import Scores

MIX = pl.Schema(
    {
        "topic": pl.String, "share": pl.Float64, "before": pl.Float64, "sentences": pl.Int64, "articles": pl.Int64,
        "won": pl.Int64, "lost": pl.Int64,
    }
)  # fmt: skip


def mix(now: Scores, before: Scores, amounts: Floats, chain: Chain) -> pl.DataFrame:
    """A row for each topic: its share now and before, in what it holds now, and how many sentences it won and lost.

    `amounts` is what each node adds to the whole; those that add nothing do not count. A topic that a codebook does not
    have has no share in it; those that are gone come last, before `other`.
    """
    rows, counted = [], amounts > 0
    for topic in [*dict.fromkeys((*now.codebook.topics, *before.codebook.topics)), OTHER]:
        holds, held = ((weights_of(scores, topic) >= HOLDS) & counted for scores in (now, before))
        articles = np.logical_or.reduceat(holds, chain.begins) if len(holds) else holds
        numbers = map(np.count_nonzero, (holds, articles, holds & ~held, held & ~holds))
        rows.append((topic, share(now, topic, amounts), share(before, topic, amounts), *numbers))
    return pl.DataFrame(rows, schema=MIX, orient="row")


def share(scores: Scores, topic: str, amounts: Floats) -> float | None:
    """A topic's share of the whole; None if the codebook does not have it, or there is nothing."""
    whole = amounts.sum()
    return float((amounts * weights_of(scores, topic)).sum() / whole) if has(scores, topic) and whole else None


def trend(now: Scores, before: Scores, topic: str, amounts: Floats, groups: pl.Series) -> pl.DataFrame:
    """A row for each group, in order: the topic's share in it, now and before. Nodes without a group are left out."""
    counted = groups.is_not_null().to_numpy() & (amounts > 0)
    told = groups.filter(pl.Series(counted))
    names = told.unique().sort()
    at, mine = told.rank("dense").to_numpy() - 1, amounts[counted]
    whole = np.bincount(at, mine, len(names))
    shares = {
        name: np.bincount(at, mine * weights_of(scores, topic)[counted], len(names)) / whole
        for name, scores in (("share", now), ("before", before))
        if has(scores, topic)
    }
    return pl.DataFrame({groups.name: names} | shares)


def moved(now: Scores, before: Scores, topic: str, amounts: Floats, nodes: pl.DataFrame) -> pl.DataFrame:
    """The nodes that a topic won, then those it lost, the largest change first: with `change`, `weight` and `before`."""
    new, old = weights_of(now, topic), weights_of(before, topic)
    rows = np.flatnonzero(((new >= HOLDS) != (old >= HOLDS)) & (amounts > 0))
    rows = rows[np.lexsort((-np.abs(new - old)[rows], new[rows] < HOLDS))]
    change = pl.Series(np.where(new[rows] >= HOLDS, "won", "lost"), dtype=pl.String)
    return nodes[rows].with_columns(change=change, weight=pl.Series(new[rows]), before=pl.Series(old[rows]))


def has(scores: Scores, topic: str) -> bool:
    """Whether a codebook has a topic; each has `other`."""
    return topic in (*scores.codebook.topics, OTHER)


def weights_of(scores: Scores, topic: str) -> Floats:
    """The weights of a topic in each node; 0 if the codebook does not have it."""
    names = [*scores.codebook.topics, OTHER]
    return scores.weights[:, names.index(topic)] if has(scores, topic) else np.zeros(len(scores.weights))
