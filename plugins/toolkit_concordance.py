"""Where a word is said, with what stands to its left and right."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analysis, theme

REACH = 60
"""Characters of context on each side that are drawn; the frame has twice as many."""
LETTER, LINE = 6.3, 21
"""Pixels that a character takes, about, and the height of a line."""


@analysis
def concordance(
    corpus: Corpus,
    *,
    find: str = "",
    sort: Literal["text", "left", "right"] = "text",
    top: Annotated[int, Range(1, 1000)] = 25,
) -> Result:
    """Where a word is said, with what stands to its left and right.

    Gives a row for each place, a keyword in context (Luhn 1960): `left`, `match` and `right` (up to 120 characters of the
    paragraph on each side), `outlet`, `published`, `title`, `doc_id`, `sent_id`, `start` and `end` (in the article's text).

    `find` is a word, a word with wildcards (`negotiat*`), a phrase, a regular expression between slashes
    (`/cease-?fires?/`), `entity:Dmitry Peskov`, `country:FRA` or `topic:Iran`; empty, it is the name that occurs most.
    `sort` puts the places in the order of the corpus, or by the words before (`left`, the nearest first) or after (`right`),
    so that the same turns of phrase stand together. Of more than `top` places an even sample is given.
    """
    found = corpus.find(find)
    drawn = pl.struct("doc_id", "start").hash(0)
    places = found.places.with_row_index("turn").sort(drawn, "turn").head(top).sort("turn")
    frame = lines(corpus, places).sort(*ORDERS[sort], maintain_order=True).drop("turn")
    evidence = places.select("doc_id", "sent_id").unique(maintain_order=True)
    return Result(frame, chart(frame), note=remark(found.what, found.places, top, len(corpus)), evidence=evidence)


WORDS = r"[\p{L}\p{M}\p{N}]+"
ORDERS = {
    "text": [pl.col("turn")],
    "left": [pl.col("left").str.to_lowercase().str.extract_all(WORDS).list.reverse().list.join(" ")],
    "right": [pl.col("right").str.to_lowercase().str.extract_all(WORDS).list.join(" ")],
}


def lines(corpus: Corpus, places: pl.DataFrame) -> pl.DataFrame:
    """Each place with its context, cut at the ends of its paragraph."""
    documents = corpus.scan("documents").select("doc_id", "title", "outlet", "published", "text")
    reach = 2 * REACH
    begin = (pl.col("start") - reach).clip(0)
    before = pl.col("text").str.slice(begin, pl.col("start") - begin)
    after = pl.col("text").str.slice("end", reach)
    return (
        places.lazy()
        .join(documents, on="doc_id", how="left", maintain_order="left")
        .select(
            "turn",
            left=plain(before.str.extract(r"([^\n]*)$")),
            match=plain(pl.col("text").str.slice("start", pl.col("end") - pl.col("start"))),
            right=plain(after.str.extract(r"^([^\n]*)")),
            outlet="outlet",
            published="published",
            title="title",
            doc_id="doc_id",
            sent_id="sent_id",
            start="start",
            end="end",
        )
        .collect()
    )


def plain(text: pl.Expr) -> pl.Expr:
    """Text on one line."""
    return text.fill_null("").str.replace_all(r"\s+", " ")


def remark(what: str, places: pl.DataFrame, top: int, articles: int) -> str:
    """How many places there are, and how many of them are shown."""
    if places.is_empty():
        return f"{what or 'A name'} was found in none of {articles:,} articles."
    said = f"{what}: {places.height:,} places in {places['doc_id'].n_unique():,} of {articles:,} articles"
    return f"{said}; {top:,} of them, drawn evenly, are shown." if places.height > top else f"{said}."


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A line of text for each place, the matches below one another."""
    letters = max(frame["match"].str.len_chars().to_list(), default=1)
    widest = min(letters, REACH // 2) * LETTER + 12
    middle, edge = REACH * LETTER, REACH * LETTER + widest
    told = [name for name in ("outlet", "published") if frame[name].null_count() < frame.height]
    day = "(datum.published ? timeFormat(toDate(datum.published), '%-d %b %Y') : '')"
    base = (
        alt.Chart(frame)
        .transform_window(line="row_number()")
        .transform_calculate(
            before=f"length(datum.left) > {REACH} ? '…' + slice(datum.left, {-REACH + 1}) : datum.left",
            after=f"truncate(datum.right, {REACH}, 'right', '…')",
            from_=" + ' · ' + ".join({"outlet": "(datum.outlet || '')", "published": day}[name] for name in told)
            or "''",
        )
        .encode(
            y=alt.Y("line:O", axis=None),
            tooltip=[
                alt.Tooltip("title:N"),
                alt.Tooltip("outlet:N"),
                alt.Tooltip("published:T", format="%-d %b %Y"),
                alt.Tooltip("left:N"),
                alt.Tooltip("match:N"),
                alt.Tooltip("right:N"),
            ],
        )
    )
    left = base.mark_text(align="right").encode(x=alt.XValue(middle - 6), text=alt.Text("before:N"))
    match = base.mark_text(align="center", fontWeight=600, color=theme.PALETTE[0], limit=widest).encode(
        x=alt.XValue((middle + edge) / 2), text=alt.Text("match:N")
    )
    right = base.mark_text(align="left").encode(x=alt.XValue(edge + 6), text=alt.Text("after:N"))
    source = base.mark_text(align="left", color=theme.MUTED, fontSize=11, limit=220).encode(
        x=alt.XValue(edge + middle + 12), text=alt.Text("from_:N")
    )
    layers = [left, match, right, *([source] if told else [])]
    return alt.layer(*layers).properties(width=edge + middle + (220 if told else 0), height=alt.Step(LINE))
