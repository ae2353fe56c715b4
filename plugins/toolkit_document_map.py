"""Where the articles lie to each other: those near each other use the same words."""

from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import Corpus, Range, Result, analysis, article_words, schema, theme

Array: TypeAlias = "np.ndarray[Any, Any]"
NEIGHBOURS, ROUNDS, PARTS = 20.0, 300, 30
FEWEST = 10


@analysis
def document_map(
    corpus: Corpus,
    *,
    color: Literal["topic", "outlet", "section"] = "topic",
    top: Annotated[int, Range(50, 1500)] = 800,
) -> Result:
    """Where the articles lie to each other: those near each other use the same words.

    Gives a row for each article, at most `top` of them, drawn evenly: `doc_id`, `title`, `outlet`, `published`, `group` (its
    main topic, outlet or section: `color`; beyond the nine largest `other`), `x` and `y`. The places are found by t-SNE (van der
    Maaten and Hinton 2008, exact, perplexity 20, begun from the first two principal components, so that the same corpus
    gives the same map) on the 30 first components of the tf-idf vectors. Nearness means something; distances between far groups,
    directions and sizes of groups do not. Fewer than 10 articles have no map.
    """
    vectors = article_words(corpus, articles=top)
    if len(vectors.articles) < FEWEST:
        note = f"A map takes {FEWEST} articles with words or more; this corpus has {len(vectors.articles)}."
        return Result(pl.DataFrame(schema=SCHEMA), None, note=note)
    centred = vectors.matrix - vectors.matrix.mean(axis=0)
    values, axes = np.linalg.eigh((centred @ centred.T).astype(float))
    parts = axes[:, ::-1][:, :PARTS] * np.sqrt(np.maximum(values[::-1][:PARTS], 0))
    # the sign of an eigenvector is arbitrary: the largest entry is made positive
    parts *= np.sign(parts[np.abs(parts).argmax(axis=0), np.arange(parts.shape[1])] + 1e-300)
    places = embedded(parts)
    told = corpus.scan("documents").select("doc_id", "title", "outlet", "section", "published")
    shares = corpus.frame("document_topics").lazy().filter(pl.col("topic") != schema.OTHER, pl.col("share") > 0)
    main = shares.sort(-pl.col("share"), "topic").group_by("doc_id", maintain_order=True).agg(pl.col("topic").first())
    frame = (
        pl.LazyFrame({"doc_id": vectors.articles, "x": places[:, 0].round(3), "y": places[:, 1].round(3)})
        .join(told, on="doc_id", how="left", maintain_order="left")
        .join(main, on="doc_id", how="left", maintain_order="left")
        .with_columns(group=pl.col(color).fill_null(schema.OTHER))
        .collect()
    )
    largest = frame["group"].value_counts().sort(-pl.col("count").cast(pl.Int64), "group")["group"].head(9)
    group = pl.when(pl.col("group").is_in(largest.implode())).then("group").otherwise(pl.lit(schema.OTHER))
    frame = frame.with_columns(group=group).select(SCHEMA.names())
    evidence = (
        corpus.grouped()
        .select("doc_id", "sent_id")
        .join(frame.lazy().select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    )
    shown = f"Of {len(corpus):,} articles {frame.height:,} are shown, drawn evenly."
    return Result(frame, chart(frame), note=shown if len(corpus) > frame.height else None, evidence=evidence)


SCHEMA = pl.Schema(
    [
        ("doc_id", pl.String),
        ("title", pl.String),
        ("outlet", pl.String),
        ("published", schema.Moment),
        ("group", pl.String),
        ("x", pl.Float64),
        ("y", pl.Float64),
    ]
)


def embedded(points: Array) -> Array:
    """Points in the plane whose neighbours are those of `points`: exact t-SNE."""
    size = len(points)
    near = affinities(points, min(NEIGHBOURS, (size - 1) / 3))
    place = points[:, :2] / points[:, 0].std() * 1e-2
    speed, gain = np.zeros_like(place), np.ones_like(place)
    for step in range(ROUNDS):
        squares = (place**2).sum(axis=1)
        kernel = 1 / (1 + np.maximum(squares[:, None] + squares - 2 * place @ place.T, 0))
        np.fill_diagonal(kernel, 0)
        pull = (near * (12 if step < 100 else 1) - kernel / kernel.sum()) * kernel
        slope = 4 * (pull.sum(axis=1)[:, None] * place - pull @ place)
        gain = np.maximum(np.where(np.sign(slope) != np.sign(speed), gain + 0.2, gain * 0.8), 0.01)
        speed = (0.5 if step < 100 else 0.8) * speed - max(size / 48, 50) * gain * slope
        place = place + speed
        place -= place.mean(axis=0)
    found: Array = place
    return found


def affinities(points: Array, perplexity: float) -> Array:
    """How near each two points are, each point's neighbourhood as wide as `perplexity` says."""
    squares = (points**2).sum(axis=1)
    distance = np.maximum(squares[:, None] + squares - 2 * points @ points.T, 0)
    np.fill_diagonal(distance, np.inf)
    low, high = np.full(len(points), 1e-6), np.full(len(points), 1e6)
    for _ in range(50):
        middle = np.sqrt(low * high)
        weight = np.exp(-(distance - distance.min(axis=1, keepdims=True)) * middle[:, None])
        share = weight / weight.sum(axis=1, keepdims=True)
        entropy = -(share * np.log(np.maximum(share, 1e-300))).sum(axis=1)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    both: Array = (share + share.T) / (2 * len(points))
    return both


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A point for each article, coloured by its group; a brush selects."""
    groups = (
        frame["group"]
        .value_counts()
        .sort(pl.col("group") == schema.OTHER, -pl.col("count").cast(pl.Int64), "group")["group"]
        .to_list()
    )
    colors = theme.colors(groups)
    brush = alt.selection_interval(name="brush")
    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    drawn: alt.typing.ChartType = (
        alt.Chart(frame)
        .mark_circle(size=34)
        .encode(
            x=alt.X("x:Q", title=None, axis=hidden, scale=alt.Scale(zero=False)),
            y=alt.Y("y:Q", title=None, axis=hidden, scale=alt.Scale(zero=False)),
            color=alt.Color("group:N", scale=scale, legend=alt.Legend(title=None, orient="right")),
            opacity=alt.OpacityValue(0.15, condition={"param": brush.name, "value": 0.85}),
            tooltip=[
                alt.Tooltip("title"),
                alt.Tooltip("outlet"),
                alt.Tooltip("published:T", format="%-d %b %Y"),
                alt.Tooltip("group"),
            ],
        )
        .add_params(brush)
        .properties(width=560, height=440)
    )
    return drawn
