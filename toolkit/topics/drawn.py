"""Which topics of an answer are worth drawing, and what to say of the others."""

from __future__ import annotations

import polars as pl

from toolkit import schema

SHOWS = 0.005
"""A share from here on shows in a chart: as 1%."""


def drawn_topics(frame: pl.DataFrame) -> tuple[pl.DataFrame, str | None]:
    """The rows of an answer (`topic`, `share`, `sentences`) to draw, and a sentence on the topics left out, if any.

    Drawn is a topic that holds for a sentence, or whose share would show, in any group; and `other`.

    >>> import polars as pl
    >>> mix = pl.DataFrame({"topic": ["Iran", "Sport", "other"], "share": [0.4, 0.0, 0.6], "sentences": [3, 0, 0]})
    >>> rows, note = drawn_topics(mix)
    >>> rows["topic"].to_list(), note
    (['Iran', 'other'], '1 of 2 topics of the codebook was not found and is not drawn: Sport.')
    """
    shows = (pl.col("sentences") > 0) | (pl.col("share") >= SHOWS) | (pl.col("topic") == schema.OTHER)
    rows = frame.filter(shows.any().over("topic"))
    drawn = set(rows["topic"])
    topics = frame["topic"].unique(maintain_order=True).to_list()
    return rows, _said([topic for topic in topics if topic not in drawn], len(topics) - 1)


def _said(bare: list[str], topics: int) -> str | None:
    if not bare:
        return None
    are = "was not found and is not drawn" if len(bare) == 1 else "were not found and are not drawn"
    named = f": {', '.join(bare)}" if len(bare) <= 3 else ""
    return f"{len(bare):,} of {topics:,} topics of the codebook {are}{named}."
