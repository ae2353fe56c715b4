"""Topics by what their seeds mean: sentences near them in meaning speak of them. For corpora too small to learn words from."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.topics.chain import Chain, Floats, lasting, normal
from toolkit.topics.minilm import embed
from toolkit.topics.model import softmax
from toolkit.topics.topic import Topic

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

SHARPNESS = 20.0
"""What a cosine is multiplied by before it becomes a probability."""

NONE = 0.2
"""A text whose cosine with a topic is below this speaks of none rather than of it."""

WHOLE = 0.5
"""How much its document's meaning counts in what a sentence means."""

CARD = pl.Schema({"topic": pl.String(), "seeds": pl.List(pl.String())})


@dataclass(frozen=True)
class Meaning:
    """Topics as vectors (topics by numbers); `card` tells which seeds each was made of."""

    topics: tuple[str, ...]
    vectors: Floats
    card: pl.DataFrame

    @classmethod
    def of(cls, codebook: Codebook) -> Meaning | None:
        """What the names and seeds of topics mean, seeds that name entities left out; None if there are no topics."""
        if not len(codebook):
            return None
        said = {entry.name: _said(entry) for entry in codebook.entries}
        vectors = normal_rows(np.array([embed(texts).mean(axis=0) for texts in said.values()], dtype=np.float64))
        card = pl.DataFrame({"topic": list(said), "seeds": list(said.values())}, schema=CARD)
        return cls(codebook.topics, vectors, card)

    def speaks(self, nodes: pl.DataFrame, chain: Chain) -> Floats:
        """How likely each sentence of a chain speaks of each topic, and of none (last), its neighbours considered."""
        if not len(nodes):
            return np.zeros((0, len(self.topics) + 1))
        own = embed(nodes["text"].to_list()).astype(np.float64)
        whole = chain.to_sentences(normal_rows(chain.of_documents(own)))
        near = normal_rows(own + WHOLE * whole) @ self.vectors.T
        likely = softmax(SHARPNESS * np.column_stack([near, np.full(len(nodes), NONE)]))
        level = np.full(likely.shape[1], 1 / likely.shape[1])
        return normal(np.sqrt(lasting(chain, likely, level)))

    @property
    def fingerprint(self) -> str:
        """A hash of the topics and what they mean."""
        digest = hashlib.blake2b(json.dumps(self.topics).encode(), digest_size=16)
        digest.update(np.round(self.vectors, 4).tobytes())
        return digest.hexdigest()

    def save(self, folder: str | PathLike[str]) -> Path:
        """Write it into a folder; gives its path."""
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        vectors = pl.Series(self.vectors.tolist(), dtype=pl.List(pl.Float64))
        self.card.with_columns(vector=vectors).write_parquet(path / "meaning.parquet")
        return path

    @classmethod
    def stored(cls, told: pl.DataFrame) -> Meaning:
        """What the file of `save` holds."""
        return cls(tuple(told["topic"]), np.array(told["vector"].to_list()), told.drop("vector"))


def normal_rows(vectors: Floats) -> Floats:
    """Rows of length 1."""
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    return unit


def _said(entry: Topic) -> list[str]:
    """The name and the seeds of a topic as plain words."""
    seeds = [seed for seed in entry.seeds if not re.match(r"(entity|country):", seed)]
    return list(dict.fromkeys([entry.name, *(seed.lstrip("=").replace("*", "") for seed in seeds)]))
