"""One article to read, with layers that can be switched on and off: its names, its topics, what was said in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl

from toolkit import schema, theme

TAGS = {
    "title": "h3",
    "heading": "h4",
    "standfirst": "p",
    "caption": "figcaption",
    "credit": "small",
    "list": "li",
    "quote": "blockquote",
    "other": "small",
}
"""The HTML element of a paragraph of each kind; the rest are `p`."""
STYLE = (
    "max-width:46em;line-height:1.55;font-family:var(--jp-content-font-family,Georgia,serif);font-size:15px;"
    "border-left:3px solid var(--jp-border-color2,#d0d0d0);padding-left:16px"
)
SMALL = "font:13px var(--jp-ui-font-family,sans-serif);margin-bottom:6px"
PLAIN = "text-decoration:none!important;background:none!important;border-color:transparent!important"
SPAN = ("doc_id", "sent_id", "start", "end", "text")
"""Columns that say where a span is, not what it is."""


class Span(NamedTuple):
    """A stretch of the text that a layer marks, and what the layer says of it."""

    start: int
    end: int
    layer: str
    tip: str


@dataclass(frozen=True, eq=False)
class Reading:
    """An article as it is shown: names underlined, with what they are; each sentence that holds a topic marked with it.

    `annotations` are the frames of annotators (quotes, places, dates ...) by name: spans of the article with `start` and
    `end`, each a layer of its own. It shows itself as HTML in a notebook, where a box for each layer switches it off
    without a kernel, and as text elsewhere; whatever comes from the article is escaped.
    """

    document: Mapping[str, Any]
    sentences: pl.DataFrame
    entities: pl.DataFrame
    topics: pl.DataFrame
    names: Sequence[str]
    annotations: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @cached_property
    def holds(self) -> dict[int, list[str]]:
        """The topics that hold for each sentence, strongest first."""
        held = self.topics.filter(pl.col("weight") >= schema.HOLDS, pl.col("topic") != schema.OTHER).sort(
            "weight", descending=True, maintain_order=True
        )
        return dict(held.group_by("sent_id", maintain_order=True).agg("topic").iter_rows())

    @cached_property
    def spans(self) -> list[Span]:
        """What the layers mark, in the order of the text."""
        country = pl.when(pl.col("country").is_not_null()).then(pl.format(" ({})", "country")).otherwise(pl.lit(""))
        tip = pl.format("{}: {}{}", pl.col("label").cast(pl.String), pl.coalesce("entity", "text"), country)
        found = [Span(*row) for row in self.entities.select("start", "end", pl.lit("entities"), tip).iter_rows()]
        for layer, frame in self.annotations.items():
            for row in frame.drop_nulls(["start", "end"]).iter_rows(named=True):
                found.append(Span(row["start"], row["end"], layer, f"{layer}: {_found(row)}"))
        return sorted(found)

    def __repr__(self) -> str:
        told = self._told("outlet", "published", "url")
        head = [self.document["title"] or self.document["doc_id"], " · ".join(told)]
        body = []
        for row in self.sentences.iter_rows(named=True):
            marks = ", ".join(self.holds.get(row["sent_id"], []))
            body.append(f"{row['sent_id']:>4} {row['kind']:<10} {row['text']}" + (f"   [{marks}]" if marks else ""))
        return "\n".join([line for line in head if line] + body)

    def _repr_html_(self) -> str:
        paragraphs = self.sentences.partition_by("paragraph", maintain_order=True)
        body = "".join(self._paragraph(p) for p in paragraphs)
        title = "" if (self.sentences["kind"] == "title").any() else f"<h3>{escape(self.document['title'] or '')}</h3>"
        return (
            f"<article class='tk-reading' style='{STYLE}' lang='{escape(self.document['language'] or '')}'>"
            f"{self._switches()}{self._legend()}{title}{body}</article>"
        )

    def _told(self, *names: str) -> list[str]:
        """What is known of the article by these names, a moment to the minute."""
        known = [self.document[name] for name in names if self.document[name]]
        return [f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value) for value in known]

    def _switches(self) -> str:
        """A box for each layer that marks anything; a rule of the style sheet takes away the look of one that is not ticked."""
        marked = {span.layer for span in self.spans} | ({"topics"} if self.holds else set())
        layers = [name for name in ("entities", "topics", *self.annotations) if name in marked]
        rules = "".join(
            f".tk-reading:has(input[data-layer={name}]:not(:checked)) .tk-{name}{{{PLAIN}}}" for name in layers
        )
        boxes = "".join(
            f"<label style='margin-right:12px'><input type='checkbox' checked data-layer='{name}'> {name}</label>"
            for name in layers
        )
        return f"<style>{rules}</style><div style='{SMALL}'>{boxes}</div>" if layers else ""

    def _legend(self) -> str:
        told = self._told("outlet", "author", "published")
        chips = "".join(self._chip(name) for name in self.names if any(name in held for held in self.holds.values()))
        return f"<div style='{SMALL}'>{escape(' · '.join(told))} {chips}</div>"

    def _color(self, topic: str) -> str:
        return theme.colors(self.names).get(topic, theme.COLOR_OTHER)

    def _chip(self, topic: str) -> str:
        return f"<span class='tk-topics' style='border-bottom:3px solid {self._color(topic)};margin-right:10px'>{escape(topic)}</span>"

    def _paragraph(self, paragraph: pl.DataFrame) -> str:
        kind = paragraph["kind"][0]
        tag = TAGS.get(kind, "p")
        dim = "opacity:.65;display:block;" if tag in ("small", "figcaption") else ""
        inner = " ".join(self._sentence(row) for row in paragraph.iter_rows(named=True))
        return f"<{tag} style='{dim}margin:.5em 0' title='{escape(kind)}'>{inner}</{tag}>"

    def _sentence(self, row: Mapping[str, Any]) -> str:
        held = self.holds.get(row["sent_id"], [])
        inner = "".join(self._pieces(row["start"], row["end"]))
        edge = f"border-left:3px solid {self._color(held[0])};padding-left:4px" if held else ""
        told = f" class='tk-topics' style='{edge}' title='{escape('topic: ' + ', '.join(held))}'" if held else ""
        return f"<span data-sentence='{row['sent_id']}'{told}>{inner}</span>"

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        """The text from `start` to `end`, cut where a mark begins or ends, each piece with its marks."""
        over = [span for span in self.spans if span.start < end and span.end > start]
        edges = sorted({start, end, *(edge for span in over for edge in (span.start, span.end) if start < edge < end)})
        for left, right in pairwise(edges):
            marks = [span for span in over if span.start <= left and span.end >= right]
            said = escape(self.document["text"][left:right])
            classes = " ".join(dict.fromkeys(f"tk-{span.layer}" for span in marks))
            looks = ";".join(dict.fromkeys(self._look(span.layer) for span in marks))
            tip = escape("; ".join(span.tip for span in marks))
            yield f"<span class='{classes}' style='{looks}' title='{tip}'>{said}</span>" if marks else said

    def _look(self, layer: str) -> str:
        """How a layer marks text: names are underlined, each annotator has a tint of its own."""
        if layer == "entities":
            return "text-decoration:underline dotted"
        color = theme.PALETTE[-1 - list(self.annotations).index(layer) % len(theme.PALETTE)]
        return f"background:color-mix(in srgb,{color} 22%,transparent)"


def _found(row: Mapping[str, Any]) -> str:
    """What an annotator says of a span: its plain columns, offsets and text left out."""
    said = [
        f"{name.replace('_', ' ')} {value}"
        for name, value in row.items()
        if value is not None and name not in SPAN and not name.endswith(("_start", "_end"))
    ]
    return ", ".join(said)
