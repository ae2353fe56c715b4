"""What the articles are about beside the topics of the codebook: groups of words that go together."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, SettingError, analysis, charts, discover, theme

COLORS = {"found": theme.PALETTE[0], "named": theme.COLOR_OTHER}


@analysis
def topic_discovery(
    corpus: Corpus, *, extra: Annotated[int, Range(1, 50)] = 5, words: Annotated[int, Range(3, 10)] = 7
) -> Result:
    """What the articles are about beside the topics of the codebook: groups of words that go together.

    Gives for each topic of the codebook and each of `extra` found beside them its leading `words`: `topic` (a found one is
    called by its first three), `kind` (named or found), `word`, `rank`, `share` (mean of an article), `articles` (of which it is
    a fifth or more), and `sentence` (nearest to its words). Found by `tk.discover`, whose result can be edited and made a codebook: a
    proposal, not a measure - another number of topics gives others. With too few articles the frame is empty, the note says why.
    """
    try:
        found = discover(corpus, extra=extra)
    except SettingError as error:
        return Result(pl.DataFrame(schema=SCHEMA), None, note=str(error))
    table = found.topics.filter(pl.col("found") | (pl.col("articles") > 0)).sort(
        ~pl.col("found"), -pl.col("share"), "topic"
    )
    frame = (
        table.with_columns(kind=pl.when("found").then(pl.lit("found")).otherwise(pl.lit("named")))
        .with_columns(
            word=pl.col("words").list.head(words), rank=pl.int_ranges(1, pl.col("words").list.len().clip(0, words) + 1)
        )
        .explode("word", "rank")
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    )
    note = "Found by a model: names and number of topics are no more than a proposal."
    return Result(frame, chart(frame, words), note=note, evidence=found.sentences)


SCHEMA = pl.Schema(
    [
        ("topic", pl.String), ("kind", pl.String), ("word", pl.String), ("rank", pl.Int64), ("share", pl.Float64),
        ("articles", pl.Int64), ("sentence", pl.String),
    ]
)  # fmt: skip


def chart(frame: pl.DataFrame, words: int) -> alt.typing.ChartType:
    """A row for each topic: its share of the articles, and its leading words."""
    base = alt.Chart(frame)
    tips = ["topic", "kind", "word", alt.Tooltip("share:Q", format=".1%"), "articles:Q", "sentence"]
    color = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())),
        legend=alt.Legend(title=None, orient="bottom"),
    )
    y = alt.Y("topic:N", sort=None, title=None, axis=alt.Axis(labelLimit=220))
    bars = base.transform_filter("datum.rank == 1").mark_bar().encode(
        x=alt.X("share:Q", title="Share", axis=alt.Axis(format=".0%", tickCount=3)), y=y, color=color, tooltip=charts.tips(tips)
    )  # fmt: skip
    text = base.mark_text(align="left", fontSize=12, limit=88).encode(
        x=alt.X("rank:O", title="Words, the leading first", axis=alt.Axis(labels=False, ticks=False, domain=False)),
        y=alt.Y("topic:N", sort=None, title=None, axis=None),
        text=alt.Text("word:N"),
        tooltip=charts.tips(tips),
    )
    left = bars.properties(width=120, height=alt.Step(26))
    drawn: alt.typing.ChartType = alt.hconcat(left, text.properties(width=92 * words, height=alt.Step(26)), spacing=10)
    return drawn
