"""How each topic's share changes over time."""

from typing import Annotated, Literal

import polars as pl

from toolkit import Corpus, Count, Range, Result, analyses, analysis, charts, drawn_topics, schema, theme

Per = Literal["auto", "day", "week", "month", "year"]
Scale = Literal["own", "shared"]


@analysis(needs=("documents.published",))
def topic_trend(
    corpus: Corpus,
    *,
    per: Per = "auto",
    count: Count = "words",
    scale: Scale = "own",
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How each topic's share changes over time.

    Gives a row for each period from the first to the last and each topic, `other` included: the first day of the period
    under its name (`day`, `week`, `month`, `year`), `topic`, `share` (of what `count` says was published in that
    period; sums to 1 in each), its interval `low` to `high`, `sentences` (in which the topic holds), and what the share
    is of: `total`, an amount, from `articles`. In a period without articles the share is null, and the line is broken.

    Periods are those of `volume`; shares and intervals (95%, bootstrap over articles, from 5 articles on) those of
    `topic_by`. `scale` draws each topic on a scale of its own, or all on one.
    """
    published = analyses.volume(corpus, per=per, count=count)
    period = published.frame.columns[0]
    shares = analyses.topic_by(corpus, by=period, count=count, top=3000, resamples=resamples, seed=seed)
    topics = [*corpus.codebook.topics, schema.OTHER]
    frame = (
        published.frame.select(period)
        .join(pl.DataFrame({"topic": topics}), how="cross", maintain_order="left_right")
        .join(shares.frame, on=[period, "topic"], how="left", maintain_order="left")
        .select(period, "topic", "share", "low", "high", pl.col("sentences", "articles", "total").fill_null(0))
    )
    evidence = None if shares.evidence is None else shares.evidence.lazy().filter(pl.col(period).is_not_null())
    rows, missing = drawn_topics(frame)
    note = " ".join(filter(None, [published.note, charts.thin(frame, period, "articles"), missing])) or None
    drawn = charts.trends(
        rows,
        period,
        of="topic",
        size="articles",
        colors=theme.colors(topics),
        count=count,
        scale=scale,
        numbers=["sentences"],
    )
    return Result(frame, drawn, note=note, evidence=evidence)
