"""Which topics come up together."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts, pairs, schema, theme

Within = Literal["sentence", "article"]


@analysis
def topic_overlap(
    corpus: Corpus,
    *,
    within: Within = "article",
    least: Annotated[int, Range(1, 1000)] = 1,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which topics come up together, in one article or one sentence.

    Gives a row for each pair of topics, in both directions, that hold together at least `least` times: `topic`, `other`,
    `together` (articles, or sentences, in which both hold: weight >= 0.3), `share` (of those of `topic`), `npmi` (how much more
    often than by chance: 1 always, 0 as by chance, below 0 less; Bouma 2009), its interval `low` to `high`, `articles` (with
    the pair), `count` and `other_count` (of each topic). `other`, the topic of what no topic holds, is left out.

    `within` says whether together is in one sentence or in one article. Intervals (95%) are a bootstrap over articles, for pairs in 5 of them and more.
    """
    holding = corpus.scan("topics").filter(pl.col("weight") >= schema.HOLDS, pl.col("topic") != schema.OTHER)
    topics = list(corpus.codebook.topics)
    found = pairs(
        corpus, holding, key="topic", within=within, top=len(topics), least=least, resamples=resamples, seed=seed
    )
    turn = {topic: number for number, topic in enumerate(topics)}
    order = [pl.col(name).replace_strict(turn, return_dtype=pl.Int64) for name in ("topic", "other")]
    frame = found.frame.sort(order).with_columns(share=pl.col("together") / pl.col("count"))
    frame = frame.select("topic", "other", "together", "share", pl.exclude("topic", "other", "together", "share"))
    return Result(
        frame, chart(frame, topics, within), note=remark(found.things, topics, frame), evidence=found.evidence
    )


def remark(things: pl.DataFrame, topics: list[str], frame: pl.DataFrame) -> str | None:
    """Which topics are not there, and which pairs rest on little."""
    bare, few = len(topics) - things.height, frame.filter(pl.col("low").is_null()).height // 2
    said = [f"{bare:,} of {len(topics):,} topics of the codebook were not found."] if bare else []
    if frame.is_empty():
        said.append("No two topics come up together.")
    elif few:
        said.append(
            f"{few:,} of {frame.height // 2:,} pairs are in fewer than {schema.FEW} articles, and have no interval."
        )
    return " ".join(said) or None


def chart(frame: pl.DataFrame, topics: list[str], within: Within) -> alt.typing.ChartType:
    """A cell for each pair: how often, coloured by how much more or less often than by chance."""
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("npmi", "low", "high")]
    counts = [alt.Tooltip(f"{name}:Q", format=",d") for name in ("together", "count", "other_count")]
    most = max([0.1, *frame["npmi"].abs().drop_nulls()])
    scale = alt.Scale(
        domain=[-most, 0, most],
        range=[theme.DIVERGING[0], theme.DIVERGING[len(theme.DIVERGING) // 2], theme.DIVERGING[-1]],
    )
    legend = alt.Legend(
        values=[-most, 0, most],
        gradientLength=80,
        labelExpr="datum.value > 0 ? 'together' : datum.value < 0 ? 'apart' : 'as by chance'",
    )
    color = alt.Color("npmi:Q", title="More than chance", scale=scale, legend=legend)
    drawn: alt.typing.ChartType = charts.cells(
        frame,
        rows=["topic"],
        columns=["other"],
        number="together",
        form=",d",
        color=(color, f"abs(datum.npmi) > {most} * 0.6"),
        order=[topic for topic in topics if topic in frame["other"]],
        tips=["topic:N", "other:N", *counts, alt.Tooltip("share:Q", format=".0%"), *numbers],
    )
    return drawn
