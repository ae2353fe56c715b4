"""A report as Markdown for a content system: one text, and beside it a folder of pictures."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit import charts, theme
from toolkit.reports.content import METHOD, Part, Report, sentence_source
from toolkit.theme import Theme

ROWS, EVIDENCE = 15, 3
"""Rows of a table, and sentences to a mark, that are written."""
SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")


def markdown(report: Report, path: Path, *, look: Theme = theme.HOUSE) -> str:
    """The report as Markdown; its pictures are written to the folder NAME-figures beside the path."""
    folder = path.with_name(f"{path.stem}-figures")
    folder.mkdir(exist_ok=True)
    parts = [_part(number, part, folder, look) for number, part in enumerate(report.parts)]
    facts = "\n".join(f"- **{plain(what)}**: {plain(said)}" for what, said in report.facts)
    lists = [f"### {plain(name)}\n\n{_bullets(lines)}" for name, lines in report.lists]
    told = [f"{part.name}: {part.said}" for _, part in report.findings]
    findings = [f"## Key findings\n\n{_bullets(told)}"] if told else []
    changes = [f"## What changed\n\n{_bullets(report.changes)}"] if report.changes else []
    blocks = [
        f"# {plain(report.title)}",
        plain(report.deck),
        *findings,
        *changes,
        *parts,
        "## Methods and limits",
        facts,
        METHOD,
        *lists,
    ]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {plain(line)}" for line in lines)


def _part(number: int, part: Part, folder: Path, look: Theme) -> str:
    head, result = f"## {plain(part.name)}", part.result
    if result is None:
        return f"{head}\n\n> {plain(part.name)} gave no answer: {plain(part.why)}"
    picture = folder / f"{number + 1}-{re.sub(r'[^a-z0-9]+', '-', part.name.lower())[:40].strip('-')}.png"
    picture.write_bytes(charts.png(result.drawing, title=part.name, alt=result.alt, stamp=result.stamp, look=look))
    printed = result.printed
    rows = [
        printed.columns,
        ["---"] * printed.width,
        *([plain(value) for value in row] for row in printed.head(ROWS).iter_rows()),
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    more = [f"and {printed.height - ROWS:,} more rows"] if printed.height > ROWS else []
    finding = plain(part.said)
    evidence = [
        f"**{plain(mark.name)}** ({len(mark.sentences) + mark.more:,} sentences)\n\n" + _bullets([f"{row['text']} ({sentence_source(row)})" for row in mark.sentences[:EVIDENCE]])
        for mark in part.marks[:EVIDENCE]
    ]  # fmt: skip
    figure = f"![{plain(result.alt)}]({folder.name}/{picture.name})"
    return "\n\n".join([head, finding, figure, table, *more, *evidence])
