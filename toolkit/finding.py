"""Where something is said: a word, a phrase, a pattern, an entity or a topic, with its place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from toolkit import schema
from toolkit.errors import SettingError
from toolkit.topics.seeds import parsed

PLACES = pl.Schema({"doc_id": pl.String, "sent_id": pl.Int64, "start": pl.Int64, "end": pl.Int64})
CUT = "\x00"
"""Stands where a match was taken out."""
Frames = Mapping[str, pl.LazyFrame]


class Found(NamedTuple):
    """What was looked for, and each place where it is: `doc_id`, `sent_id`, `start`, `end` (in the document), in order."""

    what: str
    places: pl.DataFrame


def find(frames: Frames, what: str) -> Found:
    """Every place, in the sentences of a counted kind, where something is said.

    `what` is a word (`gas`), a word with wildcards (`negotiat*`), a phrase, all as seeds of a codebook are written; a
    regular expression between slashes (`/ceasefires?/`, case folded); `entity:` and a canonical name or id; `country:FRA`;
    `topic:` and a topic, whose places are the seed words in the sentences that hold it. Empty, it is the name that occurs
    most. Raises SettingError for an expression that cannot be read.
    """
    what = what.strip() or most_named(frames)
    sentences = frames["sentences"].filter(pl.col("kind").is_in(schema.COUNTED))
    kind, _, name = (part.strip() for part in what.partition(":"))
    if len(what) > 2 and what[0] == what[-1] == "/":
        places = _matching(sentences, what[1:-1])
    elif kind == "topic" and name:
        places = _speaking_for(frames["topics"], name)
    elif kind in ("entity", "country") and name:
        places = _mentions(frames["entities"], kind, name)
    else:
        places = _written(sentences, what) if what else pl.LazyFrame(schema=PLACES)
    order = sentences.select("doc_id", "sent_id").with_row_index("turn")
    kept = places.join(order, on=["doc_id", "sent_id"]).sort("turn", "start", "end")
    return Found(what, kept.select(pl.col(column).cast(dtype) for column, dtype in PLACES.items()).collect())


def most_named(frames: Frames) -> str:
    """The name that occurs most, as `find` takes it; empty if there is none."""
    names = frames["entities"].filter(~pl.col("label").is_in(schema.AMOUNTS)).group_by("entity").len()
    most = names.sort(["len", "entity"], descending=[True, False]).head(1).collect()["entity"]
    return f"entity:{most[0]}" if len(most) else ""


def _mentions(entities: pl.LazyFrame, kind: str, name: str) -> pl.LazyFrame:
    said = pl.col("country") == name.upper() if kind == "country" else pl.col("entity") == name
    return entities.filter(said | (pl.col("entity_id") == name)).select(PLACES.names())


def _speaking_for(topics: pl.LazyFrame, topic: str) -> pl.LazyFrame:
    held = topics.filter(pl.col("topic") == topic, pl.col("weight") >= schema.HOLDS)
    seeds = held.select("doc_id", "sent_id", "seeds").explode("seeds").drop_nulls("seeds").unnest("seeds")
    return seeds.select(PLACES.names()).unique()


def _written(sentences: pl.LazyFrame, term: str) -> pl.LazyFrame:
    """Places of a seed; sentences without the letters of its anchor are passed over unread where case is simple."""
    anchors = [seed.anchor for seed in parsed(term)]
    if all(anchor.isascii() and anchor.isalnum() for anchor in anchors):
        sentences = sentences.filter(pl.col("text").str.contains_any(anchors, ascii_case_insensitive=True))
    units = sentences.select("doc_id", "sent_id", "start", "text").with_row_index("at").collect()
    from toolkit.topics.hits import sites

    found = sites(units, None, [term]).unique(["at", "start", "end"])
    return found.join(units.select("at", "doc_id", "sent_id"), on="at").lazy().select(PLACES.names())


def _matching(sentences: pl.LazyFrame, pattern: str) -> pl.LazyFrame:
    """Places of a regular expression: lengths of what is between its matches and of the matches, added up."""
    form = f"(?i){pattern}"
    try:
        pl.select(pl.lit("").str.contains(form))
    except pl.exceptions.PolarsError as error:
        reason = next((line[7:] for line in str(error).splitlines() if line.startswith("error: ")), "it cannot be read")
        raise SettingError(f"/{pattern}/ is no regular expression: {reason}.") from error
    between = pl.col("text").str.replace_all(form, CUT).str.split(CUT)
    found = (
        sentences.filter(pl.col("text").str.contains(form))
        .select(
            "doc_id",
            "sent_id",
            "start",
            between=between.list.head(between.list.len() - 1),
            match=pl.col("text").str.extract_all(form),
        )
        .filter(pl.col("between").list.len() == pl.col("match").list.len())
        .explode("between", "match")
        .with_columns(length=pl.col("match").str.len_chars().cast(pl.Int64))
        .with_columns(
            end=pl.col("start")
            + (pl.col("between").str.len_chars() + pl.col("length")).cum_sum().over("doc_id", "sent_id")
        )
    )
    start = pl.col("end") - pl.col("length")
    return found.filter(pl.col("length") > 0).select("doc_id", "sent_id", start=start, end="end")
