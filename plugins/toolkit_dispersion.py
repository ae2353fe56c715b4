"""How evenly words are spread over the articles."""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts, interval, schema

Array: TypeAlias = "np.ndarray[Any, Any]"
SCHEMA = {
    "word": pl.String, "count": pl.Int64, "articles": pl.Int64, "range": pl.Float64, "dp": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "juilland": pl.Float64,
}  # fmt: skip


@analysis
def dispersion(
    corpus: Corpus,
    *,
    words: list[str] | None = None,
    top: Annotated[int, Range(1, 200)] = 20,
    every: bool = False,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How evenly words are spread over the articles: whether many use them, or a few use them much.

    Gives a row for each of `words`, or of the `top` most frequent: `word`, `count`, `articles` (that use it), `range` (their
    share of all), `dp` (deviation of proportions, 0 spread as the articles' lengths are, 1 all in one place: Gries 2008,
    Dispersions and adjusted frequencies in corpora, normalised as by Lijffijt and Gries 2012), its interval `low` to
    `high` (95%, bootstrap over articles, for words in 5 and more), and `juilland` (Juilland's D
    with the articles' lengths as sizes: 1 even). One article alone has no rows. The least even come first. Function words are left out unless `every` is set.
    """
    spoken = corpus.words(every=every)
    counts = spoken.group_by("word").agg(n=pl.len().cast(pl.Int64)).sort(-pl.col("n"), "word").head(top)
    sizes, most_used = pl.collect_all([spoken.group_by("doc_id").agg(size=pl.len().cast(pl.Int64)), counts])
    wanted = [word.lower() for word in words] if words else most_used["word"].cast(pl.String).to_list()
    parts = sizes.height
    if parts < 2:
        few = f"Words are spread over two articles or more; this corpus has {parts} with words."
        return Result(pl.DataFrame(schema=SCHEMA), None, note=few)
    told = spoken.filter(pl.col("word").is_in(wanted)).with_columns(pl.col("word").cast(pl.String))
    used = told.group_by("doc_id", "word").agg(n=pl.len().cast(pl.Int64)).collect().join(sizes, on="doc_id")
    most = 1 - sizes["size"].to_numpy().min() / sizes["size"].sum()
    frame = spread(used, sizes, most)
    ends = interval(unevenness(used, sizes, frame["word"].to_list(), most), parts, resamples=resamples, seed=seed)
    enough = pl.col("articles") >= schema.FEW
    frame = frame.with_columns(ends).with_columns(pl.when(enough).then(pl.col("low", "high"))).select(list(SCHEMA))
    absent = [word for word in wanted if word not in frame["word"]]
    note = f"{', '.join(absent)}: used in none of {parts:,} articles." if absent else None
    evidence = told.select("doc_id", "sent_id", "word").unique(maintain_order=True)
    return Result(frame, chart(frame), note=note, evidence=evidence)


def spread(used: pl.DataFrame, sizes: pl.DataFrame, most: float) -> pl.DataFrame:
    """How evenly each word is spread, the least even first; `most` is what the deviation of proportions can be."""
    total, parts = sizes["size"].sum(), sizes.height
    part, here = pl.col("size") / total, pl.col("n") / pl.col("n").sum()
    rate = pl.col("n") / pl.col("size")
    # articles without the word count too: their part is all deviation, their rate 0
    deviation = (((rate**2).sum() / parts - (rate.sum() / parts) ** 2).clip(0)).sqrt() / (rate.sum() / parts)
    return (
        used.group_by("word")
        .agg(
            count=pl.col("n").sum(),
            articles=pl.len().cast(pl.Int64),
            dp=((here - part).abs().sum() + 1 - part.sum()) / 2 / most,
            juilland=1 - deviation / (parts - 1) ** 0.5,
        )
        .with_columns(pl.col("dp", "juilland").round(9), range=pl.col("articles") / parts)
        .sort(-pl.col("dp"), "word")
    )


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A bar for each word, as long as it is uneven."""
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("range", "dp", "low", "high", "juilland")]
    return charts.ranked(
        frame,
        name="word",
        number="dp",
        title="Unevenness (0 even, 1 all in one place)",
        form=".2f",
        span=("low", "high"),
        tips=["word", "count:Q", "articles:Q", *numbers],
    )


def unevenness(used: pl.DataFrame, sizes: pl.DataFrame, words: list[str], most: float) -> Callable[[Array], Array]:
    """What gives the deviation of proportions of each word when each article counts as often as it is drawn.

    Half of all differences between an article's part of the word and its part of the text are those where the first is more.
    """
    order = sizes.sort("doc_id").with_row_index("article")
    size = order["size"].to_numpy().astype(float)
    known = used.join(order.select("doc_id", "article"), on="doc_id").sort("article")
    places = [
        (mine["article"].to_numpy(), mine["n"].to_numpy().astype(float))
        for mine in (known.filter(word=word) for word in words)
    ]

    def deviations(drawn: Array) -> Array:
        whole = drawn @ size
        found = []
        for article, times in places:
            here = drawn[:, article]
            more = times / (here @ times)[:, None]
            more -= size[article] / whole[:, None]
            np.maximum(more, 0, out=more)
            found.append(np.einsum("da,da->d", here, more) / most)
        return np.stack(found, axis=1) if found else np.zeros((len(drawn), 0))

    return deviations
