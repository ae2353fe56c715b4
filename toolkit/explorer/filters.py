"""Which articles an explorer is about: conditions set in a form, as `corpus.where` takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from toolkit import schema
from toolkit.errors import SettingError
from toolkit.widgets import Form

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

FACETS = ("topic", "outlet", "language")
TIPS = {
    "text": "Articles in whose headline or text these words stand",
    "topic": "Articles that have a sentence on the topic; on any of several",
    "entity": "Articles that name the person, organisation or place; any of several",
    "country": "Articles that name the country, one of its cities or its people, by its code of three letters",
    "outlet": "Articles of the outlet; of any of several",
    "language": "Articles in the language; in any of several",
    "published": "Articles of these days: drag over the strip, or set the first and the last day",
}
MOST = 60
"""The largest so many values of a column are offered."""
LINES = 20
"""A condition on other columns of more values than this is one box to tick."""
BARS = 90
"""The bars of the time brush are days, weeks, months or years, whichever gives no more than this."""
SPANS = {"1d": 1, "1w": 7, "1mo": 30.4, "1y": 365.25}


class Counted(NamedTuple):
    """How many articles there are, how many meet the conditions, and how many are of each topic, outlet and language."""

    all: int
    found: int
    each: dict[str, dict[str, int]]


class Filters:
    """A form whose state is `where`: conditions on articles by text, topic, entity, outlet, language and time."""

    def __init__(self, corpus: Corpus, where: Mapping[str, Any], *, changed: Callable[[], None]) -> None:
        self._corpus, self._many = corpus, _many(where)
        columns = corpus.scan("documents").collect_schema()
        self._numbers = {name: dtype for name, dtype in columns.items() if dtype.is_numeric()}
        self.form = Form(_fields(corpus, where), label="Which articles")
        self.form.observe(lambda _: changed(), "values")

    @property
    def where(self) -> dict[str, Any]:
        """What is asked for: names with their conditions, those that are not set left out."""
        told: dict[str, Any] = {}
        for name, value in self.form.values.items():
            if name == "published":
                told |= {key: day for key, day in zip(("since", "until"), value, strict=True) if day}
            elif value:
                told[name] = self._many.get(name) or self._read(name, value)
        return {
            name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in told.items()
        }

    @where.setter
    def where(self, conditions: Mapping[str, Any]) -> None:
        self._many = _many(conditions)
        self.form.show(_fields(self._corpus, conditions))

    def _read(self, name: str, value: Any) -> Any:
        """What was typed for a column of numbers as numbers, what is none left out; all else as it is."""
        if name not in self._numbers:
            return value
        return pl.Series(value, dtype=pl.String).cast(self._numbers[name], strict=False).drop_nulls().to_list()

    def count(self) -> Counted:
        """How many articles meet the conditions; of each topic, outlet and language, how many meet the others."""
        where, each = self.where, {}
        part = self._corpus.where(**where)
        for name in FACETS:
            others = {key: value for key, value in where.items() if key != name}
            each[name] = dict(_sizes(part if others == where else self._corpus.where(**others), name).iter_rows())
        return Counted(len(self._corpus), len(part), each)


def _many(where: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The conditions of more values than can be shown one by one: they are kept or dropped as a whole."""
    return {
        name: value
        for name, value in where.items()
        if isinstance(value, list) and len(value) > LINES and name not in FACETS
    }


def _sizes(corpus: Corpus, name: str) -> pl.DataFrame:
    """Each value with its number of articles."""
    if name == "topic":
        held = corpus.scan("topics").filter(pl.col("weight") >= schema.HOLDS).select("doc_id", "topic").unique()
        return held.group_by("topic").len().collect()
    return (
        corpus.scan("documents")
        .drop_nulls(name)
        .group_by(name)
        .len()
        .sort("len", name, descending=[True, False])
        .collect()
    )


def _fields(corpus: Corpus, where: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The controls, set to these conditions; a condition on another column of `documents` gets one of its own."""
    columns = corpus.scan("documents").collect_schema().names()
    other = [name for name in where if name not in ("text", "entity", "since", "until", *FACETS)]
    unknown = [name for name in other if name not in (*columns, "country")]
    if unknown:
        raise SettingError(
            f"There is nothing named {unknown[0]!r} to choose articles by; there are text, topic, entity, country, since, until and {', '.join(columns)}."
        )
    facets: dict[str, Sequence[str]] = {name: _sizes(corpus, name)[name].head(MOST).to_list() for name in FACETS[1:]}
    facets["topic"] = corpus.codebook.topics
    made = [_field("search", "text", where, hint="words in headline or text")]
    made += [_field("facet", name, where, choices=facets[name]) for name in FACETS[:1] if facets[name]]
    made += [_field("names", "entity", where, choices=corpus.choices("entity"))]
    made += [
        _field("facet", name, where, choices=facets[name])
        for name in FACETS[1:]
        if len(facets[name]) > 1 or name in where
    ]
    made += [_field("names", name, where, choices=[]) for name in other]
    bars = _bars(corpus.scan("documents"))
    return [*made, _period(bars, where)] if bars else made


def _field(kind: str, name: str, where: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    given = where.get(name)
    if isinstance(given, list) and len(given) > LINES and kind == "names":
        label, tip = (
            f"{len(given):,} chosen by {name}",
            "The articles that were picked in a chart; untick it to drop them",
        )
        return {"name": name, "label": label, "kind": "check", "value": True, "tip": tip}
    if kind == "search":
        value: Any = given or ""
    else:
        value = [] if given is None else [*map(str, given)] if isinstance(given, list) else [str(given)]
    tip = TIPS.get(name, f"Articles whose {name} is this")
    return {"name": name, "label": name.capitalize(), "kind": kind, "value": value, "tip": tip, **more}


def _period(bars: list[dict[str, Any]], where: Mapping[str, Any]) -> dict[str, Any]:
    days = [str(where[name])[:10] if where.get(name) else None for name in ("since", "until")]
    total = sum(bar["count"] for bar in bars)
    told = f"{total:,} articles published {bars[0]['from']} to {bars[-1]['until']}; drag to choose days"
    return {
        "name": "published",
        "label": "Published",
        "kind": "period",
        "bars": bars,
        "told": told,
        "value": days,
        "tip": TIPS["published"],
    }


def _bars(documents: pl.LazyFrame) -> list[dict[str, Any]]:
    """Articles a day, week, month or year, from the first to the last, empty ones included."""
    days = documents.select(day=pl.col("published").dt.date()).drop_nulls().collect()["day"]
    if days.is_empty():
        return []
    length = (days.max() - days.min()).days + 1  # type: ignore[operator,union-attr]
    every = next((name for name, span in SPANS.items() if length / span <= BARS), "1y")
    begun = days.dt.truncate(every)
    bars = pl.DataFrame({"from": pl.date_range(begun.min(), begun.max(), every, eager=True)})  # type: ignore[arg-type]
    return (
        bars.join(begun.value_counts(), left_on="from", right_on="day", how="left", maintain_order="left")
        .select(
            pl.col("from").cast(pl.String),
            until=pl.col("from").dt.offset_by(every).dt.offset_by("-1d").cast(pl.String),
            count=pl.col("count").fill_null(0),
        )
        .to_dicts()
    )
