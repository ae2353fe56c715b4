"""The words of texts as numbers: which word occurs in which text, and how much it counts there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from toolkit.topics.chain import Floats, Numbers
from toolkit.topics.seeds import SPACELESS

_SPACELESS = "".join(rf"\p{{{script}}}" for script in SPACELESS)
FORM = rf"[\p{{L}}\p{{M}}&&[^{_SPACELESS}]]{{3,}}|[\p{{L}}&&[{_SPACELESS}]]"
"""A word: three letters or more; in scripts written without spaces, each sign."""

LEAST_TEXTS, MOST_TEXTS, MOST_WORDS = 3, 0.3, 40_000
"""A word counts if it occurs in so many texts at least, in this share of them at most, and is among the commonest."""

RARITY = 0.3
"""The power of a word's rarity (its inverse document frequency) in what it counts."""


@dataclass(frozen=True)
class Vocabulary:
    """Words that count, in order, and how much each does for its rarity."""

    words: pl.Series
    rarity: Floats

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class Bags:
    """Texts as bags of words: one entry for each word of each text, ordered by text."""

    text: Numbers
    word: Numbers
    value: Floats
    texts: int
    words: int

    def of(self, chosen: npt.NDArray[np.bool_]) -> Bags:
        """The same without the words of the texts that are not chosen."""
        kept = chosen[self.text]
        return replace(self, text=self.text[kept], word=self.word[kept], value=self.value[kept])

    def scores(self, weights: Floats) -> Floats:
        """The sum of `weights` (words by topics) over the words of each text: texts by topics."""
        columns = np.ascontiguousarray(weights.T)
        summed = [np.bincount(self.text, self.value * column[self.word], self.texts) for column in columns]
        return np.stack(summed, axis=1) if summed else np.zeros((self.texts, 0))

    def sums(self, shares: Floats) -> Floats:
        """How much of each word falls to each topic if `shares` (texts by topics) of its texts do: words by topics."""
        columns = np.ascontiguousarray(shares.T)
        summed = [np.bincount(self.word, self.value * column[self.text], self.words) for column in columns]
        return np.stack(summed, axis=1) if summed else np.zeros((self.words, 0))


PLURALS = (
    pl.col("word"),
    pl.col("word") + "s",
    pl.col("word") + "es",
    pl.col("word").str.head(-1) + "ies",
)
"""The forms that a word may stand in."""


def forms(texts: pl.DataFrame, at: str = "at") -> pl.DataFrame:
    """Every word as it stands in `text`, in small letters: `at`, `form`."""
    found = texts.lazy().select(at, form=pl.col("text").str.to_lowercase().str.extract_all(FORM))
    return found.explode("form").drop_nulls("form").collect()


def singular(form: pl.Expr) -> pl.Expr:
    """`form` without the ending of a plural.

    >>> pl.select(singular(pl.Series(["talks", "parties", "taxes", "press"]))).to_series().to_list()
    ['talk', 'party', 'tax', 'press']
    """
    return (
        pl.when(form.str.len_chars() < 4)
        .then(form)
        .when(form.str.contains(r"[^aeiou]ies$"))
        .then(form.str.head(-3) + "y")
        .when(form.str.contains(r"(x|ch|sh|ss)es$"))
        .then(form.str.head(-2))
        .when(form.str.contains(r"[^su]s$"))
        .then(form.str.head(-1))
        .otherwise(form)
    )


def vocabulary(words: pl.DataFrame, texts: int) -> Vocabulary:
    """The words worth counting in so many texts, from `words` (`at`, `form`)."""
    stems = words.select(pl.col("form").unique()).with_columns(word=singular(pl.col("form")))
    spread = (
        words.unique()
        .join(stems, on="form")
        .group_by("word")
        .agg(texts=pl.col("at").n_unique())
        .filter(pl.col("texts").is_between(LEAST_TEXTS, max(MOST_TEXTS * texts, LEAST_TEXTS)))
        .sort("texts", "word", descending=[True, False])
        .head(MOST_WORDS)
    )
    rarity = np.log((texts + 1) / (spread["texts"].to_numpy() + 1)) + 1
    return Vocabulary(spread["word"], rarity**RARITY)


def bags(words: pl.DataFrame, texts: int, known: Vocabulary) -> Bags:
    """Texts as bags of the words of a vocabulary: the logarithm of 1 + count, by rarity, over the root of the length.

    The root of the length keeps long texts from drowning short ones, and from being certain of everything.
    """
    written = known.words.to_frame("word").with_row_index("number")
    table = (
        pl.concat([written.with_columns(form=form) for form in PLURALS])
        .filter(singular(pl.col("form")) == pl.col("word"))
        .select("form", pl.col("number").cast(pl.Int64))
    )
    keys = words.join(table, on="form").select(key=pl.col("at").cast(pl.Int64) * len(known) + pl.col("number"))
    runs = keys["key"].sort().rle().struct.unnest()
    text, word = np.divmod(runs["value"].to_numpy(), max(len(known), 1))
    value = np.log1p(runs["len"].to_numpy()) * known.rarity[word]
    length = np.sqrt(np.bincount(text, value, texts))
    return Bags(text, word, value / length[text], texts, len(known))
