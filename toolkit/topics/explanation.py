"""One sentence's weights taken apart: which words, which neighbours, which document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.errors import SettingError
from toolkit.schema import OTHER
from toolkit.topics.chain import FIRST, GENERAL, Chain, Floats
from toolkit.topics.found import LEARNED, Found, found
from toolkit.topics.meaning import Meaning
from toolkit.topics.model import Model
from toolkit.topics.weights import shown
from toolkit.topics.words import bags, forms

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

PARTS = ("seed", "model", "neighbour", "document", "silence")
EXPLANATION = pl.Schema({"topic": pl.String, "part": pl.String, "what": pl.String, "amount": pl.Float64})

LEAST = 0.005
"""A neighbour that adds less than this has no row of its own."""

WORDS = 5
"""Learned words named for a topic; the others are summed up."""

Piece = tuple[int, str, str, float]
"""The place of a topic, a part, what it was, and its amount."""


def explain(
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    entities: pl.DataFrame,
    codebook: Codebook,
    *,
    doc_id: str,
    sent_id: int,
    model: Model | Meaning | None = None,
) -> pl.DataFrame:
    """What a sentence's weights are made of: `topic`, `part`, `what`, `amount`; amounts add up to the weight of each topic.

    Parts: `seed` (a seed word in the sentence), `model` (learned words in it, its neighbours considered), `neighbour`
    (what was found in another sentence), `document` (what the whole document speaks of), `silence` (for `other`: how
    little was found here and nearby). Raises SettingError if there is no such sentence, or it is of a kind that does not
    count.
    """
    mine = sentences.filter(pl.col("doc_id") == doc_id)
    evidence = found(documents.filter(pl.col("doc_id") == doc_id), mine, entities, codebook, model)
    place = evidence.nodes.filter(pl.col("sent_id") == sent_id)
    if place.is_empty():
        raise SettingError(_missing(mine, doc_id, sent_id))
    at = place["at"].item()
    weights = evidence.weights()[at : at + 1]
    kept = shown(weights)[0]
    scale = np.divide(kept, weights[0], out=np.zeros_like(kept), where=weights[0] > 0)
    names = [*codebook.topics, OTHER]
    rows = [
        (names[topic], part, what, amount * scale[topic])
        for topic, part, what, amount in _pieces(evidence, at, codebook, model)
    ]
    made = pl.DataFrame(rows, schema=EXPLANATION, orient="row").filter(pl.col("amount") > 0)
    order = pl.col("topic").cast(pl.Enum(sorted(names, key=lambda name: -kept[names.index(name)])))
    return made.sort(order, pl.col("part").cast(pl.Enum(PARTS)), -pl.col("amount"), maintain_order=True)


def _missing(mine: pl.DataFrame, doc_id: str, sent_id: int) -> str:
    kind = mine.filter(pl.col("sent_id") == sent_id)["kind"].to_list()
    if kind:
        return f"Sentence {sent_id} of {doc_id!r} is of kind {kind[0]}, which does not count towards topics."
    return f"There is no sentence {sent_id} in {doc_id!r}; it has {len(mine)}, counted from 0."


def _pieces(evidence: Found, at: int, codebook: Codebook, model: Model | Meaning | None) -> list[Piece]:
    """Everything that speaks in the sentence, and how much: its row of the solved system, times what was found."""
    one = np.zeros((len(evidence.nodes), 1))
    one[at] = 1.0
    reach = evidence.system.turned().solved(one)[:, 0]
    general = GENERAL * reach.sum() * evidence.general[0]
    pieces: list[Piece] = [(topic, "document", "the whole document", amount) for topic, amount in enumerate(general)]
    pieces.append((len(codebook), "silence", "no seed in it or nearby", float(reach @ evidence.silent[:, -1])))
    for topic in range(len(codebook) + 1):
        pieces += _seeds(evidence, at, topic, codebook, reach[at])
        pieces += _neighbours(evidence, at, topic, reach * (evidence.seeds + evidence.learned)[:, topic])
    if isinstance(model, Meaning):
        return pieces + _meant(evidence, at, codebook, model, reach[at])
    return pieces if model is None else pieces + _learned(evidence, at, codebook, model, reach[at])


def _meant(evidence: Found, at: int, codebook: Codebook, model: Meaning, reach: float) -> list[Piece]:
    """How near the sentence and those around it are in meaning to each topic."""
    columns = [[*codebook.topics, OTHER].index(name) for name in (*model.topics, OTHER)]
    return [(column, "model", "what it means", reach * evidence.learned[at, column]) for column in columns]


def _seeds(evidence: Found, at: int, topic: int, codebook: Codebook, reach: float) -> list[Piece]:
    """Each hit in the sentence itself."""
    hits = evidence.hits.filter(pl.col("at") == at, pl.col("topic") == [*codebook.topics, OTHER][topic])
    amount = reach * evidence.seeds[at, topic] / max(len(hits), 1)
    text, begin = evidence.nodes.select("text", "start").row(at)
    found = hits.select("seed", "start", "end").iter_rows()
    return [(topic, "seed", f"{text[start - begin : end - begin]} ({seed})", amount) for seed, start, end in found]


def _neighbours(evidence: Found, at: int, topic: int, amounts: Floats) -> list[Piece]:
    """What other sentences add, named one by one if it is worth a row."""
    worth = np.flatnonzero((amounts >= LEAST) & (np.arange(len(amounts)) != at))
    numbers = evidence.nodes["sent_id"].gather(worth).to_list()
    named = [f"sentence {number}" if number >= 0 else "the title" for number in numbers]
    rest = float(amounts.sum() - amounts[at] - amounts[worth].sum())
    pieces: list[Piece] = [(topic, "neighbour", what, amounts[j]) for j, what in zip(worth, named, strict=True)]
    return [*pieces, (topic, "neighbour", "sentences further away", rest)]


def _learned(evidence: Found, at: int, codebook: Codebook, model: Model, reach: float) -> list[Piece]:
    """Learned words: those of the sentence itself, then what its neighbours' words add to them."""
    texts = bags(forms(evidence.nodes[at : at + 1].with_columns(at=pl.lit(0, pl.UInt32))), 1, model.vocabulary)
    alone = model.read(texts, Chain(np.array([0]), np.array([FIRST])))[0]
    none = len(model.topics)
    pieces: list[Piece] = []
    for k, name in enumerate([*model.topics, OTHER]):
        topic = [*codebook.topics, OTHER].index(name)
        amount = reach * evidence.learned[at, topic]
        own = min(amount, reach * LEARNED * alone[k])
        rival = model.open[:, :none].max(axis=1) if k == none else model.open[:, none] - model.among[:, k]
        says = np.maximum(texts.value * (model.open[:, k] - rival)[texts.word], 0.0)
        first = np.argsort(-says, kind="stable")[:WORDS]
        words = model.vocabulary.words.gather(texts.word[first]).to_list()
        if says.sum() > 0:
            pieces += [(topic, "model", what, own * says[j] / says.sum()) for j, what in zip(first, words, strict=True)]
            pieces.append((topic, "model", "other words", own * (1 - says[first].sum() / says.sum())))
        else:
            own = 0.0
        pieces.append((topic, "model", "words of the sentences around it", amount - own))
    return pieces
