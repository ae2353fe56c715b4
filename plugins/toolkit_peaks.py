"""When much more, or much less, was published than usual, and what it was about."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analyses, analysis, association, charts, theme

Per = Literal["auto", "day", "week", "month", "year"]
WEEKS = 4
"""Days are set against the usual course of the week from so many weeks on."""
DAYS = 400
"""Up to so many days `auto` looks at days: a peak of one is lost in its week."""
TERMS = 5
SURE = 0.001
COLORS = {
    "news": theme.PALETTE[0],
    "copies": theme.PALETTE[1],
    "after a gap": theme.PALETTE[2],
    "gap": theme.PALETTE[3],
}


@analysis(needs=("documents.published",))
def peaks(
    corpus: Corpus,
    *,
    per: Per = "auto",
    least: Annotated[float, Range(1.0, 20.0)] = 3.5,
    reach: Annotated[int, Range(2, 60)] = 14,
) -> Result:
    """When much more was published than usual, and what it was about.

    Gives a row for each period of `volume`: its first day, `articles`, `copies` (of them), `expected` (the median of the
    `reach` periods on each side; of days, times what is usual for the day of the week), `score` (how far from it, in
    robust standard deviations of the square roots, which makes large and small counts comparable: Anscombe 1948), and for
    those that stand out: `kind`, `words` and `names` (most distinctive of the period, by log likelihood), `headline` and
    `first` (its title and `doc_id`: the earliest article of the period with such a word).

    A period stands out from a score of `least`, and half as much again as expected: as `news`; as `copies` if it does not
    without them; as `after a gap` if the period before is a `gap` - far below what is expected, or empty. `auto` looks at days,
    of more than 400 days at the periods of `volume`.
    """
    published = analyses.volume(corpus, per="day" if per == "auto" and spans(corpus) <= DAYS else per)
    period = published.frame.columns[0]
    frame = marked(published.frame, period, least, reach)
    told = explained(corpus, frame.filter(pl.col("kind").is_in(["news", "copies", "after a gap"])), period)
    frame = frame.join(told, on=period, how="left", maintain_order="left")
    evidence = corpus.grouped(period).select("doc_id", "sent_id", period)
    note = " ".join(filter(None, [published.note, remark(frame, period)])) or None
    return Result(frame, chart(frame, period), note=note, evidence=evidence)


def spans(corpus: Corpus) -> int:
    """How many days lie between the first article and the last."""
    published = pl.col("published")
    span = corpus.scan("documents").select((published.max() - published.min()).dt.total_days()).collect().item()
    return int(span or 0)


def marked(frame: pl.DataFrame, period: str, least: float, reach: int) -> pl.DataFrame:
    """Each period with what is expected, how far it is from that, and which kind of exception it is, if any."""
    articles, own = pl.col("articles").cast(pl.Float64), pl.col("articles") - pl.col("copies")
    usual = pl.lit(1.0)
    if period == "day" and frame.height >= 7 * WEEKS:
        weekday = articles.median().over(pl.col(period).dt.weekday())
        usual = pl.when(articles.median() > 0).then((weekday / articles.median()).clip(0.05)).otherwise(1.0)
    level = (articles / usual).rolling_median(2 * reach + 1, center=True, min_samples=1)
    found = frame.select(period, pl.col("articles"), "copies", expected=level * usual, own=own)
    expected = (pl.col("expected") + 0.375).sqrt()
    away, own_away = (2 * ((pl.col(name) + 0.375).sqrt() - expected) for name in ("articles", "own"))
    # counts vary more than Poisson's: their own spread, no less than that, is the unit
    spread = (1.4826 * away.abs().median()).clip(1.0)
    high = pl.col("articles") >= 1.5 * pl.col("expected")
    found = found.with_columns(score=(away / spread).round(6), bare=own_away / spread)
    peak, gap = (
        (pl.col("score") >= least) & high,
        (pl.col("score") <= -least) | (pl.col("expected") >= 3) & (pl.col("articles") == 0),
    )
    after = gap.shift(1).fill_null(False)
    only_copies = (pl.col("bare") < least) | (pl.col("own") < 1.5 * pl.col("expected"))
    kind = pl.when(peak & after).then(pl.lit("after a gap")).when(peak & only_copies).then(pl.lit("copies"))
    kind = kind.when(peak).then(pl.lit("news")).when(gap).then(pl.lit("gap"))
    return found.with_columns(kind=kind).drop("own", "bare")


def explained(corpus: Corpus, found: pl.DataFrame, period: str) -> pl.DataFrame:
    """For each period the words and names that set it apart from all the others, and its first article with such a word."""
    spoken = corpus.words(period).rename({"word": "term"})
    named = corpus.mentions("names").join(corpus.grouped(period), on=["doc_id", "sent_id"])
    words, names = (
        distinctive(terms, found.select(period), period) for terms in (spoken, named.rename({"entity": "term"}))
    )
    documents = corpus.scan("documents").select("doc_id", "title", "published")
    hit = spoken.join(found.lazy().select(period), on=period, how="semi").select(
        "doc_id", period, pl.col("term").cast(pl.String)
    )
    first = (
        hit.join(words.lazy(), on=[period, "term"])
        .select("doc_id", period)
        .unique()
        .join(documents, on="doc_id")
        .sort("published", "doc_id")
        .group_by(period, maintain_order=True)
        .agg(headline=pl.col("title").first(), first=pl.col("doc_id").first())
    )
    listed = [terms.group_by(period, maintain_order=True).agg(pl.col("term").str.join(", ").alias(name))
              for name, terms in (("words", words), ("names", names))]  # fmt: skip
    every = found.select(period)
    for table in (*listed, first.collect()):
        every = every.join(table, on=period, how="left", maintain_order="left")
    return every


def distinctive(terms: pl.LazyFrame, periods: pl.DataFrame, period: str) -> pl.DataFrame:
    """The terms of each of `periods` that set it apart from all other periods, the most distinctive first."""
    counts = terms.group_by(period, "term").agg(count=pl.len().cast(pl.Int64), articles=pl.col("doc_id").n_unique())
    table = counts.with_columns(
        total=pl.col("count").sum().over(period), used=pl.col("count").sum().over("term"), size=pl.col("count").sum()
    ).join(periods.lazy(), on=period, how="semi")
    strength = association.log_likelihood(pl.col("count"), pl.col("total"), pl.col("used"), pl.col("size"))
    more = pl.col("count") * pl.col("size") > pl.col("total") * pl.col("used")
    return (
        table.filter(more, pl.col("articles") > 1)
        .with_columns(strength=strength, term=pl.col("term").cast(pl.String))
        .filter(association.p_value(pl.col("strength")) < SURE, pl.col("term").str.len_chars() > 1)
        .sort(period, -pl.col("strength"), "term")
        .filter(pl.int_range(pl.len()).over(period) < TERMS)
        .select(period, "term")
        .collect()
    )


def remark(frame: pl.DataFrame, period: str) -> str:
    """How many periods stand out, and as what."""
    if frame.height < 5:
        return f"{frame.height:,} {period}s are too few to say what is usual."
    kinds = frame["kind"].drop_nulls().value_counts(sort=True)
    if kinds.is_empty():
        return f"None of {frame.height:,} {period}s stands out."
    said = ", ".join(
        f"{count:,} as {kind}" for kind, count in kinds.sort("count", "kind", descending=[True, False]).iter_rows()
    )
    return f"{kinds['count'].sum():,} of {frame.height:,} {period}s stand out: {said}."


def chart(frame: pl.DataFrame, period: str) -> alt.typing.ChartType:
    """A bar for each period, those that stand out coloured and named by their words; a line for what is expected."""
    kinds = [kind for kind in COLORS if kind in frame["kind"]]
    bars = alt.Chart(frame).transform_calculate(
        until=f"timeOffset('{period}', toDate(datum.{period}), 1)",
        middle=f"(time(toDate(datum.{period})) + time(timeOffset('{period}', toDate(datum.{period}), 1))) / 2",
        says=f"timeFormat(toDate(datum.{period}), '%-d %b') + ': ' + truncate(datum.words || datum.headline || '', 30)",
    )
    tips = [
        alt.Tooltip(f"{period}:T", format="%a %-d %b %Y"), "kind:N", "articles:Q", "copies:Q", alt.Tooltip("expected:Q", format=".1f"),
        alt.Tooltip("score:Q", format=".1f"), "words:N", "names:N", "headline:N",
    ]  # fmt: skip
    most = max(frame["articles"].to_list(), default=1)
    y = alt.Y(
        "articles:Q",
        title="Articles",
        axis=alt.Axis(format=",d", tickMinStep=1),
        scale=alt.Scale(domain=[0, most * 1.6]),
    )
    color = alt.ColorValue(theme.COLOR_OTHER)
    if kinds:
        scale = alt.Scale(domain=kinds, range=[COLORS[kind] for kind in kinds])
        legend = alt.Legend(title="Stands out as", values=kinds, orient="bottom")
        kind = {"test": "isValid(datum.kind)", "field": "kind", "type": "nominal", "scale": scale, "legend": legend}
        color = alt.ColorValue(theme.COLOR_OTHER, condition=kind)
    x = alt.X(f"{period}:T", title=None, axis=alt.Axis(grid=False))
    bar = bars.mark_bar(binSpacing=1 if frame.height < 150 else 0).encode(
        x=x, x2=alt.X2("until:T"), y=y, y2=alt.Y2Datum(0), color=color, tooltip=charts.tips(tips)
    )
    line = bars.mark_line(color=theme.MUTED, strokeDash=[4, 3], strokeWidth=1.2).encode(
        x=alt.X("middle:T"), y=alt.Y("expected:Q")
    )
    labels = (
        bars.transform_filter("isValid(datum.kind) && datum.kind != 'gap'")
        .transform_window(rank="rank()", sort=[alt.SortField("score", order="descending")])
        .transform_filter("datum.rank <= 4")
        .mark_text(angle=315, align="left", dx=6, dy=-4, fontSize=11)
        .encode(x=alt.X("middle:T"), y=alt.Y("articles:Q"), text=alt.Text("says:N"))
    )
    return alt.layer(bar, line, labels).properties(width=600, height=280)
