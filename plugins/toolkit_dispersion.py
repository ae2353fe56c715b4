"""How evenly words are spread over the articles."""

from typing import Annotated

import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts


@analysis
def dispersion(
    corpus: Corpus,
    *,
    words: list[str] | None = None,
    top: Annotated[int, Range(1, 200)] = 20,
    every: bool = False,
) -> Result:
    """How evenly words are spread over the articles: whether many use them, or a few use them much.

    Gives a row for each of `words`, or of the `top` most frequent: `word`, `count`, `articles` (that use it), `range` (their
    share of all), `dp` (deviation of proportions, 0 spread as the articles' lengths are, 1 all in one place: Gries 2008,
    Dispersions and adjusted frequencies in corpora, normalised as by Lijffijt and Gries 2012), and `juilland` (Juilland's D
    with the articles' lengths as sizes: 1 even). The least even come first. Function words are left out unless `every` is set.
    """
    spoken = corpus.words(every=every)
    if words:
        wanted = [word.lower() for word in words]
    else:
        most = spoken.group_by("word").len().sort(-pl.col("len").cast(pl.Int64), "word").head(top).collect()
        wanted = most["word"].cast(pl.String).to_list()
    sizes = spoken.group_by("doc_id").agg(size=pl.len().cast(pl.Int64)).collect()
    told = spoken.filter(pl.col("word").is_in(wanted)).with_columns(pl.col("word").cast(pl.String))
    used = told.group_by("doc_id", "word").agg(n=pl.len().cast(pl.Int64)).collect().join(sizes, on="doc_id")
    total, parts = int(sizes["size"].sum()), sizes.height
    least = sizes.select(pl.col("size").min()).item() or 0
    part, here = pl.col("size") / total, pl.col("n") / pl.col("n").sum()
    rate = pl.col("n") / pl.col("size")
    # articles without the word count too: their part is all deviation, their rate 0
    spread = (((rate**2).sum() / parts - (rate.sum() / parts) ** 2).clip(0)).sqrt() / (rate.sum() / parts)
    frame = (
        used.group_by("word")
        .agg(
            count=pl.col("n").sum(),
            articles=pl.len().cast(pl.Int64),
            dp=((here - part).abs().sum() + 1 - part.sum()) / 2,
            juilland=1 - spread / max(parts - 1, 1) ** 0.5,
        )
        .with_columns(range=pl.col("articles") / parts, dp=(pl.col("dp") / (1 - least / (total or 1))).fill_nan(0.0))
        .select("word", "count", "articles", "range", pl.col("dp", "juilland").round(9))
        .sort(-pl.col("dp"), "word")
    )  # fmt: skip
    absent = [word for word in wanted if word not in frame["word"]]
    drawn = charts.ranked(
        frame, name="word", number="dp", title="Unevenness (0 even, 1 all in one place)", form=".2f", tips=frame.columns
    )
    evidence = told.select("doc_id", "sent_id", "word").unique(maintain_order=True)
    note = f"{', '.join(absent)}: used in none of {parts:,} articles." if absent else None
    return Result(frame, drawn, note=note, evidence=evidence)
