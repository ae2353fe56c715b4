"""Which topics, named or not, have become more frequent."""

from datetime import date, timedelta
from typing import Annotated, Any

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, SettingError, analysis, discover, theme

LAST = 0.25
"""Without a day, what is new is the last part of the period, so large."""

FRAME = pl.Schema(
    {
        "topic": pl.String(), "found": pl.Boolean(), "before": pl.Float64(), "after": pl.Float64(), "ratio": pl.Float64(),
        "p": pl.Float64(), "first": pl.Date(), "words": pl.String(),
    }
)  # fmt: skip


@analysis(needs=("documents.published",))
def emerging_topics(corpus: Corpus, *, since: date | None = None, extra: Annotated[int, Range(1, 50)] = 5) -> Result:
    """Which topics, named or not, have become more frequent since a day.

    `extra` topics are found in what was published since that day, beside those of the codebook. Gives a row for each topic,
    most significant first: `topic`, `found`, `before` and `after` (the shares of articles of which it is a fifth or
    more), their `ratio`, `p` (of G², corrected for the number of topics), `first` (the day of its first article) and its
    leading `words`. Without `since`, the last quarter of the period is compared with what came before.
    """
    day = since or _last_part(corpus)
    try:
        made = discover(corpus, extra=extra, since=day)
        emerging = made.emerging
    except SettingError as error:  # too few articles to find anything in: no rows, and why
        return Result(FRAME.to_frame(), chart(FRAME.to_frame()), note=str(error))
    told = made.topics.select("id", "found", "words")
    frame = emerging.join(told, on="id", maintain_order="left").rename({"since": "after"})
    frame = frame.with_columns(pl.col("words").list.join(", ")).select(FRAME.names())
    rising = frame.filter(pl.col("ratio") > 1, pl.col("p") < 0.05)["topic"].to_list()
    note = f"Since {day:%-d %B %Y}. More frequent beyond chance (p < 0.05): {', '.join(rising) or 'none'}."
    return Result(frame, chart(frame), note=note, evidence=made.sentences, measure="after")


def _last_part(corpus: Corpus) -> date:
    days: list[date] = corpus.documents["published"].drop_nulls().dt.date().to_list() or [date.min]
    return max(days) - timedelta(days=int((max(days) - min(days)).days * LAST))


def chart(frame: pl.DataFrame) -> Any:
    """A line for each topic from its share before to its share after."""
    y: Any = alt.Y("topic:N", sort=frame["topic"].to_list(), title=None, axis=alt.Axis(labelLimit=240))
    axis = alt.Axis(format="%", tickCount=5)
    base = alt.Chart(frame, width=360, height=alt.Step(22)).encode(y=y)
    title = "Share of articles: before (grey) and after (orange)"
    before, after = (alt.X(f"{when}:Q", title=title, axis=axis) for when in ("before", "after"))
    line = base.mark_rule(color=theme.MUTED).encode(x=before, x2=alt.X2("after:Q"))
    dots = base.mark_circle(size=80, opacity=1)
    was, become = (
        dots.encode(x=before, color=alt.ColorValue(theme.MUTED)),
        dots.encode(x=after, color=alt.ColorValue(theme.PALETTE[1])),
    )
    return alt.layer(line, was, become)
