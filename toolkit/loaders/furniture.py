"""The furniture of a page: what stands around an article and is none of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from toolkit.loaders.spots import Piece, key

BOX = re.compile(
    r"newsletter|subscri(be|ption)|paywall|outbrain|taboola|recirc|pushdown|popover|rollover|hovercard|tooltip"
    r"|(?<![a-z])(related|promo|trending|most-?(read|popular|viewed))(?![a-z])|(?<![a-z])cta(?![a-z])",
    re.IGNORECASE,
)
"""Names that pages give to the boxes around and inside an article."""

BOX_TAGS = ("div", "section", "aside", "form", "ul", "span")
SMALL = 0.2
"""A box is dropped if less than this part of the page's paragraphs lies in it: an article may be in one named `related`."""

POINTER = re.compile(
    r"^\W*(related|read (more|also|next)|also read|see (also|more)|more( on| from)?|don.t miss|watch|recommended|must read|up next"
    r"|you (may|might) also like|(à )?lire aussi|lesen sie auch|mehr zum thema|lee también|le[ae] (también|também)|leia (também|mais)"
    r"|leggi anche|lees ook|czytaj też|читайте также)\b.{0,30}?(:|\||$)",
    re.IGNORECASE,
)
"""How a line begins that points to other articles."""

PLEA = re.compile(
    r"\b(subscribe|sign up|newsletters?|follow (us|him|her|them|\w+) on|like us on|download (our|the) app|click here|filed under"
    r"|copyright|all rights reserved|get the latest|our app|abonnieren|abonnez|suscríbete|iscriviti)\b|©",
    re.IGNORECASE,
)
"""What a page says to its reader below the article."""

LINKED = 0.9
"""A text is all link if this part of its letters is."""


def drop_boxes(tree: Any) -> None:
    """Take from a page the boxes that are named as such and hold little of its text."""
    total = sum(len(paragraph.text_content()) for paragraph in tree.iter("p"))
    boxes = [
        element for element in tree.iter(*BOX_TAGS) if BOX.search(f"{element.get('class', '')} {element.get('id', '')}")
    ]
    for box in boxes:
        inside = sum(len(paragraph.text_content()) for paragraph in box.iter("p"))
        if box.getparent() is not None and inside <= SMALL * total and next(box.iter("h1"), None) is None:
            box.drop_tree()


def without(pieces: Sequence[Piece], titles: Iterable[str]) -> list[Piece]:
    """The pieces of an article without its repeated title, what points elsewhere, and what the page says below it."""
    known = set(titles)
    kept = [piece for number, piece in enumerate(pieces) if not _is_furniture(piece, number, known)]
    while kept and (cut := _trailing(kept)):
        del kept[-cut:]
    return kept


def _is_furniture(piece: Piece, number: int, titles: set[str]) -> bool:
    if key(piece.text) in titles and (piece.kind == "heading" or number < 3):
        return True
    if piece.kind == "heading":
        return piece.links >= LINKED
    if piece.kind in ("body", "list") and POINTER.match(piece.text):
        return piece.links > 0.7 or len(piece.text) < 40
    return piece.kind == "body" and piece.links >= LINKED and len(piece.text) > 40


def _trailing(pieces: Sequence[Piece]) -> int:
    """How many of the last pieces are furniture: a heading over nothing, links, a plea to subscribe, a list of links."""
    last = pieces[-1]
    if last.kind == "list":
        items = pieces[_run(pieces) :]
        return len(items) if all(item.links >= LINKED for item in items) else 0
    plea = PLEA.search(last.text) and len(last.text) < (300 if last.links > 0.1 else 150)
    return int(last.kind == "heading" or bool(plea) or (last.kind == "body" and last.links >= 0.5))


def _run(pieces: Sequence[Piece]) -> int:
    """Where the list that ends the pieces begins."""
    first = len(pieces)
    while first and pieces[first - 1].kind == "list":
        first -= 1
    return first
