"""The paragraphs of every document: those a loader gave, and those found by rule."""

from __future__ import annotations

import polars as pl

from toolkit import characters
from toolkit.blocks import anatomy, layout
from toolkit.schema import BLOCKS, KINDS

GIVEN = pl.Schema({"document": pl.Int64, "kind": pl.String, "start": pl.Int64, "end": pl.Int64})


def find(documents: pl.DataFrame) -> pl.DataFrame:
    """The paragraphs of `documents` (`doc_id`, `title`, `text`, and `blocks` where a loader gave some), as `BLOCKS`.

    Every character that is not blank lies in exactly one. Blocks that were given are kept (clipped to the text, the
    earlier one first where two overlap, `other` if their kind is unknown); what they leave out is found by rule:
    paragraphs by layout, kinds by what a paragraph looks like and what stands around it. A rule that is not sure says
    `body`.

    >>> text = "Talks resume\\n\\nBy Ada Lin\\n\\nThe delegations met on Monday.\\n\\nTags"
    >>> find(pl.DataFrame({"doc_id": ["a"], "title": [None], "text": [text]}))["kind"].to_list()
    ['title', 'credit', 'body', 'other']
    """
    known = _given(documents)
    titles = documents["title"] if "title" in documents.columns else pl.Series([None] * len(documents))
    parts = [BLOCKS.empty()]
    for first, text, offsets in characters.shares(documents["text"]):
        here = known.filter(pl.col("document").is_between(first, first + len(offsets) - 1))
        found = layout.paragraphs(text, offsets, here.with_columns(pl.col("document") - first))
        document = found["document"].to_numpy()
        offset, numbers = offsets[document], document + first
        told = anatomy.told(found.with_columns(title=titles.gather(numbers).cast(pl.String)))
        parts.append(
            BLOCKS.conform(
                told.select(
                    doc_id=documents["doc_id"].gather(numbers),
                    paragraph="n",
                    kind=anatomy.kind(told),
                    start=pl.col("start") - pl.Series(offset),
                    end=pl.col("end") - pl.Series(offset),
                )
            )
        )
    return pl.concat(parts)


def _given(documents: pl.DataFrame) -> pl.DataFrame:
    """The blocks that loaders gave, clipped, in order and apart from each other."""
    if "blocks" not in documents.columns or documents["blocks"].dtype.base_type() is not pl.List:
        return GIVEN.to_frame()
    length = pl.col("text").cast(pl.String).fill_null("").str.len_chars().cast(pl.Int64)
    blocks = (
        documents.select(document=pl.int_range(pl.len()), length=length, block="blocks")
        .explode("block")
        .drop_nulls("block")
    )
    if blocks.is_empty():
        return GIVEN.to_frame()
    blocks = blocks.unnest("block").drop_nulls(["start", "end"])
    kind = pl.when(pl.col("kind").is_in(KINDS)).then("kind").otherwise(pl.lit("other"))
    blocks = blocks.with_columns(kind=kind, start=pl.col("start").clip(0), end=pl.min_horizontal("end", "length"))
    blocks = blocks.sort("document", "start", maintain_order=True)
    reached = pl.col("end").cum_max().shift(1).over("document").fill_null(0)
    blocks = blocks.with_columns(start=pl.max_horizontal("start", reached))
    return GIVEN.to_frame().vstack(blocks.filter(pl.col("start") < pl.col("end")).select(GIVEN.names()).cast(GIVEN))
