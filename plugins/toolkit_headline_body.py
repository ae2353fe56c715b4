"""What headlines say that their articles do not."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts, function_words, word_lists

STEM = 4
"""Words that begin with the same so many letters, a final s left out, count as one: cut and cuts, resume and resuming."""
BODY = ("standfirst", "body", "list", "quote")


@analysis(needs=("documents.title",))
def headline_body(
    corpus: Corpus, *, top: Annotated[int, Range(1, 200)] = 20, least: Annotated[int, Range(1, 20)] = 3
) -> Result:
    """What headlines say that their articles do not.

    Gives a row for each of the `top` articles whose headline has most that is nowhere in the text: `doc_id`, `title`,
    `outlet`, `missing` (share of the headline's words that are not in the text), `words` (those), `numbers` (in the headline,
    not in the text) and `of_words`. Function words do not count, and words with the same first four letters are taken for
    one. Headlines of fewer than `least` words are left out. A missing word may be a synonym: it is a reason to
    read the article, not a verdict.
    """
    documents = corpus.scan("documents").drop_nulls("title")
    sentences = corpus.scan("sentences").filter(pl.col("kind").is_in(BODY))
    text = sentences.group_by("doc_id", maintain_order=True).agg(body=pl.col("text").str.join(" "))
    common = sorted(function_words("en"))
    rows = documents.join(text, on="doc_id", maintain_order="left").select(
        "doc_id", "title", "outlet",
        said=word_lists(pl.col("title")).list.unique(maintain_order=True).list.set_difference(pl.lit(common, dtype=pl.List(pl.String))),
        body=stems(word_lists(pl.col("body"))).list.unique(),
        figures=pl.col("title").str.extract_all(r"\d[\d.,]*\d|\d").list.unique(maintain_order=True),
        shown=pl.col("body").str.extract_all(r"\d[\d.,]*\d|\d").list.unique(),
    )  # fmt: skip
    missing = (
        rows.select("doc_id", "said", "body")
        .with_columns(stem=stems(pl.col("said")))
        .explode("said", "stem")
        .filter(~pl.col("stem").is_in(pl.col("body")))
        .group_by("doc_id", maintain_order=True)
        .agg(words=pl.col("said"))
    )
    table = (
        rows.with_columns(
            of_words=pl.col("said").list.len().cast(pl.Int64), numbers=pl.col("figures").list.set_difference("shown")
        )
        .join(missing, on="doc_id", how="left", maintain_order="left")
        .with_columns(missing=(pl.col("words").list.len().fill_null(0) / pl.col("of_words")))
        .filter(pl.col("of_words") >= least)
        .collect()
    )
    some = table.filter((pl.col("missing") > 0) | (pl.col("numbers").list.len() > 0))
    order = [-pl.col("missing"), -pl.col("numbers").list.len().cast(pl.Int64), "doc_id"]
    frame = some.sort(order).head(top).select(
        "doc_id", "title", "outlet", "missing", pl.col("words", "numbers").list.sort().list.join(", ").fill_null(""), "of_words"
    )  # fmt: skip
    evidence = (
        corpus.grouped()
        .select("doc_id", "sent_id")
        .join(frame.lazy().select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    )
    whole = table["missing"].mean()
    note = (
        f"On average {whole:.0%} of a headline's words are not in its article ({table.height:,} headlines)."
        if isinstance(whole, float)
        else None
    )
    tips = ["title", "outlet", "words", "numbers", alt.Tooltip("missing:Q", format=".0%"), "of_words"]
    drawn = charts.ranked(
        frame,
        name="title",
        number="missing",
        title="Share of the headline's words that the text lacks",
        form=".0%",
        tips=tips,
    )
    return Result(frame, drawn, note=note, evidence=evidence)


def stems(words: pl.Expr) -> pl.Expr:
    """Lists of words cut to what stands for all their forms."""
    return words.list.eval(pl.element().str.strip_suffix("s").str.slice(0, STEM))
