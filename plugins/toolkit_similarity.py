"""Which groups write alike."""

from typing import Annotated

import altair as alt
import numpy as np
import polars as pl

from toolkit import By, Corpus, Range, Result, SettingError, analysis, charts

SHARED = 5


@analysis
def similarity(corpus: Corpus, *, by: By = "outlet", top: Annotated[int, Range(2, 40)] = 12) -> Result:
    """Which groups write alike: how much their words are the same.

    Gives a row for each two of the `top` largest groups of `by`, both ways round: `first`, `second`, `similarity` (cosine of
    their words' tf-idf weights, 0 nothing in common, 1 the same: Salton and Buckley 1988; log of the count, and idf over
    articles), `words` (the five that add most to it), `words_first` and `words_second` (their sizes). Groups that share a
    story's copies are alike for that: `dedupe="stories"` takes them out.
    It has no interval: in a resample of the articles each group has fewer different words than it has, so every resampled
    likeness would lie below the one that is observed.
    """
    column = [group for group in corpus.groups(by) if group != "doc_id"]
    if not column:
        raise SettingError(
            f"similarity got by={by!r}; it sets groups side by side: take outlet, section, month or document."
        )
    keys = list(dict.fromkeys(corpus.groups(by)))
    spoken = corpus.words(by)
    counts = spoken.group_by(*keys, "word").agg(count=pl.len().cast(pl.Int64)).collect()
    largest = (
        counts.group_by(keys).agg(size=pl.col("count").sum()).sort(-pl.col("size"), *keys, nulls_last=True).head(top)
    )
    largest = largest.with_columns(name=charts.joined(column)).with_row_index("turn")
    kept = counts.join(largest, on=keys, nulls_equal=True)
    within = spoken.filter(pl.col("word").is_in(kept["word"].unique().implode())).select("doc_id", "word").unique()
    spread = within.group_by("word").agg(articles=pl.len().cast(pl.Int64)).collect()
    idf = ((1 + len(corpus)) / (1 + pl.col("articles"))).log() + 1
    weights = kept.join(spread, on="word").with_columns(weight=(1 + pl.col("count").log()) * idf)
    words = weights.select(pl.col("word").unique().cast(pl.String)).sort("word").with_row_index("number")
    weights = weights.with_columns(pl.col("word").cast(pl.String)).join(words, on="word")
    matrix = np.zeros((largest.height, words.height))
    matrix[weights["turn"].to_numpy(), weights["number"].to_numpy()] = weights["weight"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix = np.nan_to_num(matrix / np.linalg.norm(matrix, axis=1, keepdims=True))
    names, sizes, letters = largest["name"].to_list(), largest["size"].to_list(), words["word"].to_list()
    rows = []
    for first, second in [(i, j) for i in range(len(names)) for j in range(len(names)) if i != j]:
        product = matrix[first] * matrix[second]
        shared = [letters[number] for number in np.argsort(-product, kind="stable")[:SHARED] if product[number] > 0]
        rows.append(
            (
                names[first],
                names[second],
                round(float(product.sum()), 9),
                ", ".join(shared),
                sizes[first],
                sizes[second],
            )
        )
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    of = corpus.grouped(by).join(largest.lazy(), on=keys, nulls_equal=True, maintain_order="left")
    evidence = of.select("doc_id", "sent_id", first="name").unique(maintain_order=True)
    note = None if len(names) > 1 else f"There is {len(names) or 'no'} group, and likeness is between two."
    tips = ["first", "second", alt.Tooltip("similarity:Q", format=".3f"), "words"]
    color = charts.ramp(frame, "similarity", title="Similarity", form=".1f")
    drawn = charts.cells(
        frame, rows=["first"], columns=["second"], number="similarity", form=".2f", color=color, tips=tips
    )
    return Result(frame, drawn, note=note, evidence=evidence)


SCHEMA = {
    "first": pl.String,
    "second": pl.String,
    "similarity": pl.Float64,
    "words": pl.String,
    "words_first": pl.Int64,
    "words_second": pl.Int64,
}
