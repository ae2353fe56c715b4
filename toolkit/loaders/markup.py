"""XML read safely: no entities, no network, bounded memory, and broken files as far as they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.loaders.bounded import TooLarge
from toolkit.loaders.encodings import marked

CHUNK = 2**16
MOST_TAGS = 4_000_000
"""Tags that an XML file may have."""

MOST_PARTS = 200_000
MOST_TEXT = 20_000_000
"""Elements and characters that one of the elements asked for may hold."""

XHTML = "{http://www.w3.org/1999/xhtml}"
PROLOG = r"(?>[\s\ufeff]+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>\[]*(?:\[[\s\S]*?\]\s*)?>)*+"
ROOT = re.compile(rf"{PROLOG}<(?:[\w.-]+:)?([\w.-]+)[\s/>]", re.I)


def root(head: bytes) -> str | None:
    """The name of the root element, without its prefix, of bytes that begin like XML or HTML; else None."""
    start = head[:8192]
    found = ROOT.match(start.decode(marked(start) or "utf-8", errors="replace"))
    return found[1] if found else None


class Elements:
    """The elements of some names, each when it ends; of those inside one another the outermost.

    A name is as lxml writes it, or `{*}item` for any namespace; XHTML has none here. What lies outside is never kept. No
    file is fetched, and what an entity stands for is bounded (libxml2). Broken XML is read as far as it can be, and
    `faults` says what is broken; `attributes` are those of the root. Raises TooLarge for more than `MOST_TAGS` tags, or
    `MOST_PARTS` elements or `MOST_TEXT` characters in one.
    """

    def __init__(self, raw: bytes, *names: str, unread: str = "") -> None:
        self.faults: list[str] = []
        self.attributes: dict[str, str] = {}
        self._raw = raw
        self._names = {name for name in names if not name.startswith("{*}")}
        self._anywhere = {name[3:] for name in names if name.startswith("{*}")}
        self._unread = unread
        self._open: list[Any] = []
        self._done: list[Any] = []
        self._pieces: list[str] = []
        self._parts = self._length = self._passed = 0

    def __iter__(self) -> Iterator[Any]:
        from lxml import etree

        if self._raw.count(b"<") > MOST_TAGS:
            raise TooLarge(f"has more than {MOST_TAGS:,} tags, which is more than a file of its kind is read to")
        self._element, self._inner = etree.Element, etree.SubElement
        safe: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        parser = etree.XMLParser(target=self, recover=True, **safe)
        try:
            for at in range(0, len(self._raw), CHUNK):
                parser.feed(self._raw[at : at + CHUNK])
                yield from self._drained()
            parser.close()
        except (etree.XMLSyntaxError, ValueError) as error:
            self.faults.append(str(error))
        while self._open:
            self.end("")
        yield from self._drained()
        self.faults = [entry.message for entry in parser.feed_error_log.filter_from_fatals()] or self.faults

    def _drained(self) -> Iterator[Any]:
        done, self._done = self._done, []
        yield from done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The parser's call at the beginning of an element."""
        if not self.attributes and not self._open:
            self.attributes = dict(attributes)
        if self._passed or tag == self._unread:
            self._passed += 1
        elif self._open:
            self._settle()
            self._count(1, 0)
            self._open.append(self._inner(self._open[-1], tag.removeprefix(XHTML), attributes))
        elif tag in self._names or tag.rpartition("}")[2] in self._anywhere:
            self._parts = self._length = 0
            self._open.append(self._element(tag, attributes))

    def end(self, tag: str) -> None:
        """The parser's call at the end of an element."""
        if self._passed:
            self._passed -= 1
        elif self._open:
            self._settle()
            element = self._open.pop()
            if not self._open:
                self._done.append(element)

    def data(self, text: str) -> None:
        """The parser's call for a piece of text."""
        if self._open and not self._passed:
            self._count(0, len(text))
            self._pieces.append(text)

    def close(self) -> None:
        """The parser's call at the end."""

    def _count(self, parts: int, length: int) -> None:
        self._parts += parts
        self._length += length
        if self._parts > MOST_PARTS or self._length > MOST_TEXT:
            raise TooLarge(
                f"has an element with more than {MOST_PARTS:,} parts or {MOST_TEXT:,} letters, which is more than is read"
            )

    def _settle(self) -> None:
        """Put the text that has come where it belongs."""
        if self._pieces:
            text, self._pieces = "".join(self._pieces), []
            above = self._open[-1]
            if len(above):
                above[-1].tail = (above[-1].tail or "") + text
            else:
                above.text = (above.text or "") + text
