"""Which words set each group apart from the rest."""

from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    By,
    Corpus,
    Range,
    Result,
    SettingError,
    analysis,
    association,
    charts,
    interval,
    numbered,
    schema,
    summed,
    theme,
)

Array: TypeAlias = "np.ndarray[Any, Any]"
MOST = 9
"""Of more groups the largest are shown; each is set against all the others."""
SURE = 0.05
"""A word is key below this share of false discoveries."""


@analysis
def keyness(
    corpus: Corpus,
    *,
    by: By = "outlet",
    rank: Literal["log_likelihood", "log_ratio"] = "log_likelihood",
    top: Annotated[int, Range(1, 100)] = 10,
    least: Annotated[int, Range(1, 1000)] = 3,
    every: bool = False,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which words set each group apart from the rest.

    Gives a row for each group of `by` and each of its `top` key words: the group, `word`, `count`, `rate` and `rest_rate`
    (times used in 1,000 words there, and in all the other groups), `log_ratio` (how many doublings lie between the two: 1
    is twice as often), its interval `low` to `high`, `log_likelihood` (Dunning's G²), `q` (its p-value corrected for all
    the words tested, Benjamini and Hochberg), `articles` (that use it: its range), and what they are of: `of_articles` and
    `total` words.

    A word is key if the group uses it more, `q` is below 0.05, and it is used `least` times and in two articles, so that
    it is no quirk of one. `rank` orders by evidence (log likelihood) or by effect (log ratio). The interval is a 95%
    bootstrap over articles, from 5 on: where it reaches 0, a few articles make the difference. Function words are left out
    unless `every` is set.
    """
    groups = corpus.groups(by)
    if not groups:
        raise SettingError(
            f"keyness got by={by!r}; it sets groups apart: take outlet, section, week or another column."
        )
    used = corpus.words(by, every=every)
    table = used.group_by(*groups, "word").agg(count=pl.len().cast(pl.Int64)).collect(engine="streaming")
    sizes = extents(corpus, by, groups, table)
    key = scored(table, sizes, groups, least).filter(
        pl.col("q") < SURE, pl.col("log_ratio") > 0, pl.col("count") >= least, pl.col("turn") < MOST
    )
    told = used.filter(pl.col("word").is_in(key["word"].unique().implode())).with_columns(
        pl.col("word").cast(pl.String)
    )
    per_article = told.group_by(*dict.fromkeys(["doc_id", *groups]), "word").len("n").collect()
    articles = per_article.group_by(*groups, "word").agg(articles=pl.len().cast(pl.Int64))
    frame = (
        key.with_columns(pl.col("word").cast(pl.String))
        .join(articles, on=[*groups, "word"], nulls_equal=True)
        .filter(pl.col("articles") >= pl.min_horizontal(2, "of_articles"))
        .sort("turn", -pl.col(rank), "word")
        .filter(pl.int_range(pl.len()).over("turn") < top)
    )
    sure = intervals(used, per_article, groups, frame, resamples=resamples, seed=seed)
    enough = pl.col("of_articles") >= schema.FEW
    frame = frame.with_columns(sure).with_columns(pl.when(enough).then(pl.col("low", "high")))
    frame = frame.select(*groups, "word", *COLUMNS)
    evidence = told.join(
        frame.lazy().select(*groups, "word"), on=[*groups, "word"], how="semi", nulls_equal=True, maintain_order="left"
    )
    drawn = chart(frame, [group for group in groups if group != "doc_id"])
    return Result(frame, drawn, note=remarks(sizes, frame, groups), evidence=evidence.unique(maintain_order=True))


COLUMNS = (
    "count", "rate", "rest_rate", "log_ratio", "low", "high", "log_likelihood", "q", "articles", "of_articles", "total",
)  # fmt: skip


def extents(corpus: Corpus, by: By, groups: list[str], table: pl.DataFrame) -> pl.DataFrame:
    """Each group with its `total` words and `of_articles`, in `turn`: days and weeks by date, others the largest first."""
    articles = corpus.grouped(by).group_by(groups).agg(of_articles=pl.col("doc_id").n_unique().cast(pl.Int64)).collect()
    totals = table.group_by(groups).agg(total=pl.col("count").sum())
    times = [group for group in groups if table.schema[group] == pl.Date]
    order = [*map(pl.col, times), -pl.col("total"), *map(pl.col, groups)]
    return totals.join(articles, on=groups, nulls_equal=True).sort(order, nulls_last=True).with_row_index("turn")


def scored(table: pl.DataFrame, sizes: pl.DataFrame, groups: list[str], least: int) -> pl.DataFrame:
    """Each word of each group against the other groups; words used fewer than `least` times are not tested."""
    count, total, used, size = (pl.col(name) for name in ("count", "total", "used", "size"))
    strength = association.log_likelihood(count, total, used, size)
    return (
        table.join(sizes, on=groups, nulls_equal=True)
        .with_columns(used=count.sum().over("word"), size=pl.lit(sizes["total"].sum()))
        .filter(used >= least, total < size, pl.col("word").cat.len_chars() > 1)
        .with_columns(
            rate=1000 * count / total,
            rest_rate=1000 * (used - count) / (size - total),
            log_ratio=association.log_ratio(count, total, used - count, size - total),
            log_likelihood=strength,
            q=association.adjusted(association.p_value(strength)),
        )
    )


def intervals(
    used: pl.LazyFrame, per_article: pl.DataFrame, groups: list[str], frame: pl.DataFrame, *, resamples: int, seed: int
) -> list[pl.Series]:
    """The ends of the interval of each log ratio: the range over resamples of the articles."""
    totals = used.group_by(*dict.fromkeys(["doc_id", *groups])).len("n").sort("doc_id", *groups).collect()
    articles = numbered(totals)
    pairs = frame.select(*groups, "word").with_row_index("pair")
    words = pairs.select(pl.col("word").unique(maintain_order=True)).with_row_index("number")
    turns = frame.select(*groups, "turn").unique(maintain_order=True).with_row_index("group")
    known = per_article.join(articles, on="doc_id")
    of = totals.join(articles, on="doc_id")
    by_pair = summed(known.join(pairs, on=[*groups, "word"], nulls_equal=True), "pair", pairs.height)
    by_word = summed(known.join(words, on="word"), "number", words.height)
    by_group = summed(of.join(turns, on=groups, nulls_equal=True), "group", turns.height)
    whole = summed(of.with_columns(all=0), "all", 1)
    number = pairs.join(words, on="word", maintain_order="left")["number"].to_numpy()
    group = frame.join(turns, on="turn", maintain_order="left")["group"].to_numpy()

    def log_ratios(drawn: Array) -> Array:
        count, total = by_pair(drawn), by_group(drawn)[:, group]
        # the formula of association.log_ratio, on arrays
        here, there = np.maximum(count, 0.5), np.maximum(by_word(drawn)[:, number] - count, 0.5)
        ratio: Array = np.log2((here / total) / (there / (whole(drawn) - total)))
        return ratio

    return interval(log_ratios, articles["article"].n_unique(), resamples=resamples, seed=seed)


def remarks(sizes: pl.DataFrame, frame: pl.DataFrame, groups: list[str]) -> str | None:
    """What a reader should know: too few groups, groups not shown, groups without key words, and how sure it is."""
    if sizes.height < 2:
        return f"There is {sizes.height or 'no'} group, and key words set groups apart; group by something else."
    said = []
    if sizes.height > MOST:
        said.append(f"The {MOST} of {sizes.height:,} groups that come first are shown, each against all the others.")
    bare = sizes.head(MOST).join(frame, on=groups, how="anti", nulls_equal=True).height
    if bare:
        said.append(f"{bare:,} of the {min(MOST, sizes.height):,} groups have no key word.")
    shaky = frame.filter(pl.col("low") <= 0).height
    if shaky:
        said.append(f"{shaky:,} of {frame.height:,} words rest on few articles: their interval reaches 0.")
    few = sizes.head(MOST).filter(pl.col("of_articles") < schema.FEW).height
    if few:
        said.append(f"{few:,} groups have fewer than {schema.FEW} articles, and no intervals.")
    return " ".join(said) or None


def chart(frame: pl.DataFrame, groups: list[str]) -> alt.typing.ChartType:
    """A panel for each group: for each word how many times as frequent it is, with its interval."""
    panel = " + ' · ' + ".join(f"(datum['{group}'] == null ? 'none' : datum['{group}'])" for group in groups)
    times = "(datum.value < 0 ? '1/' : '') + format(pow(2, abs(datum.value)), '.2~f')"
    base = (
        alt.Chart(frame)
        .transform_calculate(from_="isValid(datum.low) ? max(datum.low, -2) : null")
        .encode(
            x=alt.X(
                "log_ratio:Q",
                title="Log ratio",
                axis=alt.Axis(
                    title="Times as frequent as in the rest (numbers: times used)", labelExpr=times, tickMinStep=1
                ),
            ),
            y=alt.Y("word:N", sort=None, title=None),
            tooltip=charts.tips(tips(groups)),
        )
    )
    point = base.mark_point(color=theme.PALETTE[0], size=45, opacity=1)
    span = base.mark_rule(color=theme.PALETTE[0], strokeWidth=1.5).encode(x=alt.X("from_:Q"), x2=alt.X2("high:Q"))
    text = base.mark_text(dy=-8, fontSize=10, color=theme.MUTED).encode(text=alt.Text("count:Q", format=",d"))
    columns = 2 if frame.select(groups).n_unique() in (2, 4) else 3
    facet = alt.Facet("panel:N", sort=None, header=alt.Header(title=None, labelAnchor="start"))
    drawn: alt.typing.ChartType = (
        alt.layer(point, span, text)
        .properties(width=300 if columns == 2 else 210, height=alt.Step(22))
        .facet(facet=facet, columns=columns, spacing=24)
        .properties(transform=[alt.CalculateTransform(calculate=panel, **{"as": "panel"})])
        .resolve_scale(y="independent")
    )
    return drawn


def tips(groups: list[str]) -> list[str | alt.Tooltip]:
    """What is told of a word."""
    numbers = [alt.Tooltip(f"{name}:Q", format=",.2f") for name in ("rate", "rest_rate", "log_ratio", "low", "high")]
    return [*groups, "word:N", "count:Q", *numbers, alt.Tooltip("q:Q", format=".2~g"), "articles:Q", "of_articles:Q"]
