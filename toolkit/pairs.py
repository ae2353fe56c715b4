"""What is named together: pairs of things in one sentence or article, and how much more often than by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import polars as pl

from toolkit import association, schema
from toolkit.resampling import interval, numbered, summed

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.resampling import Array

Within = Literal["sentence", "article"]
UNITS = {"sentence": ["doc_id", "sent_id"], "article": ["doc_id"]}


class Pairs(NamedTuple):
    """What `pairs` gives: the pairs, each in both directions; each thing's own count; and the sentences behind them."""

    frame: pl.DataFrame
    things: pl.DataFrame
    evidence: pl.LazyFrame
    every: int


def pairs(
    corpus: Corpus,
    marks: pl.LazyFrame,
    *,
    key: str,
    within: Within = "sentence",
    top: int = 30,
    least: int = 2,
    resamples: int = 200,
    seed: int = 0,
) -> Pairs:
    """Which of the `top` most named things are named together, at least `least` times, in a sentence or an article.

    `marks` has a row for each mention, with `doc_id`, `sent_id` and the column `key` that names the thing. The frame has a
    row for each pair in both directions: `key` and `other`, `together` (sentences, or articles, that name both), `npmi` (how
    much more often than by chance: 1 always together, 0 by chance, below 0 less; Bouma 2009, Normalized Pointwise Mutual
    Information), its interval `low` to `high` (95%, bootstrap over articles; none for a pair in fewer than 5 articles),
    `articles` (that have the pair), `count` and `other_count` (sentences or articles that name each).
    """
    unit = UNITS[within]
    every = corpus.grouped().select(unit).unique()
    seen = marks.select("doc_id", "sent_id", key).drop_nulls().join(every, on=unit, how="semi")
    named = seen.select(*unit, key).unique()
    things = (
        named.group_by(key).agg(count=pl.len().cast(pl.Int64)).sort("count", key, descending=[True, False]).head(top)
    )
    mine = named.join(things.select(key), on=key, how="semi")
    joint = mine.join(mine.rename({key: "other"}), on=unit).filter(pl.col(key) != pl.col("other"))
    of_articles, singles, both, things_frame = pl.collect_all(
        [
            every.group_by("doc_id").agg(n=pl.len()).sort("doc_id"),
            mine.group_by("doc_id", key).agg(n=pl.len()).sort("doc_id", key),
            joint.group_by("doc_id", key, "other").agg(n=pl.len()).sort("doc_id", key, "other"),
            things,
        ]
    )
    size = int(of_articles["n"].sum())
    found = both.group_by(key, "other").agg(
        together=pl.col("n").sum().cast(pl.Int64), articles=pl.len().cast(pl.Int64)
    ).filter(pl.col("together") >= least)  # fmt: skip
    counts = things_frame.select(key, "count")
    frame = (
        found.join(counts, on=key)
        .join(counts.rename({key: "other", "count": "other_count"}), on="other")
        .with_columns(npmi=association.npmi(pl.col("together"), pl.col("count"), pl.col("other_count"), pl.lit(size)))
        .sort("together", key, "other", descending=[True, False, False])
    )
    low, high = _intervals(frame, of_articles, singles, both, key, resamples, seed)
    enough = pl.col("articles") >= schema.FEW
    frame = frame.with_columns(low=low, high=high).with_columns(pl.when(enough).then(pl.col("low", "high"))).select(
        key, "other", "together", "npmi", "low", "high", "articles", "count", "other_count"
    )  # fmt: skip
    evidence = _evidence(seen, joint, frame, unit, key)
    return Pairs(frame, things_frame, evidence, size)


def _evidence(seen: pl.LazyFrame, joint: pl.LazyFrame, frame: pl.DataFrame, unit: list[str], key: str) -> pl.LazyFrame:
    """The sentences that name both; within articles, those of the articles that do which name the one or the other."""
    kept = joint.join(frame.lazy().select(key, "other"), on=[key, "other"], how="semi")
    rows = kept.select("doc_id", "sent_id", key, "other") if "sent_id" in unit else _of_articles(seen, kept, key)
    return rows.unique().sort("doc_id", "sent_id", key, "other")


def _of_articles(seen: pl.LazyFrame, kept: pl.LazyFrame, key: str) -> pl.LazyFrame:
    sentences = seen.select("doc_id", "sent_id", named=key).unique()
    return (
        kept.join(sentences, on="doc_id")
        .filter((pl.col("named") == pl.col(key)) | (pl.col("named") == pl.col("other")))
        .select("doc_id", "sent_id", key, "other")
    )


def _intervals(
    frame: pl.DataFrame, of_articles: pl.DataFrame, singles: pl.DataFrame, both: pl.DataFrame,
    key: str, resamples: int, seed: int,
) -> tuple[pl.Series, pl.Series]:  # fmt: skip
    """The range of each pair's NPMI among the resamples; the pair and its mirror are counted once."""
    import numpy as np

    articles = numbered(of_articles)
    once = frame.filter(pl.col(key) < pl.col("other")).select(key, "other").with_row_index("pair")
    things = singles.select(pl.col(key).unique().sort()).with_row_index("thing")
    single = singles.join(articles, on="doc_id", maintain_order="left").join(things, on=key, maintain_order="left")
    pair = both.join(articles, on="doc_id", maintain_order="left").join(once, on=[key, "other"], maintain_order="left")
    ends = once.join(things, on=key, maintain_order="left").join(
        things.rename({key: "other", "thing": "second"}), on="other", maintain_order="left"
    )
    whole = summed(of_articles.join(articles, on="doc_id").with_columns(all=0), "all", 1)
    first, second = ends["thing"].to_numpy(), ends["second"].to_numpy()
    counts, joint = summed(single, "thing", things.height), summed(pair.drop_nulls("pair"), "pair", once.height)

    def scores(drawn: Array) -> Array:
        # the formula of association.npmi, on arrays
        size, both, each = whole(drawn), joint(drawn), counts(drawn)
        value: Array = np.log(both * size / (each[:, first] * each[:, second])) / -np.log(both / size)
        return value

    told = once.with_columns(interval(scores, articles["article"].n_unique(), resamples=resamples, seed=seed)).drop(
        "pair"
    )
    mirrored = pl.concat([told, told.select(pl.col("other").alias(key), pl.col(key).alias("other"), "low", "high")])
    found = frame.select(key, "other").join(mirrored, on=[key, "other"], how="left", maintain_order="left")
    return found["low"], found["high"]
