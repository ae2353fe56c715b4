"""What is found in each sentence before its neighbours are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.topics import hits
from toolkit.topics.chain import FIRST, GENERAL, HEADING, PARAGRAPH, SAME, Chain, Floats, System, normal, system
from toolkit.topics.meaning import Meaning
from toolkit.topics.model import Model

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

SILENT = 0.15
"""How much speaks for `other` in every sentence; a single seed speaks for its topic by 1."""

LEARNED = 1.5
"""How much the learned words of a sentence speak."""


@dataclass(frozen=True)
class Found:
    """Sentences of the counted kinds (`nodes`; a title given apart comes first, with `sent_id` -1), and what was found.

    `hits` are the places of seeds, `at` counting nodes. The tables are nodes by topics, `other` last: what seeds say,
    what learned words say, and what is said for `other` by nothing being found.
    """

    nodes: pl.DataFrame
    hits: pl.DataFrame
    seeds: Floats
    learned: Floats
    silent: Floats
    chain: Chain

    @property
    def votes(self) -> Floats:
        """All that was found."""
        return self.seeds + self.learned + self.silent

    @property
    def general(self) -> Floats:
        """What each document speaks of as a whole."""
        return normal(self.chain.of_documents(self.votes))

    @property
    def system(self) -> System:
        """How firmly the nodes hold to one another."""
        return system(self.chain, self.votes.sum(axis=1), (self.seeds + self.learned).sum(axis=1))

    def weights(self) -> Floats:
        """The weights of nodes by topics."""
        return self.system.solved(self.votes + GENERAL * self.chain.to_sentences(self.general))


def found(
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    entities: pl.DataFrame,
    codebook: Codebook,
    model: Model | Meaning | None = None,
) -> Found:
    """What seeds, and a model's words, say of each sentence by itself."""
    nodes = nodes_of(documents, sentences)
    chain = chain_of(nodes)
    places = hits.find(nodes, entities, codebook)
    nothing = np.zeros((len(nodes), len(codebook) + 1))
    silent = nothing.copy()
    silent[:, -1] = SILENT
    learned = nothing.copy()
    if model is not None:
        shares = model.speaks(nodes, chain)
        learned[:, [*hits.columns(pl.Series(model.topics), codebook), -1]] = LEARNED * shares
    return Found(nodes, places, seed_votes(places, nothing, codebook), learned, silent, chain)


def nodes_of(documents: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """The counted sentences, before them the titles given apart from the text, numbered in `at`."""
    columns = ["doc_id", "sent_id", "paragraph", "heading", "start", "text"]
    units = hits.counted(sentences)
    titled = units.filter(pl.col("kind") == "title").select("doc_id")
    titles = (
        documents.filter(pl.col("title").str.contains(r"\S"))
        .join(units.select("doc_id").unique(), on="doc_id", how="semi", maintain_order="left")
        .join(titled, on="doc_id", how="anti", maintain_order="left")
        .select(
            "doc_id",
            sent_id=pl.lit(-1, pl.Int64),
            paragraph=pl.lit(-1, pl.Int64),
            heading=pl.lit(None, pl.String),
            start=pl.lit(0, pl.Int64),
            text="title",
        )
    )
    order = units.select(pl.col("doc_id").unique(maintain_order=True)).with_row_index("document")
    return (
        pl.concat([titles, units.select(columns)])
        .join(order, on="doc_id", maintain_order="left")
        .sort("document", "sent_id")
        .with_row_index("at")
    )


def chain_of(nodes: pl.DataFrame) -> Chain:
    """The nodes of each document, and what lies between them."""
    first = (pl.col("document") != pl.col("document").shift(1)).fill_null(True)
    below = pl.col("heading").ne_missing(pl.col("heading").shift(1))
    apart = pl.col("paragraph") != pl.col("paragraph").shift(1)
    link = pl.when(first).then(FIRST).when(below).then(HEADING).when(apart).then(PARAGRAPH).otherwise(SAME)
    links = nodes.select(link.cast(pl.Int64)).to_series().to_numpy()
    return Chain(np.flatnonzero(links == FIRST), links)


def seed_votes(places: pl.DataFrame, nothing: Floats, codebook: Codebook) -> Floats:
    """What the seeds say: for each topic the square root of its hits."""
    table = nothing.copy()
    counts = places.group_by("at", "topic").len()
    table[counts["at"].to_numpy(), hits.columns(counts["topic"], codebook)] = np.sqrt(counts["len"].to_numpy())
    return table
