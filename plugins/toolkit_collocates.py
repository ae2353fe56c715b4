"""Which words stand near a word."""

from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    By,
    Corpus,
    Range,
    Result,
    analysis,
    association,
    charts,
    interval,
    numbered,
    schema,
    summed,
    word_lists,
)

Array: TypeAlias = "np.ndarray[Any, Any]"
Measure = Literal["log_dice", "mutual_information", "log_likelihood"]
SENTENCE = ["doc_id", "sent_id"]
TITLES = {"log_dice": "logDice (14 at most)", "mutual_information": "Mutual information (doublings)",
          "log_likelihood": "Log likelihood"}  # fmt: skip
MOST = 9
"""Of more groups the largest are shown."""


@analysis
def collocates(
    corpus: Corpus,
    *,
    find: str = "",
    by: By = "all",
    rank: Measure = "log_dice",
    window: Annotated[int, Range(1, 15)] = 5,
    top: Annotated[int, Range(1, 100)] = 20,
    least: Annotated[int, Range(1, 1000)] = 3,
    every: bool = False,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which words stand near a word, phrase, entity or topic more than elsewhere.

    Gives a row for each group of `by` and each of its `top` collocates: the group, `word`, `together` (times it stands within
    `window` words of what was found, in the same sentence), of which `left` and `right`; `log_dice` and its interval `low`
    to `high`, `mutual_information`, `log_likelihood` (measures of `tk.association`), `q` (the p-value of the last, corrected
    for the words tested, Benjamini and Hochberg), `articles`, `count` (of the word in the group), and `found` (places).

    `find` is as in `concordance`: a word, wildcard, phrase, /regular expression/, `entity:`, `country:` or `topic:`; empty,
    the name that occurs most. Mutual information and log likelihood are of the words in the window (Evert 2008, Corpora
    and Collocations). `rank` is the measure that puts them in order. A collocate stands there `least` times, and more often
    than by chance. The interval is a 95% bootstrap over articles, from 5 on. Function words are left out unless `every` is
    set.
    """
    groups = corpus.groups(by)
    found = corpus.find(find)
    near = windows(corpus, found.places, window)
    spoken = corpus.words(by, every=every)
    counts = spoken.group_by(*groups, "word").agg(count=pl.len().cast(pl.Int64)).collect(engine="streaming")
    counts = counts.with_columns(pl.col("word").cast(pl.String))
    near = near.join(counts.select("word").unique(), on="word", how="semi", maintain_order="left")
    rows = corpus.grouped(by).select(*dict.fromkeys([*SENTENCE, *groups]))
    near = near.join(
        spoken.select(pl.col("word").unique().cast(pl.String)).collect(), on="word", how="semi", maintain_order="left"
    )
    near = near.lazy().join(rows, on=SENTENCE, maintain_order="left").collect()
    nodes = (
        found.places.lazy().join(rows, on=SENTENCE).select("doc_id", *[g for g in groups if g != "doc_id"]).collect()
    )
    table = scored(near, nodes, counts, groups).filter(
        pl.col("together") >= least, pl.col("expected") < pl.col("together"), pl.col("turn") < MOST
    )
    frame = table.sort("turn", -pl.col(rank), -pl.col("together"), "word")
    frame = frame.filter(pl.int_range(pl.len()).over("turn") < top)
    sure = intervals(frame, near, nodes, spoken, groups, resamples=resamples, seed=seed)
    enough = pl.col("of_articles") >= schema.FEW
    frame = frame.with_columns(sure).with_columns(pl.when(enough).then(pl.col("low", "high")))
    frame = frame.select(*groups, "word", *COLUMNS)
    evidence = near.select(*dict.fromkeys([*SENTENCE, *groups, "word"])).unique(maintain_order=True)
    evidence = evidence.join(frame, on=[*groups, "word"], how="semi", nulls_equal=True, maintain_order="left")
    return Result(frame, chart(frame, groups, rank), note=remark(found, frame, len(corpus)), evidence=evidence)


COLUMNS = (
    "together", "left", "right", "log_dice", "low", "high", "mutual_information", "log_likelihood", "q", "articles",
    "count", "found",
)  # fmt: skip


def windows(corpus: Corpus, places: pl.DataFrame, window: int) -> pl.DataFrame:
    """Each word near a place, once a sentence and position: `doc_id`, `sent_id`, `position`, `side`, `word`."""
    sentences = corpus.scan("sentences").select(*SENTENCE, "text", begin="start")
    sizes = corpus.scan("words").select(*SENTENCE, size=pl.col("words").list.len())
    start, end = pl.col("start") - pl.col("begin"), pl.col("end") - pl.col("begin")
    cut = (
        places.lazy()
        .join(sentences, on=SENTENCE, maintain_order="left")
        .join(sizes, on=SENTENCE, maintain_order="left")
        .select(
            *SENTENCE,
            left=word_lists(pl.col("text").str.slice(0, start)),
            right=word_lists(pl.col("text").str.slice(end)),
            size="size",
        )
    )
    sides = []
    for side, first in (("left", 0), ("right", pl.col("size") - pl.col("right").list.len())):
        numbered = cut.with_columns(position=pl.int_ranges(first, first + pl.col(side).list.len(), dtype=pl.Int64))
        taken = [pl.col(name).list.tail(window) if side == "left" else pl.col(name).list.head(window)
                 for name in (side, "position")]  # fmt: skip
        near = numbered.select(*SENTENCE, taken[1], word=taken[0]).explode("position", "word")
        sides.append(near.with_columns(side=pl.lit(side)))
    return pl.concat(sides).drop_nulls("word").unique([*SENTENCE, "position"], maintain_order=True).collect()


def scored(near: pl.DataFrame, nodes: pl.DataFrame, counts: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """Each word near what was found, in each group, with its measures."""
    key = [*groups, "word"]
    seen = near.group_by(key).agg(
        together=pl.len().cast(pl.Int64),
        left=(pl.col("side") == "left").sum().cast(pl.Int64),
        right=(pl.col("side") == "right").sum().cast(pl.Int64),
        articles=pl.col("doc_id").n_unique().cast(pl.Int64),
    )
    sizes = {"found": pl.len().cast(pl.Int64), "of_articles": pl.col("doc_id").n_unique().cast(pl.Int64)}
    found = nodes.group_by(groups).agg(**sizes) if groups else nodes.select(**sizes)
    turns = found.sort(-pl.col("found"), *groups, nulls_last=True).with_row_index("turn")
    every = (
        counts.group_by(groups).agg(every=pl.col("count").sum())
        if groups
        else counts.select(every=pl.col("count").sum())
    )
    how = {"on": groups, "nulls_equal": True} if groups else {"how": "cross"}
    near_by = pl.col("together").sum().over(groups) if groups else pl.col("together").sum()
    both, first, count, total = pl.col("together"), near_by, pl.col("count"), pl.col("every")
    strength = association.log_likelihood(both, first, count, total)
    return (
        seen.join(counts, on=key, nulls_equal=True)
        .join(every, **how)
        .join(turns, **how)
        .with_columns(
            expected=first.cast(pl.Float64) * count / total,
            log_dice=association.log_dice(both, pl.col("found"), count),
            mutual_information=association.mutual_information(both, first, count, total),
            log_likelihood=strength,
            q=association.adjusted(association.p_value(strength)),
        )
    )


def intervals(
    frame: pl.DataFrame, near: pl.DataFrame, nodes: pl.DataFrame, spoken: pl.LazyFrame, groups: list[str],
    *, resamples: int, seed: int,
) -> list[pl.Series]:  # fmt: skip
    """The ends of the interval of each logDice: the range over resamples of the articles."""
    key = [*groups, "word"]
    pairs = frame.select(key).with_row_index("pair")
    turns = frame.select(*groups, "turn").unique("turn", maintain_order=True).with_row_index("group")
    wanted = spoken.filter(pl.col("word").is_in(frame["word"].unique().implode()))
    said = wanted.select("doc_id", *[g for g in groups if g != "doc_id"], pl.col("word").cast(pl.String)).collect()
    parts = [part.group_by(*dict.fromkeys(["doc_id", *columns])).len("n") for part, columns in
             ((near, key), (said, key), (nodes, groups))]  # fmt: skip
    articles = numbered(pl.concat([part.select("doc_id") for part in parts]).sort("doc_id"))
    together, count, found = (part.join(articles, on="doc_id") for part in parts)
    on_turns = {"on": groups, "nulls_equal": True} if groups else {"how": "cross"}
    both_of = summed(together.join(pairs, on=key, nulls_equal=True), "pair", pairs.height)
    count_of = summed(count.join(pairs, on=key, nulls_equal=True), "pair", pairs.height)
    found_of = summed(found.join(turns, **on_turns), "group", turns.height)
    group = frame.join(turns, on="turn", maintain_order="left")["group"].to_numpy()

    def log_dice(drawn: Array) -> Array:
        # the formula of association.log_dice, on arrays
        score: Array = 14 + np.log2(2 * both_of(drawn) / (found_of(drawn)[:, group] + count_of(drawn)))
        return score

    return interval(log_dice, articles["article"].n_unique(), resamples=resamples, seed=seed)


def remark(found: Any, frame: pl.DataFrame, articles: int) -> str:
    """What was looked for, and where it was found."""
    places, inside = found.places.height, found.places["doc_id"].n_unique()
    if not places:
        return f"{found.what or 'A name'} was found in none of {articles:,} articles."
    said = f"{found.what}: {places:,} places in {inside:,} of {articles:,} articles."
    return said if frame.height else f"{said} No word stands near it often enough."


def chart(frame: pl.DataFrame, groups: list[str], rank: Measure) -> alt.typing.ChartType:
    """A bar for each collocate, as long as the measure it is ranked by."""
    numbers = [alt.Tooltip(f"{name}:Q", format=",.2f") for name in ("log_dice", "low", "high", "mutual_information",
                                                                   "log_likelihood")]  # fmt: skip
    named = [group for group in groups if group != "doc_id"]
    drawn: alt.typing.ChartType = charts.ranked(
        frame,
        name="word",
        number=rank,
        title=TITLES[rank],
        form=",.1f",
        span=("low", "high") if rank == "log_dice" else None,
        panels=named,
        tips=[*named, "word:N", "together:Q", "left:Q", "right:Q", "count:Q", "articles:Q", *numbers],
    )
    return drawn
