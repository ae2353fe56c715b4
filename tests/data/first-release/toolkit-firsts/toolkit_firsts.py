"""A plugin of each kind, written against release 0.1.0 with all that its contract offered. Kept as it is: do not mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import altair as alt
import polars as pl

import toolkit as tk


@tk.loader(suffixes=(".firsts",), claims=lambda source: source.head.startswith(b"FIRSTS\n"))
def firsts(source: tk.Source, *, outlet: str = "Firsts") -> Iterator[tk.Article]:
    """Texts under a line that says FIRSTS, divided by lines of dashes."""
    if not source.head.startswith(b"FIRSTS\n"):
        return
    with source.open() as stream:
        texts = stream.read().decode("utf8").removeprefix("FIRSTS\n").split("\n---\n")
    for number, text in enumerate(texts):
        if not text.strip():
            source.problem(f"has no text in its part {number + 1}.", "skipped")
            continue
        title, _, rest = text.strip().partition("\n")
        body = rest.strip()
        yield tk.Article(body, id=f"firsts-{number}", title=title, outlet=outlet, blocks=[("body", 0, len(body))])


@tk.annotator
def numerals(corpus: tk.Corpus, *, least: int = 1) -> pl.DataFrame:
    """Which sentences have numerals: `doc_id`, `sent_id`, `numerals`."""
    found = corpus.sentences.with_columns(numerals=pl.col("text").str.count_matches(r"\d+"))
    return found.filter(pl.col("numerals") >= least).select("doc_id", "sent_id", "numerals")


@tk.analysis(needs=("documents.outlet", "numerals"))
def numeral_count(
    corpus: tk.Corpus,
    *,
    by: tk.By = "outlet",
    count: tk.Count = "sentences",
    topic: tk.Topic = "",
    entity: tk.Entity = "",
    column: tk.Column = "outlet",
    kind: tk.Names = "names",
    top: Annotated[int, tk.Range(1, 50)] = 20,
    least: float = 0.0,
    order: Literal["most", "least"] = "most",
    since: date = date(1900, 1, 1),
    words: list[str] = [],  # noqa: B006
    bars: bool = True,
) -> tk.Result:
    """How much of each group has numerals: the group's columns and `amount`."""
    marked = corpus.frame("numerals").lazy().select("doc_id", "sent_id")
    evidence = corpus.grouped(by, count).join(marked, on=["doc_id", "sent_id"], how="semi").collect()
    names = [name for name in corpus.groups(by) if name != "doc_id"] or ["all"]
    evidence = evidence if names != ["all"] else evidence.with_columns(all=pl.lit("all"))
    frame = evidence.group_by(names).agg(pl.col("amount").sum()).filter(pl.col("amount") >= least)
    frame = frame.sort(["amount", *names], descending=[order == "most", *(False for _ in names)]).head(top)
    base = alt.Chart(frame)
    drawn = (base.mark_bar() if bars else base.mark_point()).encode(
        x=alt.X("amount:Q", title=count),
        y=alt.Y(f"{names[0]}:N", sort=None, title=names[0]),
        tooltip=[*names, "amount"],
    )
    return tk.Result(frame, drawn, note="Numerals in figures only.", evidence=evidence.drop("amount"))


@tk.exporter(suffixes=(".firsts",))
def lines(result: tk.Result, path: Path, *, head: bool = True) -> Path:
    """The frame as lines of text under the title, and what it was computed from."""
    title = [result.words.title or ""] if head else []
    source = [result.words.source or "", result.receipt.fingerprint if result.receipt else ""]
    path.write_text("\n".join([*title, *map(str, result.frame.rows()), *source, result.alt]) + "\n", encoding="utf8")
    return path
