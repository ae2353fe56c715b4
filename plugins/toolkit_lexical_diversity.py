"""How varied the words of each group are."""

from typing import Annotated, Any, TypeAlias

import numpy as np
import polars as pl

from toolkit import By, Corpus, Range, Result, analysis, charts, interval, schema, summed

Array: TypeAlias = "np.ndarray[Any, Any]"
MOST = 20_000
"""Of more articles so many are read, drawn evenly: the interval says how sure that is."""


@analysis
def lexical_diversity(
    corpus: Corpus,
    *,
    by: By = "outlet",
    window: Annotated[int, Range(10, 1000)] = 50,
    top: Annotated[int, Range(1, 100)] = 20,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How varied the words of each group are, whatever the length of its articles.

    Gives a row for each group of `by`: `group`, `mattr` (of any `window` words in a row the share that are different: the
    moving-average type-token ratio, Covington and McFall 2010), its interval `low` to `high` (95%, bootstrap over articles,
    from 5 on), `types` (different words), `words`, and `articles`, those of `window` words or more. Shorter ones are left
    out; the note counts them. Of more than 20,000 articles so many are drawn. Of more than `top` groups the largest are given, the most varied first.
    """
    groups = corpus.groups(by)
    keys = list(dict.fromkeys(["doc_id", *groups]))
    drawn_from = corpus.scan("documents").select("doc_id")
    read = drawn_from.sort(pl.col("doc_id").hash(0), "doc_id").head(MOST).collect()
    spoken = corpus.words(by, every=True).join(read.lazy(), on="doc_id", how="semi", maintain_order="left")
    articles = windows(spoken, keys, window)
    kept = articles.filter(pl.col("size") >= window)
    types = spoken.join(kept.lazy(), on=keys, how="semi", nulls_equal=True).group_by(
        groups or pl.lit("all").alias("all")
    )
    table = types.agg(types=pl.col("word").n_unique().cast(pl.Int64), words=pl.len().cast(pl.Int64)).collect()
    found = (kept if groups else kept.with_columns(all=pl.lit("all"))).group_by(groups or ["all"]).agg(
        pl.col("new", "seen").sum(), articles=pl.col("doc_id").n_unique().cast(pl.Int64)
    )  # fmt: skip
    of = groups or ["all"]
    frame = found.join(table, on=of, nulls_equal=True).sort(-pl.col("words"), *of).head(top)
    frame = frame.with_columns(mattr=pl.col("new") / pl.col("seen")).with_row_index("turn")
    named = kept if groups else kept.with_columns(all=pl.lit("all"))
    numbered = (
        named.join(frame.select(*of, "turn"), on=of, nulls_equal=True)
        .sort("doc_id")
        .with_columns(article=pl.col("doc_id").rle_id())
    )
    new, seen = (summed(numbered.with_columns(n=name), "turn", frame.height) for name in ("new", "seen"))

    def ratio(drawn: Array) -> Array:
        return new(drawn) / seen(drawn)

    ends = interval(ratio, numbered["doc_id"].n_unique(), resamples=resamples, seed=seed)
    enough = pl.col("articles") >= schema.FEW
    frame = frame.with_columns(ends).with_columns(pl.when(enough).then(pl.col("low", "high")))
    frame = frame.sort(-pl.col("mattr"), *of).with_columns(group=charts.joined(of))
    frame = frame.select(*groups, "group", "mattr", "low", "high", "types", "words", "articles")
    short = articles.height - kept.height
    said = [f"Of {len(corpus):,} articles {MOST:,} are read, drawn evenly."] if len(corpus) > MOST else []
    said += (
        [f"{short:,} of {articles.height:,} articles have fewer than {window} words and are left out."] if short else []
    )
    note = " ".join(said) or None
    drawn = charts.ranked(
        frame,
        name="group",
        number="mattr",
        title=f"Different words among {window}",
        form=".1%",
        span=("low", "high"),
        tips=frame.columns,
    )
    evidence = corpus.grouped(by).join(kept.lazy(), on=keys, how="semi", nulls_equal=True, maintain_order="left")
    return Result(
        frame,
        drawn,
        note=note,
        evidence=evidence.select(*dict.fromkeys(["doc_id", "sent_id", *groups])) if groups else None,
    )


def windows(spoken: pl.LazyFrame, keys: list[str], window: int) -> pl.DataFrame:
    """For each article its `size` in words and, over all windows of it, the different words (`new`) of all words (`seen`)."""
    place = pl.int_range(pl.len(), dtype=pl.Int64).over(keys)
    rows = spoken.select(*keys, "word").with_columns(place=place, size=pl.len().cast(pl.Int64).over(keys))
    before = pl.col("place").shift(1).over([*keys, "word"])
    # a word is new in each window that begins after it was last used: how many windows these are
    first = pl.max_horizontal(before + 1, pl.col("place") - window + 1, 0)
    last = pl.min_horizontal("place", pl.col("size") - window)
    return (
        rows.with_columns(new=(last - first + 1).clip(0))
        .group_by(keys)
        .agg(new=pl.col("new").sum(), size=pl.col("size").first())
        .with_columns(seen=window * (pl.col("size") - window + 1))
        .sort(keys)
        .collect()
    )
