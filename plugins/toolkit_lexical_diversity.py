"""How varied the words of each group are."""

from typing import Annotated, Any, TypeAlias

import altair as alt
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
    read = corpus.scan("documents").select("doc_id").sort(pl.col("doc_id").hash(0), "doc_id").head(MOST).collect()
    spoken = corpus.words(by, every=True).join(read.lazy(), on="doc_id", how="semi", maintain_order="left")
    articles = windows(spoken, keys, window)
    kept = articles.filter(pl.col("size") >= window)
    of, named = (groups, kept) if groups else (["all"], kept.with_columns(all=pl.lit("all")))
    table = varied(named, of).head(top).with_row_index("turn")
    frame = (
        table.with_columns(ends(named, table, of, resamples, seed))
        .with_columns(pl.when(pl.col("articles") >= schema.FEW).then(pl.col("low", "high")), group=charts.joined(of))
        .sort(-pl.col("mattr"), *of)
        .select(*groups, "group", "mattr", "low", "high", "types", "words", "articles")
    )
    evidence = (
        corpus.grouped(by)
        .join(kept.lazy().select(keys), on=keys, how="semi", nulls_equal=True, maintain_order="left")
        .select(*dict.fromkeys(["doc_id", "sent_id", *groups]))
    )
    note = remark(len(corpus), articles.height, articles.height - kept.height, window)
    return Result(frame, chart(frame, window), note=note, evidence=evidence if groups else None)


def windows(spoken: pl.LazyFrame, keys: list[str], window: int) -> pl.DataFrame:
    """For each article its words (`said`, as numbers), their `size` and, over all windows of it, the different ones (`new`) of all (`seen`)."""
    told = spoken.group_by(keys, maintain_order=True).agg(said=pl.col("word").to_physical()).collect().sort(keys)
    told = told.with_columns(size=pl.col("said").list.len().cast(pl.Int64))
    if told.is_empty():
        return told.with_columns(new=pl.col("size"), seen=pl.col("size"))
    size, words = told["size"].to_numpy(), told["said"].explode().to_numpy()
    start, whose = np.cumsum(size) - size, np.repeat(np.arange(len(size)), size)
    place = np.arange(len(words)) - start[whose]
    key = (whose.astype(np.uint64) << np.uint64(32)) | words
    order = np.argsort(key, kind="stable")
    again = key[order[1:]] == key[order[:-1]]
    before = np.full(len(words), -1)
    before[order[1:][again]] = place[order[:-1][again]]
    # a word is new in each window that begins after it was last used: how many windows these are
    first = np.maximum(np.maximum(before + 1, place - window + 1), 0)
    last = np.minimum(place, size[whose] - window)
    new = np.add.reduceat(np.maximum(last - first + 1, 0), start)
    return told.with_columns(new=pl.Series(new), seen=window * (pl.col("size") - window + 1))


def varied(named: pl.DataFrame, of: list[str]) -> pl.DataFrame:
    """How varied the words of each group are, the group with most of them first."""
    types = named.select(*of, "said").explode("said").group_by(of).agg(types=pl.col("said").n_unique().cast(pl.Int64))
    found = named.group_by(of).agg(
        mattr=pl.col("new").sum() / pl.col("seen").sum(),
        words=pl.col("size").sum(),
        articles=pl.col("doc_id").n_unique().cast(pl.Int64),
    )
    return found.join(types, on=of, nulls_equal=True).sort(-pl.col("words"), *of)


def ends(named: pl.DataFrame, table: pl.DataFrame, of: list[str], resamples: int, seed: int) -> list[pl.Series]:
    """The range of each group's ratio over resamples of the articles."""
    numbered = (
        named.select("doc_id", *of, "new", "seen")
        .join(table.select(*of, "turn"), on=of, nulls_equal=True)
        .sort("doc_id")
        .with_columns(article=pl.col("doc_id").rle_id())
    )
    new, seen = (summed(numbered.with_columns(n=name), "turn", table.height) for name in ("new", "seen"))

    def ratio(drawn: Array) -> Array:
        return new(drawn) / seen(drawn)

    return interval(ratio, numbered["doc_id"].n_unique(), resamples=resamples, seed=seed)


def remark(every: int, read: int, short: int, window: int) -> str | None:
    """How many articles were not read, and how many of those that were are too short."""
    said = [f"Of {every:,} articles {MOST:,} are read, drawn evenly."] if every > MOST else []
    said += [f"{short:,} of {read:,} articles have fewer than {window} words and are left out."] if short else []
    return " ".join(said) or None


def chart(frame: pl.DataFrame, window: int) -> alt.typing.ChartType:
    """A bar for each group."""
    return charts.ranked(
        frame,
        name="group",
        number="mattr",
        title=f"Different words among {window}",
        form=".1%",
        span=("low", "high"),
        tips=frame.columns,
    )
