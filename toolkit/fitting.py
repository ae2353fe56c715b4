"""What must see the whole corpus - copies, furniture, names, topic model - fitted on it and applied to its documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import polars as pl

from toolkit import boilerplate, decided, duplicates, entities, schema, topics
from toolkit.fit import Fit
from toolkit.ledger import Ledger
from toolkit.shingles import drawn, draws
from toolkit.topics import Codebook, Meaning, Model

NO_COPIES = pl.DataFrame(schema={"doc_id": pl.String, "duplicate_of": pl.String})


NAMED = 50_000
"""Documents at most from which it is learned which names are one."""


class Raw(NamedTuple):
    """Frames as the stages gave them that look at one document at a time."""

    documents: pl.DataFrame
    sentences: pl.DataFrame
    mentions: pl.DataFrame

    def lazy(self) -> Scans:
        """The same, to be read when asked for."""
        return Scans(*([frame.lazy()] for frame in self))


class Scans(NamedTuple):
    """Such frames of any size, each in parts that are read one after the other, so that memory is bounded by a part."""

    documents: Sequence[pl.LazyFrame]
    sentences: Sequence[pl.LazyFrame]
    mentions: Sequence[pl.LazyFrame]

    def of(self, documents: pl.DataFrame) -> Raw:
        """Those of some documents, in memory."""
        return Raw(*(_only(frame, documents) for frame in self))


Frames = dict[str, pl.DataFrame]


def fitted(
    raw: Raw, book: Codebook, settings: Mapping[str, Any], ledger: Ledger, sketches: pl.DataFrame | None = None
) -> tuple[Frames, Fit]:
    """The frames of a corpus, and what was fitted on it: copies marked, names joined, topics scored.

    What the user decided on names is applied to the frames and takes no part in fitting.
    """
    own = duplicates.sketch(raw.documents) if sketches is None else sketches
    fit, copies = fit_of(raw.lazy(), own, book, settings)
    return applied(marked(raw, copies, settings["dedupe"]), fit, book, ledger, own), fit


def fit_of(
    scans: Scans, sketches: pl.DataFrame | Iterable[pl.DataFrame] | None, book: Codebook, settings: Mapping[str, Any]
) -> tuple[Fit, pl.DataFrame]:
    """What is learned from a corpus of any size, and which of its documents are copies (`doc_id`, `duplicate_of`).

    Copies are found by sketches of all documents; furniture, names and topics are learned from as many as it takes, drawn by a
    hash of their ids: the same ones whatever the order and whoever did the work.
    """
    copies = NO_COPIES
    if settings["dedupe"] != "off" and sketches is not None:
        copies = duplicates.cluster(sketches).drop_nulls("duplicate_of")
    about = _about(scans.documents, copies)
    if settings["dedupe"] == "drop":
        about = about.filter(pl.col("duplicate_of").is_null())
    few = boilerplate.sample(about)
    named, chosen = drawn(about, NAMED), drawn(about, topics.SAMPLE)
    del about
    furniture = boilerplate.find(_only(scans.sentences, few, "sent_id", "kind", "text"), few)
    names = entities.fit(_only(scans.mentions, named), named)
    fit = Fit(furniture, names)
    return replace(fit, learned=model_of(scans, chosen, fit, book, settings["topic_model"])), copies


def _about(documents: Sequence[pl.LazyFrame], copies: pl.DataFrame) -> pl.DataFrame:
    """What documents are drawn by: `doc_id`, in its order, `outlet`, `duplicate_of` and `draw`."""
    about = pl.concat(part.select("doc_id", "outlet").collect() for part in documents).sort("doc_id")
    return about.join(copies, on="doc_id", how="left", maintain_order="left").with_columns(draws(about["doc_id"]))


def model_of(scans: Scans, chosen: pl.DataFrame, fit: Fit, book: Codebook, method: Any) -> Model | Meaning | None:
    """The topic model, from some documents (`doc_id`, `duplicate_of`)."""
    raw = scans.of(chosen)
    given = chosen.select("doc_id", "duplicate_of")
    documents = raw.documents.drop("duplicate_of").join(given, on="doc_id", how="left", maintain_order="left")
    return topics.fit(
        *_resolved(raw._replace(documents=documents.select(raw.documents.columns)), fit), book, method=method
    )


def _only(parts: Sequence[pl.LazyFrame], documents: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows of some documents, with some of the columns (all, if none are named).

    Strings are made anew (+ ""): those of a few rows would else keep all that was read in memory with them.
    """
    wanted = documents.lazy().select("doc_id")
    told = (part.select("doc_id", *columns) if columns else part for part in parts)
    mine = (part.join(wanted, on="doc_id", how="semi", maintain_order="left") for part in told)
    return pl.concat(part.with_columns(pl.col(pl.String) + "").collect() for part in mine)


