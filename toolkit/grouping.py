"""Groups and counts: the one place where they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import polars as pl

from toolkit import schema
from toolkit.controls import Count
from toolkit.errors import SettingError

TIMES = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}
UNGIVEN = "not given"
OPENING = "before the first heading"
TAKEN = """
amount article articles cell copies count country down end entity every everywhere expected first flesch found gini
gini_high gini_low grade group here high kept label left lift lift_high lift_low lix log_dice log_likelihood log_ratio
long long_words low mass mattr mentions mutual_information n named negative new number of_articles pair part position
positive q quotes rank rate rate_first rate_second rest_rate right said score scored second seen sent_id sentence
sentences share shift similarity size speaker speakers start story syllables syllables_per_word together tone
top_share total turn types up used value weight word words words_down words_first words_per_sentence words_second
words_up
"""
OURS = frozenset(TAKEN.split())
"""What analyses call columns of their own: a column of the reader's with such a name is grouped by under `meta_` and its name."""


def names(by: str | Sequence[str]) -> list[str]:
    """What a grouping groups by, one name each; none for "all"."""
    return [name for name in ([by] if isinstance(by, str) else by) if name != "all"]


def groups(by: str | Sequence[str]) -> list[str]:
    """The columns that tell the groups apart; documents, which may share a title, by `doc_id` too."""
    return [
        column for name in names(by) for column in (("doc_id", "document") if name == "document" else (_column(name),))
    ]


def _column(name: str) -> str:
    """What the column of a group is called."""
    return f"meta_{name}" if name in OURS else name


def choices(documents: pl.LazyFrame) -> list[str]:
    """What a corpus can be grouped by."""
    columns = [
        name
        for name in documents.collect_schema().names()
        if name not in ("doc_id", "text", "meta", "words", "published", "url")
    ]
    return ["all", "document", *columns, "heading", "topic", *TIMES]


def grouped(frames: Mapping[str, pl.LazyFrame], by: str | Sequence[str], count: str) -> pl.LazyFrame:
    """A row for each sentence of a counted kind: `doc_id`, `sent_id`, `words`, a column for each group, and `amount`.

    `amount` is what the sentence adds to the count: its words, 1, or its equal part of its article (`articles`) or of its
    story, an article and its copies together (`stories`); so sums of `amount` are words, sentences, articles or stories.
    By `topic` a sentence has a row for each of its topics, with its `weight`, and adds to each its part by weight.
    """
    documents, sentences = frames["documents"], frames["sentences"]
    if count not in get_args(Count):
        raise SettingError(f"Nothing can be counted by {count!r}; the counts are: {', '.join(get_args(Count))}.")
    wanted = names(by)
    told = documents.select(
        "doc_id", pl.coalesce("duplicate_of", "doc_id").alias("story"), *_columns(documents, wanted)
    )
    counted = sentences.filter(pl.col("kind").is_in(schema.COUNTED)).select("doc_id", "sent_id", "words", "heading")
    rows = counted.join(told, on="doc_id", how="left", maintain_order="left")
    if "section" in wanted and not _has_sections(documents):
        rows = rows.with_columns(section=pl.col("heading").fill_null(OPENING))
    if "heading" in wanted:
        rows = rows.with_columns(pl.col("heading").fill_null(OPENING))
    amount = {
        "words": pl.col("words").cast(pl.Float64),
        "sentences": pl.lit(1.0),
        "articles": 1.0 / pl.len().over("doc_id"),
        "stories": 1.0 / pl.len().over("story"),
    }[count]
    rows = rows.with_columns(amount=amount)
    columns = ["doc_id", "sent_id", "words", *map(_column, wanted), "amount"]
    if "topic" in wanted:
        weights = frames["topics"].select("doc_id", "sent_id", "topic", "weight")
        rows = rows.join(weights, on=["doc_id", "sent_id"], maintain_order="left_right")
        rows = rows.with_columns(pl.col("amount") * pl.col("weight"))
        columns.append("weight")
    return rows.select(*dict.fromkeys(columns))


def _has_sections(documents: pl.LazyFrame) -> bool:
    return bool(documents.select(pl.col("section").is_not_null().any()).collect().item())


def _columns(documents: pl.LazyFrame, wanted: Sequence[str]) -> list[pl.Expr]:
    existing = documents.collect_schema()
    made = []
    for name in wanted:
        if name in ("heading", "topic"):
            continue
        if name == "document":
            made.append(pl.coalesce("title", "doc_id").alias(name))
            continue
        if name in TIMES:
            made.append(pl.col("published").dt.truncate(TIMES[name]).dt.date().alias(name))
        elif name in existing:
            column = pl.col(name).alias(_column(name))
            made.append(column.fill_null(UNGIVEN) if existing[name] == pl.String else column)
        else:
            made.append(_from_meta(documents, name))
    return made


def _from_meta(documents: pl.LazyFrame, name: str) -> pl.Expr:
    """A key of `meta` as a column; raises SettingError, naming what exists, if no document has it."""
    value = pl.col("meta").str.json_path_match(f"$['{name}']") if "'" not in name else pl.lit(None, dtype=pl.String)
    if not documents.select(value.is_not_null().any()).collect().item():
        raise SettingError(
            f"There is nothing named {name!r} to group by; there is: {', '.join(choices(documents))}, or a key of `meta`."
        )
    return value.fill_null(UNGIVEN).alias(_column(name))
