"""The sentences that say most of what a group of articles says."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import By, Corpus, Range, Result, analysis, charts, theme

SHORTEST, LONGEST = 8, 45
TRIED = 40
ALIKE = 0.5
"""A sentence that shares more of its words with one already taken is passed over."""


@analysis
def summary(
    corpus: Corpus,
    *,
    by: By = "all",
    top: Annotated[int, Range(1, 20)] = 3,
    groups: Annotated[int, Range(1, 40)] = 8,
) -> Result:
    """The sentences that say most of what a group of articles says: an extract, in its own words.

    Gives for each of the largest `groups` of `by` its `top` sentences, best first: the group, `rank`, `sentence`, `score`,
    `title`, `outlet`, `published`, `doc_id`, `sent_id`. A sentence is as good as the mean weight of its words - the log of how
    many articles of the group use it, times, among groups, how few others do, function words aside (after SumBasic, Nenkova and Vanderwende
    2005, with the inverse document frequency of Spärck Jones 1972) - and repeats none taken before (maximal marginal relevance,
    Carbonell and Goldstein 1998). Copies are left out, and sentences of fewer than 8 or more than 45 words. With by="topic" a
    sentence stands for the topics that hold for it.
    """
    column = corpus.groups(by)
    rows = corpus.without_copies()
    spoken = rows.words(by).with_columns(pl.col("word").cast(pl.Categorical))
    if "weight" in spoken.collect_schema():
        spoken = spoken.filter(pl.col("weight") >= 0.3).drop("weight")
    pairs = spoken.select("doc_id", *[c for c in column if c != "doc_id"], "word").unique()
    used = pairs.group_by(*column, "word").agg(here=pl.len().cast(pl.Int64)).collect()
    every = used.group_by("word").agg(everywhere=pl.col("here").sum())
    size = max(len(rows), 1)
    apart = ((1 + size) / (1 + pl.col("everywhere"))).log().clip(0.05) if column else pl.lit(1.0)
    weight = (1 + pl.col("here")).log() * apart
    weights = used.join(every, on="word").filter(pl.col("here") > min(1, size - 1)).with_columns(weight=weight)
    sizes = (
        spoken.group_by(column or pl.lit("all").alias("all"))
        .len("size")
        .collect()
        .sort(-pl.col("size").cast(pl.Int64), *column, nulls_last=True)
        .head(groups)
    )
    wanted = weights.join(sizes, on=column, how="semi", nulls_equal=True) if column else weights
    keys = list(dict.fromkeys(["doc_id", "sent_id", *column]))
    scored = (
        spoken.select(*keys, "word")
        .unique()
        .join(wanted.lazy().select(*column, "word", "weight"), on=[*column, "word"], how="left", nulls_equal=True)
        .group_by(keys)
        .agg(score=pl.col("weight").fill_null(0).mean(), words=pl.col("word").cast(pl.String), named=pl.len())
        .filter(pl.col("named") >= SHORTEST // 2)
    )
    texts = rows.scan("sentences").filter(
        pl.col("kind").is_in(["standfirst", "body"]), pl.col("words").is_between(SHORTEST, LONGEST)
    )
    best = scored.join(texts.select("doc_id", "sent_id", sentence="text"), on=["doc_id", "sent_id"]).collect()
    if column:
        best = best.join(sizes.with_row_index("turn"), on=column, nulls_equal=True)
    else:
        best = best.with_columns(turn=pl.lit(0, dtype=pl.UInt32))
    best = best.sort("turn", -pl.col("score"), "doc_id", "sent_id").filter(pl.int_range(pl.len()).over("turn") < TRIED)
    taken = best.filter(pl.Series(kept(best.select("turn", "words").rows(), top), dtype=pl.Boolean))
    source = [name for name in ("title", "outlet", "published") if name not in column]
    told = corpus.scan("documents").select("doc_id", *source).collect()
    frame = taken.join(told, on="doc_id", how="left", maintain_order="left").with_columns(
        rank=(pl.int_range(pl.len()).over("turn") + 1).cast(pl.Int64), score=pl.col("score").round(6)
    )
    names = [name for name in column if name != "doc_id"]
    columns = ("rank", "sentence", "score", "title", "outlet", "published", "doc_id", "sent_id")
    frame = frame.select(*dict.fromkeys([*names, *columns]))
    return Result(frame, chart(frame, names), evidence=frame.select("doc_id", "sent_id", *names, "rank"))


def kept(rows: list[tuple[int, list[str]]], top: int) -> list[bool]:
    """Which sentences are taken: the first `top` of each group that repeat none before."""
    chosen: dict[int, list[set[str]]] = {}
    marks = []
    for turn, words in rows:
        mine, before = set(words), chosen.setdefault(turn, [])
        new = len(before) < top and all(len(mine & other) <= ALIKE * min(len(mine), len(other)) for other in before)
        before.extend([mine] if new else [])
        marks.append(new)
    return marks


def chart(frame: pl.DataFrame, names: list[str]) -> alt.typing.ChartType:
    """The sentences as text, below each other, with where they are from."""
    base = (
        alt.Chart(frame)
        .transform_window(line="row_number()")
        .transform_calculate(
            group=charts.label(names, frame) if names else "''",
            says="truncate(datum.sentence, 150, 'right', '…')",
            of="(datum.outlet || '') + (datum.published ? ' · ' + timeFormat(toDate(datum.published), '%-d %b %Y') : '')",
        )
        .encode(
            y=alt.Y("line:O", axis=None),
            tooltip=[
                alt.Tooltip("sentence"),
                alt.Tooltip("title"),
                alt.Tooltip("outlet"),
                alt.Tooltip("published:T", format="%-d %b %Y"),
            ],
        )
    )
    left = 170 if names else 0
    label = (
        base.transform_filter("datum.rank == 1")
        .mark_text(align="left", fontWeight=600, limit=160)
        .encode(x=alt.XValue(0), text=alt.Text("group:N"))
    )
    text = base.mark_text(align="left", dy=-6, limit=760).encode(x=alt.XValue(left), text=alt.Text("says:N"))
    source = base.mark_text(align="left", dy=9, fontSize=11, color=theme.MUTED).encode(
        x=alt.XValue(left), text=alt.Text("of:N")
    )
    layers = [label, text, source] if names else [text, source]
    drawn: alt.typing.ChartType = alt.layer(*layers).properties(width=left + 760, height=alt.Step(42))
    return drawn
