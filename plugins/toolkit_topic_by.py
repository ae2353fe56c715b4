"""Which group writes how much about which topic."""

from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    By,
    Corpus,
    Count,
    Range,
    Result,
    SettingError,
    analysis,
    bootstrap,
    charts,
    drawn_topics,
    numbered,
    schema,
    stable_sum,
    theme,
)

Measure = Literal["share", "lift"]
Array: TypeAlias = "np.ndarray[Any, Any]"


@analysis
def topic_by(
    corpus: Corpus,
    *,
    by: By = "outlet",
    measure: Measure = "share",
    count: Count = "words",
    top: Annotated[int, Range(1, 3000)] = 30,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which group writes how much about which topic.

    Gives a row for each group and topic, `other` included: the group, `topic`, `share` (of what `count` says; sums to 1
    in each group), its interval `low` to `high`, `lift` (the share divided by the topic's share of the whole corpus: 2
    is twice as much as usual), its interval `lift_low` to `lift_high`, `sentences` (in which the topic holds), and what
    the share is of: `total`, an amount, from `articles`.

    Intervals are 95% percentile intervals of the bootstrap (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
    chapter 13). Articles are drawn, with replacement, since the sentences of an article are not independent; groups of
    fewer than 5 articles have none. `resamples` is how many are drawn, from random numbers that begin at `seed`. Of more
    than `top` groups the largest are given; lift is against the whole all the same. `measure` is what the chart draws.
    """
    groups = corpus.groups(by)
    if "topic" in groups:
        raise SettingError("topic_by is about topics already; group by outlet, section, week or another column.")
    topics = [*corpus.codebook.topics, schema.OTHER]
    weights = corpus.scan("topics").select("doc_id", "sent_id", "topic", "weight")
    weighed = corpus.grouped(by, count).join(weights, on=["doc_id", "sent_id"], maintain_order="left_right")
    parts = per_article(weighed, groups, topics)
    sizes = largest(parts, groups, topics)
    kept = sizes.head(top).with_row_index("turn")
    frame = table(parts, kept, groups, topics, resamples, seed)
    held = weighed.filter(pl.col("weight") >= schema.HOLDS)
    if groups:
        held = held.join(kept.lazy(), on=groups, how="semi", nulls_equal=True, maintain_order="left")
    evidence = held.select(*dict.fromkeys(["doc_id", "sent_id", *groups, "topic", "weight"]))
    rows, missing = drawn_topics(frame)
    drawn = chart(rows, [group for group in groups if group != "doc_id"], measure)
    note = " ".join(filter(None, [remarks(sizes, top), missing])) or None
    return Result(frame, drawn, note=note, evidence=evidence)


def per_article(weighed: pl.LazyFrame, groups: list[str], topics: list[str]) -> pl.DataFrame:
    """A row for each article and group, by `doc_id`: the amount about each topic, and the sentences that each holds for."""
    about = [(number, pl.col("topic") == topic) for number, topic in enumerate(topics)]
    weight = pl.col("weight")
    amounts = [stable_sum(weight * pl.col("amount") * topic).alias(f"amount {number}") for number, topic in about]
    holding = [((weight >= schema.HOLDS) & topic).sum().alias(f"sentences {number}") for number, topic in about]
    keys = list(dict.fromkeys(["doc_id", *groups]))
    return weighed.group_by(keys).agg(*amounts, *holding).sort(keys, nulls_last=True).collect()


def largest(parts: pl.DataFrame, groups: list[str], topics: list[str]) -> pl.DataFrame:
    """Each group with its total and its articles, the largest first."""
    total = pl.sum_horizontal(pl.col(f"amount {number}") for number in range(len(topics)))
    sizes = parts.group_by(groups or pl.lit("all").alias("all")).agg(
        total=stable_sum(total), articles=pl.col("doc_id").n_unique().cast(pl.Int64)
    )
    order = ["total", "articles", *(groups or ["all"])]
    return sizes.filter(pl.col("total") > 0).sort(order, descending=[True, True] + [False] * (len(order) - 2))


def table(
    parts: pl.DataFrame, kept: pl.DataFrame, groups: list[str], topics: list[str], resamples: int, seed: int
) -> pl.DataFrame:
    """The answer: shares and lifts of the kept groups, with the range of each among the resamples."""
    keys = groups or ["all"]
    rows = parts if groups else parts.with_columns(pl.lit("all").alias("all"))
    amount, sentences = ([f"{what} {number}" for number in range(len(topics))] for what in ("amount", "sentences"))
    placed = (
        rows.join(kept, on=keys, how="left", nulls_equal=True)
        .join(numbered(rows), on="doc_id")
        .group_by("article", pl.col("turn").fill_null(kept.height))
        .agg(*[stable_sum(pl.col(name)) for name in amount], pl.col(sentences).sum())
        .sort("article", "turn")
    )
    article, place = (placed[name].to_numpy() for name in ("article", "turn"))
    amounts, holding = (placed.select(names).to_numpy() for names in (amount, sentences))
    every = np.ones((1, placed["article"].n_unique()))
    share, lift = ratios(every, article, place, amounts, kept.height)[0]
    held = np.array([holding[place == number].sum(axis=0) for number in range(kept.height)]).reshape(share.shape)
    ends = bootstrap(
        lambda drawn: ratios(drawn, article, place, amounts, kept.height), every.size, resamples=resamples, seed=seed
    )
    spans = [end[measure] for measure in range(2) for end in ends]
    enough = (kept["articles"] >= schema.FEW).to_numpy()[:, None]
    columns = {"share": share, "lift": lift, "sentences": held}
    columns |= {name: np.where(enough, span, np.nan) for name, span in zip(SPANS, spans, strict=True)}
    flat = {name: np.broadcast_to(columns.get(name, np.nan), share.shape).reshape(-1) for name in COLUMNS}
    names = pl.DataFrame({"topic": topics})
    frame = kept.select(*keys, "total", "articles").join(names, how="cross", maintain_order="left_right")
    told = frame.with_columns(
        pl.Series(name, values).fill_nan(None) for name, values in flat.items() if name != "sentences"
    )
    return told.with_columns(sentences=pl.Series(flat["sentences"]).cast(pl.Int64)).select(
        *groups, "topic", *COLUMNS, "articles", "total"
    )


SPANS = ("low", "high", "lift_low", "lift_high")
COLUMNS = ("share", "low", "high", "lift", "lift_low", "lift_high", "sentences")


def ratios(drawn: Array, article: Array, place: Array, amounts: Array, groups: int) -> Array:
    """Shares and lifts (draw, measure, group, topic) when each article counts as often as `drawn` says (draw, article)."""
    order = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[order], np.arange(groups + 2))
    sums = np.stack([drawn[:, article[order[a:b]]] @ amounts[order[a:b]] for a, b in pairwise(ends)], axis=1)
    whole = sums.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums[:, :groups] / sums[:, :groups].sum(axis=2, keepdims=True)
        return np.stack([share, share / (whole / whole.sum(axis=2, keepdims=True))], axis=1)


def remarks(sizes: pl.DataFrame, top: int) -> str | None:
    """What a reader should know of the groups: how many are not shown, and how many are too small to trust."""
    few = sizes.head(top).filter(pl.col("articles") < schema.FEW).height
    shown = min(top, sizes.height)
    said = []
    if sizes.height > top:
        said.append(f"The {top:,} largest of {sizes.height:,} groups are shown.")
    if few:
        said.append(
            f"{few:,} of {shown:,} groups have fewer than {schema.FEW} articles, so their shares say little and have no interval."
        )
    return " ".join(said) or None


def chart(frame: pl.DataFrame, groups: list[str], measure: Measure) -> alt.typing.ChartType:
    """A cell for each group and topic, coloured by share or by lift, with the number and its interval in it."""
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    lifts = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("lift", "lift_low", "lift_high")]
    drawn: alt.typing.ChartType = charts.cells(
        frame,
        rows=groups,
        columns=["topic"],
        number=measure,
        span=("low", "high") if measure == "share" else ("lift_low", "lift_high"),
        form=".0%" if measure == "share" else ".2~f",
        color=charts.ramp(frame, "share", title="Share") if measure == "share" else lift_color(),
        tips=[*groups, "topic", *shares, *lifts, "sentences:Q", "articles:Q"],
    )
    return drawn


def lift_color() -> tuple[alt.Color, str]:
    """The colour of a cell by its lift, from a quarter to four times, and when it is too dark for dark text."""
    scale = alt.Scale(type="log", base=2, domain=[0.25, 4], range=list(theme.DIVERGING), clamp=True)
    legend = alt.Legend(values=[0.25, 0.5, 1, 2, 4], labelExpr="'×' + datum.value", gradientLength=80)
    return alt.Color("lift:Q", title="Lift", scale=scale, legend=legend), "datum.lift < 0.44 || datum.lift > 2.3"
