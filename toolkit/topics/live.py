"""The same sentences scored again and again under a codebook that is being edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from toolkit.topics import hits
from toolkit.topics.chain import Chain, Floats
from toolkit.topics.codebook import Codebook
from toolkit.topics.found import LEARNED, SILENT, Found, chain_of, nodes_of, seed_votes
from toolkit.topics.meaning import Meaning
from toolkit.topics.model import Model
from toolkit.topics.topic import Topic
from toolkit.topics.weights import shown


@dataclass(frozen=True)
class Scores:
    """What a codebook says of every node: what its seeds say, and the weights; nodes by topics, `other` last."""

    codebook: Codebook
    votes: Floats
    weights: Floats


class Ground:
    """The sentences of a corpus, made ready to be scored; what was looked for once is kept.

    `nodes` are the counted sentences and, with `sent_id` -1, the titles given apart from their text. The weights are those
    of `topics.score` for the same model; only documents in which an edit changes what is found are weighed again.
    """

    def __init__(
        self,
        documents: pl.DataFrame,
        sentences: pl.DataFrame,
        entities: pl.DataFrame,
        *,
        model: Model | Meaning | None = None,
    ) -> None:
        self.nodes = hits.prepared(nodes_of(documents, sentences))
        self.chain = chain_of(self.nodes)
        self._entities = entities
        self._sites: dict[str, pl.DataFrame] = {}
        self._places: dict[tuple[Topic, bool], pl.DataFrame] = {}
        self.learn(model)

    def learn(self, model: Model | Meaning | None) -> None:
        """Take what a model has learned; scores made before are not those of this one."""
        self.model = model
        if model is not None:
            self._learned = LEARNED * model.speaks(self.nodes, self.chain)

    def sites(self, codebook: Codebook) -> pl.DataFrame:
        """Every place of every term of a codebook, as `hits.sites` gives them."""
        terms = dict.fromkeys(hits.terms_of(codebook)["term"])
        new = [term for term in terms if term not in self._sites]
        if new:
            found = hits.sites(self.nodes, self._entities, new).partition_by("term", as_dict=True)
            self._sites |= {term: found.get((term,), hits.SITES.to_frame()) for term in new}
        return pl.concat([hits.SITES.to_frame(), *(self._sites[term] for term in terms)])

    def places(self, codebook: Codebook, *, overlapping: bool = False) -> pl.DataFrame:
        """The places where its seeds speak, as `hits.find` gives them."""
        self.sites(codebook)
        for entry in codebook.entries:
            if (entry, overlapping) not in self._places:
                alone = Codebook((entry,))
                self._places[entry, overlapping] = hits.speaking(self.sites(alone), alone, overlapping=overlapping)
        return pl.concat([hits.HITS.to_frame(), *(self._places[entry, overlapping] for entry in codebook.entries)])

    def score(self, codebook: Codebook, before: Scores | None = None) -> Scores:
        """The scores under a codebook; those of the same topics `before` spare weighing what has not changed."""
        nothing = np.zeros((len(self.nodes), len(codebook) + 1))
        votes = seed_votes(self.places(codebook), nothing, codebook)
        if before is None or before.codebook.topics != codebook.topics:
            return Scores(codebook, votes, shown(self._found(codebook, votes).weights()))
        changed = np.any(votes != before.votes, axis=1)
        rows = self.chain.to_sentences(self.chain.of_documents(changed.astype(float))) > 0
        weights = before.weights.copy()
        weights[rows] = shown(self._found(codebook, votes, rows).weights())
        return Scores(codebook, votes, weights)

    def _found(self, codebook: Codebook, votes: Floats, rows: Any = slice(None)) -> Found:
        """What was found in the nodes of some documents."""
        seeds, learned = votes[rows], np.zeros_like(votes[rows])
        silent = np.zeros_like(learned)
        silent[:, -1] = SILENT
        if self.model is not None:
            known = [*self.model.topics, None]
            for place, topic in enumerate(known):
                column = codebook.topics.index(topic) if topic in codebook.topics else -1
                learned[:, column] += self._learned[rows, place]
        links = self.chain.links[rows]
        chain = Chain(np.flatnonzero(links == 0), links)
        return Found(self.nodes.head(0), hits.HITS.to_frame(), seeds, learned, silent, chain)
