"""What headlines say that their articles do not."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import (
    Corpus,
    Range,
    Result,
    analysis,
    charts,
    function_words,
    interval,
    numbered,
    schema,
    summed,
    word_lists,
)

STEM = 4
"""Words that begin with the same so many letters, a final s left out, count as one: cut and cuts, resume and resuming."""
BODY = ("standfirst", "body", "list", "quote")


@analysis(needs=("documents.title",))
def headline_body(
    corpus: Corpus,
    *,
    top: Annotated[int, Range(1, 200)] = 20,
    least: Annotated[int, Range(1, 20)] = 3,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """What headlines say that their articles do not.

    Gives a row for each of the `top` articles whose headline has most that is nowhere in the text: `doc_id`, `title`,
    `outlet`, `published`, `missing` (share of the headline's words that are not in the text), `words` (those), `numbers` (in
    the headline, not in the text) and `of_words`. Function words do not count, and words with the same first four letters
    are taken for one. Headlines of fewer than `least` words are left out. A missing word may be a synonym: it is a reason to
    read the article, not a verdict. What is told of one headline is counted and has no interval; the mean of all, in the
    note, has one (95%, bootstrap over articles, from 5 on).
    """
    table = compared(corpus).filter(pl.col("of_words") >= least).collect()
    some = table.filter((pl.col("missing") > 0) | (pl.col("numbers").list.len() > 0))
    order = [-pl.col("missing"), -pl.col("numbers").list.len().cast(pl.Int64), "doc_id"]
    listed = pl.col("words", "numbers").list.sort().list.join(", ").fill_null("")
    frame = some.sort(order).head(top).select("doc_id", "title", "outlet", "published", "missing", listed, "of_words")
    shown = frame.lazy().select("doc_id")
    sentences = corpus.grouped().select("doc_id", "sent_id")
    evidence = sentences.join(shown, on="doc_id", how="semi", maintain_order="left")
    return Result(frame, chart(frame), note=remark(table, resamples, seed), evidence=evidence)


def compared(corpus: Corpus) -> pl.LazyFrame:
    """Each article that has a headline, with the words and numbers of it that its text has not."""
    documents = corpus.scan("documents").drop_nulls("title")
    sentences = corpus.scan("sentences").filter(pl.col("kind").is_in(BODY))
    text = sentences.group_by("doc_id", maintain_order=True).agg(body=pl.col("text").str.join(" "))
    common = pl.lit(sorted(function_words("en")), dtype=pl.List(pl.String))
    figures = [
        pl.col(name).str.extract_all(r"\d[\d.,]*\d|\d").list.unique(maintain_order=True) for name in ("title", "body")
    ]
    rows = documents.join(text, on="doc_id", maintain_order="left").select(
        "doc_id", "title", "outlet", "published",
        said=word_lists(pl.col("title")).list.unique(maintain_order=True).list.set_difference(common),
        body=stems(word_lists(pl.col("body"))).list.unique(),
        numbers=figures[0].list.set_difference(figures[1]),
    )  # fmt: skip
    missing = (
        rows.select("doc_id", "said", "body")
        .with_columns(stem=stems(pl.col("said")))
        .explode("said", "stem")
        .filter(~pl.col("stem").is_in(pl.col("body")))
        .group_by("doc_id", maintain_order=True)
        .agg(words=pl.col("said"))
    )
    counted = rows.drop("body").with_columns(of_words=pl.col("said").list.len().cast(pl.Int64))
    share = pl.col("words").list.len().fill_null(0) / pl.col("of_words")
    return counted.join(missing, on="doc_id", how="left", maintain_order="left").with_columns(missing=share)


def remark(table: pl.DataFrame, resamples: int, seed: int) -> str | None:
    """How much headlines say on average that their articles do not, and how sure that is."""
    if table.is_empty():
        return None
    articles = numbered(table)
    rows = table.join(articles, on="doc_id").with_columns(all=0)
    part, whole = (summed(rows.with_columns(n=n), "all", 1) for n in (pl.col("missing"), pl.lit(1)))
    low, high = interval(
        lambda drawn: part(drawn) / whole(drawn), articles["article"].n_unique(), resamples=resamples, seed=seed
    )
    sure = f" ({low[0]:.0%} to {high[0]:.0%})" if table.height >= schema.FEW and low[0] is not None else ""
    of = f"{table.height:,} headline{'s' if table.height > 1 else ''}"
    return f"On average {table['missing'].to_numpy().mean():.0%}{sure} of a headline's words are not in its article ({of})."


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A bar for each headline."""
    share = alt.Tooltip("missing:Q", format=".0%")
    day = alt.Tooltip("published:T", format="%-d %b %Y")
    drawn: alt.typing.ChartType = charts.ranked(
        frame,
        name="title",
        number="missing",
        title="Share of the headline's words that the text lacks",
        form=".0%",
        tips=["title", "outlet", day, "words", "numbers", share, "of_words"],
    )
    return drawn


def stems(words: pl.Expr) -> pl.Expr:
    """Lists of words cut to what stands for all their forms."""
    return words.list.eval(pl.element().str.strip_suffix("s").str.slice(0, STEM))
