"""Who reports a story first, and who follows."""

from typing import Annotated, Any, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts, interval, numbered, schema, summed

Array: TypeAlias = "np.ndarray[Any, Any]"


@analysis(needs=("documents.published", "documents.outlet"))
def lead_lag(
    corpus: Corpus,
    *,
    top: Annotated[int, Range(2, 30)] = 12,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Who reports a story first, and who follows, in stories that two outlets or more have.

    Gives a row for each pair of outlets that shared a story: `leader` and `follower` (who was first and who came after),
    `stories` (in which it was so), `hours` (median delay), `shared` (stories that both had, at different times) and `lead`
    (the part of those that the leader was first in: 0.5 is even), with its interval `low` to `high` (95%, bootstrap over
    stories, whose articles are copies of one another; from 5 shared on). A story is an article and its copies (`duplicate_of`), an
    outlet's first article of it counts; articles without a date or outlet, and pairs at the same moment, are left out.
    Being first to print is not being the source: an agency's text appears when its clients choose. The `top` outlets with the
    most shared stories are given.
    """
    documents = corpus.scan("documents").filter(pl.col("published").is_not_null(), pl.col("outlet").is_not_null())
    told = (
        documents.with_columns(story=pl.coalesce("duplicate_of", "doc_id"))
        .sort("published", "doc_id")
        .group_by("story", "outlet", maintain_order=True)
        .agg(pl.col("published").first(), pl.col("doc_id").first())
        .filter(pl.len().over("story") > 1)
        .collect()
    )
    most = told["outlet"].value_counts().sort(-pl.col("count").cast(pl.Int64), "outlet").head(top)["outlet"]
    told = told.filter(pl.col("outlet").is_in(most.implode()))
    pairs = told.join(told, on="story", suffix="_after").filter(pl.col("published") < pl.col("published_after"))
    delay = (pl.col("published_after") - pl.col("published")).dt.total_minutes() / 60
    found = pairs.group_by(leader="outlet", follower="outlet_after").agg(
        stories=pl.len().cast(pl.Int64), hours=delay.median()
    )
    other = found.select(leader="follower", follower="leader", behind="stories")
    frame = (
        found.join(other, on=["leader", "follower"], how="left")
        .with_columns(shared=pl.col("stories") + pl.col("behind").fill_null(0))
        .with_columns(lead=pl.col("stories") / pl.col("shared"))
        .sort(-pl.col("stories").sum().over("leader"), "leader", "follower")
    )
    ends = intervals(pairs, frame, resamples, seed)
    frame = frame.with_columns(ends).with_columns(pl.when(pl.col("shared") >= schema.FEW).then(pl.col("low", "high")))
    frame = frame.select("leader", "follower", "stories", "hours", "shared", "lead", "low", "high")
    first = corpus.grouped().select("doc_id", "sent_id").unique("doc_id", keep="first", maintain_order=True)
    seen = pl.concat(
        [
            pairs.select(pl.col(which).alias("doc_id"), leader="outlet", follower="outlet_after")
            for which in ("doc_id", "doc_id_after")
        ]
    )
    seen = seen.unique().sort("doc_id", "leader", "follower")
    evidence = first.join(seen.lazy(), on="doc_id", maintain_order="left_right")
    return Result(frame, chart(frame), note=remark(told, frame), evidence=evidence)


def intervals(pairs: pl.DataFrame, frame: pl.DataFrame, resamples: int, seed: int) -> list[pl.Series]:
    """The range of each pair's lead over resamples of the stories."""
    stories = pairs.join(numbered(pairs.sort("story"), ["story"]), on="story").select(
        "article", leader="outlet", follower="outlet_after"
    )
    turns = frame.select("leader", "follower").with_row_index("turn")
    both = pl.concat([turns, turns.select("turn", leader="follower", follower="leader").select(turns.columns)])
    first = stories.with_columns(n=1).join(turns, on=["leader", "follower"])
    either = stories.with_columns(n=1).join(both, on=["leader", "follower"])
    first_of, either_of = summed(first, "turn", turns.height), summed(either, "turn", turns.height)

    def leads(drawn: Array) -> Array:
        lead: Array = first_of(drawn) / either_of(drawn)
        return lead

    return interval(leads, stories["article"].n_unique(), resamples=resamples, seed=seed)


def remark(told: pl.DataFrame, frame: pl.DataFrame) -> str:
    """How many stories this rests on."""
    if frame.is_empty():
        return "No story was found in two outlets at different times; copies are what is followed, so load with dedupe='mark'."
    return f"{told['story'].n_unique():,} stories in two outlets or more; a pair's share says little below ten of them."


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A cell for each pair: how often the row's outlet was first."""
    tips = [
        "leader",
        "follower",
        "stories:Q",
        alt.Tooltip("hours:Q", format=",.1f"),
        "shared:Q",
        *(alt.Tooltip(f"{name}:Q", format=".0%") for name in ("lead", "low", "high")),
    ]
    color = charts.ramp(frame, "stories", title="Stories first", form=",d")
    drawn: alt.typing.ChartType = charts.cells(
        frame, rows=["leader"], columns=["follower"], number="stories", form=",d", color=color, tips=tips
    )
    return drawn
