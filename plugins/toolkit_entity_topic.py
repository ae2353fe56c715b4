"""Which names come up with which topics."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import Corpus, Count, Names, Range, Result, analysis, charts, division, drawn_topics, schema


@analysis
def entity_topic(
    corpus: Corpus,
    *,
    kind: Names = "names",
    count: Count = "sentences",
    top: Annotated[int, Range(1, 100)] = 20,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which names come up with which topics.

    Gives a row for each of the `top` entities that most sentences name, and each topic, `other` included: `entity`, `topic`,
    `amount` (of what `count` says, that names it, by the weight of the topic), `share` (of all that names the entity; sums to
    1 for each), its interval `low` to `high`, `mentions` (sentences naming it in which the topic holds), `articles` (with
    such a sentence), and what the share is of: `total`, from `of_articles`.

    With count="articles" each article's sentences share one equally, so that long articles do not weigh more. Intervals
    (95%) are a bootstrap over articles, from 5 on; topics that go with none of the entities are not drawn.
    """
    named = corpus.mentions(kind).select("doc_id", "sent_id", "entity").drop_nulls().unique(maintain_order=True)
    largest = named.group_by("entity").len().sort("len", "entity", descending=[True, False]).head(top).select("entity")
    named = named.join(largest, on="entity", how="semi", maintain_order="left").collect().lazy()
    weighed = corpus.grouped("topic", count).select("doc_id", "sent_id", "topic", "weight", "amount")
    marks = weighed.join(named, on=["doc_id", "sent_id"], maintain_order="left_right").collect().lazy()
    topics = [*corpus.codebook.topics, schema.OTHER]
    found = division(marks, key=["topic"], groups=["entity"], top=len(topics), most=top, resamples=resamples, seed=seed)
    every = found.frame.select(pl.col("entity").unique(maintain_order=True)).join(
        pl.DataFrame({"topic": topics}), how="cross"
    )
    told = found.frame.select("entity", "total", "of_articles").unique(maintain_order=True)
    frame = (
        every.join(found.frame.drop("total", "of_articles"), on=["entity", "topic"], how="left", maintain_order="left")
        .join(told, on="entity", maintain_order="left")
        .with_columns(pl.col("amount", "share", "mentions", "articles").fill_null(0))
    )
    rows, missing = drawn_topics(frame.rename({"mentions": "sentences"}))
    note = " ".join(filter(None, [found.note and found.note.replace("groups", "entities"), missing])) or None
    return Result(frame, chart(rows.rename({"sentences": "mentions"})), note=note, evidence=found.evidence)


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A cell for each entity and topic."""
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    sentences = alt.Tooltip("mentions:Q", title="Sentences", format=",d")
    drawn: alt.typing.ChartType = charts.cells(
        frame,
        rows=["entity"],
        columns=["topic"],
        number="share",
        span=("low", "high"),
        color=charts.ramp(frame.filter(pl.col("topic") != schema.OTHER), "share", title="Share"),
        tips=["entity:N", "topic:N", *shares, sentences, "articles:Q", "of_articles:Q"],
    )
    return drawn
