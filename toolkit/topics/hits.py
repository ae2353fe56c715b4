"""Where the seeds of a codebook occur, with their places in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from toolkit.schema import COUNTED
from toolkit.topics.seeds import Seed, folded, parsed

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

HITS = pl.Schema({"at": pl.UInt32, "topic": pl.String, "seed": pl.String, "start": pl.Int64, "end": pl.Int64})
SITES = pl.Schema({"at": pl.UInt32, "term": pl.String, "start": pl.Int64, "end": pl.Int64})


def counted(sentences: pl.DataFrame) -> pl.DataFrame:
    """The sentences of the kinds that count, in order, numbered in `at`."""
    return sentences.filter(pl.col("kind").cast(pl.String).is_in(COUNTED)).with_row_index("at")


def find(
    units: pl.DataFrame, entities: pl.DataFrame | None, codebook: Codebook, *, overlapping: bool = False
) -> pl.DataFrame:
    """Each place where a seed speaks for its topic: `at` (row of `units`), `topic`, `seed`, `start`, `end` (in the document).

    Of seeds of one topic that overlap the first, then the longest, counts, unless `overlapping`. What stands under `not`
    strikes out the hits it overlaps; if it overlaps none, it strikes out all hits of its topic in that sentence.
    """
    return speaking(
        sites(units, entities, dict.fromkeys(terms_of(codebook)["term"])), codebook, overlapping=overlapping
    )


def terms_of(codebook: Codebook) -> pl.DataFrame:
    """The terms of a codebook: `topic`, `term`, and whether it `excludes`."""
    rows = [
        (entry.name, term, excludes)
        for entry in codebook.entries
        for terms, excludes in ((entry.seeds, False), (entry.excluded, True))
        for term in terms
    ]
    return pl.DataFrame(rows, schema={"topic": pl.String, "term": pl.String, "excludes": pl.Boolean}, orient="row")


def speaking(sites: pl.DataFrame, codebook: Codebook, *, overlapping: bool = False) -> pl.DataFrame:
    """What `find` gives, from the sites of all terms."""
    found = sites.join(terms_of(codebook), on="term", maintain_order="left")
    hits = found.filter(~pl.col("excludes")).rename({"term": "seed"}).select(HITS.names())
    kept = _without(hits, found.filter("excludes"))
    return kept if overlapping else _apart(kept)


def columns(topics: pl.Series, codebook: Codebook) -> npt.NDArray[np.int64]:
    """The place of each topic in the codebook."""
    places = pl.DataFrame(
        {"topic": codebook.topics, "place": range(len(codebook))}, schema={"topic": pl.String, "place": pl.Int64}
    )
    return topics.to_frame("topic").join(places, on="topic", maintain_order="left")["place"].to_numpy()


def prepared(units: pl.DataFrame) -> pl.DataFrame:
    """Units with their text folded beforehand, for those who look for one term after the other."""
    return units.with_columns(folded=folded(pl.col("text")), typed=folded(pl.col("text"), case=False))


def sites(units: pl.DataFrame, entities: pl.DataFrame | None, terms: Iterable[str]) -> pl.DataFrame:
    """Every place of every term, overlapping ones too: `at`, `term`, `start`, `end` (in the document)."""
    seeds = [seed for term in terms for seed in parsed(term)]
    written = [
        _written(units, [seed for seed in seeds if seed.anchor and seed.exact is exact], exact)
        for exact in (False, True)
    ]
    named = [] if entities is None else [_named(units, entities, [seed for seed in seeds if not seed.anchor])]
    return pl.concat([SITES.to_frame(), *written, *named])


def are_seeds(words: pl.Series, terms: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Which single words, in small letters, a codebook's terms match."""
    units = words.to_frame("text").with_row_index("at").with_columns(start=pl.lit(0, pl.Int64))
    found = np.zeros(len(words), dtype=np.bool_)
    found[sites(units, None, dict.fromkeys(term.lower() for term in terms))["at"].to_numpy()] = True
    return found


