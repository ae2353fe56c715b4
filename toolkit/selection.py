"""Which documents a question is about: conditions by name, as a filter over `documents`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import SettingError

Frames = Mapping[str, pl.LazyFrame]
FEW = 5


NAMES = {
    "names": ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "WORK", "PRODUCT", "LAW", "OTHER"),
    "people": ("PERSON",),
    "organisations": ("ORG",),
    "places": ("GPE", "LOC", "FAC"),
}
"""The labels of each kind of names; any other kind is a label itself."""


def mentions(frames: Frames, kind: str) -> pl.LazyFrame:
    """The mentions of names of a kind in sentences of a counted kind; raises SettingError for a kind that there is not."""
    if kind not in (*NAMES, *schema.LABELS):
        raise SettingError(f"There are no names of the kind {kind!r}; there are {', '.join((*NAMES, *schema.LABELS))}.")
    counted = frames["sentences"].filter(pl.col("kind").is_in(schema.COUNTED)).select("doc_id", "sent_id")
    found = frames["entities"].filter(pl.col("label").is_in(NAMES.get(kind, (kind,))))
    return found.join(counted, on=["doc_id", "sent_id"], how="semi", maintain_order="left")


def chosen(frames: Frames, conditions: Mapping[str, Any]) -> pl.LazyFrame:
    """The `doc_id`s of the documents that meet every condition, in the corpus's order.

    `topic`, `entity` and `country` ask for a sentence that holds it, `text` for words in title or text (case folded),
    `since` and `until` for a publication day (both included); anything else is a column of `documents`. A list means
    any of its values. Raises SettingError for a condition that names no column.
    """
    documents = frames["documents"]
    for name, value in conditions.items():
        if value is None:
            continue
        if name in ("topic", "entity", "country"):
            documents = documents.join(_holding(frames, name, value), on="doc_id", how="semi", maintain_order="left")
        else:
            documents = documents.filter(_condition(documents, name, value))
    return documents.select("doc_id")


def _holding(frames: Frames, name: str, value: Any) -> pl.LazyFrame:
    wanted = pl.col(name).is_in(value if isinstance(value, list) else [value])
    if name == "topic":
        return frames["topics"].filter(wanted, pl.col("weight") >= schema.HOLDS).select("doc_id").unique()
    if name == "entity":
        wanted = wanted | pl.col("entity_id").is_in(value if isinstance(value, list) else [value])
    return frames["entities"].filter(wanted).select("doc_id").unique()


def _condition(documents: pl.LazyFrame, name: str, value: Any) -> pl.Expr:
    if name == "since":
        return pl.col("published") >= moment(value)
    if name == "until":
        return pl.col("published") < moment(value) + (
            timedelta(days=1) if _is_day(value) else timedelta(microseconds=1)
        )
    if name == "text":
        wanted = str(value).lower()
        return pl.col("text").str.to_lowercase().str.contains(wanted, literal=True) | pl.col("title").fill_null(
            ""
        ).str.to_lowercase().str.contains(wanted, literal=True)
    columns = documents.collect_schema().names()
    if name not in columns:
        raise SettingError(
            f"There is no column {name!r} to choose documents by; there are topic, entity, country, text, since, until and {', '.join(columns)}."
        )
    return pl.col(name).is_in(value) if isinstance(value, list) else pl.col(name) == value


def _is_day(value: Any) -> bool:
    return (isinstance(value, date) and not isinstance(value, datetime)) or (
        isinstance(value, str) and len(value) <= 10
    )


def said(conditions: Mapping[str, Any]) -> tuple[str, ...]:
    """The conditions in words, the first few of many values: "only outlet Corvane Wire"."""
    told = []
    for name, value in conditions.items():
        values = [*map(str, value)] if isinstance(value, list) else [str(value)]
        more = f" and {len(values) - FEW:,} more" if len(values) > FEW else ""
        told.append(f"only {name} {', '.join(values[:FEW])}{more}")
    return tuple(told)


def moment(value: Any) -> datetime:
    """A day or moment as a user writes it, in UTC; raises SettingError if it is none."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise SettingError(f"{value!r} is no date; write it as 2026-02-04.") from error
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    if isinstance(found, date):
        return datetime.combine(found, time(), UTC)
    raise SettingError(f"{value!r} is no date; write it as 2026-02-04.")


def found(judgements: pl.DataFrame, frame: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
    """Judgements with `found`: whether the corpus, whose frames `frame` gives, says so now."""
    held = pl.col("weight") >= schema.HOLDS
    says = {
        "topics": lambda: frame("topics").filter(held).select("doc_id", "sent_id", group="topic"),
        "entities": lambda: frame("entities").select("doc_id", "start", "end", group=pl.col("label").cast(pl.String)),
        "quotes": lambda: frame("quotes").select("doc_id", "start", "end"),
    }
    parts = [judgements.head(0).with_columns(found=pl.lit(True))]
    for (what,), mine in judgements.group_by("what", maintain_order=True):
        there = says[str(what)]().unique().with_columns(found=pl.lit(True))
        on = [name for name in there.columns if name != "found"]
        parts.append(
            mine.join(there, on=on, how="left", maintain_order="left").with_columns(pl.col("found").fill_null(False))
        )
    return pl.concat(parts)
