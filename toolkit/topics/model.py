"""What was learned about each topic's words: a plain value, saved as Parquet and JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from toolkit.topics.chain import Chain, Floats, lasting, normal
from toolkit.topics.words import Bags, Vocabulary, bags, forms

SHARPNESS = 0.8
"""What the evidence of words is multiplied by before it becomes a probability: words are not independent."""


def softmax(scores: Floats) -> Floats:
    """Each row as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


@dataclass(frozen=True)
class Model:
    """The learned words of some topics.

    `open` weighs words for each topic and, last, for none of them; `among` weighs them for each topic against the
    others, and so tells topics apart more finely. Both are words by topics; `open_prior` and `among_prior` go with them.
    `card` has a row for each topic: `topic`, `documents` that taught it, `share` of all documents, `kept` (the share of
    its teachers that it gets back, seed words aside), `words` it learned, and whether it is `drifting`.
    """

    topics: tuple[str, ...]
    vocabulary: Vocabulary
    open: Floats
    open_prior: Floats
    among: Floats
    among_prior: Floats
    card: pl.DataFrame

    @property
    def prior(self) -> Floats:
        """How likely each topic, and none (last), is before anything is read."""
        none = self.open_prior[-1]
        return np.append(self.among_prior * (1 - none), none)

    def shares(self, texts: Bags, *, level: bool = False) -> Floats:
        """How likely each text speaks of each topic, and of none (last); `level` leaves out how common the topics are."""
        known, among = SHARPNESS * texts.scores(self.open), SHARPNESS * texts.scores(self.among)
        if not level:
            known, among = known + np.log(self.open_prior), among + np.log(self.among_prior)
        none = softmax(known)[:, -1:]
        return np.column_stack([softmax(among) * (1 - none), none])

    def read(self, sentences: Bags, chain: Chain) -> Floats:
        """How likely each sentence of a chain speaks of each topic, and of none (last), its neighbours considered."""
        return normal(np.sqrt(lasting(chain, self.shares(sentences, level=True), self.prior)))

    def speaks(self, nodes: pl.DataFrame, chain: Chain) -> Floats:
        """What `read` says of nodes with a `text`, numbered in `at`."""
        return self.read(bags(forms(nodes), len(nodes), self.vocabulary), chain)

    @property
    def fingerprint(self) -> str:
        """A hash of all that was learned."""
        digest = hashlib.blake2b(json.dumps([self.topics, self.vocabulary.words.to_list()]).encode(), digest_size=16)
        for table in (self.open, self.among, self.open_prior, self.among_prior):
            digest.update(np.round(table, 9).tobytes())
        return digest.hexdigest()

    def save(self, folder: str | PathLike[str]) -> Path:
        """Write the model into a folder; gives its path."""
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        columns = {"word": self.vocabulary.words, "rarity": self.vocabulary.rarity}
        columns |= {f"open_{place}": column for place, column in enumerate(self.open.T)}
        columns |= {f"among_{place}": column for place, column in enumerate(self.among.T)}
        pl.DataFrame(columns).write_parquet(path / "words.parquet")
        self.card.write_parquet(path / "card.parquet")
        told = {"topics": self.topics, "open": self.open_prior.tolist(), "among": self.among_prior.tolist()}
        (path / "model.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return path

    @classmethod
    def stored(cls, told: Mapping[str, Any], words: pl.DataFrame, card: pl.DataFrame) -> Model:
        """The model of the files that `save` wrote."""
        known = Vocabulary(words["word"], words["rarity"].to_numpy())
        opened, among = (words.select(f"^{name}_.*$").to_numpy() for name in ("open", "among"))
        priors = (np.array(told["open"]), np.array(told["among"]))
        return cls(tuple(told["topics"]), known, opened, priors[0], among, priors[1], card)
