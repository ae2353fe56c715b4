"""A codebook that is being edited over a corpus, and what it finds there, compared with another."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from toolkit import topics
from toolkit.corpus import Corpus
from toolkit.drafting import compared
from toolkit.errors import SettingError
from toolkit.grouping import TIMES
from toolkit.schema import HOLDS
from toolkit.topics import Codebook, hits, seed_coverage, suggestions
from toolkit.topics.learning import SAMPLE, sample
from toolkit.topics.live import Ground

CELLS = 20_000_000
"""Weights (sentences by topics) that are kept at once; a larger corpus is worked on in a sample of its articles."""

POINTS = 60
"""The most periods of a trend: it is by the finest that gives no more."""

SENTENCE = "sentence"
Base = Literal["start", "last", "other"]


class Draft:
    """A codebook over a corpus, edited step by step; every frame tells what it finds now beside what another one finds.

    `base` is that other one: the codebook at the `start`, the one before the `last` change, or the `other` one given.
    Words that were learned for the corpus's topics count as they were, until `learn` learns them anew. The trend is `by`
    a period, a column, or the sentences of a single article.
    """

    def __init__(
        self, whole: Corpus, codebook: Codebook, *, other: Codebook | None = None, by: str | None = None
    ) -> None:
        self.whole, self.corpus = whole, _bounded(whole, len(codebook))
        self.by = by or _chosen(self.corpus)
        self.other = other
        self._ground = Ground(
            self.corpus.documents, self.corpus.sentences, self.corpus.entities, model=whole.fit.topic_model
        )
        self._weigh()
        self._done, self._undone = [codebook], list[Codebook]()
        self._base: Base = "start" if other is None else "other"
        self._score()

    # The codebook

    @property
    def codebook(self) -> Codebook:
        """The codebook as it is now."""
        return self._done[-1]

    def change(self, codebook: Codebook) -> None:
        """Go on with an edited codebook."""
        if codebook != self.codebook:
            self._done.append(codebook)
            self._undone.clear()
            self._score()

    def undo(self) -> None:
        """Go back to the codebook before the last change, if there was one."""
        if len(self._done) > 1:
            self._undone.append(self._done.pop())
            self._score()

    def redo(self) -> None:
        """Make the change again that was undone last."""
        if self._undone:
            self._done.append(self._undone.pop())
            self._score()

    @property
    def can(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        return len(self._done) > 1, bool(self._undone)

    def learn(self) -> None:
        """Learn the words of the topics anew, as `corpus.retopic` would for the codebook as it is now."""
        frames = (self.corpus.documents, self.corpus.sentences, self.corpus.entities)
        self._ground.learn(topics.fit(*frames, self.codebook, method=self.whole.settings.get("topic_model", "auto")))
        del self.now, self.before
        self._score()

    # What it is compared with

    @property
    def base(self) -> Base:
        """Which codebook it is compared with."""
        return self._base

    @base.setter
    def base(self, base: Base) -> None:
        if base == "other" and self.other is None:
            raise SettingError(
                "There is no other codebook to compare with; give one as tk.workbench(corpus, other=...)."
            )
        self._base = base
        self._score()

    @property
    def compared(self) -> Codebook:
        """The codebook that it is compared with."""
        if self._base == "other" and self.other is not None:
            return self.other
        return self._done[0] if self._base == "start" else self._done[-2:][0]

    # What they find

    @cached_property
    def mix(self) -> pl.DataFrame:
        """A row for each topic of both: `topic`, `share`, `before`, `sentences`, `articles`, `won`, `lost`."""
        return compared.mix(self.now, self.before, self._amounts, self._ground.chain)

    def trend(self, topic: str) -> pl.DataFrame:
        """A topic's share, now and before, in each period, group or sentence."""
        return compared.trend(self.now, self.before, topic, self._amounts, self._groups)

    def moved(self, topic: str) -> pl.DataFrame:
        """The sentences that a topic won and lost, with `marks` where seeds stand in them; the largest change first."""
        nodes = self._ground.nodes.select("at", "doc_id", "sent_id", "start", "text")
        rows = compared.moved(self.now, self.before, topic, self._amounts, nodes)
        told = self.corpus.documents.select("doc_id", "title", "outlet", "published", "url")
        marks = self._marks(topic, rows)
        joined = rows.join(told, on="doc_id", how="left", maintain_order="left")
        return joined.join(marks, on="at", how="left", maintain_order="left").drop("at", "start")

    def coverage(self, topic: str) -> pl.DataFrame:
        """How far each seed of a topic reaches; the columns of `topics.coverage`."""
        places = self._ground.places(self.codebook, overlapping=True)
        near = places.filter(pl.col("topic") == topic).select("at").unique()
        alone = Codebook(tuple(entry for entry in self.codebook.entries if entry.name == topic))
        return seed_coverage.reach(places.join(near, on="at", how="semi"), self._ground.nodes, alone)

    def suggestions(self, topic: str, *, most: int = 12) -> pl.DataFrame:
        """Words that mark what the topic holds and are no seed yet; the columns of `topics.suggest`."""
        weights = compared.weights_of(self.now, topic)
        held = np.flatnonzero(weights >= HOLDS)
        rows = self._ground.nodes.select("at", "doc_id")[held].with_columns(
            topic=pl.lit(topic), weight=pl.Series(weights[held])
        )
        return suggestions.ranked(self._candidates, rows, self._ground.nodes, self.codebook, most=most)

    # How

    @cached_property
    def _candidates(self) -> pl.DataFrame:
        return suggestions.candidates(self._ground.nodes, len(self.corpus))

    def _weigh(self) -> None:
        """What each node adds to the whole, and the group it is in."""
        rows = self.corpus.grouped("all" if self.by == SENTENCE else self.by).collect()
        nodes = self._ground.nodes.select("doc_id", "sent_id")
        told = nodes.join(rows, on=["doc_id", "sent_id"], how="left", maintain_order="left")
        self._amounts = told["amount"].fill_null(0.0).to_numpy()
        self._groups = told["sent_id"].alias(SENTENCE) if self.by == SENTENCE else told[self.by]

    def _score(self) -> None:
        """Score both codebooks, from the scores there are."""
        now, before = (getattr(self, name, None) for name in ("now", "before"))
        kept = {scores.codebook: scores for scores in (now, before) if scores is not None}
        self.now = kept.get(self.codebook) or self._ground.score(self.codebook, now)
        self.before = kept.get(self.compared) or self._ground.score(self.compared, self.now)
        self.__dict__.pop("mix", None)

    def _marks(self, topic: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Where the seeds of a topic, now or before, stand in sentences: `at`, `marks`."""
        entries = [entry for book in (self.codebook, self.compared) for entry in book.entries if entry.name == topic]
        places = pl.concat([hits.HITS.to_frame(), *(self._ground.places(Codebook((entry,))) for entry in entries)])
        begins = rows.select("at", begin="start")
        placed = places.join(begins, on="at").unique(["at", "start", "end"], maintain_order=True)
        mark = pl.struct(start=pl.col("start") - pl.col("begin"), end=pl.col("end") - pl.col("begin"), kind="topic")
        return placed.group_by("at", maintain_order=True).agg(marks=mark)


def _bounded(corpus: Corpus, topics: int) -> Corpus:
    """The corpus, or so many of its articles, chosen by a hash of their `doc_id`, that all weights can be kept."""
    size, sentences = len(corpus), corpus.scan("sentences").select(pl.len()).collect().item()
    most = min(SAMPLE, int(size * CELLS / max(sentences * (topics + 1), 1)))
    if size <= most:
        return corpus
    chosen = sample(corpus.scan("documents").select("doc_id").collect(), max(most, 1))
    return corpus.filter(pl.col("doc_id").is_in(chosen["doc_id"].implode()))


def _chosen(corpus: Corpus) -> str:
    """What a trend is by, unless told: a period, the sentences of a single article, or who published."""
    dates = corpus.documents["published"].drop_nulls()
    periods = [name for name, step in TIMES.items() if 1 < dates.dt.truncate(step).n_unique() <= POINTS]
    if periods:
        return periods[0]
    return SENTENCE if len(corpus) == 1 else "outlet" if corpus.documents["outlet"].n_unique() > 1 else "section"
