"""What must see the whole corpus - copies, furniture, names, topic model - fitted on it and applied to its documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from toolkit import boilerplate, decided, duplicates, entities, schema, topics
from toolkit.fit import Fit
from toolkit.ledger import Ledger
from toolkit.topics import Codebook


class Raw(NamedTuple):
    """Frames as the stages gave them that look at one document at a time."""

    documents: pl.DataFrame
    sentences: pl.DataFrame
    mentions: pl.DataFrame


Frames = dict[str, pl.DataFrame]


def fitted(raw: Raw, book: Codebook, settings: Mapping[str, Any], ledger: Ledger) -> tuple[Frames, Fit]:
    """The frames of a corpus, and what was fitted on it: copies marked, names joined, topics scored.

    What the user decided on names is applied to the frames and takes no part in fitting.
    """
    if settings["dedupe"] != "off":
        raw = _deduplicated(raw, duplicates.mark(raw.documents), settings["dedupe"])
    furniture = boilerplate.find(raw.sentences, raw.documents)
    names = entities.fit(raw.mentions, raw.documents)
    model = topics.fit(*_resolved(raw, Fit(furniture, names)), book, method=settings["topic_model"])
    fit = Fit(furniture, names, model)
    return applied(raw, fit, book, ledger), fit


def beside(raw: Raw, old: pl.DataFrame, dedupe: str) -> Raw:
    """New documents as they join old ones: copies marked, also of old ones, or dropped."""
    return raw if dedupe == "off" else _deduplicated(raw, marked_beside(raw.documents, old), dedupe)


def _deduplicated(raw: Raw, marked: pl.DataFrame, dedupe: str) -> Raw:
    """The frames with copies marked as they were found, or without them."""
    if dedupe == "mark":
        return raw._replace(documents=marked)
    kept = marked.filter(pl.col("duplicate_of").is_null())
    return Raw(kept, *(frame.join(kept, on="doc_id", how="semi", maintain_order="left") for frame in raw[1:]))


def applied(raw: Raw, fit: Fit, book: Codebook, ledger: Ledger, known: pl.DataFrame | None = None) -> Frames:
    """The frames of documents under what was fitted before; `mentions` and `set_aside` are what `raw_of` needs.

    `known` are mentions that tell what the names are that the ledger speaks of; those of these documents, if not given.
    """
    documents, sentences, joined = _resolved(raw, fit)
    joined = decided.apply(ledger, joined, raw.mentions, documents, sentences, known=known)
    scored = topics.score(documents, sentences, joined, book, model=fit.topic_model)
    aside = raw.sentences.filter(raw.sentences["kind"] != sentences["kind"]).select(schema.SET_ASIDE.schema.names())
    made = (documents, sentences, joined, scored, raw.mentions, aside)
    return dict(zip((*schema.CORE, "mentions", "set_aside"), made, strict=True))


def _resolved(raw: Raw, fit: Fit) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Documents, sentences with furniture set aside, entities with names joined."""
    sentences = (
        raw.sentences if fit.furniture is None else boilerplate.apply(raw.sentences, raw.documents, fit.furniture)
    )
    joined = raw.mentions if fit.names is None else entities.apply(raw.mentions, fit.names)
    return raw.documents, sentences, joined


def redecided(frames: Mapping[str, pl.LazyFrame], fit: Fit, book: Codebook, ledger: Ledger) -> dict[str, pl.LazyFrame]:
    """The frames under another ledger: names decided anew, topics weighed again in the documents where that changed them."""
    documents, sentences, before, mentions, scores = (
        frames[name].collect() for name in ("documents", "sentences", "entities", "mentions", "topics")
    )
    joined = mentions if fit.names is None else entities.apply(mentions, fit.names)
    after = decided.apply(ledger, joined, mentions, documents, sentences)
    changed = _differing(documents, before, after)
    mine, cuts, named = (
        frame.join(changed, on="doc_id", how="semi", maintain_order="left") for frame in (documents, sentences, after)
    )
    again = topics.score(mine, cuts, named, book, model=fit.topic_model)
    kept = pl.concat([scores.join(changed, on="doc_id", how="anti", maintain_order="left"), again])
    place = documents.select("doc_id").with_row_index("place")
    ordered = kept.join(place, on="doc_id", how="left", maintain_order="left").sort("place", maintain_order=True)
    return {**frames, "entities": after.lazy(), "topics": ordered.drop("place").lazy()}


def _differing(documents: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The documents whose mentions are not what they were."""
    own = [name for name in before.columns if name != "doc_id"]
    told = [
        frame.group_by("doc_id").agg(pl.struct(own).alias(side)) for side, frame in (("was", before), ("is", after))
    ]
    both = documents.select("doc_id").join(told[0], on="doc_id", how="left").join(told[1], on="doc_id", how="left")
    return both.filter(pl.col("was").ne_missing(pl.col("is"))).select("doc_id")


def raw_of(frames: Mapping[str, pl.LazyFrame]) -> Raw:
    """The frames as they were before anything was fitted."""
    aside = frames["set_aside"].rename({"kind": "before"})
    sentences = frames["sentences"].join(aside, on=["doc_id", "sent_id"], how="left", maintain_order="left")
    restored = sentences.with_columns(kind=pl.coalesce("before", "kind")).drop("before")
    documents = frames["documents"].with_columns(duplicate_of=pl.lit(None, dtype=pl.String))
    return Raw(documents.collect(), restored.collect(), frames["mentions"].collect())


def marked_beside(new: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """New documents with `duplicate_of`, where the first of a story that is known already stays its first."""
    marked = duplicates.mark(pl.concat([old, new]))
    story = marked.select("doc_id", story=pl.coalesce("duplicate_of", "doc_id"))
    known = (
        story.join(old.select("doc_id", first=pl.coalesce("duplicate_of", "doc_id")), on="doc_id")
        .group_by("story")
        .agg(pl.col("first").min())
    )
    found = (
        marked.join(story, on="doc_id")
        .join(known, on="story", how="left")
        .select("doc_id", found=pl.coalesce("first", "duplicate_of"))
    )
    return (
        new.drop("duplicate_of")
        .join(found, on="doc_id", how="left", maintain_order="left")
        .rename({"found": "duplicate_of"})
        .select(new.columns)
    )
