"""What happened when, by the dates that the articles mention."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts, schema, theme


@analysis(needs=("documents.published",))
def timeline(
    corpus: Corpus,
    *,
    top: Annotated[int, Range(1, 200)] = 20,
    longest: Annotated[int, Range(1, 400)] = 7,
) -> Result:
    """What happened when, by the dates that the articles mention: a chronology.

    Gives a row for each of the `top` days (or spans of at most `longest` days) that most articles mention, in their order:
    `first_day`, `last_day`, `articles` (that mention it, copies left out), `mentions`, `sentence` (of the earliest article
    that mentions it with another word beside the date), `title`, `outlet` and `published` of that article. A date as it is
    said on the day of publication ("on Wednesday") counts as any other. Dates are those of the frame `dates`.
    """
    days = (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1
    documents = (
        corpus.scan("documents")
        .filter(pl.col("duplicate_of").is_null())
        .select("doc_id", "title", "outlet", "published")
    )
    sentences = (
        corpus.scan("sentences")
        .filter(pl.col("kind").is_in(schema.COUNTED))
        .select("doc_id", "sent_id", "words", sentence="text")
    )
    found = (
        corpus.scan("dates")
        .filter(pl.col("first_day").is_not_null(), days <= longest)
        .join(documents, on="doc_id")
        .join(sentences, on=["doc_id", "sent_id"])
        .sort("published", "doc_id", "sent_id", "first_day", "last_day", nulls_last=True)
        .collect()
    )
    told = (
        found.sort(pl.col("words") < 5, maintain_order=True)
        .group_by("first_day", "last_day", maintain_order=True)
        .agg(
            articles=pl.col("doc_id").n_unique().cast(pl.Int64),
            mentions=pl.len().cast(pl.Int64),
            sentence=pl.col("sentence").first(),
            title=pl.col("title").first(),
            outlet=pl.col("outlet").first(),
            published=pl.col("published").first(),
        )
    )
    frame = (
        told.sort(-pl.col("articles"), -pl.col("mentions"), "first_day", "last_day")
        .head(top)
        .sort("first_day", "last_day")
    )
    evidence = found.select("doc_id", "sent_id", "first_day", "last_day").unique(maintain_order=True)
    evidence = evidence.join(frame, on=["first_day", "last_day"], how="semi", maintain_order="left")
    note = None if frame.height else f"None of {len(corpus):,} articles mentions a day that could be told."
    return Result(frame, chart(frame), note=note, evidence=evidence)


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A line for each day: when, in how many articles, and what is said of it."""
    day = "timeFormat(toDate(datum.first_day), '%a %-d %b %Y')"
    until = "datum.last_day == datum.first_day ? '' : ' – ' + timeFormat(toDate(datum.last_day), '%-d %b')"
    tips: list[str | alt.Tooltip] = [
        alt.Tooltip("first_day:T", format="%-d %b %Y"),
        alt.Tooltip("last_day:T", format="%-d %b %Y"),
        "articles:Q",
        "mentions:Q",
        "sentence",
        "title",
        "outlet",
    ]
    base = (
        alt.Chart(frame)
        .transform_window(line="row_number()")
        .transform_calculate(day=f"{day} + ({until})", says="truncate(datum.sentence, 96, 'right', '…')")
        .encode(y=alt.Y("line:O", axis=None), tooltip=charts.tips(tips))
    )
    when = base.mark_text(align="left", fontWeight=600).encode(x=alt.XValue(0), text=alt.Text("day:N"))
    size = base.mark_circle(color=theme.PALETTE[0], opacity=1).encode(
        x=alt.XValue(180),
        size=alt.Size(
            "articles:Q",
            scale=alt.Scale(range=[20, 320]),
            legend=alt.Legend(
                title="Articles",
                orient="bottom",
                values=charts.extremes(frame["articles"]),
                format="d",
            ),
        ),
    )
    what = base.mark_text(align="left", limit=640).encode(x=alt.XValue(200), text=alt.Text("says:N"))
    drawn: alt.typing.ChartType = alt.layer(when, size, what).properties(width=840, height=alt.Step(24))
    return drawn
