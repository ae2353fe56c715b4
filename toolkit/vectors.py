"""Articles as vectors of their words: what is mapped, clustered and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import polars as pl

if TYPE_CHECKING:
    import numpy as np

    from toolkit.corpus import Corpus

    Array: TypeAlias = np.ndarray[Any, Any]


class Vectors(NamedTuple):
    """`matrix` has a row for each of `articles` (ids) and a column for each of `words`; each row has length 1."""

    articles: list[str]
    words: list[str]
    matrix: Array


def article_words(corpus: Corpus, *, articles: int = 1000, words: int = 3000, most: float = 0.5) -> Vectors:
    """The tf-idf vectors of articles: 1 + log of the count, times the log of how few articles have the word.

    Of more than `articles` so many are drawn evenly, by hash of their ids; of the words in three of them or more, and in no
    more than the part `most`, those in most articles are taken, `words` at the most. An article without any is left out
    (Salton and Buckley 1988, Term-weighting approaches in automatic text retrieval).
    """
    import numpy as np

    drawn = corpus.scan("documents").select("doc_id").sort(pl.col("doc_id").hash(0), "doc_id").head(articles)
    counts = (
        corpus.words()
        .join(drawn, on="doc_id", how="semi", maintain_order="left")
        .group_by("doc_id", pl.col("word").cast(pl.String))
        .agg(n=pl.len())
        .collect()
    )
    size = counts["doc_id"].n_unique()
    spread = counts.group_by("word").agg(articles=pl.len())
    few = 3 if size >= 30 else 1
    kept = spread.filter(pl.col("articles").is_between(few, max(few, most * size)), pl.col("word").str.len_chars() > 2)
    kept = kept.sort(-pl.col("articles").cast(pl.Int64), "word").head(words).sort("word").with_row_index("column")
    rows = counts.join(kept, on="word").sort("doc_id", "column")
    ids = rows.select(pl.col("doc_id").unique(maintain_order=True)).with_row_index("row")
    rows = rows.join(ids, on="doc_id", maintain_order="left")
    weight = (1 + pl.col("n").log()) * ((1 + size) / (1 + pl.col("articles"))).log()
    matrix = np.zeros((ids.height, kept.height), dtype=np.float32)
    matrix[rows["row"].to_numpy(), rows["column"].to_numpy()] = rows.select(weight).to_series().to_numpy()
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors(ids["doc_id"].to_list(), kept["word"].to_list(), matrix / np.where(lengths > 0, lengths, 1))