def _written(units: pl.DataFrame, seeds: list[Seed], exact: bool) -> pl.DataFrame:
    """Places of text seeds: all anchors in one pass, then what stands around each."""
    if not seeds or units.is_empty():
        return SITES.to_frame()
    patterns = pl.DataFrame(
        [(seed.term, seed.anchor, seed.before, seed.after) for seed in seeds],
        schema={"term": pl.String, "anchor": pl.String, "before": pl.String, "after": pl.String},
        orient="row",
    )
    anchors = patterns["anchor"].unique(maintain_order=True).to_list()
    ready = "typed" if exact else "folded"
    text = pl.col(ready) if ready in units.columns else folded(pl.col("text"), case=not exact)
    candidates = (
        units.lazy()
        .select("at", "start", folded=text)
        .with_columns(
            byte=pl.col("folded").str.find_many(anchors, overlapping=True),
            anchor=pl.col("folded").str.extract_many(anchors, overlapping=True),
        )
        .filter(pl.col("byte").list.len() > 0)
        .explode("byte", "anchor")
        .join(patterns.lazy(), on="anchor", maintain_order="left")
        .with_columns(left=_head(pl.col("folded"), pl.col("byte")))
        .with_columns(
            right=pl.col("folded").str.slice(pl.col("left").str.len_chars() + pl.col("anchor").str.len_chars())
        )
        .sort("before", "after", maintain_order=True)
        .filter(pl.col("left").str.contains(pl.col("before")) & pl.col("right").str.contains(pl.col("after")))
        .collect()
    )
    return candidates.select(
        "at",
        "term",
        start=pl.col("start") + pl.col("left").str.len_chars().cast(pl.Int64) - _reach("left", "before"),
        end=pl.col("start")
        + (pl.col("left").str.len_chars() + pl.col("anchor").str.len_chars()).cast(pl.Int64)
        + _reach("right", "after"),
    )


def _head(text: pl.Expr, byte: pl.Expr) -> pl.Expr:
    """`text` up to a byte."""
    return text.cast(pl.Binary).bin.slice(0, byte).cast(pl.String)


def _reach(side: str, pattern: str) -> pl.Expr:
    """How many characters of `side` belong to the seed; an empty group needs no look."""
    wider = pl.when(~pl.col(pattern).str.contains("()", literal=True)).then(pl.col(pattern))
    return pl.col(side).str.extract(wider, 1).str.len_chars().cast(pl.Int64).fill_null(0)


def _named(units: pl.DataFrame, entities: pl.DataFrame, seeds: list[Seed]) -> pl.DataFrame:
    """Places of entity seeds: the mentions whose country or id a seed names."""
    if not seeds or entities.is_empty():
        return SITES.to_frame()
    keys = pl.DataFrame(
        [(seed.term, seed.country, seed.entity) for seed in seeds],
        schema={"term": pl.String, "country": pl.String, "entity_id": pl.String},
        orient="row",
    )
    places = units.select("doc_id", "sent_id", "at")
    return pl.concat(
        entities.select("doc_id", "sent_id", "start", "end", key)
        .join(keys.drop_nulls(key).select("term", key), on=key, maintain_order="left")
        .join(places, on=["doc_id", "sent_id"], maintain_order="left")
        .select(SITES.names())
        for key in ("country", "entity_id")
    )


def _without(hits: pl.DataFrame, excluded: pl.DataFrame) -> pl.DataFrame:
    """The hits that nothing strikes out."""
    if excluded.is_empty() or hits.is_empty():
        return hits
    numbered = hits.with_row_index("hit")
    pairs = numbered.join(
        excluded.with_row_index("rule").select("rule", "at", "topic", a="start", b="end"), on=["at", "topic"]
    )
    covers = (pl.col("start") < pl.col("b")) & (pl.col("end") > pl.col("a"))
    struck = pairs.filter(covers | ~covers.any().over("rule"))
    return numbered.join(struck, on="hit", how="anti", maintain_order="left").drop("hit")


def _apart(hits: pl.DataFrame) -> pl.DataFrame:
    """One of the hits that overlap within a topic: the first, and of those the longest."""
    ordered = hits.sort("at", "topic", "start", "end", descending=[False, False, False, True], maintain_order=True)
    begins = (pl.col("at") != pl.col("at").shift()) | (pl.col("topic") != pl.col("topic").shift())
    # Each topic of a sentence is moved beyond the one before it, so that one running maximum serves them all.
    moved = begins.fill_null(True).cum_sum().cast(pl.Int64) * (pl.col("end").max() + 1)
    reached = (pl.col("end") + moved).cum_max().shift(1, fill_value=0)
    return ordered.filter(pl.col("start") + moved >= reached)
