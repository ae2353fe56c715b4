"""A corpus at a glance: what is in it, in numbers, as HTML and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import polars as pl

from toolkit.locale import ENGLISH
from toolkit.receipt import count
from toolkit.theme import PALETTE

WIDTH = 480
"""The width of the strip that shows articles over time."""
BARS = 100
"""How many bars it has at most."""
PERIODS = (("day", "1d", 1), ("week", "1w", 7), ("month", "1mo", 30), ("year", "1y", 365), ("decade", "10y", 3652))
"""What a bar may stand for: its name, as polars calls it, and how many days it is long."""


@dataclass(frozen=True)
class Summary:
    """The numbers on the card."""

    documents: int
    sentences: int
    mentions: int
    words: int
    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    since: datetime | None
    until: datetime | None
    undated: int
    copies: int
    period: str
    course: tuple[tuple[date, int], ...]
    topics: tuple[str, ...]
    problems: tuple[tuple[str, int], ...]
    titles: tuple[str, ...]
    stale: str = ""


def summarise(
    frames: Mapping[str, pl.LazyFrame], topics: Sequence[str], problems: pl.DataFrame, stale: str = ""
) -> Summary:
    """What the card of a corpus says."""
    documents = frames["documents"]
    numbers = documents.select(
        documents=pl.len(), words=pl.col("words").sum(), since=pl.col("published").min(), until=pl.col("published").max(),
        undated=pl.col("published").is_null().sum(), copies=pl.col("duplicate_of").is_not_null().sum(),
    ).collect()  # fmt: skip
    told = numbers.row(0, named=True)
    period, course = _course(documents, told["since"], told["until"])
    return Summary(
        sentences=frames["sentences"].select(pl.len()).collect().item(),
        mentions=frames["entities"].select(pl.len()).collect().item(),
        outlets=_counts(documents, "outlet"),
        languages=_counts(documents, "language"),
        period=period,
        course=course,
        topics=tuple(topics),
        problems=tuple(problems.group_by("action", maintain_order=True).len().iter_rows()),
        titles=tuple(documents.select("title").drop_nulls().unique(maintain_order=True).head(3).collect()["title"]),
        stale=stale,
        **told,
    )


def _course(
    documents: pl.LazyFrame, since: datetime | None, until: datetime | None
) -> tuple[str, tuple[tuple[date, int], ...]]:
    """Articles for each day - or week, month, year or decade, if that makes no more than BARS - those without any included."""
    if since is None or until is None:
        return "day", ()
    days = (until - since).days + 1
    period, step = next(((name, step) for name, step, long in PERIODS if days <= BARS * long), PERIODS[-1][:2])
    printed = documents.drop_nulls("published").group_by(_begin(pl.col("published"), step).alias("begin")).len()
    every = pl.select(begin=pl.date_range(_begin(pl.lit(since), step), _begin(pl.lit(until), step), step)).lazy()
    counted = every.join(printed, on="begin", how="left", maintain_order="left").with_columns(
        pl.col("len").fill_null(0)
    )
    return period, tuple(counted.collect().iter_rows())


def _begin(moment: pl.Expr, step: str) -> pl.Expr:
    return moment.dt.truncate(step).dt.date()


def _counts(documents: pl.LazyFrame, column: str) -> tuple[tuple[str, int], ...]:
    found = (
        documents.drop_nulls(column).group_by(column).len().sort(["len", column], descending=[True, False]).collect()
    )
    return tuple(found.iter_rows())


def rows(summary: Summary) -> list[tuple[str, str]]:
    """The lines of the card: what, and how much."""
    size = f"{count(summary.sentences, 'sentence')}, {count(summary.words, 'word')}, {count(summary.mentions, 'mention')} of names, dates and amounts"
    dates = ENGLISH.period(summary.since, summary.until) or "no dates"
    if summary.undated and summary.since:
        dates += f"; {summary.undated:,} undated"
    lines = [
        ("articles", count(summary.documents, "article")),
        ("in them", size),
        ("titles", " · ".join(summary.titles)),
        ("published", dates),
        ("outlets", _listed(summary.outlets)),
        ("languages", _listed(summary.languages)),
        ("copies", f"{summary.copies:,} repeat another article" if summary.copies else ""),
        ("topics", ", ".join(summary.topics)),
        (
            "problems",
            ", ".join(f"{number:,} {action}" for action, number in summary.problems) + " (see corpus.problems)"
            if summary.problems
            else "",
        ),
        ("stale", summary.stale),
    ]
    return [(what, said) for what, said in lines if said]


def _listed(counts: Sequence[tuple[str, int]]) -> str:
    shown = ", ".join(f"{name} {number:,}" for name, number in counts[:8])
    return shown + (f" and {len(counts) - 8} more" if len(counts) > 8 else "")


def text(summary: Summary) -> str:
    """The card in plain text."""
    return "Corpus\n" + "\n".join(f"  {what:<10}{said}" for what, said in rows(summary))


def html(summary: Summary) -> str:
    """The card in HTML; everything from the articles is escaped."""
    cell = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"
    body = "".join(
        f"<tr><th scope='row' style='{cell};font-weight:600;white-space:nowrap'>{escape(what)}</th><td style='{cell}'>{escape(said)}</td></tr>"
        for what, said in rows(summary)[1:]
    )
    return (
        "<div style='border:1px solid var(--jp-border-color2,#d0d0d0);border-radius:6px;padding:10px 14px;max-width:760px;"
        "font-family:var(--jp-ui-font-family,system-ui,sans-serif);font-size:13px'>"
        f"<div style='font-size:15px;font-weight:600;margin-bottom:4px'>Corpus of {count(summary.documents, 'article')}</div>"
        f"{_strip(summary)}<table style='border-collapse:collapse;margin:0'>{body}</table></div>"
    )


def _strip(summary: Summary) -> str:
    """How many articles there are over time, as a strip of bars in SVG between its first and its last day."""
    course = summary.course
    if len(course) < 2:
        return ""
    most, width = max(number for _, number in course), WIDTH / len(course)
    bars = "".join(
        f"<rect x='{i * width:.1f}' y='{32 - 30 * n / most:.1f}' width='{max(width - 1, 0.7 * width):.1f}' height='{30 * n / most:.1f}'>"
        f"<title>{summary.period} of {ENGLISH.day(begin)}: {n:,}</title></rect>"
        for i, (begin, n) in enumerate(course)
        if n
    )
    first, last = ENGLISH.day(summary.since or course[0][0]), ENGLISH.day(summary.until or course[-1][0])
    told = f"articles a {summary.period}, at most {most:,}"
    line = f"<line x1='0' x2='{WIDTH}' y1='32.5' y2='32.5' stroke='currentColor' stroke-opacity='.4'/>"
    return (
        f"<div style='width:{WIDTH}px;margin:2px 0 8px'><svg role='img' aria-label='{first} to {last}: {told}' width='{WIDTH}' height='33' "
        f"viewBox='0 0 {WIDTH} 33' fill='{PALETTE[0]}' style='display:block'>{bars}{line}</svg>"
        "<div aria-hidden='true' style='display:flex;justify-content:space-between;font-size:11px;opacity:.75'>"
        f"<span>{first}</span><span>{told}</span><span>{last}</span></div></div>"
    )
