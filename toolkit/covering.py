"""How much of the corpus, or of each group of it, names what: shares with intervals, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from toolkit import schema
from toolkit.receipt import count as counted
from toolkit.resampling import interval, numbered, summed
from toolkit.sums import stable_sum

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.resampling import Array

SENTENCE = ["doc_id", "sent_id"]


class Coverage(NamedTuple):
    """What `coverage` gives: the answer, its evidence, and what a reader should know of it."""

    frame: pl.DataFrame
    evidence: pl.LazyFrame
    note: str | None


def coverage(
    corpus: Corpus,
    marks: pl.LazyFrame,
    *,
    key: Sequence[str],
    by: str | Sequence[str] = "all",
    count: str = "sentences",
    top: int = 20,
    most: int = 12,
    resamples: int = 200,
    seed: int = 0,
) -> Coverage:
    """How much of each group names each of the things that `marks` tell apart.

    `marks` has a row for each mention, with `doc_id`, `sent_id` and the columns of `key`, which name the thing. The frame
    has a row for each group and thing, zeros included: the columns of the group and of `key`; `amount`: the sentences or
    words of sentences that name it, or the articles or stories that do; `share` (of all that the group has; a sentence
    may name several things, so shares do not sum to 1); its interval `low` to `high` (95%, bootstrap over articles; none
    in a group of fewer than 5 articles); `mentions`; `articles` (that name it); and what the share is of: `total`, from
    `of_articles`. The `top` things of the whole are given, most first, and the `most` largest groups; days and weeks in
    their order. With `by="topic"` a sentence counts for each topic by its weight, and is evidence where the topic holds.
    """
    keys, groups = list(key), corpus.groups(by)
    article = list(dict.fromkeys(["doc_id", *groups]))
    rows = corpus.grouped(by, count)
    seen = marks.select(*SENTENCE, *keys).join(rows, on=SENTENCE, maintain_order="left")
    unit = article if count in ("articles", "stories") else [*dict.fromkeys([*SENTENCE, *groups])]
    amounts = rows.group_by(unit).agg(amount=_amount())
    parts = (
        seen.select(*unit, *keys)
        .unique()
        .join(amounts, on=unit, nulls_equal=True)
        .group_by(*article, *keys)
        .agg(amount=_amount())
    )
    sizes = rows.group_by(article).agg(amount=_amount())
    held = seen.filter(pl.col("weight") >= schema.HOLDS) if "topic" in groups else seen
    return _covered(parts, sizes, held, groups, keys, top=top, most=most, resamples=resamples, seed=seed)


def division(
    marks: pl.LazyFrame,
    *,
    key: Sequence[str],
    groups: Sequence[str] = (),
    apart: Sequence[str] = (),
    also: Sequence[str] = (),
    top: int = 20,
    most: int = 12,
    resamples: int = 200,
    seed: int = 0,
) -> Coverage:
    """How a whole divides into things: shares that sum to 1 in each group, what is beyond the `top` things as `other`.

    `marks` has a row for each part of the whole, with `doc_id`, `sent_id`, its `amount`, the columns of `groups`, and those
    of `key`, which name the thing; with a `weight`, it is evidence where that holds. Frame, evidence and note are those of
    `coverage`, shares being of all the amounts of the group. Things named in `apart` are always kept, and come last, before
    `other`; `also` names further columns for the evidence.
    """
    keys, named = list(key), list(groups)
    totals = marks.group_by(keys).agg(amount=_amount()).sort("amount", *keys, descending=[True, *[False] * len(keys)])
    last = [*apart, schema.OTHER]
    thing = pl.col(keys[0])
    largest = pl.concat([totals.filter(~thing.is_in(last)).head(top), totals.filter(thing.is_in(list(apart)))])
    largest = largest.select(*keys, kept=True)
    lumped = marks.join(largest, on=keys, how="left", maintain_order="left").with_columns(
        pl.when("kept").then(pl.col(keys)).otherwise(pl.lit(schema.OTHER))
    )
    article = list(dict.fromkeys(["doc_id", *named]))
    parts = lumped.group_by(*article, *keys).agg(amount=_amount())
    sizes = lumped.group_by(article).agg(amount=_amount())
    weighed = "weight" in lumped.collect_schema()
    held = lumped.filter(pl.col("weight") >= schema.HOLDS) if weighed else lumped
    return _covered(
        parts, sizes, held, named, keys,
        top=top + len(last), most=most, resamples=resamples, seed=seed, last=last, also=also,
    )  # fmt: skip


def _covered(
    parts: pl.LazyFrame,
    sizes: pl.LazyFrame,
    held: pl.LazyFrame,
    groups: list[str],
    keys: list[str],
    *,
    top: int,
    most: int,
    resamples: int,
    seed: int,
    last: Sequence[str] = (),
    also: Sequence[str] = (),
) -> Coverage:
    """The answer, from the amount of each thing in each article, that of each article, and the marks that are evidence."""
    article = list(dict.fromkeys(["doc_id", *groups]))
    tallies = held.group_by(*groups, *keys).agg(mentions=pl.len().cast(pl.Int64), articles=_articles())
    part, size, tally = pl.collect_all([parts.sort(*article, *keys), sizes.sort(article), tallies])
    every = _groups(size, groups)
    kept = ordered(every.head(most), groups)
    things = (
        part.group_by(keys)
        .agg(_amount())
        .join(tally.group_by(keys).agg(pl.col("mentions").sum()), on=keys, how="left", nulls_equal=True)
        .sort(
            *(pl.col(keys[0]) == name for name in reversed(last)),
            -pl.col("amount"),
            -pl.col("mentions"),
            *keys,
            nulls_last=True,
        )
        .head(top)
        .select(keys)
    )
    low, high = _intervals(part, size, kept.select(groups), things, resamples, seed)
    share = pl.col("amount") / pl.col("total")
    enough = pl.col("of_articles") >= schema.FEW
    frame = (
        kept.join(things, how="cross", maintain_order="left_right")
        .join(
            part.group_by(*groups, *keys).agg(_amount()),
            on=[*groups, *keys], how="left", nulls_equal=True, maintain_order="left",
        )
        .join(tally, on=[*groups, *keys], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("amount", "mentions", "articles").fill_null(0), low=low, high=high)
        .with_columns(share=share, low=pl.when(enough).then("low"), high=pl.when(enough).then("high"))
        .select(*groups, *keys, "amount", "share", "low", "high", "mentions", "articles", "total", "of_articles")
    )  # fmt: skip
    evidence = held.select(*dict.fromkeys([*SENTENCE, *groups, *keys, *also])).unique(maintain_order=True)
    evidence = evidence.join(things.lazy(), on=keys, how="semi", nulls_equal=True, maintain_order="left")
    if groups:
        evidence = evidence.join(kept.lazy(), on=groups, how="semi", nulls_equal=True, maintain_order="left")
    return Coverage(frame, evidence, remarks(every, kept.height))


def _amount() -> pl.Expr:
    """The sum of amounts; parts of an article add up to 1 again."""
    return stable_sum(pl.col("amount")).round(6)


def _articles() -> pl.Expr:
    return pl.col("doc_id").n_unique().cast(pl.Int64)


def _groups(size: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """Each group with its `total` and `of_articles`, the largest first; one row for all if there are no groups."""
    sums = {"total": _amount(), "of_articles": _articles()}
    found = size.group_by(groups).agg(**sums) if groups else size.select(**sums)
    order = [-pl.col("total"), -pl.col("of_articles"), *map(pl.col, groups)]
    return found.filter(pl.col("total") > 0).sort(order, nulls_last=True)


def ordered(found: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """The groups as they are read: days, weeks and other times in their order, undated last; others stay."""
    times = [group for group in groups if found.schema[group] == pl.Date]
    return found.sort(times, nulls_last=True, maintain_order=True) if times else found


def _intervals(
    part: pl.DataFrame, size: pl.DataFrame, kept: pl.DataFrame, things: pl.DataFrame, resamples: int, seed: int
) -> list[pl.Series]:
    """The range of each share among the resamples, for each kept group and thing in turn."""
    articles = numbered(size)
    groups = kept.with_row_index("group") if kept.width else pl.DataFrame({"group": [0]})
    cells = groups.join(things, how="cross", maintain_order="left_right").with_row_index("cell")

    def placed(rows: pl.DataFrame, place: pl.DataFrame, on: list[str]) -> pl.DataFrame:
        known = rows.rename({"amount": "n"}).join(articles, on="doc_id", maintain_order="left")
        if not on:
            return known.join(place, how="cross", maintain_order="left")
        return known.join(place, on=on, nulls_equal=True, maintain_order="left")

    whole_of = summed(placed(size, groups, kept.columns), "group", groups.height)
    part_of = summed(placed(part, cells, [*kept.columns, *things.columns]), "cell", cells.height)

    def shares(drawn: Array) -> Array:
        parts = part_of(drawn).reshape(len(drawn), groups.height, things.height)
        return parts / whole_of(drawn)[:, :, None]

    return interval(shares, articles["article"].n_unique(), resamples=resamples, seed=seed)


def remarks(groups: pl.DataFrame, shown: int) -> str | None:
    """What a reader should know of groups (largest first, `of_articles` of each): how many are shown, and how many are too small."""
    few = groups.head(shown).filter(pl.col("of_articles") < schema.FEW).height
    said = []
    if groups.height > shown:
        said.append(f"The {shown:,} largest of {groups.height:,} groups are shown.")
    if few and groups.height == 1:
        said.append(f"From {counted(groups.item(0, 'of_articles'), 'article')}: too few for intervals.")
    elif few:
        said.append(
            f"{few:,} of {shown:,} groups have fewer than {schema.FEW} articles, so their shares say little and have no interval."
        )
    return " ".join(said) or None
