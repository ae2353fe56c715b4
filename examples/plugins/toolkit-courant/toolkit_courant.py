"""Reads the export of the Courant's archive: an edition with its stories, each a list of paragraphs of a kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import toolkit as tk

KINDS = {"p": "body", "h2": "heading", "figcaption": "caption"}
"""What the archive calls a paragraph, and what the toolkit does."""


@tk.loader(suffixes=(".json",), claims=lambda source: b'"courant-export"' in source.head)
def courant(source: tk.Source) -> Iterator[tk.Article] | None:
    """Exports of the Courant's archive: headline, day, desk and paragraphs of every story of an edition.

    Says which stories have no text; gives None for JSON of any other shape, so that other loaders are asked.
    """
    if b'"courant-export"' not in source.head:
        return None
    return stories(source)


def stories(source: tk.Source) -> Iterator[tk.Article]:
    """Each story that has text."""
    with source.open() as stream:
        edition = json.load(stream)
    for story in edition.get("stories", []):
        if any(paragraph.get("text") for paragraph in story.get("paragraphs", [])):
            yield article(story, edition)
        else:
            source.problem(f"has a story without text ({story.get('headline')!r})", "skipped")


def article(story: dict[str, Any], edition: dict[str, Any]) -> tk.Article:
    """One story: its paragraphs one below the other, each with its place and kind."""
    text, blocks = "", []
    for paragraph in story["paragraphs"]:
        start = len(text)
        text += paragraph.get("text", "")
        blocks.append((KINDS.get(paragraph.get("kind"), "other"), start, len(text)))
        text += "\n\n"
    return tk.Article(
        text.rstrip(),
        id=story.get("key"),
        title=story.get("headline"),
        published=datetime.fromisoformat(edition["date"]) if "date" in edition else None,
        outlet="The Courant",
        section=story.get("desk"),
        blocks=[block for block in blocks if block[1] < block[2]],
    )
