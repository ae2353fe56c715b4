"""How good topics are, the user's and those found beside them: a card for each."""

from typing import Annotated, Any

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, SettingError, analysis, discover, theme

MEASURES = {
    "coverage": "Coverage",
    "coherence": "Coherence (NPMI)",
    "diversity": "Diversity",
    "stability": "Stability",
}

WHOSE = ("named", "found")
FRAME = pl.Schema(
    {
        "topic": pl.String(), "whose": pl.String(), **dict.fromkeys(MEASURES, pl.Float64()), "words": pl.String(),
        "sentence": pl.String(),
    }
)  # fmt: skip


@analysis
def topic_quality(corpus: Corpus, *, extra: Annotated[int, Range(1, 50)] = 5) -> Result:
    """How good topics are, the user's and those found beside them.

    Gives a row for each topic: `topic`, `whose` it is (named by the user, or found: `extra` are), `coverage` (the share of articles of which it is a fifth or
    more), `coherence` (the mean NPMI, from -1 to 1, of its ten leading words over articles), `diversity` (the share of
    these words that lead no other topic), `stability` (how alike its words are when learned from half of the articles),
    its leading `words`, and the `sentence` nearest to them.
    """
    try:
        made = discover(corpus, extra=extra)
    except SettingError as error:  # too few articles to find anything in: no rows, and why
        return Result(FRAME.to_frame(), chart(FRAME.to_frame()), note=str(error))
    told = made.topics.select(
        "id", "words", "sentence", pl.when("found").then(pl.lit("found")).otherwise(pl.lit("named")).alias("whose")
    )
    frame = made.quality.join(told, on="id", maintain_order="left").with_columns(pl.col("words").list.join(", "))
    note = "Found topics are called by their leading words."
    return Result(frame.select(FRAME.names()), chart(frame), note=note, evidence=made.sentences)


def chart(frame: pl.DataFrame) -> Any:
    """A column for each measure, a line for each topic."""
    order = frame["topic"].to_list()
    columns = []
    for place, (measure, title) in enumerate(MEASURES.items()):
        axis = alt.Axis(labelLimit=240) if place == 0 else None
        low = min([0.0, *frame[measure].to_list()])
        x = alt.X(f"{measure}:Q", title=title, scale=alt.Scale(domain=[low, 1], nice=False), axis=alt.Axis(tickCount=3))
        y = alt.Y("topic:N", sort=order, title=None, axis=axis)
        color = alt.Color("whose:N", scale=alt.Scale(domain=[*WHOSE], range=theme.PALETTE[:2]), title=None)
        base: Any = alt.Chart(frame, width=120, height=alt.Step(20)).encode(x=x, y=y, color=color)
        columns.append(base.mark_rule().encode(x2=alt.X2Datum(0)) + base.mark_circle(size=70))
    return alt.hconcat(*columns)
