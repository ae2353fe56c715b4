"""Which words occur most."""

from typing import Annotated

import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts


@analysis
def top_words(
    corpus: Corpus,
    *,
    top: Annotated[int, Range(1, 200)] = 20,
    every: bool = False,
    least_letters: Annotated[int, Range(1, 12)] = 3,
    skip: list[str] | None = None,
) -> Result:
    """The words that occur most often.

    Gives `word` (case folded, without a possessive 's), `count` and `articles`, most first. Captions, credits and page
    furniture do not count. Function words (the, of, said ...) of the article's language are left out unless `every` is
    set, and so are words of fewer than `least_letters` letters and those in `skip`.
    """
    passed = [word.lower() for word in skip or []]
    words = corpus.words(every=every).filter(
        pl.col("word").cat.len_chars() >= least_letters, ~pl.col("word").is_in(passed)
    )
    most = words.group_by("word").agg(count=pl.len().cast(pl.Int64)).sort(-pl.col("count"), "word").head(top).collect()
    told = words.filter(pl.col("word").is_in(most["word"].implode()))
    articles = told.group_by("word").agg(articles=pl.col("doc_id").n_unique().cast(pl.Int64)).collect()
    frame = most.join(articles, on="word", maintain_order="left").with_columns(pl.col("word").cast(pl.String))
    evidence = told.with_columns(pl.col("word").cast(pl.String)).unique(maintain_order=True)
    drawn = charts.ranked(frame, name="word", number="count", title="Times used", tips=["word", "count", "articles"])
    return Result(frame, drawn, evidence=evidence)
