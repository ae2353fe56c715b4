"""Which sentences to ask about: a sample drawn from strata, each row with how many it stands for."""

from __future__ import annotations

import random
from collections.abc import Iterator

import polars as pl

from toolkit.corpus import Corpus
from toolkit.errors import SettingError
from toolkit.judging.scores import COMPLETE
from toolkit.schema import COUNTED, HOLDS, OTHER

NEAR = 0.05
"""A topic of this weight and less than it takes to hold may have been missed: such sentences are asked about more often."""

ITEMS = pl.Schema(
    {
        "what": pl.String, "group": pl.String, "doc_id": pl.String, "sent_id": pl.Int64,
        "start": pl.Int64, "end": pl.Int64, "weight": pl.Float64, "question": pl.String,
    }
)  # fmt: skip


def items(corpus: Corpus, what: str, n: int) -> pl.DataFrame:
    """About `n` questions on `what` (topics, entities or quotes), the same for the same corpus, in an order that tells nothing.

    Of each topic half are sentences that hold it, a third of the others nearly do, the rest do not. Of entities and quotes,
    two thirds are marked ones, by label or kind, the rest whole sentences: is anything missing in them?
    """
    strata = {"topics": _topics, "entities": _entities, "quotes": _quotes}
    if what not in strata:
        raise SettingError(f"{what!r} cannot be validated; {', '.join(strata)} can.")
    drawn = [_drawn(part, size, what) for part, size in strata[what](corpus, n)]
    if not drawn:
        raise SettingError(f"There is nothing to validate: no sentence of this corpus has {what}.")
    made = pl.concat(drawn).select(pl.col(name).cast(dtype) for name, dtype in ITEMS.items())
    order = random.Random(f"{what} {n}").sample(range(len(made)), len(made))  # nosec B311
    return made[order]


Strata = Iterator[tuple[pl.DataFrame, int]]
"""Rows of which some are asked about (`group`, `doc_id`, `sent_id`, `start`, `end`, `question`), and how many."""


def _topics(corpus: Corpus, n: int) -> Strata:
    weights = corpus.topics.select("doc_id", "sent_id", "topic", "weight")
    held = set(weights.filter(pl.col("weight") >= HOLDS)["topic"]) - {OTHER}
    asked = [topic for topic in corpus.codebook.topics if topic in held]
    every = _sentences(corpus)
    for topic, share in zip(asked, _split(n, len(asked)), strict=True):
        mine = every.join(
            weights.filter(pl.col("topic") == topic), on=["doc_id", "sent_id"], how="left", maintain_order="left"
        )
        mine = mine.with_columns(
            pl.col("weight").fill_null(0.0), group=pl.lit(topic), question=pl.lit(f"Is this about {topic}?")
        )
        holds, near = pl.col("weight") >= HOLDS, pl.col("weight") >= NEAR
        yes, nearly, no = mine.filter(holds), mine.filter(near, ~holds), mine.filter(~near)
        some = min(len(nearly), (share - (share + 1) // 2 + 2) // 3)
        yield yes, (share + 1) // 2
        yield nearly, some
        yield no, share - (share + 1) // 2 - some


def _entities(corpus: Corpus, n: int) -> Strata:
    said = pl.format("Is “{}” a name of this kind here: {}, {}?", "text", pl.col("label").cast(pl.String), "entity")
    marked = corpus.entities.with_columns(group=pl.col("label").cast(pl.String), question=said)
    yield from _marked(corpus, marked, n, "Is every name, date and amount in this sentence found?")


def _quotes(corpus: Corpus, n: int) -> Strata:
    who = pl.coalesce("speaker_entity", "speaker", pl.lit("nobody named"))
    said = pl.format("Is this what was said, and said by {}?", who)
    marked = corpus.frame("quotes").with_columns(group=pl.col("kind").cast(pl.String), question=said)
    yield from _marked(corpus, marked, n, "Is everything that is said in this sentence found?")


def _marked(corpus: Corpus, marked: pl.DataFrame, n: int, whole: str) -> Strata:
    """Strata of what is marked, by group, and of whole sentences."""
    groups = sorted(set(marked["group"]))
    if groups:
        for group, share in zip(groups, _split(n - n // 3, len(groups)), strict=True):
            yield marked.filter(pl.col("group") == group), share
        yield _sentences(corpus).with_columns(group=pl.lit(COMPLETE), question=pl.lit(whole)), n // 3


def _sentences(corpus: Corpus) -> pl.DataFrame:
    counted = corpus.sentences.filter(pl.col("kind").cast(pl.String).is_in(COUNTED))
    return counted.select("doc_id", "sent_id", start=pl.lit(None, pl.Int64), end=pl.lit(None, pl.Int64))


def _split(n: int, parts: int) -> list[int]:
    """`n` in so many parts as equal as can be, the first ones larger; at least 1 each."""
    return [max(n // parts + (place < n % parts), 1) for place in range(parts)]


def _drawn(rows: pl.DataFrame, size: int, what: str) -> pl.DataFrame:
    """Some of a stratum's rows, each standing for its share of it."""
    ordered = rows.sort("doc_id", "sent_id", "start", "end", maintain_order=True)
    chosen = random.Random(what).sample(range(len(ordered)), min(size, len(ordered)))  # nosec B311
    stands = len(ordered) / len(chosen) if chosen else 0.0
    return ordered[sorted(chosen)].select(
        "group", "doc_id", "sent_id", pl.col("start").cast(pl.Int64), pl.col("end").cast(pl.Int64), "question",
        what=pl.lit(what), weight=pl.lit(stands),
    )  # fmt: skip
