"""The pages captured in a WARC stream, one after another; what is broken is counted, and the next record looked for.

After ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

CHUNK = 2**16
LARGEST = 32 * 2**20
"""Bytes of a page at most."""

LONGEST = 4 * 2**30
"""Bytes of a record that is passed over at most; what claims to be longer is broken."""

LOST = 64 * 2**20
"""Bytes without a record after which no more is looked for."""

DAMAGED = 1000
"""Damaged places in a stream after which no more is read."""

PROTOCOLS = ["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3.0", "HTTP/3"]
GZIP = b"\x1f\x8b\x08"
VERSION = re.compile(rb"^WARC/\d")
CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.I)


class Broken(Exception):
    """A stream is damaged here, or ends."""


@dataclass(frozen=True)
class Capture:
    """A page as a crawler got it: its address, when it was got, and its bytes."""

    url: str
    when: str
    body: bytes


@dataclass
class Faults:
    """The numbers of the records that could not be read, and how many hold no page."""

    records: int = 0
    others: int = 0
    broken: list[int] = field(default_factory=list)
    large: list[int] = field(default_factory=list)


class Tape:
    """Bytes that are read forwards; a damaged place raises `Broken` once, and reading goes on behind it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.ended = False
        self._chunks = _unpacked(stream)
        self._left = b""

    def line(self) -> bytes:
        """The bytes up to and with the next line feed; of a very long line a part."""
        while b"\n" not in self._left and len(self._left) < CHUNK:
            try:
                self._left += self._pull()
            except Broken:
                if not self._left or not self.ended:
                    raise
                break
        at = self._left.find(b"\n") + 1 or len(self._left)
        return self._take(at)

    def read(self, size: int) -> bytes:
        """`size` bytes."""
        return b"".join(self._pieces(size))

    def skip(self, size: int) -> None:
        """Pass over `size` bytes."""
        for _ in self._pieces(size):
            pass

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size > 0:
            self._left = self._left or self._pull()
            piece = self._take(size)
            size -= len(piece)
            yield piece

    def _take(self, size: int) -> bytes:
        taken, self._left = self._left[:size], self._left[size:]
        return taken

    def _pull(self) -> bytes:
        chunk = next(self._chunks, None)
        if not chunk:
            self._left = b""
            self.ended = chunk is None
            raise Broken
        return chunk


def captures(stream: BinaryIO, faults: Faults) -> Iterator[Capture]:
    """The HTML pages that were got with success; what else there is is counted in `faults`."""
    tape = Tape(stream)
    while _found(tape, faults):
        faults.records += 1
        try:
            capture = _capture(tape, faults)
        except (Broken, ValueError, EOFError, OSError, zlib.error):
            faults.broken.append(faults.records)
        else:
            if capture:
                yield capture


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, its gzip members unpacked; an empty chunk stands for a damaged place."""
    data = stream.read(CHUNK)
    if not data.startswith(GZIP):
        while data:
            yield data
            data = stream.read(CHUNK)
        return
    member = zlib.decompressobj(31)
    whole, damaged = True, 0
    while data:
        whole = False
        try:
            out = member.decompress(data, 16 * CHUNK)
            data = member.unconsumed_tail or member.unused_data
        except zlib.error:
            yield b""
            damaged += 1
            out, data = b"", _from_next_member(data, stream) if damaged < DAMAGED else b""
            member, whole = zlib.decompressobj(31), True
        if out:
            yield out
        if member.eof:
            member, whole, data = zlib.decompressobj(31), True, data.lstrip(b"\0")
        data = data or (stream.read(CHUNK) if damaged < DAMAGED else b"")
    if not whole:
        yield from filter(None, [_flushed(member)])
        yield b""


def _flushed(member: Any) -> bytes:
    """What a member that breaks off has still to give."""
    try:
        return bytes(member.flush())
    except zlib.error:
        return b""


def _from_next_member(data: bytes, stream: BinaryIO) -> bytes:
    """The bytes from the next place where a gzip member may begin, the first byte left out."""
    data = data[1:]
    while (at := data.find(GZIP)) < 0:
        more = stream.read(CHUNK)
        if not more:
            return b""
        data = data[-2:] + more
    return data[at:]


def _found(tape: Tape, faults: Faults) -> bool:
    """Whether there is another record; its first line is then read. A damaged place before it was a record too."""
    lost = 0
    while lost < LOST:
        try:
            line = tape.line()
        except Broken:
            if tape.ended:
                return False
            faults.records += 1
            faults.broken.append(faults.records)
            continue
        if VERSION.match(line):
            return True
        lost += len(line)
    return False


def _capture(tape: Tape, faults: Faults) -> Capture | None:
    """The page of a record; None, and counted, if it holds none. Raises Broken or ValueError for what is no record."""
    head = _head(tape)
    size = int(head["content-length"])
    if not 0 <= size <= LONGEST:
        raise ValueError(f"a record cannot be {size} bytes long")
    kind = head.get("warc-type", "").lower()
    resource = kind == "resource" and "html" in head.get("content-type", "")
    if not resource and kind != "response":
        tape.skip(size)
        return None
    if size > LARGEST:
        tape.skip(size)
        faults.large.append(faults.records)
        return None
    raw = tape.read(size)
    body = raw if resource else _page(raw)
    if body is None:
        faults.others += 1
        return None
    return Capture(head.get("warc-target-uri", "").strip("<>"), head.get("warc-date", ""), body)


def _head(tape: Tape) -> Mapping[str, str]:
    """The fields of a record, by their names in small letters."""
    head: dict[str, str] = {}
    for _ in range(200):
        line = tape.line().decode("utf-8", errors="replace").strip()
        if not line:
            if "content-length" not in head:
                raise ValueError("a record without a length")
            return head
        name, _, value = line.partition(":")
        head[name.strip().lower()] = value.strip()
    raise ValueError("a record without an end of its fields")


def _page(raw: bytes) -> bytes | None:
    """The body of an HTTP answer that is an HTML page; None if it is anything else."""
    from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    stream = io.BytesIO(raw)
    try:
        answer = StatusAndHeadersParser(PROTOCOLS).parse(stream)
    except StatusAndHeadersParserException as error:
        raise ValueError(str(error)) from error
    kind = answer.get_header("content-type") or ""
    if not (answer.get_statuscode() or "").startswith("2") or "html" not in (kind.lower() or "html"):
        return None
    chunked = "chunked" in (answer.get_header("transfer-encoding") or "").lower()
    reader = ChunkedDataReader if chunked else DecompressingBufferedReader
    body = _all(reader(stream, decomp_type=answer.get_header("content-encoding")))
    charset = CHARSET.search(kind)
    return _as_utf8(body, charset[1]) if charset else body


def _all(reader: BinaryIO) -> bytes:
    parts, size = [], 0
    while (part := reader.read(CHUNK)) and size <= LARGEST:
        parts.append(part)
        size += len(part)
    if size > LARGEST:
        raise ValueError("a page that unpacks to more than there is room for")
    return b"".join(parts)


def _as_utf8(body: bytes, charset: str) -> bytes:
    """A page in the encoding that its HTTP head named, which goes before what the page says: as UTF-8 with its mark."""
    try:
        return b"\xef\xbb\xbf" + body.decode(charset).encode()
    except (LookupError, UnicodeError):
        return body
