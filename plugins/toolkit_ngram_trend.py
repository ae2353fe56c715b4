"""How often words, phrases or names are used over time."""

from typing import Annotated, Any, Literal, TypeAlias

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    Corpus,
    Range,
    Result,
    SettingError,
    analyses,
    analysis,
    charts,
    interval,
    numbered,
    schema,
    summed,
    theme,
)

Array: TypeAlias = "np.ndarray[Any, Any]"
Per = Literal["auto", "day", "week", "month", "year"]
MOST = 8


@analysis(needs=("documents.published",))
def ngram_trend(
    corpus: Corpus,
    *,
    terms: list[str] | None = None,
    per: Per = "auto",
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How often words, phrases or names are used over time.

    Gives a row for each period of `volume` and each of `terms`: the period's first day, `term`, `count`, `rate` (times in
    1,000 words), its interval `low` to `high` (95%, bootstrap over articles, from 5 on), `articles` (that have it), and what
    it is of: `total` words, from `of_articles`. A term is what `concordance` finds: a word, a wildcard, a phrase, a /regular
    expression/, `entity:`, `country:` or `topic:`; without any, the three names that occur most. In a period without articles
    the rate is null and the line is broken.
    """
    published = analyses.volume(corpus, per=per)
    period = published.frame.columns[0]
    asked = list(dict.fromkeys(terms or most_named(corpus)))
    if len(asked) > MOST:
        raise SettingError(f"ngram_trend got {len(asked)} terms; {MOST} lines are the most that can be told apart.")
    dates = corpus.grouped(period).filter(pl.col(period).is_not_null())
    places = [corpus.find(term).places.select("doc_id", "sent_id").with_columns(term=pl.lit(term)) for term in asked]
    found = (
        pl.concat(places)
        if places
        else pl.DataFrame(schema={"doc_id": pl.String, "sent_id": pl.Int64, "term": pl.String})
    )
    marks = found.lazy().join(dates, on=["doc_id", "sent_id"], maintain_order="left").collect()
    sizes = dates.group_by("doc_id", period).agg(n=pl.col("words").sum()).sort("doc_id", period).collect()
    cells = (
        published.frame.select(period)
        .with_row_index("turn")
        .join(pl.DataFrame({"term": asked}, schema={"term": pl.String}), how="cross", maintain_order="left_right")
        .with_row_index("cell")
    )
    used = marks.group_by("doc_id", period, "term").agg(n=pl.len().cast(pl.Int64)).sort("doc_id", period, "term")
    counts = used.group_by(period, "term").agg(count=pl.col("n").sum(), articles=pl.len().cast(pl.Int64))
    totals = sizes.group_by(period).agg(total=pl.col("n").sum(), of_articles=pl.len().cast(pl.Int64))
    frame = (
        cells.join(counts, on=[period, "term"], how="left", maintain_order="left")
        .join(totals, on=period, how="left", maintain_order="left")
        .with_columns(pl.col("count", "articles", "total", "of_articles").fill_null(0))
        .with_columns(rate=pl.when(pl.col("total") > 0).then(1000 * pl.col("count") / pl.col("total")))
        .with_columns(intervals(used, sizes, cells, period, resamples=resamples, seed=seed))
        .with_columns(pl.when(pl.col("of_articles") >= schema.FEW).then(pl.col("low", "high")))
        .select(period, "term", "count", "rate", "low", "high", "articles", "total", "of_articles")
    )
    absent = [term for term in asked if term not in used["term"]]
    said = f"{', '.join(absent)}: in none of the articles with a date." if absent else None
    evidence = marks.select("doc_id", "sent_id", period, "term").unique(maintain_order=True)
    return Result(
        frame,
        chart(frame, period, asked),
        note=" ".join(filter(None, [published.note, said])) or None,
        evidence=evidence,
    )


def most_named(corpus: Corpus) -> list[str]:
    """The three names that occur most, as terms."""
    counts = corpus.mentions("names").group_by("entity").len().sort(-pl.col("len").cast(pl.Int64), "entity").head(3)
    return [f"entity:{name}" for name in counts.collect()["entity"]]


def intervals(
    used: pl.DataFrame, sizes: pl.DataFrame, cells: pl.DataFrame, period: str, *, resamples: int, seed: int
) -> list[pl.Series]:
    """The ends of the interval of each rate: the range over resamples of the articles."""
    articles = numbered(sizes)
    turns = cells.select(period, "turn").unique("turn", maintain_order=True)
    count_of = summed(used.join(articles, on="doc_id").join(cells, on=[period, "term"]), "cell", cells.height)
    total_of = summed(sizes.join(articles, on="doc_id").join(turns, on=period), "turn", turns.height)
    turn = cells["turn"].to_numpy()

    def rates(drawn: Array) -> Array:
        return 1000 * count_of(drawn) / total_of(drawn)[:, turn]

    return interval(rates, articles["article"].n_unique(), resamples=resamples, seed=seed)


def chart(frame: pl.DataFrame, period: str, terms: list[str]) -> alt.typing.ChartType:
    """A line with its band for each term, named at its end."""
    colors = theme.colors(terms)
    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    base = alt.Chart(frame).encode(
        x=alt.X(f"{period}:T", title=None, axis=alt.Axis(grid=False)),
        color=alt.Color(
            "term:N", scale=scale, legend=alt.Legend(title=None, orient="bottom", columns=2, labelLimit=260)
        ),
    )
    y = alt.Y("rate:Q", title="Times in 1,000 words")
    tips = [
        alt.Tooltip(f"{period}:T", format="%a %-d %b %Y"),
        "term",
        alt.Tooltip("rate:Q", format=",.2f"),
        alt.Tooltip("low:Q", format=",.2f"),
        alt.Tooltip("high:Q", format=",.2f"),
        "count:Q",
        "articles:Q",
        "of_articles:Q",
    ]
    line = base.mark_line(strokeWidth=1.6).encode(y=y)
    points = base.mark_point(size=18, filled=True, opacity=1).encode(y=y, tooltip=charts.tips(tips))
    band = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q", title="Times in 1,000 words"), y2=alt.Y2("high:Q"))
    return alt.layer(line, points, band).properties(width=560, height=260)
