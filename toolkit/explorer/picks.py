"""What is picked in a chart, as conditions on the articles of the other charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit.grouping import TIMES

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.result import Result

CONDITIONS = ("topic", "entity", "country", "outlet", "language", "section", "author", "doc_id")
"""The keys that articles can be chosen by as they are."""


def typed(selection: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """What is picked by the keys of a result, each value of the type that its frame has: the browser tells days as moments."""
    return {key: _as(value, result.frame.schema[key]) for key, value in selection.items() if key in result.keys}


def _as(value: Any, dtype: pl.DataType) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_as(one, dtype) for one in value)
    return value.date() if dtype == pl.Date and isinstance(value, datetime) else value


def conditions(
    picked: Mapping[str, Any], evidence: pl.DataFrame, corpus: Corpus, where: Mapping[str, Any]
) -> dict[str, Any]:
    """The articles behind what is picked, as `corpus.where` takes them, on top of the conditions `where`.

    Topics, outlets and periods are told as such where that gives the articles of the evidence, no more and no fewer;
    else the articles are named.
    """
    ids = evidence["doc_id"].unique(maintain_order=True)
    told = _named(picked, evidence)
    if told and not told.keys() & where.keys():
        meant = {**where, **told}
        if set(corpus.where(**meant).scan("documents").select("doc_id").collect()["doc_id"]) == set(ids):
            return meant
    return {**where, "doc_id": ids.to_list()}


def _named(picked: Mapping[str, Any], evidence: pl.DataFrame) -> dict[str, Any]:
    """What is picked in the words of `corpus.where`; nothing if it has no words for one of the keys.

    A drag over time seldom ends where a period does: what counts are the periods whose sentences it gave.
    """
    told: dict[str, Any] = {}
    for key, value in picked.items():
        if key in TIMES and not isinstance(value, list) and value is not None:
            first, last = (evidence[key].min(), evidence[key].max()) if isinstance(value, tuple) else (value, value)
            if first is None:
                return {}
            told |= {"since": str(first), "until": str(_end(last, key))}
        elif key in CONDITIONS and value is not None and not isinstance(value, tuple):
            told[key] = value
        elif key != "document":
            return {}
    return told


def _end(first: Any, period: str) -> date:
    """The last day of a period that begins with this day."""
    after: date = pl.select(pl.lit(first).dt.offset_by(TIMES[period])).item()
    return after - timedelta(days=1)
