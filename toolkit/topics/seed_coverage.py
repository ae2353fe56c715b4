"""How far each seed reaches: where it occurs, what it alone adds, and whether it agrees with its topic's other seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from toolkit.topics import hits
from toolkit.topics.found import nodes_of

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook

COVERAGE = pl.Schema(
    {
        "topic": pl.String,
        "seed": pl.String,
        "hits": pl.Int64,
        "documents": pl.Int64,
        "unique_hits": pl.Int64,
        "overlaps": pl.Int64,
        "overlaps_with": pl.String,
        "agrees": pl.Float64,
        "remark": pl.String,
    }
)

ENOUGH, ALONE, SHARED = 5, 0.2, 0.5
"""A seed in so many documents is remarked on if it agrees in less than this share of them with its topic's other seeds, or
stands in a larger share of its hits than this beside a seed of another topic."""

PATTERN = r"[\[\](){}|\\^$+?]|\.\*"
"""What makes a seed look like a regular expression."""


def coverage(
    documents: pl.DataFrame, sentences: pl.DataFrame, entities: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """A row for each seed, in the codebook's order; a seed that never occurs has 0 hits.

    `hits` and `documents` say how often and in how many articles it occurs, `unique_hits` how many hits stand in sentences
    without another seed of the topic (what is lost if it is struck out), `overlaps` how many stand in sentences that have a
    seed of another topic, `overlaps_with` that topic (the most frequent one), and `agrees` in what share of its documents
    another seed of its topic occurs too. `remark` names, in words, a seed that never occurs, one that hardly ever agrees
    with the others and so may pull in the wrong texts, and one that mostly speaks where another topic does.
    """
    nodes = nodes_of(documents, sentences)
    return reach(hits.find(nodes, entities, codebook, overlapping=True), nodes, codebook)


def reach(places: pl.DataFrame, nodes: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """What `coverage` gives, from the places of all seeds, overlapping ones too, in nodes."""
    found = places.join(nodes.select("at", "doc_id"), on="at")
    alone = pl.col("seed").n_unique().over("at", "topic") == 1
    agreed = pl.col("seed").n_unique().over("doc_id", "topic") > 1
    counted = (
        found.with_columns(alone=alone, agreed=agreed, shared=pl.col("topic").n_unique().over("at") > 1)
        .group_by("topic", "seed")
        .agg(
            hits=pl.len(),
            documents=pl.col("doc_id").n_unique(),
            unique_hits=pl.col("alone").sum(),
            overlaps=pl.col("shared").sum(),
            agrees=pl.col("doc_id").filter("agreed").n_unique() / pl.col("doc_id").n_unique(),
        )
    )
    seeds = [(entry.name, seed) for entry in codebook.entries for seed in entry.seeds]
    listed = pl.DataFrame(seeds, schema={"topic": pl.String, "seed": pl.String}, orient="row")
    return (
        listed.join(counted, on=["topic", "seed"], how="left", maintain_order="left")
        .join(_rivals(found), on=["topic", "seed"], how="left", maintain_order="left")
        .with_columns(pl.col("hits", "documents", "unique_hits", "overlaps").fill_null(0))
        .with_columns(remark=_remark(pl.len().over("topic") > 1))
        .select(pl.col(name).cast(dtype) for name, dtype in COVERAGE.items())
    )


def _remark(several: pl.Expr) -> pl.Expr:
    """What is to be said of a seed; that it stands alone only if its topic has several."""
    often = pl.col("documents") >= ENOUGH
    return (
        pl.when(pl.col("hits") == 0, pl.col("seed").str.contains(PATTERN))
        .then(pl.lit("never occurs: its signs are looked for as written; only * stands for any letters"))
        .when(pl.col("hits") == 0)
        .then(pl.lit("never occurs"))
        .when(several & often & (pl.col("agrees") < ALONE))
        .then(pl.lit("hardly ever near the topic's other seeds: does it mean something else?"))
        .when(often & (pl.col("overlaps") > SHARED * pl.col("hits")))
        .then(pl.format("mostly where a seed of {} is", "overlaps_with"))
    )


def _rivals(found: pl.DataFrame) -> pl.DataFrame:
    """The other topic that each seed most often shares a sentence with."""
    pairs = found.join(found.select("at", overlaps_with="topic").unique(), on="at")
    return (
        pairs.filter(pl.col("topic") != pl.col("overlaps_with"))
        .group_by("topic", "seed", "overlaps_with")
        .len()
        .sort("len", "overlaps_with", descending=[True, False])
        .unique(["topic", "seed"], keep="first", maintain_order=True)
        .drop("len")
    )
