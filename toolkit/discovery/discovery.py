"""Topics that the user did not name, found beside those that are named."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl

from toolkit.discovery import quality, texts
from toolkit.discovery.emerging import emerged
from toolkit.discovery.factors import factors, projected
from toolkit.errors import SettingError
from toolkit.schema import OTHER
from toolkit.selection import moment
from toolkit.topics import Codebook, Topic
from toolkit.topics.chain import Floats
from toolkit.topics.learning import sample
from toolkit.topics.words import Bags, Vocabulary, bags, forms, vocabulary

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

SAMPLE = 4000
"""Articles to learn from at most, chosen by a hash of their `doc_id`."""

LEAST = 10
"""Articles below which there is nothing to find."""

RESAMPLES = 5
SEEDS = 8
"""Words of a found topic that become its seeds in a codebook."""

ALIKE = 0.3
"""A topic found anew is the one found before if their words are at least so alike (cosine)."""

HOLDS = 0.2
"""The share of an article from which on a topic counts as in it."""

Step = tuple[Literal["rename", "merge"], str, str]

TOPICS = pl.Schema(
    {
        "topic": pl.String(), "id": pl.String(), "found": pl.Boolean(), "share": pl.Float64(), "articles": pl.Int64(),
        "words": pl.List(pl.String()), "sentence": pl.String(), "doc_id": pl.String(), "sent_id": pl.Int64(),
    }
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Discovery:
    """What a corpus speaks of: the codebook's topics and, beside them, found ones. Made by `tk.discover`.

    A found topic has an `id` (found-1, found-2 ...) that stays when articles are added (`again`), and a name, at first its
    three leading words, that can be changed (`rename`). `steps` are the renames and merges, done again by `again`. `known`
    are the words that count, `written` the form in which each is mostly written, `weights` what they are to each topic.
    """

    corpus: Corpus
    known: Vocabulary
    written: pl.Series
    weights: Floats
    ids: tuple[str, ...]
    names: tuple[str, ...]
    since: datetime | None = None
    steps: tuple[Step, ...] = ()

    # What was found

    @cached_property
    def topics(self) -> pl.DataFrame:
        """A row for each topic, the user's first.

        `topic`, `id`, whether it was `found`, its mean `share` of an article, the `articles` of which it is a fifth or more,
        its ten leading `words`, and the `sentence` nearest to these, with its `doc_id` and `sent_id`.
        """
        shares = self._shares
        nearest = self._nearest()
        rows = [
            (name, id_, id_.startswith("found-"), float(column.mean()), int((column >= HOLDS).sum()), words, *near)
            for name, id_, column, words, near in zip(self.names, self.ids, shares.T, self._words, nearest, strict=True)
        ]
        return pl.DataFrame(rows, schema=TOPICS, orient="row")

    @cached_property
    def quality(self) -> pl.DataFrame:
        """A card for each topic: `topic`, `coverage`, `coherence`, `diversity`, `stability`.

        `coverage` is the share of articles of which it is a fifth or more; `coherence` the mean NPMI (-1 to 1) of its ten
        leading words over articles; `diversity` the share of these that lead no other topic; `stability` how alike (cosine)
        its words are when learned from half of the articles (of 4,000 if there are more), the mean of five draws.
        """
        leading = quality.leading(self.weights)
        return pl.DataFrame(
            {
                "topic": self.names,
                "id": self.ids,
                "coverage": (self._shares >= HOLDS).mean(axis=0),
                "coherence": quality.coherence(self._texts, leading),
                "diversity": quality.diversity(leading),
                "stability": self._stability(),
            },
            schema_overrides={"topic": pl.String, "id": pl.String},
        )

    @property
    def codebook(self) -> Codebook:
        """The corpus's codebook with the found topics, their leading words as seeds: to be edited, saved and used."""
        mine = set(self.corpus.codebook.topics)
        entries = [
            Topic(name, tuple(words[:SEEDS]))
            for name, id_, words in zip(self.names, self.ids, self._words, strict=True)
            if id_.startswith("found-") and name not in mine
        ]
        return Codebook((*self.corpus.codebook.entries, *entries))

    @cached_property
    def sentences(self) -> pl.DataFrame:
        """The sentences with a leading word of a topic, in articles of which it is a fifth or more: `doc_id`, `sent_id`, `topic`."""
        spoken = (self._sentence_scores > 0) & (self._shares[self._nodes["document"].to_numpy()] >= HOLDS)
        row, topic = np.nonzero(spoken)
        told = self._nodes.select("doc_id", "sent_id")[row]
        return told.with_columns(topic=pl.Series(self.names, dtype=pl.String).gather(topic))

    @property
    def emerging(self) -> pl.DataFrame:
        """What has become more frequent: `topic`, `id`, `before`, `since`, `ratio`, `p`, `first`, most significant first.

        `before` and `since` are the shares of articles of which the topic is a fifth or more, `ratio` one over the other
        (half an article added to each, so that what is new has one), `p` the chance of such a difference if nothing had
        changed (G², corrected for the number of topics), `first` the day of its first article. Raises SettingError if no
        day was given to `tk.discover`, or no article was published before or since.
        """
        if self.since is None:
            raise SettingError("Give a day from which topics may be emerging: tk.discover(corpus, since='2026-02-01').")
        return emerged(self._held(), self.since, list(self.names), list(self.ids))

    def _held(self) -> pl.DataFrame:
        """Each dated article: `published`, and for each topic whether it is a fifth or more of it."""
        dated = self.corpus.documents.select("doc_id", "published").drop_nulls()
        wide = pl.DataFrame(self._shares >= HOLDS, schema=list(self.ids), orient="row")
        whose = self._nodes.select(pl.col("doc_id").unique(maintain_order=True))
        return pl.concat([whose, wide], how="horizontal").join(dated, on="doc_id", maintain_order="left")

    @cached_property
    def shares(self) -> pl.DataFrame:
        """How much of each article each topic is: `doc_id`, `topic`, `share`; what is left of 1 is none of them."""
        wide = pl.DataFrame(self._shares, schema=list(self.names), orient="row")
        told = pl.concat([self._nodes["doc_id"].unique(maintain_order=True).to_frame(), wide], how="horizontal")
        return told.unpivot(list(self.names), index="doc_id", variable_name="topic", value_name="share")

    # What can be done with it

    def rename(self, topic: str, name: str) -> Discovery:
        """With another name for a found topic, told by its name or id."""
        at, name = self._place(topic), name.strip()
        if not name or name.casefold() == OTHER or name in self.names:
            raise SettingError(f"A topic cannot be called {name!r}; the name is empty, reserved or taken.")
        names = (*self.names[:at], name, *self.names[at + 1 :])
        return replace(self, names=names, steps=(*self.steps, ("rename", self.ids[at], name)))

    def merge(self, topic: str, into: str) -> Discovery:
        """With one found topic merged into another, whose id and name stay."""
        gone, kept = self._place(topic), self._place(into)
        if gone == kept:
            raise SettingError(f"{topic!r} and {into!r} are one topic; name two.")
        weights = self.weights.copy()
        weights[:, kept] += weights[:, gone]
        left = [place for place in range(len(self.ids)) if place != gone]
        return replace(
            self,
            weights=weights[:, left],
            ids=tuple(self.ids[place] for place in left),
            names=tuple(self.names[place] for place in left),
            steps=(*self.steps, ("merge", self.ids[gone], self.ids[kept])),
        )

    def again(self, corpus: Corpus) -> Discovery:
        """The same for a corpus that has changed: topics that are found again keep their ids, and all steps are done again."""
        extra = self._found_ever()
        anew = discover(corpus, extra=extra, since=self.since)
        held = len(corpus.codebook)
        first = discover(self.corpus, extra=extra, since=self.since) if self.steps else self
        theirs = np.zeros((len(anew.known), extra))
        found = [place for place, id_ in enumerate(first.ids) if id_.startswith("found-")]
        joined = pl.DataFrame({"word": anew.known.words}).with_row_index("new")
        pairs = joined.join(pl.DataFrame({"word": first.known.words}).with_row_index("old"), on="word")
        theirs[pairs["new"].to_numpy(), : len(found)] = first.weights[pairs["old"].to_numpy()][:, found]
        partner, likeness = quality.matched(anew.weights[:, held:], theirs)
        number, ids, names = extra, list(anew.ids), list(anew.names)
        for place, (old, alike) in enumerate(zip(partner, likeness, strict=True)):
            if old >= 0 and alike >= ALIKE:
                ids[held + place], names[held + place] = first.ids[found[old]], first.names[found[old]]
            else:
                number += 1
                ids[held + place] = f"found-{number}"
        made = replace(anew, ids=tuple(ids), names=tuple(_distinct(names)))
        return made._stepped(self.steps)

    def _found_ever(self) -> int:
        merged = sum(kind == "merge" for kind, _, _ in self.steps)
        return sum(id_.startswith("found-") for id_ in self.ids) + merged

    def _stepped(self, steps: tuple[Step, ...]) -> Discovery:
        """With steps done; one on a topic that is not there any more is left out."""
        made = self
        for kind, first, second in steps:
            if first in made.ids and (kind == "rename" or second in made.ids):
                made = made.rename(first, second) if kind == "rename" else made.merge(first, second)
        return made

    def _place(self, topic: str) -> int:
        found = [place for place, id_ in enumerate(self.ids) if id_.startswith("found-")]
        for place in found:
            if topic in (self.ids[place], self.names[place]):
                return place
        there = ", ".join(f"{self.names[place]!r} ({self.ids[place]})" for place in found)
        raise SettingError(f"There is no found topic {topic!r}; there are {there or 'none'}.")

    # How

    @cached_property
    def _nodes(self) -> pl.DataFrame:
        return texts.units(self.corpus)

    @cached_property
    def _texts(self) -> Bags:
        return bags(texts.worded(self._nodes), self._nodes["document"].n_unique(), self.known)

    @cached_property
    def _shares(self) -> Floats:
        """How much of each document each topic is, what none explains left out."""
        amounts = projected(self._texts, self.weights) * self.weights.sum(axis=0)
        said = np.bincount(self._texts.text, self._texts.value, self._texts.texts)
        shares: Floats = amounts / np.maximum(amounts.sum(axis=1), np.maximum(said, 1e-12))[:, None]
        return shares

    @cached_property
    def _words(self) -> list[list[str]]:
        return [self.written.gather(mine).to_list() for mine in quality.leading(self.weights)]

    @cached_property
    def _sentence_scores(self) -> Floats:
        """How much each sentence speaks of each topic by its leading words."""
        leading = np.zeros_like(self.weights)
        for topic, mine in enumerate(quality.leading(self.weights)):
            leading[mine, topic] = self.weights[mine, topic] / max(self.weights[mine, topic].sum(), 1e-12)
        rows = self._nodes.with_row_index("row").select("text", at="row")
        return bags(forms(rows), len(rows), self.known).scores(leading)

    def _nearest(self) -> list[tuple[Any, ...]]:
        """For each topic the sentence that its leading words speak most of."""
        scores, rows = self._sentence_scores, self._nodes.select("text", "doc_id", "sent_id").rows()
        best = scores.argmax(axis=0)
        return [rows[place] if scores[place, topic] > 0 else (None,) * 3 for topic, place in enumerate(best)]

    def _stability(self) -> Floats:
        """How alike the words are that half of the articles teach, the mean of some draws."""
        drawn = sample(self._nodes.select(pl.col("doc_id").unique(maintain_order=True)), SAMPLE)
        doc_ids = drawn["doc_id"].to_list()
        likeness = []
        for draw in range(RESAMPLES):
            half = random.Random(draw).sample(doc_ids, max(len(doc_ids) // 2, 1))  # nosec B311
            part = self._nodes.filter(pl.col("doc_id").is_in(half))
            part = part.with_columns(document=pl.col("document").rank("dense").cast(pl.UInt32) - 1)
            given = texts.given(self.corpus, part)
            counts = bags(texts.worded(part), part["document"].n_unique(), self.known)
            _, weights = factors(counts, given, self._found_ever())
            held = given.shape[1]
            found = quality.matched(self.weights[:, held:], weights[:, held:])[1]
            own = [float(quality.matched(self.weights[:, [k]], weights[:, [k]])[1][0]) for k in range(held)]
            likeness.append([*own, *found])
        mean: Floats = np.array(likeness).mean(axis=0)
        return mean


def discover(corpus: Corpus, *, extra: int = 5, since: str | date | None = None) -> Discovery:
    """The topics that a corpus speaks of beside those of its codebook: `extra` more, found in what these leave over.

    Learned from at most 4,000 articles, chosen by a hash; with `since`, from those published on that day or later, and
    `emerging` then tells which topics, found or named, have become more frequent. Raises SettingError if there are fewer than ten articles, or
    `extra` is below 1 or above 50.
    """
    if not 1 <= extra <= 50:
        raise SettingError(f"{extra} topics cannot be found; extra is from 1 to 50.")
    day = None if since is None else moment(since)
    nodes = texts.units(corpus if day is None else corpus.filter(pl.col("published") >= day))
    chosen = sample(nodes.select("doc_id").unique(maintain_order=True), SAMPLE)
    nodes = nodes.join(chosen, on="doc_id", how="semi", maintain_order="left")
    nodes = nodes.with_columns(document=pl.col("document").rank("dense").cast(pl.UInt32) - 1)
    size = nodes["document"].n_unique()
    if size < LEAST:
        since_then = "" if since is None else f" since {since}"
        raise SettingError(
            f"Topics are found in {LEAST} articles or more; this corpus has {size} with text{since_then}."
        )
    words = texts.worded(nodes)
    known = vocabulary(words, size)
    if len(known) < extra:
        raise SettingError(f"These {size} articles have {len(known)} words in common: too few to find topics in.")
    given = texts.given(corpus, nodes)
    shares, weights = factors(bags(words, size, known), given, extra)
    held = given.shape[1]
    order = held + np.argsort(-(shares.sum(axis=0) * weights.sum(axis=0))[held:], kind="stable")
    weights = weights[:, [*range(held), *order]]
    written = texts.written(words, known)
    labels = [", ".join(written.gather(mine[:3])) for mine in quality.leading(weights)[held:]]
    names = _distinct([*corpus.codebook.topics, *labels])
    ids = (*corpus.codebook.topics, *(f"found-{number + 1}" for number in range(extra)))
    return Discovery(corpus, known, written, weights, ids, tuple(names), day)


def _distinct(names: list[str]) -> list[str]:
    """The names, one that was there before with a number behind it."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made