def marked(raw: Raw, copies: pl.DataFrame, dedupe: str) -> Raw:
    """The frames with copies marked as they were found, or without them."""
    told = raw.documents.drop("duplicate_of").join(copies, on="doc_id", how="left", maintain_order="left")
    return raw if dedupe == "off" else _deduplicated(raw, told.select(raw.documents.columns), dedupe)


def _deduplicated(raw: Raw, marked: pl.DataFrame, dedupe: str) -> Raw:
    """The frames with copies marked as they were found, or without them."""
    if dedupe == "mark":
        return raw._replace(documents=marked)
    kept = marked.filter(pl.col("duplicate_of").is_null())
    return Raw(kept, *(frame.join(kept, on="doc_id", how="semi", maintain_order="left") for frame in raw[1:]))


def applied(
    raw: Raw, fit: Fit, book: Codebook, ledger: Ledger, sketches: pl.DataFrame, known: pl.DataFrame | None = None
) -> Frames:
    """The frames of documents under what was fitted before; `mentions`, `set_aside` and `sketches` are what more work needs.

    `known` are mentions that tell what the names are that the ledger speaks of; those of these documents, if not given.
    """
    documents, sentences, joined = _resolved(raw, fit)
    joined = decided.apply(ledger, joined, raw.mentions, documents, sentences, known=known)
    scored = topics.score(documents, sentences, joined, book, model=fit.topic_model)
    aside = raw.sentences.filter(raw.sentences["kind"] != sentences["kind"]).select(schema.SET_ASIDE.schema.names())
    own = sketches.join(documents, on="doc_id", how="semi", maintain_order="left")
    made = (documents, sentences, joined, scored, raw.mentions, aside, own)
    return dict(zip((*schema.CORE, "mentions", "set_aside", "sketches"), made, strict=True))


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


def sketches_of(frames: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """The sketches of all documents, under the dates that these have now."""
    dates = frames["documents"].select("doc_id", "published")
    told = frames["sketches"].drop("published").join(dates, on="doc_id", how="left", maintain_order="left")
    return told.select(list(duplicates.SKETCH)).collect()


def raw_of(frames: Mapping[str, pl.LazyFrame]) -> Raw:
    """The frames as they were before anything was fitted."""
    aside = frames["set_aside"].rename({"kind": "before"})
    sentences = frames["sentences"].join(aside, on=["doc_id", "sent_id"], how="left", maintain_order="left")
    restored = sentences.with_columns(kind=pl.coalesce("before", "kind")).drop("before")
    documents = frames["documents"].with_columns(duplicate_of=pl.lit(None, dtype=pl.String))
    return Raw(documents.collect(), restored.collect(), frames["mentions"].collect())


def beside(raw: Raw, sketches: pl.DataFrame, old: Mapping[str, pl.LazyFrame], dedupe: str) -> Raw:
    """New documents as they join old ones: copies marked, also of old ones, or dropped.

    Of the old ones those are looked at that share a run of words with a new one; the first of a story stays its first.
    """
    if dedupe == "off" or raw.documents.is_empty():
        return raw
    near = _near(sketches, old)
    found = duplicates.cluster(pl.concat([near.select(sketches.columns), sketches]))
    story = found.select("doc_id", story=pl.coalesce("duplicate_of", "doc_id"))
    known = near.select("doc_id", first=pl.coalesce("duplicate_of", "doc_id")).join(story, on="doc_id")
    first = known.group_by("story").agg(pl.col("first").min())
    told = found.join(story, on="doc_id").join(first, on="story", how="left")
    copies = told.select("doc_id", duplicate_of=pl.coalesce("first", "duplicate_of"))
    return marked(raw, copies, dedupe)


def _near(sketches: pl.DataFrame, old: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """The sketches of old documents that may be copies of new ones, with `duplicate_of`."""
    runs = sketches.lazy().select(pl.col("signature").explode()).unique()
    sharing = old["sketches"].select("doc_id", "signature").explode("signature").join(runs, on="signature", how="semi")
    same = old["sketches"].filter(pl.col("words") > 0).join(sketches.lazy(), on=["whole", "words"], how="semi")
    wanted = pl.concat([sharing.select("doc_id"), same.select("doc_id")]).unique()
    about = old["documents"].select("doc_id", "published", "duplicate_of").join(wanted, on="doc_id", how="semi")
    return old["sketches"].drop("published").join(about, on="doc_id").collect(engine="streaming")
