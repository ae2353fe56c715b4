"""Reading no more than there is room for."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from toolkit.article import Source
from toolkit.errors import ToolkitError
from toolkit.loaders.encodings import marked

LARGEST = 256 * 2**20
"""Bytes that a loader which must see a whole file at once takes at most."""


BROKEN = (BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a zip raises that is broken, half-written, or packed in a way that Python cannot unpack."""


class TooLarge(ToolkitError):
    """Something holds more than a loader is willing to read."""


def whole(source: Source, most: int = LARGEST) -> bytes:
    """All bytes of a source. Raises TooLarge, in a sentence, for more than `most`."""
    with source.open() as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise TooLarge(f"is larger than {most // 2**20} MB, which is more than a file of its kind is read to")
    return raw


def plain(source: Source, most: int = LARGEST) -> bytes:
    """All bytes of a source that is text; NUL bytes, which no text has in any encoding of bytes, are left out and told."""
    raw = whole(source, most)
    if b"\0" not in raw or marked(raw):
        return raw
    source.problem("has NUL bytes; they were left out.")
    return raw.replace(b"\0", b"")


def zipped(source: Source) -> ZipFile:
    """The zip that a source is. Raises BadZipFile if it is none."""
    stream = source.open()
    return ZipFile(stream if stream.seekable() else BytesIO(whole(source)))


def member(archive: ZipFile, name: str, most: int = LARGEST) -> bytes:
    """A member of a zip, unpacked. Raises TooLarge if it unpacks to more than `most`, KeyError if there is none."""
    with archive.open(name) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise TooLarge(f"holds a part ({name}) that unpacks to more than {most // 2**20} MB")
    return raw
