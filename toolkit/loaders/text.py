"""Plain text and Markdown: a file is an article."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders.bounded import plain
from toolkit.loaders.mend import decode, is_binary, mend

LARGEST = 16 * 2**20
"""Bytes of a plain text; a larger one is no article."""


@loader(suffixes=(".txt", ".text", ".md", ".markdown", "*"))
def text(source: Source) -> Iterator[Article]:
    """Plain text or Markdown, one article a file; any encoding."""
    if source.value is not None:
        return
    if is_binary(source.head):
        source.problem("is not text (its first bytes are binary); no loader reads it.", "skipped")
        return
    raw, note = decode(plain(source, LARGEST))
    if note:
        source.problem(f"{note}.")
    mended = mend(raw)
    if not mended:
        source.problem("is empty.", "skipped")
        return
    yield Article(mended)
