"""HTML: the article on a saved page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.article import Article, Source
from toolkit.errors import MissingExtra
from toolkit.kinds import loader
from toolkit.loaders import bounded, encodings
from toolkit.loaders.paragraphs import joined

LARGEST = 20 * 2**20
MOST_TAGS = 200_000
"""Bytes and tags, opening and closing, of a page: what is larger takes minutes and is no article."""

OPENING = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|(html|head|body|article|section|div|p|h1|table|meta|title|main)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
"""How a paragraph ends that is surely one of the text; others may be credits, datelines and the like, and are judged by rule."""

SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+) -->")


def looks_like_html(source: Source) -> bool:
    """Whether it begins as a page does."""
    return bool(OPENING.match(encodings.peek(source.head[:8_000])))


@loader(suffixes=(".html", ".htm", ".xhtml"), claims=looks_like_html)
def html(source: Source) -> Iterator[Article]:
    """A saved HTML page: the article's text by paragraph, with title, date, author and outlet; no script ever runs."""
    if source.value is not None or not source.head.strip() or encodings.is_binary(source.head.replace(b"\0", b"")):
        return
    declared = CHARSET.search(source.head)
    markup, note = encodings.decode(bounded.plain(source, LARGEST), declared[1].decode() if declared else None)
    if markup.count("<") > MOST_TAGS:
        source.problem(f"has more than {MOST_TAGS:,} tags, which is more than a page is read to.", "skipped")
        return
    if note:
        source.problem(f"{note}.")
    yield from _article(source, markup)


def _article(source: Source, markup: str) -> Iterator[Article]:
    from toolkit.loaders import about, page

    tree = _tree(source, markup)
    if tree is None:
        source.problem("is no HTML that can be read.", "skipped")
        return
    told = about.about(tree, _address(source, markup))
    text, blocks = joined(
        (piece.kind, piece.text) for piece in page.pieces(tree, told.url, titles=told.titles, body=told.body)
    )
    if not text:
        source.problem("is a page without an article: nothing but its furniture was found.", "skipped")
        return
    yield Article(
        text,
        title=told.title,
        published=told.published,
        date_source="page" if told.published else None,
        outlet=told.outlet,
        author=told.author,
        section=told.section,
        language=told.language,
        url=told.url,
        meta=told.meta,
        blocks=[
            (kind, start, end)
            for kind, start, end in blocks
            if kind != "body" or SENTENCE_END.search(text[max(start, end - 8) : end])
        ],
    )


def _tree(source: Source, markup: str) -> Any:
    try:
        from trafilatura import load_html
    except ImportError:
        raise MissingExtra(f"The page {source.name}", "loaders") from None

    return load_html(markup)


def _address(source: Source, markup: str) -> str | None:
    """Where a page was got: as its container says, as its name says, or as a browser noted when it saved the page."""
    told = source.meta.get("url")
    if not told and re.match(r"https?://", source.name):
        told = source.name
    saved = SAVED_FROM.search(markup[:2_000])
    return told or (saved[1] if saved else None)
