"""How positive or negative the words are, of groups and about names."""

from typing import Annotated, Any, TypeAlias

import numpy as np
import polars as pl

from toolkit import By, Corpus, Names, Range, Result, analysis, charts, interval, numbered, schema, summed, valences

Array: TypeAlias = "np.ndarray[Any, Any]"
TERMS = 5
WHOLE = "all articles"


@analysis
def tone(
    corpus: Corpus,
    *,
    by: By = "outlet",
    top: Annotated[int, Range(1, 100)] = 20,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How positive or negative the words of each group are, with the words that make it so.

    Gives a row for each group of `by`, the most positive first: `group`, `tone` (mean valence of its words that have one, -4 to
    4), its interval `low` to `high` (95%, bootstrap over articles, from 5 on), `positive` and `negative` (such words in 1,000),
    `words_up` and `words_down` (the five that add most to either), `scored` (words), and `articles`.

    Valences are those of the VADER lexicon (Hutto and Gilbert 2014, A parsimonious rule-based model for sentiment analysis of
    social media text), which people rated; a word up to three after a negation (not, never, n't ...) counts -0.74 times. A
    lexicon knows no context: war and tax are negative in any article on them, so compare like with like. Articles in
    other languages than English are left out, and the note counts them. Needs the extra `tone`.
    """
    groups = corpus.groups(by)
    english, note = in_english(corpus)
    rows = english.grouped(by).select(*dict.fromkeys(["doc_id", "sent_id", "words", *groups]))
    return answer(english, rows, groups, note, top=top, resamples=resamples, seed=seed)


@analysis
def tone_toward(
    corpus: Corpus,
    *,
    kind: Names = "people",
    top: Annotated[int, Range(1, 100)] = 15,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How positive or negative the sentences are that name someone. Experimental.

    Gives a row for each of the `top` names of `kind` that most sentences name: `entity`, and the columns of `tone`, of the
    words of those sentences: `tone`, `low`, `high`, `positive`, `negative`, `words_up`, `words_down`, `scored`, `articles`. It says
    in what surroundings a name stands, not what is thought of who bears it: who condemns an attack stands among dark words.
    Read the sentences.
    """
    english, note = in_english(corpus)
    named = english.mentions(kind).select("doc_id", "sent_id", "entity").unique(maintain_order=True)
    most = (
        named.group_by("entity")
        .len()
        .sort(-pl.col("len").cast(pl.Int64), "entity")
        .head(top)
        .select("entity")
        .collect()
    )
    sizes = english.grouped().select("doc_id", "sent_id", "words")
    rows = named.join(most.lazy(), on="entity", how="semi", maintain_order="left").join(
        sizes, on=["doc_id", "sent_id"], maintain_order="left"
    )
    said = " ".join(filter(None, ["Experimental: it tells the surroundings of a name, not an opinion of it.", note]))
    return answer(english, rows, ["entity"], said, top=top, resamples=resamples, seed=seed)


def in_english(corpus: Corpus) -> tuple[Corpus, str | None]:
    """The articles in English, and how many are not."""
    english = corpus.filter(pl.col("language").fill_null("en") == "en")
    left = len(corpus) - len(english)
    return english, f"{left:,} of {len(corpus):,} articles are not in English and are left out." if left else None


def answer(
    corpus: Corpus, rows: pl.LazyFrame, groups: list[str], note: str | None, *, top: int, resamples: int, seed: int
) -> Result:
    """The tone of each group of `rows`, sentences with their `words`."""
    of, named = (groups, rows) if groups else (["all"], rows.with_columns(all=pl.lit(WHOLE)))
    found = (
        valences(corpus)
        .join(named.select(*dict.fromkeys(["doc_id", "sent_id", *of])), on=["doc_id", "sent_id"])
        .collect()
        .sort("doc_id", "sent_id", "value", *of)  # in one order, so that means are the same each time
    )
    table = scored(found, named, of).head(top).with_row_index("turn")
    known = found.join(table.select(*of, "turn"), on=of, nulls_equal=True).sort("doc_id", maintain_order=True)
    known = known.join(numbered(known), on="doc_id", maintain_order="left")
    frame = (
        table.with_columns(ends(known, table.height, resamples, seed))
        .with_columns(
            pl.when(pl.col("articles") >= schema.FEW).then(pl.col("low", "high")),
            group=charts.joined(of),
        )
        .join(drivers(known, up=True), on="turn", how="left", maintain_order="left")
        .join(drivers(known, up=False), on="turn", how="left", maintain_order="left")
        .sort(-pl.col("tone"), *of)
    )
    columns = ["tone", "low", "high", "positive", "negative", "words_up", "words_down", "scored", "articles"]
    shown = groups if groups == ["entity"] else [*groups, "group"]
    frame = frame.select(*shown, *columns)
    drawn = charts.ranked(
        frame,
        name=shown[-1],
        number="tone",
        title="Mean valence of words (-4 to 4)",
        form=".2f",
        span=("low", "high"),
        tips=frame.columns,
    )
    evidence = (
        found.select(*dict.fromkeys(["doc_id", "sent_id", *groups])).unique(maintain_order=True) if groups else None
    )
    return Result(frame, drawn, note=note, evidence=evidence)


def scored(found: pl.DataFrame, named: pl.LazyFrame, of: list[str]) -> pl.DataFrame:
    """The mean valence of each group, and its words that have one in 1,000 of all; the group with most words first."""
    value = pl.col("value")
    sizes = named.group_by(of).agg(total=pl.col("words").sum(), articles=pl.col("doc_id").n_unique().cast(pl.Int64))
    sums = found.group_by(of).agg(
        tone=value.mean(), up=(value > 0).sum(), down=(value < 0).sum(), scored=pl.len().cast(pl.Int64)
    )
    return (
        sums.join(sizes.collect(), on=of, nulls_equal=True)
        .with_columns(positive=1000 * pl.col("up") / pl.col("total"), negative=1000 * pl.col("down") / pl.col("total"))
        .sort(-pl.col("total"), *of, nulls_last=True)
    )


def ends(known: pl.DataFrame, groups: int, resamples: int, seed: int) -> list[pl.Series]:
    """The range of each group's mean valence over resamples of the articles."""
    tallies = [summed(known.with_columns(n=what), "turn", groups) for what in (pl.col("value"), pl.lit(1))]

    def mean(drawn: Array) -> Array:
        return tallies[0](drawn) / tallies[1](drawn)

    return interval(mean, known["article"].n_unique(), resamples=resamples, seed=seed)


def drivers(found: pl.DataFrame, *, up: bool) -> pl.DataFrame:
    """The words that add most to a group's tone, or take most from it."""
    sums = found.group_by("turn", "word").agg(pl.col("value").sum())
    most = sums.filter(pl.col("value") > 0 if up else pl.col("value") < 0).sort("turn", -pl.col("value").abs(), "word")
    name = "words_up" if up else "words_down"
    return (
        most.filter(pl.int_range(pl.len()).over("turn") < TERMS)
        .group_by("turn", maintain_order=True)
        .agg(pl.col("word").str.join(", ").alias(name))
    )
