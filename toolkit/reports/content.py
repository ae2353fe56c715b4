"""What a report says, whatever it is written as: its parts, their findings and evidence, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from toolkit import alttext, card, charts
from toolkit.corpus import Corpus
from toolkit.result import Result
from toolkit.theme import Theme

SHOWN, MARKS = 12, 12
"""Sentences of evidence to a mark, and marks whose evidence is shown; a report says how many more there are."""

METHOD = (
    "Names, topics and kinds of sentence are found by machine and are sometimes wrong: read the sentences before a number is "
    "used. A topic holds for a sentence at a weight of 0.3 or more; shares count words unless a figure says otherwise; "
    "captions, credits, headings and page furniture do not count. Intervals, where shown, are 95 % by bootstrap over articles: "
    "they say how much other articles of the same kind might have changed a number, not whether the machine read them right."
)


@dataclass(frozen=True)
class Mark:
    """One mark of a figure: its name, the values of its keys, some of the sentences behind it, and how many more there are."""

    name: str
    keys: tuple[Any, ...]
    sentences: list[dict[str, Any]]
    more: int


@dataclass(frozen=True, eq=False)
class Part:
    """One section of a report: a result or, if its analysis failed, why."""

    name: str
    result: Result | None = None
    why: str = ""

    @property
    def finding(self) -> list[alttext.Piece]:
        """What the figure says, in pieces."""
        return [] if self.result is None else self.result.finding

    @property
    def said(self) -> str:
        """The finding as text."""
        return "".join(said for said, _ in self.finding)

    @property
    def keys(self) -> list[str]:
        """The columns that tell one mark's evidence from another's."""
        result = self.result
        return [] if result is None else [key for key in result.keys if key != "doc_id"] or list(result.keys)

    def tried(self, look: Theme) -> Part:
        """The same part, drawn and its evidence found once: what cannot be fails here, not in the middle of the writing."""
        if self.result is not None:
            charts.vega(self.result.drawing, look=look)
            len(self.marks)
        return self

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks with evidence, the first of the frame and those that the finding tells of."""
        result = self.result
        if result is None or result.evidence is None or not self.keys or result.frame.is_empty():
            return []
        told = [{key: row[key] for key in self.keys} for _, row in self.finding if row]
        named = pl.DataFrame(told, schema={key: result.frame.schema[key] for key in self.keys})
        first = result.frame.select(self.keys).unique(maintain_order=True).head(MARKS)
        wanted = pl.concat([named, first]).unique(maintain_order=True)
        found = result.marks(wanted, shown=SHOWN)
        return [_mark(wanted.row(mark), rows) for (mark,), rows in found.group_by("mark", maintain_order=True)]


def _mark(values: tuple[Any, ...], rows: pl.DataFrame) -> Mark:
    name = ", ".join("none" if value is None else str(value) for value in values)
    return Mark(name, values, rows.to_dicts(), rows["behind"][0] - rows.height)


@dataclass(frozen=True, eq=False)
class Report:
    """A title, the parts, the corpus they are about, and what changed since an earlier report."""

    title: str
    corpus: Corpus
    parts: list[Part]
    changes: list[str] = field(default_factory=list)

    @property
    def deck(self) -> str:
        """In a line what the report is about."""
        told = dict(card.rows(self.corpus.summary))
        wanted = [told[key] for key in ("articles", "published", "outlets") if key in told]
        return " · ".join(said for said in wanted if said != "no dates")

    @property
    def findings(self) -> list[tuple[int, Part]]:
        """The parts whose finding tells of a mark, with their places: the others have nothing that stands out."""
        return [(at, part) for at, part in enumerate(self.parts) if any(row for _, row in part.finding)]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the corpus is, a line each."""
        return list(card.rows(self.corpus.summary))

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """What was done, skipped, found wrong and failed on the way, each a heading and its lines."""
        corpus = self.corpus
        done = [f"{step}: {settings} (toolkit {version})" for step, settings, version in corpus.log.iter_rows()]
        checks = corpus.check().frame.filter(pl.col("count") > 0)
        doubts = [f"{row['check']}: {row['count']:,} articles. {row['advice']}" for row in checks.iter_rows(named=True)]
        problems = [f"{action}: {source} {said}" for source, action, said in corpus.problems.head(50).iter_rows()]
        failed = [f"{part.name}: {part.why}" for part in self.parts if part.result is None]
        named = [("What was done", done), ("What may be wrong with the corpus", doubts), ("What was skipped or repaired", problems), ("What gave no answer", failed)]  # fmt: skip
        return [(name, lines) for name, lines in named if lines]


def sentence_source(row: dict[str, Any]) -> str:
    """Where a sentence of evidence is from: outlet, day, headline."""
    day = f"{row['published']:%-d %b %Y}" if row["published"] else None
    return " · ".join(str(part) for part in (row["outlet"], day, row["title"]) if part)
