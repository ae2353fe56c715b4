"""Sentences: the blocks of every document cut where sentences end, in one pass over all of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit import boundaries, characters
from toolkit.characters import Places, Text
from toolkit.schema import SENTENCES

WHOLE = ("title", "heading", "credit")
"""The kinds of block that are never cut."""

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}ー"
_RUN = rf"[\p{{L}}\p{{M}}\p{{N}}--[{_CJK}]]+"
WORD = rf"[{_CJK}]|(?:\p{{L}}\.){{2,}}|\p{{N}}+(?:[.,]\p{{N}}+)+|{_RUN}(?:['’‐‑-]{_RUN})*"
"""A word: letters and digits, held together by apostrophes and hyphens, and by stops inside a number (1,200.50) or
between single letters (U.S.); in Chinese and Japanese each character."""


def words(expr: pl.Expr) -> pl.Expr:
    """How many words the text of `expr` has.

    >>> pl.DataFrame({"text": ["The U.S. don't pay $1,200.50 – yet."]}).select(words(pl.col("text"))).item()
    6
    """
    return expr.str.count_matches(WORD).cast(pl.Int64)


def split(documents: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """The sentences of `documents` (`doc_id`, `text`) in their `blocks`, as the frame `sentences`.

    Titles, headings and credits stay whole. Where sentences end is decided by `boundaries.find`.

    >>> documents = pl.DataFrame({"doc_id": ["a"], "text": ["Talks with the U.S. went on. Dr. Ada Lin left."]})
    >>> blocks = pl.DataFrame({"doc_id": ["a"], "paragraph": [0], "kind": ["body"], "start": [0], "end": [46]})
    >>> split(documents, blocks)["text"].to_list()
    ['Talks with the U.S. went on.', 'Dr. Ada Lin left.']
    """
    numbered = documents.select(pl.col("doc_id").cast(pl.String), document=pl.int_range(pl.len()))
    placed = blocks.join(numbered, on="doc_id").sort("document", "start")
    document = placed["document"].to_numpy()
    parts = [SENTENCES.empty()]
    for first, text, offsets in characters.shares(documents["text"]):
        low, high = np.searchsorted(document, [first, first + len(offsets)])
        if low < high:
            parts.append(_split(text, offsets, placed[int(low) : int(high)].with_columns(pl.col("document") - first)))
    return pl.concat(parts)


def _split(text: Text, offsets: Places, blocks: pl.DataFrame) -> pl.DataFrame:
    """The sentences of blocks whose documents begin at `offsets` in `text`."""
    offset = offsets[blocks["document"].to_numpy()]
    starts, ends = blocks["start"].to_numpy() + offset, blocks["end"].to_numpy() + offset
    whole = blocks["kind"].is_in(WHOLE).to_numpy()
    cut_starts, cut_ends = boundaries.find(text, starts[~whole], ends[~whole])
    sentence_starts = np.sort(np.concatenate([starts[whole], cut_starts]), kind="stable")
    sentence_ends = np.sort(np.concatenate([ends[whole], cut_ends]), kind="stable")
    block = np.searchsorted(starts, sentence_starts, "right") - 1
    frame = (
        blocks[block]
        .select("doc_id", "kind", "paragraph")
        .with_columns(
            start=pl.Series(sentence_starts - offset[block]),
            end=pl.Series(sentence_ends - offset[block]),
            text=text.slices(sentence_starts, sentence_ends),
        )
    )
    above = pl.when(pl.col("kind") == "heading").then("text")
    heading = pl.when(above.str.contains(r"^#+\s")).then(above.str.strip_chars("# \t")).otherwise(above)
    return SENTENCES.conform(
        frame.with_columns(
            sent_id=pl.int_range(pl.len()).over("doc_id"),
            heading=heading.shift(1).forward_fill().over("doc_id"),
            words=words(pl.col("text")),
        )
    )
