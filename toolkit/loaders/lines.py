"""Bytes of any length to lines of text, a bounded piece at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from toolkit.article import Source
from toolkit.loaders.encodings import is_utf8, likely, marked

LONGEST = 16_000_000
"""A line of more bytes is no article's and is passed over."""

Line = tuple[int, str]
"""A line's number, from 1, and its text, the line end kept."""


def lines(source: Source) -> Iterator[Line]:
    """The lines of a source, each decoded on its own, so that one in another encoding does not spoil the rest.

    A mark of UTF-16 or UTF-32 is believed; else a line is UTF-8, or if it cannot be, in the likeliest encoding of the first
    such line. What was not UTF-8, too long, or had NUL bytes is told in one sentence each, when the last line is read.
    """
    head = source.head
    sure = marked(head)
    with source.open() as stream:
        if sure and sure != "utf-8-sig":
            yield from _regular(stream, sure, "\n")
        elif b"\r" in head and b"\n" not in head:
            yield from _regular(stream, sure or ("utf-8" if is_utf8(head) else likely(head)), "\r")
        else:
            yield from _mixed(stream, source)


def _regular(stream: BinaryIO, encoding: str, newline: str) -> Iterator[Line]:
    """Lines of a file whose encoding is sure: UTF-16 and UTF-32, and files with the line ends of old Macs."""
    reader = TextIOWrapper(stream, encoding, errors="replace", newline=newline)
    number = 0
    while text := reader.readline(LONGEST):
        number += 1
        yield number, text.lstrip("\ufeff").replace("\0", "")


def _mixed(stream: BinaryIO, source: Source) -> Iterator[Line]:
    foreign: list[int] = []
    long: list[int] = []
    nul: list[int] = []
    encoding = "cp1252"
    number = 0
    while raw := stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            long.append(number)
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST)
            continue
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if b"\0" in raw:
            nul.append(number)
            raw = raw.replace(b"\0", b"")
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            encoding = encoding if foreign else likely(raw)
            foreign.append(number)
            text = raw.decode(encoding, errors="replace")
        yield number, text
    if foreign:
        source.problem(f"is not UTF-8 in {numbered(foreign)}, read as {encoding.replace('_', '-')}.")
    if nul:
        source.problem(f"has NUL bytes in {numbered(nul)}; they were left out.")
    if long:
        source.problem(f"has more than {LONGEST // 1_000_000} MB in {numbered(long)}, left out.", "skipped")


def numbered(numbers: list[int], what: str = "line") -> str:
    """Lines by number, the first few of many.

    >>> numbered([3]), numbered([3, 9, 27, 81])
    ('line 3', '4 lines (3, 9, 27 ...)')
    """
    if len(numbers) == 1:
        return f"{what} {numbers[0]}"
    shown = ", ".join(map(str, numbers[:3]))
    return f"{len(numbers)} {what}s ({shown}{' ...' if len(numbers) > 3 else ''})"
