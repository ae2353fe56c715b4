"""A report as one web page that opens anywhere: figures share one copy of the chart library, evidence opens below them."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template

import polars as pl

from toolkit import charts, theme
from toolkit.errors import SettingError
from toolkit.reports.content import METHOD, Mark, Part, Report, sentence_source
from toolkit.theme import Theme

HERE = Path(__file__).parent
TEMPLATE = HERE / "page.html"
NUMBERS = 2000
"""The most rows of a frame that the page holds for a later report to compare with."""


def template(path: Path = TEMPLATE) -> Template:
    """HTML with $title, $deck, $contents, $findings, $changes, $parts and $about where these go.

    Raises SettingError if it cannot be read or has no place for the parts.
    """
    try:
        frame = Template(path.read_text(encoding="utf8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"The template {str(path)!r} cannot be read: {error}.") from error
    if not frame.is_valid() or "parts" not in frame.get_identifiers():
        raise SettingError(
            f"The template {str(path)!r} has no $parts, or a $ that is no place (write $$ for one); copy {TEMPLATE.name} of the toolkit."
        )
    return frame


def page(report: Report, frame: Template, *, look: Theme = theme.HOUSE) -> str:
    """The page, its parts in their places of a template."""
    body = frame.safe_substitute(
        title=escape(report.title),
        deck=escape(report.deck),
        contents=_contents(report),
        findings=_findings(report),
        changes=_list("What changed", report.changes),
        parts="".join(_part(number, part, look) for number, part in enumerate(report.parts)),
        about=_about(report),
    )
    return charts.page(body, title=report.title, look=look, style=(HERE / "page.css").read_text("utf8"))


def _contents(report: Report) -> str:
    items = "".join(f'<li><a href="#part-{at}">{escape(part.name)}</a></li>' for at, part in enumerate(report.parts))
    return f'<nav aria-label="Contents"><ol>{items}<li><a href="#about">Methods and limits</a></li></ol></nav>'


def _findings(report: Report) -> str:
    """A sentence for each part, each number a link to the sentences behind it."""
    items = "".join(
        f'<li><a href="#part-{at}">{escape(part.name)}</a>: {_finding(at, part)}</li>' for at, part in report.findings
    )
    return (
        f'<section aria-labelledby="findings"><h2 id="findings">Key findings</h2><ul>{items}</ul></section>'
        if items
        else ""
    )


def _finding(number: int, part: Part) -> str:
    places = {mark.keys: at for at, mark in enumerate(part.marks)}
    said = []
    for text, row in part.finding:
        at = places.get(tuple(row[key] for key in part.keys)) if row and part.keys else None
        said.append(escape(text) if at is None else f'<a href="#evidence-{number}-{at}">{escape(text)}</a>')
    return "".join(said)


def _part(number: int, part: Part, look: Theme) -> str:
    """One section: its figure, what it says in words, its evidence; or the line that says why there is none."""
    head = (
        f'<section id="part-{number}" aria-labelledby="name-{number}"><h2 id="name-{number}">{escape(part.name)}</h2>'
    )
    result = part.result
    if result is None:
        return f'{head}<p class="tk-failed" role="note">{escape(part.name)} gave no answer: {escape(part.why)}</p></section>'
    receipt = "\n".join(result.receipt.told) if result.receipt else ""
    figure = charts.figure(
        result.drawing, title=part.name, alt=result.alt, note=receipt, stamp=result.stamp, table=result.frame, look=look
    )
    drawers = "".join(_drawer(number, at, mark) for at, mark in enumerate(part.marks))
    evidence = f'<div class="tk-evidence"><h3>The sentences behind it</h3>{drawers}</div>' if drawers else ""
    return f"{head}<p>{_finding(number, part)}</p>{figure}{_numbers(result.frame)}{evidence}</section>"


def _numbers(frame: pl.DataFrame) -> str:
    """The frame as JSON, which a later report compares its own with."""
    held = json.dumps(frame.head(NUMBERS).to_dicts(), default=str, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" class="tk-numbers">{held}</script>'


def _drawer(number: int, at: int, mark: Mark) -> str:
    items = "".join(
        f"<li>{escape(row['text'])} <small>{escape(sentence_source(row))}</small></li>" for row in mark.sentences
    )
    more = f"<p>and {mark.more:,} more</p>" if mark.more else ""
    count = len(mark.sentences) + mark.more
    return f'<details id="evidence-{number}-{at}"><summary>{escape(mark.name)} ({count:,})</summary><ul>{items}</ul>{more}</details>'


def _list(name: str, lines: list[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{escape(name)}</h2><ul>{items}</ul></section>" if lines else ""


def _about(report: Report) -> str:
    facts = "".join(
        f"<tr><th scope='row'>{escape(what)}</th><td>{escape(said)}</td></tr>" for what, said in report.facts
    )
    lists = "".join(
        f"<h3>{escape(name)}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
        for name, lines in report.lists
    )
    return (
        f'<section id="about" aria-labelledby="methods"><h2 id="methods">Methods and limits</h2>'
        f'<table class="tk-facts"><tbody>{facts}</tbody></table><p>{escape(METHOD)}</p>{lists}</section>'
    )
