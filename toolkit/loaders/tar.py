"""Tar archives: every file in one is read as a file of its own, and nothing is unpacked to disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from toolkit.article import Problem, Source
from toolkit.kinds import loader
from toolkit.loaders import members

IN_MEMORY = 64 * 2**20
"""A larger file in a tar is read from its place in the archive, which takes going there again."""


def looks_like_tar(source: Source) -> bool:
    """Whether the first block is a tar's header."""
    return source.head[257:262] == b"ustar"


@loader(suffixes=(".tar",), claims=looks_like_tar)
def tar(source: Source) -> Iterator[Source]:
    """A tar archive of anything that can be read; packed as gz, bz2 or xz as well."""
    if source.value is not None or not source.head:
        return
    shared = members.allowance(source)
    count = 0
    try:
        with source.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                count += 1
                if shared.spent:
                    return
                yield from _member(source, archive, info, shared)
    except (tarfile.TarError, EOFError) as error:
        after = f" after {count} members" if count else ""
        source.problem(f"is a broken tar archive{after}: {str(error).rstrip('.')}.", "skipped")


def _member(
    source: Source, archive: tarfile.TarFile, info: tarfile.TarInfo, shared: members.Allowance
) -> Iterator[Source]:
    if info.isdir():
        return
    if not info.isreg() or info.issparse():
        source.problems.append(
            Problem(f"{source.name}/{info.name}", "passed over", "is a link or a device, not a file.")
        )
        return
    found = members.member(source, info.name, partial(_placed, source, info.offset_data, info.size), shared)
    if found and info.size <= IN_MEMORY:
        data = archive.extractfile(info)
        raw = data.read() if data else b""
        found.opener = partial(io.BytesIO, raw)
    if found:
        yield found


def _placed(source: Source, start: int, size: int) -> BinaryIO:
    """The bytes of a file that lies at `start` in the archive."""
    stream = source.open()
    if stream.seekable():
        stream.seek(start)
    else:
        while start and (skipped := stream.read(min(start, 2**20))):
            start -= len(skipped)
    return io.BufferedReader(_Part(stream, size))


class _Part(io.RawIOBase):
    """The next `size` bytes of a stream."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raw = self._stream.read(min(len(buffer), self._left))
        self._left -= len(raw)
        buffer[: len(raw)] = raw
        return len(raw)

    def close(self) -> None:
        self._stream.close()
        super().close()
