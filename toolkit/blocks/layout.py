"""The paragraphs of a text as its layout shows them: blank lines, single lines, lines that were wrapped to a width."""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit.characters import NEWLINE, Places, Text

HEAD, TAIL = 300, 80
"""How much of a paragraph's beginning and end its kind is told by."""

WIDTHS = (40, 120)
"""Lines are wrapped by hand or machine to a width between these."""

STOP = r"""[.!?…。！？؟।:;]["'”’»›“)\]*_]*$"""
ITEM = r"^(?:[-–*+•·‣▪●○◦►➤✓✔]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s)"


def paragraphs(text: Text, offsets: Places, given: pl.DataFrame) -> pl.DataFrame:
    """The paragraphs of the documents that begin at `offsets` in `text`.

    `given` (`document`, `kind`, `start`, `end`) are paragraphs known beforehand, in order and apart from each other.
    Columns: `document`, `start` and `end` in `text`, `given` (a kind or null), `group` (paragraphs with no blank line
    between them), and their beginnings and ends, `head` and `tail`.
    """
    lines = _lines(text, offsets, given)
    frame = (
        lines.with_columns(paragraph=(~_continues(lines)).cum_sum())
        .group_by("paragraph", maintain_order=True)
        .agg(pl.col("document", "start", "given", "group").first(), pl.col("end").last())
        .drop("paragraph")
    )
    return frame.with_columns(_pieces(text, frame["start"].to_numpy(), frame["end"].to_numpy()))


def _lines(text: Text, offsets: Places, given: pl.DataFrame) -> pl.DataFrame:
    """Every line that is not blank, and every given paragraph as if it were one line."""
    offset = offsets[given["document"].to_numpy()]
    given_starts, given_ends = given["start"].to_numpy() + offset, given["end"].to_numpy() + offset
    breaks = _line_breaks(text)
    within = np.searchsorted(given_starts, breaks, "right") - 1
    if len(given):
        breaks = breaks[(within < 0) | (breaks >= given_ends[within])]
    edges = [[0, len(text.text)], offsets, breaks, breaks + 1, given_starts, given_ends]
    cuts = np.unique(np.concatenate(edges).astype(np.int64))
    starts, ends = _trimmed(text, cuts[:-1], cuts[1:])
    held = np.searchsorted(given_starts, starts, "right") - 1
    known = held >= 0
    known[known] = starts[known] < given_ends[held[known]]
    height = np.searchsorted(breaks, starts, "right")
    apart = (np.diff(height, prepend=-2) > 1) | known | np.append(False, known[:-1])
    kind = given["kind"].gather(held[known])
    return pl.DataFrame(
        {
            "document": np.searchsorted(offsets, starts, "right") - 1,
            "start": starts,
            "end": ends,
            "group": np.cumsum(apart),
            "given": pl.Series("given", [None], dtype=pl.String)
            .new_from_index(0, len(starts))
            .scatter(np.flatnonzero(known), kind),
        }
    ).with_columns(_pieces(text, starts, ends))


def _pieces(text: Text, starts: Places, ends: Places) -> list[pl.Series]:
    """Beginnings and ends, `head` and `tail`."""
    return [
        text.slices(starts, np.minimum(ends, starts + HEAD)).alias("head"),
        text.slices(np.maximum(starts, ends - TAIL), ends).alias("tail"),
    ]


def _line_breaks(text: Text) -> Places:
    """Where lines end; the two characters of CR LF are one break, a paragraph separator is two."""
    breaks = np.flatnonzero(text.kinds == NEWLINE)
    codes = text.codes[breaks]
    breaks = breaks[~((codes == ord("\r")) & (text.codes[breaks + 1] == ord("\n")))]
    return np.repeat(breaks, np.where(text.codes[breaks] == 0x2029, 2, 1))


def _trimmed(text: Text, starts: Places, ends: Places) -> tuple[Places, Places]:
    """Pieces of `text` without the blanks around them; a piece that is all blank is left out."""
    first, last = np.searchsorted(text.ends, starts, "right"), np.searchsorted(text.starts, ends, "left") - 1
    inked = first <= last
    first, last = first[inked], last[inked]
    return np.maximum(text.starts[first], starts[inked]), np.minimum(text.ends[last], ends[inked])


def _continues(lines: pl.DataFrame) -> pl.Series:
    """Which lines go on with the paragraph of the line before.

    A group of lines was wrapped if most lines have no room for the first word of the next (greedy filling), and the
    breaks fall inside sentences. Elsewhere a line goes on only if the one before breaks off and it begins small.
    """
    length = pl.col("end") - pl.col("start")
    before = pl.col("tail").shift(1)
    joined = pl.col("group") == pl.col("group").shift(1)
    first_word = pl.col("head").str.extract(r"^(\S+)").str.len_chars()
    widest = length.max().over("group")
    quoted = pl.col("head").str.starts_with(">")
    frame = lines.select(
        "group",
        joined=joined.fill_null(False),
        small=pl.col("head").str.contains(r"^\p{Ll}"),
        caseless=pl.col("head").str.contains(r"^\p{Lo}"),
        open=~before.str.contains(STOP).fill_null(True),
        long=(length.shift(1) >= WIDTHS[0]).fill_null(False),
        full=(length.shift(1) + 1 + first_word > widest).fill_null(False),
        sized=widest.is_between(*WIDTHS),
        item=pl.col("head").str.contains(ITEM),
        quoted=quoted & quoted.shift(1).fill_null(False),
        apart=quoted != quoted.shift(1),
    )

    def share(column: str) -> pl.Expr:
        return pl.col(column).filter("joined").mean().over("group").fill_null(0.0)

    inside = (share("small") >= 0.35) | ((share("caseless") >= 0.9) & (share("open") >= 0.6))
    wrapped = pl.col("sized") & (share("full") >= 0.6) & inside
    flows = (
        pl.when(wrapped)
        .then(pl.col("full") | (pl.col("small") & pl.col("open")))
        .otherwise(pl.col("small") & pl.col("open") & pl.col("long"))
    )
    return frame.select(
        pl.col("joined") & (pl.col("quoted") | (flows & ~pl.col("item") & ~pl.col("apart")))
    ).to_series()
