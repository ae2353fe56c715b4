"""Word files (DOCX) to paragraphs: what is styled as a heading, list, quotation or caption is known as such."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from zipfile import ZipFile

from toolkit.loaders.bounded import member
from toolkit.loaders.dates import moment
from toolkit.loaders.markup import Elements
from toolkit.loaders.paragraphs import Manuscript, Paragraph, kind_of_style, looks_like_heading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PROPERTIES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
}
MAIN = "word/document.xml"
LARGEST, SMALL = 128 * 2**20, 16 * 2**20
"""Bytes of a document, and of what belongs to it, that are unpacked at most."""

GLIMPSE = 2 * 2**20
"""Bytes of a document that are unpacked when only its first paragraphs are wanted."""

TEMPLATE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
"""When the template was made that python-docx starts from: no day of a document."""

OFF = ("0", "false", "off", "none")

DEEPEST = 10
"""Styles that are based on one another; Word itself allows no more."""

Styles = dict[str, str]
"""Style id to kind, for the styles that are not body text."""


def is_word(head: bytes) -> bool:
    """Whether bytes begin like a zip that holds a Word document."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def read(raw: bytes, most: int | None = None) -> Manuscript:
    """The manuscript in a DOCX; with `most`, no more than its first paragraphs.

    Raises BadZipFile or KeyError if it is none, TooLarge if it unpacks to more than a document does, and RuntimeError if
    its parts are encrypted.
    """
    with ZipFile(io.BytesIO(raw)) as archive:
        if most:
            with archive.open(MAIN) as stream:
                return Manuscript(list(islice(_paragraphs(stream.read(GLIMPSE), {}), most)))
        names = set(archive.namelist())
        styles = _styles(member(archive, "word/styles.xml", SMALL)) if "word/styles.xml" in names else {}
        told = _properties(member(archive, "docProps/core.xml", SMALL)) if "docProps/core.xml" in names else {}
        paragraphs = list(_paragraphs(member(archive, MAIN, LARGEST), styles))
    created = moment(told.get("created"))
    return Manuscript(paragraphs, told.get("title"), told.get("author"), None if created == TEMPLATE else created)


def _properties(raw: bytes) -> dict[str, str]:
    wanted = {tag: name for name, tag in PROPERTIES.items()}
    return {wanted[e.tag]: e.text for e in Elements(raw, *wanted) if e.text and e.text.strip()}


def _styles(raw: bytes) -> Styles:
    """The kind each style stands for: by its name, its outline level, or the style it is based on."""
    kinds: Styles = {}
    parents: dict[str, str] = {}
    for style in Elements(raw, f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        kind = kind_of_style(_value(style, "name") or "")
        if kind is None and _outlined(style):
            kind = "heading"
        if kind:
            kinds[identity] = kind
        parents[identity] = _value(style, "basedOn") or ""
    for _ in range(DEEPEST):
        kinds |= {style: kinds[above] for style, above in parents.items() if above in kinds and style not in kinds}
    return kinds


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(W + part for part in path.split("/")))
    value = found.get(f"{W}val") if found is not None else None
    return str(value) if value is not None else None


def _outlined(element: Any) -> bool:
    """Whether a style or paragraph has a level in the outline; level 9 is body text."""
    return (_value(element, "pPr/outlineLvl") or "9") != "9"


def _paragraphs(raw: bytes, styles: Styles) -> Iterator[Paragraph]:
    """Paragraphs in the order they stand in, those of tables and text boxes included; what was struck out is not read."""
    for outer in Elements(raw, f"{W}p", unread=FALLBACK):
        for paragraph in outer.iter(f"{W}p"):
            text, bold = _text(paragraph)
            if text.strip():
                yield _kind(paragraph, styles, text, bold), text


def _text(paragraph: Any) -> tuple[str, bool]:
    """The text of a paragraph, and whether all of it is bold; a text box in it is another paragraph."""
    pieces: list[str] = []
    bold = True
    for run in _runs(paragraph):
        if _on(run, "vanish"):
            continue
        text = "".join(_piece(node) for node in run)
        pieces.append(text)
        bold = bold and (not text.strip() or _on(run, "b"))
    return "".join(pieces), bold


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph, in hyperlinks and the like too; not those that were struck out or moved away."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in (f"{W}moveFrom", f"{W}del", f"{W}p"):
            yield from _runs(child)


def _piece(node: Any) -> str:
    if node.tag == f"{W}t":
        return str(node.text or "")
    return {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(node.tag, "")


def _on(run: Any, mark: str) -> bool:
    """Whether a run is marked bold, hidden ...: the mark is there, and does not say off."""
    found = run.find(f"{W}rPr/{W}{mark}")
    return found is not None and found.get(f"{W}val", "1") not in OFF


def _kind(paragraph: Any, styles: Styles, text: str, bold: bool) -> str:
    styled = styles.get(_value(paragraph, "pPr/pStyle") or "")
    if styled:
        return styled
    if _outlined(paragraph):
        return "heading"
    if paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return "list"
    return "heading" if bold and looks_like_heading(text) else "body"
