"""Valences: how positive or negative each word is, turned by a negation before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from toolkit.errors import MissingExtra

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

NOT = (
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "cannot",
    "hardly",
    "barely",
    "rarely",
    "seldom",
)
REACH, TURNED = 3, -0.74
"""A word up to three words after a negation counts the other way, and less: as VADER measured it."""


def valences(corpus: Corpus) -> pl.LazyFrame:
    """A row for each word that has a valence: `doc_id`, `sent_id`, `word`, `value` (-4 most negative, to 4).

    Valences are those of the VADER lexicon, which people rated (Hutto and Gilbert 2014, A parsimonious rule-based model for
    sentiment analysis of social media text); a word up to three after a negation (not, never, n't ...) counts -0.74 times.
    They are of English words: `tk.analyses.tone` leaves articles in other languages out. Raises MissingExtra without the
    extra `tone`.

    >>> import toolkit as tk
    >>> corpus = tk.load(["The talks were no success."], recognizer="builtin", progress=False)
    >>> tk.valences(corpus).collect()["word"].to_list()
    ['success']
    """
    told = corpus.scan("words").with_row_index("at").explode("words").rename({"words": "word"})
    negation = pl.col("word").is_in(NOT) | pl.col("word").is_in(_contracted(corpus))
    near: Sequence[pl.Expr] = [
        negation.shift(step) & (pl.col("at").shift(step) == pl.col("at")) for step in range(1, REACH + 1)
    ]
    turned = pl.any_horizontal(near).fill_null(False)
    kept = (
        told.with_columns(turned=turned)
        .filter(pl.col("word").is_in(lexicon()["word"].implode()), ~pl.col("word").is_in(NOT))
        .with_columns(pl.col("word").cast(pl.String))
    )
    valued = kept.join(lexicon().lazy(), on="word", maintain_order="left")
    value = pl.when("turned").then(TURNED * pl.col("valence")).otherwise("valence")
    return valued.select("doc_id", "sent_id", "word", value=value)


def _contracted(corpus: Corpus) -> list[str]:
    """The words of the corpus that end in n't."""
    every = corpus.scan("words").select(word=pl.col("words").explode()).select(pl.col("word").unique().cast(pl.String))
    return every.filter(pl.col("word").str.ends_with("n't")).collect()["word"].sort().to_list()


@cache
def lexicon() -> pl.DataFrame:
    """Words of letters and their valence; raises MissingExtra if the lexicon is not installed."""
    try:
        text = (files("vaderSentiment") / "vader_lexicon.txt").read_text(encoding="utf8")
    except ModuleNotFoundError as error:
        raise MissingExtra("tone", "tone") from error
    rows = [line.split("\t")[:2] for line in text.splitlines() if "\t" in line]
    table = pl.DataFrame(rows, schema=["word", "valence"], orient="row").with_columns(
        pl.col("valence").cast(pl.Float64)
    )
    return table.filter(pl.col("word").str.contains(r"^\p{L}[\p{L}'-]+$")).unique(
        "word", keep="first", maintain_order=True
    )
