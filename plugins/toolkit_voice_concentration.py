"""Whether few voices make up most of what is quoted."""

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
    analysis,
    bootstrap,
    charts,
    numbered,
    schema,
    stable_sum,
    theme,
    voices,
)

Array: TypeAlias = "np.ndarray[Any, Any]"
MOST = 30
"""Of more groups, those with the most quotations are given."""
NOT_NAMED = "not named"


@analysis
def voice_concentration(
    corpus: Corpus,
    *,
    by: By = "outlet",
    count: Count = "words",
    parser: Literal["auto", "none"] = "auto",
    top: Annotated[int, Range(1, 50)] = 5,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Whether few voices make up most of what is quoted, in each group.

    Gives a row for each group of `by`, the most concentrated first: the group, `top_share` (of the quoted words of named
    speakers, or what `count` says, those of the `top` most quoted), its interval `low` to `high`,
    `gini` (0 if all speakers are quoted alike, near 1 if one has nearly all), its interval `gini_low` to `gini_high`,
    `speakers` (with a name), `named` (the share of all that is quoted that has a named speaker), `total`, and `articles`
    (that quote anyone).

    The Gini coefficient is taken over the speakers of the group (Dorfman 1979, A Formula for the Gini Coefficient). It
    grows with how much there is to quote, so compare groups of like size. Intervals (95%) are as wide as those of
    a bootstrap over articles, from 5 on, and lie around the measured value: resamples repeat articles, and so are more
    concentrated than what they are drawn from.
    """
    groups = corpus.groups(by)
    spoken = voices(corpus, by=by, count=count, parser=parser)
    keys = list(dict.fromkeys(["doc_id", *groups, "speaker"]))
    parts = spoken.group_by(keys).agg(pl.col("amount").sum().round(6)).sort(keys, nulls_last=True).collect()
    sizes = sized(parts, groups)
    kept = sizes.head(MOST).with_row_index("turn")
    frame = measured(parts, kept, groups, top, resamples, seed)
    frame = frame.sort("top_share", *groups, descending=[True, *[False] * len(groups)], nulls_last=True)
    shown = [group for group in groups if group != "doc_id"]
    evidence = spoken.select(*dict.fromkeys(["doc_id", "sent_id", *groups])).unique(maintain_order=True)
    drawn = chart(frame, shown, top)
    return Result(frame, drawn, note=remark(sizes), evidence=evidence)


def sized(parts: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """Each group with what is quoted in it, the most first; one for all if there are no groups."""
    named = pl.col("speaker") != NOT_NAMED
    told = {
        "total": pl.col("amount").sum().round(6),
        "named": (pl.col("amount").filter(named).sum() / pl.col("amount").sum()).round(9),
        "speakers": pl.col("speaker").filter(named).n_unique().cast(pl.Int64),
        "articles": pl.col("doc_id").n_unique().cast(pl.Int64),
    }
    found = parts.group_by(groups).agg(**told) if groups else parts.select(**told)
    return found.filter(pl.col("total") > 0).sort(-pl.col("total"), *groups, nulls_last=True)


def measured(
    parts: pl.DataFrame, kept: pl.DataFrame, groups: list[str], top: int, resamples: int, seed: int
) -> pl.DataFrame:
    """The answer: both measures of each kept group, with the range of each among the resamples."""
    articles = numbered(parts)
    rows = parts.join(articles, on="doc_id", maintain_order="left").filter(pl.col("speaker") != NOT_NAMED)
    rows = rows.join(kept.select("turn", *groups), on=groups, nulls_equal=True, maintain_order="left") if groups else (
        rows.with_columns(turn=pl.lit(0))
    )  # fmt: skip
    cells = rows.select("turn", "speaker").unique().sort("turn", "speaker").with_row_index("cell")
    rows = rows.join(cells, on=["turn", "speaker"]).group_by("article", "cell").agg(stable_sum(pl.col("amount")))
    rows = rows.sort("article", "cell")
    article, cell, amount = (rows[name].to_numpy() for name in ("article", "cell", "amount"))
    ends = np.searchsorted(cells["turn"].to_numpy(), np.arange(kept.height + 1))

    def measures(drawn: Array) -> Array:
        sums = [np.bincount(cell, draw[article] * amount, cells.height) for draw in drawn]
        return np.array([[both(one[a:b], top) for a, b in pairwise(ends)] for one in sums]).reshape(
            len(drawn), kept.height, 2
        )

    every = articles["article"].n_unique()
    found = measures(np.ones((1, every)))[0]
    low, high = bootstrap(measures, every, resamples=resamples, seed=seed)
    enough = (kept["articles"] >= schema.FEW).to_numpy()[:, None]
    half = np.where(enough, (high - low) / 2, np.nan)
    low, high = np.clip(found - half, 0, 1), np.clip(found + half, 0, 1)
    columns = {"top_share": found[:, 0], "low": low[:, 0], "high": high[:, 0]}
    columns |= {"gini": found[:, 1], "gini_low": low[:, 1], "gini_high": high[:, 1]}
    told = [pl.Series(name, values, dtype=pl.Float64).round(9).fill_nan(None) for name, values in columns.items()]
    return kept.with_columns(told).select(*groups, *columns, "speakers", "named", "total", "articles")


def both(amounts: Array, top: int) -> tuple[float, float]:
    """The share of the `top` largest amounts, and the Gini coefficient of those above 0; NaN if there are none."""
    here = np.sort(amounts[amounts > 0])
    whole = here.sum()
    if not whole:
        return np.nan, np.nan
    rank = np.arange(1, here.size + 1)
    return here[-top:].sum() / whole, ((2 * rank - here.size - 1) * here).sum() / (here.size * whole)


def remark(sizes: pl.DataFrame) -> str | None:
    """What a reader should know of the groups."""
    if sizes.is_empty():
        return "Nobody is quoted."
    few = sizes.head(MOST).filter(pl.col("articles") < schema.FEW).height
    said = [f"The {MOST} of {sizes.height:,} groups with the most quoted are shown."] if sizes.height > MOST else []
    if few:
        said.append(
            f"Fewer than {schema.FEW} articles quote anyone in {few:,} of {min(MOST, sizes.height):,} groups: no intervals."
        )
    return " ".join(said) or None


def chart(frame: pl.DataFrame, groups: list[str], top: int) -> alt.typing.ChartType:
    """A point with its interval for each group, once for the share of the most quoted and once for the Gini coefficient."""
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("top_share", "low", "high", "named")]
    others = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("gini", "gini_low", "gini_high")]
    numbers = [alt.Tooltip(f"{name}:Q", format=",.0f") for name in ("speakers", "articles")]
    base = (
        alt.Chart(frame)
        .transform_calculate(group=charts.label(groups, frame))
        .encode(
            y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=240, grid=True)),
            tooltip=charts.tips([*groups, *shares, *others, *numbers]),
        )
    )

    def panel(field: str, low: str, high: str, form: str, title: str) -> alt.typing.ChartType:
        x = alt.X(f"{field}:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=form, tickCount=5))
        span = base.mark_rule(color=theme.MUTED, strokeWidth=2).encode(
            x=alt.X(f"{low}:Q", title=title), x2=alt.X2(f"{high}:Q")
        )
        point = base.mark_point(filled=True, size=80, color=theme.PALETTE[0], opacity=1).encode(x=x)
        says = base.mark_text(dy=-11, fontWeight=600).encode(x=x, text=alt.Text(f"{field}:Q", format=form))
        drawn: alt.typing.ChartType = alt.layer(point, span, says).properties(width=300, height=alt.Step(38))
        return drawn

    share = panel("top_share", "low", "high", ".0%", f"Share of the {top} most quoted")
    gini = panel("gini", "gini_low", "gini_high", ".2f", "Gini coefficient")
    drawn: alt.typing.ChartType = alt.hconcat(share, gini, spacing=28)
    return drawn
