"""How hard each group is to read."""

from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
import polars as pl

from toolkit import By, Corpus, Range, Result, analysis, charts, interval, numbered, schema, summed

Array: TypeAlias = "np.ndarray[Any, Any]"
Measure = Literal["flesch", "grade", "lix"]
TITLES = {
    "flesch": "Flesch reading ease (100 easy, 0 hard)",
    "grade": "School years (Flesch and Kincaid)",
    "lix": "LIX (25 easy, 60 hard)",
}
VOWELS = "[aeiouyàâäéèêëîïôöùûü]+"


@analysis
def readability(
    corpus: Corpus,
    *,
    by: By = "outlet",
    measure: Measure = "flesch",
    top: Annotated[int, Range(1, 100)] = 20,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How hard each group is to read, by the length of its sentences and words.

    Gives a row for each group of `by`: `group`, `flesch` (reading ease, Flesch 1948), `grade` (school years, Kincaid et
    al. 1975), `lix` (Björnsson 1968), the interval `low` to `high` of the `measure` that is drawn (95%, bootstrap over
    articles, from 5 on), `words_per_sentence`, `syllables_per_word`, `long_words` (share of more than six letters), and
    `articles`. Syllables are counted by rule (groups of vowels, a silent e left out), which is made for English, as the first
    two formulas are: articles in other languages are left out of all three, and the note counts them.
    """
    groups = corpus.groups(by)
    of = groups or ["all"]
    english = corpus.filter(pl.col("language").fill_null("en") == "en")
    articles = counted(english.words(by, every=True), list(dict.fromkeys(["doc_id", *groups])))
    articles = articles if groups else articles.with_columns(all=pl.lit("all"))
    sums = ("words", "syllables", "long", "sentences")
    frame = (
        articles.group_by(of)
        .agg(pl.col(sums).sum(), articles=pl.col("doc_id").n_unique().cast(pl.Int64))
        .sort(-pl.col("words"), *of)
        .head(top)
        .with_row_index("turn")
    )
    known = articles.join(frame.select(*of, "turn"), on=of, nulls_equal=True)
    tallies = [summed(known.with_columns(n=name), "turn", frame.height) for name in sums]

    def score(drawn: Array) -> Array:
        value: Array = FORMULAS[measure](*(tally(drawn) for tally in tallies))
        return value

    ends = interval(score, articles["article"].n_unique(), resamples=resamples, seed=seed)
    frame = (
        frame.with_columns(ends)
        .with_columns(
            *[formula(*map(pl.col, sums)).alias(name) for name, formula in FORMULAS.items()],
            pl.when(pl.col("articles") >= schema.FEW).then(pl.col("low", "high")),
            words_per_sentence=pl.col("words") / pl.col("sentences"),
            syllables_per_word=pl.col("syllables") / pl.col("words"),
            long_words=pl.col("long") / pl.col("words"),
            group=charts.joined(of),
        )
        .sort(pl.col(measure), *of)
    )
    frame = frame.select(
        *groups, "group", *FORMULAS, "low", "high", "words_per_sentence", "syllables_per_word", "long_words", "articles"
    )
    left = len(corpus) - len(english)
    note = f"{left:,} of {len(corpus):,} articles are not in English and are left out." if left else None
    drawn = charts.ranked(
        frame, name="group", number=measure, title=TITLES[measure], form=".1f", span=("low", "high"), tips=frame.columns
    )
    evidence = english.grouped(by).select(*dict.fromkeys(["doc_id", "sent_id", *groups])) if groups else None
    return Result(frame, drawn, note=note, evidence=evidence)


def counted(spoken: pl.LazyFrame, keys: list[str]) -> pl.DataFrame:
    """For each article, with its number `article`, how many words, syllables, long words and sentences it has."""
    words = spoken.select("sent_id", *keys, "word").collect(engine="streaming")
    known = words.select(pl.col("word").unique()).with_columns(
        syllables=syllables(pl.col("word").cast(pl.String)), long=(pl.col("word").cat.len_chars() > 6).cast(pl.Int64)
    )
    # what is known of a word is found by its number, which is quicker than a join of every word with the vocabulary
    number = known["word"].to_physical().to_numpy()
    told = np.zeros((2, int(number.max(initial=0)) + 1))
    told[:, number] = known.select("syllables", "long").to_numpy().T
    at = words["word"].to_physical().to_numpy()
    measured = words.drop("word").with_columns(syllables=told[0][at], long=told[1][at])
    by_sentence = measured.lazy().group_by("sent_id", *keys).agg(
        words=pl.len().cast(pl.Float64), syllables=pl.col("syllables").sum(), long=pl.col("long").sum()
    )  # fmt: skip
    sums = {name: pl.col(name).sum() for name in ("words", "syllables", "long")}
    whole = by_sentence.group_by(keys).agg(**sums, sentences=pl.len().cast(pl.Float64)).sort(keys).collect()
    return whole.join(numbered(whole), on="doc_id", maintain_order="left")


FORMULAS: dict[Measure, Any] = {
    "flesch": lambda words, syllables, long, sentences: 206.835 - 1.015 * words / sentences - 84.6 * syllables / words,
    "grade": lambda words, syllables, long, sentences: 0.39 * words / sentences + 11.8 * syllables / words - 15.59,
    "lix": lambda words, syllables, long, sentences: words / sentences + 100 * long / words,
}
"""Each measure from sums of words, syllables, long words and sentences: columns or arrays."""


def syllables(word: pl.Expr) -> pl.Expr:
    """How many syllables an English word has, by rule.

    >>> pl.DataFrame({"w": ["peace", "negotiation", "table", "the"]}).select(syllables(pl.col("w")))["w"].to_list()
    [1, 5, 2, 1]
    """
    sounded = word.str.replace(r"(?:([^l])e|([^td])ed|([^szxcg])es)$", "$1$2$3")
    split = sounded.str.replace_all(r"i(?:a|o|u)", "i.a").str.replace_all(r"(?:t|c|s)i\.a", "sa")
    return split.str.count_matches(VOWELS).clip(1).cast(pl.Int64)
