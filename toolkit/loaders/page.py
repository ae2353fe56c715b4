"""The article on a page: its text, paragraph by paragraph, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice
from typing import Any

from toolkit.loaders import furniture
from toolkit.loaders.fragment import paragraphs
from toolkit.loaders.spots import Piece, Spots, key

KINDS = {"p": "body", "head": "heading", "item": "list", "row": "list", "quote": "quote"}
BLOCKS = {*KINDS, "list", "table", "div", "figure", "note", "code"}
EMBED = re.compile(r"embed|tweet|social", re.IGNORECASE)
SHORT = 250
"""Characters under which an article is asked for again, less strictly."""


def pieces(tree: Any, url: str | None, *, titles: Set[str], body: str | None = None) -> list[Piece]:
    """The paragraphs of the article on a page.

    trafilatura takes them out (set to precision, without comments); the page's furniture is cut before and after that, and
    the captions of the pictures between them are put back. `titles` are the keys of what the page calls itself, and left
    out; `body` is the text that it gives to search engines, taken if there is twice as much of it, or nothing else.
    """
    furniture.drop_boxes(tree)
    _keep_embedded(tree)
    spots = Spots(tree)
    found = furniture.without(list(spots.placed(_extracted(tree, url))), titles)
    if body and (len(body) > 2 * _size(found) or [key(piece.text) for piece in found] == [key(body)]):
        return [Piece(kind, text) for kind, text in paragraphs(body.replace("\n", "<br><br>"))]
    return spots.with_captions(found)


def _keep_embedded(tree: Any) -> None:
    """Let posts that an article quotes pass for quotations: trafilatura leaves out what is named twitter-tweet or embed."""
    for quote in tree.iter("blockquote"):
        quote.attrib.pop("class", None)
        for around in islice(quote.iterancestors("div", "figure"), 2):
            if EMBED.search(around.get("class", "")):
                around.attrib.pop("class")


def _extracted(tree: Any, url: str | None) -> list[Piece]:
    from trafilatura import bare_extraction

    found: list[Piece] = []
    for precise in (True, False):
        document = bare_extraction(tree, url=url, favor_precision=precise, include_comments=False)
        more = [] if document is None else list(_blocks(document.body, "body"))  # type: ignore[union-attr]
        found = max(found, more, key=_size)
        if _size(found) >= SHORT:
            break
    return found


def _size(found: list[Piece]) -> int:
    return sum(len(piece.text) for piece in found)


def _blocks(element: Any, kind: str) -> Iterator[Piece]:
    """The blocks of what trafilatura gives; text that lies in none is one of its own."""
    waiting = [_flat(element.text)]
    for child in element:
        if child.tag == "lb":
            waiting.append("\n")
        elif child.tag == "row":
            yield from _piece(waiting, kind)
            cells = (" ".join("".join(cell.itertext()).split()) for cell in child)
            yield from _piece([" | ".join(filter(None, cells))], "list")
        elif child.tag in BLOCKS:
            yield from _piece(waiting, kind)
            inner = KINDS.get(child.tag, kind)
            yield from _blocks(child, kind if child.tag == "p" and kind in ("list", "quote") else inner)
        else:
            waiting += _inline(child)
        waiting.append(_flat(child.tail))
    yield from _piece(waiting, kind)


def _inline(element: Any) -> Iterator[str]:
    """The text of an element within a line, its line breaks kept."""
    yield _flat(element.text)
    for child in element:
        yield from ("\n",) if child.tag == "lb" else _inline(child)
        yield _flat(child.tail)


def _piece(waiting: list[str], kind: str) -> Iterator[Piece]:
    lines = (" ".join(line.split()) for line in "".join(waiting).split("\n"))
    text = "\n".join(filter(None, lines))
    if text:
        yield Piece(kind, text)
    waiting.clear()


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
