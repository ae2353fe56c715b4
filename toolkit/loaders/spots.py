"""Where on a page each text stands, as what, and how much of it is link: asked when the text has been taken out of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "div", "td", "a")
INNER = ("p", "div", "ul", "ol", "table", "section", "article")
LONGEST = 5_000
STANDFIRST = re.compile(
    r"standfirst|subtitle|subline|sub-?head(line)?(?![a-z])|(?<![a-z])(dek|deck|lede|teaser|summary|chapo|vorspann)(?![a-z])",
    re.IGNORECASE,
)
"""Names that pages give to the lines between the headline and the text."""


@dataclass(frozen=True)
class Piece:
    """A paragraph of an article: its kind, its text, which part of its letters is link, and where on the page it stands."""

    kind: str
    text: str
    links: float = 0.0
    place: int = -1


@dataclass(frozen=True)
class Spot:
    """Where a text was seen: its place on the page, the element, and which part of it is link."""

    place: int
    element: Any
    links: float


class Spots:
    """The texts of a page by what they say."""

    def __init__(self, tree: Any) -> None:
        self._spots: dict[str, Spot] = {}
        self._captions: list[Spot] = []
        for place, element in enumerate(tree.iter(*TAGS)):
            if element.tag == "figcaption":
                self._captions.append(Spot(place, element, 0.0))
            if element.tag != "div" or not any(child.tag in INNER for child in element):
                self._add(place, element)

    def _add(self, place: int, element: Any) -> None:
        """A text seen twice is the one with fewer links."""
        name = key(element.text_content()[:LONGEST])
        if name:
            links = sum(len(key(link.text_content())) for link in element.iter("a")) / len(name)
            if name not in self._spots or links < self._spots[name].links:
                self._spots[name] = Spot(place, element, links)

    def placed(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces, each with its place, its links, and the kind that the page shows it as."""
        for piece in pieces:
            spot = self._spots.get(key(piece.text[:LONGEST]))
            if spot is None:
                yield piece
            else:
                yield replace(piece, kind=_kind(piece, spot), links=spot.links, place=spot.place)

    def with_captions(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces with the captions of the pictures that stand between them, or above them in the same article."""
        places = [piece.place for piece in pieces if piece.place >= 0]
        known = {key(piece.text) for piece in pieces}
        waiting = [
            spot for spot in self._captions if places and spot.place <= max(places) and self._belongs(spot, min(places))
        ]
        told: list[Piece] = []
        for piece in pieces:
            while waiting and piece.place > waiting[0].place:
                text = _spaced(waiting.pop(0).element)
                if len(text.split()) > 2 and key(text) not in known:
                    told.append(Piece("caption", text))
            told.append(piece)
        return told

    def _belongs(self, caption: Spot, first: int) -> bool:
        """Whether a picture is in the article that begins at `first`."""
        if caption.place > first:
            return True
        start = next(spot.element for spot in self._spots.values() if spot.place == first)
        return _article(caption.element) is not None and _article(caption.element) is _article(start)


def _spaced(element: Any) -> str:
    """The text of an element, a blank between the texts of those in it."""
    return re.sub(r" (?=[,.;:!?)])", "", " ".join(" ".join(element.itertext()).split()))


def _kind(piece: Piece, spot: Spot) -> str:
    if spot.element.tag == "figcaption":
        return "caption"
    if piece.kind in ("heading", "body") and STANDFIRST.search(spot.element.get("class", "")):
        return "standfirst"
    return piece.kind


def _article(element: Any) -> Any:
    return next(element.iterancestors("article", "main"), None)


def key(text: str) -> str:
    """A text's letters and digits, to know it again by."""
    return re.sub(r"\W+", "", text.casefold())
