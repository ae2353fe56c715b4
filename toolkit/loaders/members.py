"""Members of an archive: which are read, under which name, and how much all of them may unpack to."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from toolkit.article import Problem, Source
from toolkit.loaders import passed_over
from toolkit.loaders.bounded import TooLarge

FREE = 256 * 2**20
RATIO = 200
"""An archive may unpack to 256 MB, and beyond that to 200 times its own size; a zip bomb does not stop there."""


class Allowance:
    """How many bytes an archive, with the archives in it, may still unpack to."""

    def __init__(self, packed: int) -> None:
        self.left = FREE + RATIO * packed

    def take(self, size: int) -> None:
        """Count bytes that were unpacked. Raises TooLarge when they are too many."""
        self.left -= size
        if self.spent:
            raise TooLarge(
                f"unpacks to more than {FREE // 2**20} MB and {RATIO} times its size, as a zip bomb does; the rest was left out"
            )

    @property
    def spent(self) -> bool:
        return self.left < 0


@dataclass
class Member(Source):
    """A source inside an archive, which shares the allowance of the archive."""

    allowance: Allowance = field(default_factory=lambda: Allowance(0))


class Counted(io.RawIOBase):
    """A stream whose bytes are counted against an allowance, and which ends where the one below it is torn off."""

    def __init__(self, stream: BinaryIO, allowance: Allowance, torn: Callable[[], None] | None = None) -> None:
        self._stream = stream
        self._read = getattr(stream, "read1", stream.read)  # which gives what there is before a torn place
        self._allowance = allowance
        self._torn = torn

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            raw = self._read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError):
            if self._torn is None:
                raise
            self._torn()
            raw = b""
        self._allowance.take(len(raw))
        buffer[: len(raw)] = raw
        return len(raw)

    def close(self) -> None:
        self._stream.close()
        super().close()


def allowance(source: Source) -> Allowance:
    """What an archive may unpack to: of one inside another, what is left of the other's."""
    if isinstance(source, Member):
        return source.allowance
    with source.open() as stream:
        return Allowance(stream.seek(0, io.SEEK_END) if stream.seekable() else 0)


def member(
    archive: Source, name: str, opener: Callable[[], BinaryIO], shared: Allowance, beside: Container[str] = ()
) -> Member | None:
    """The source that a member is; None, with a problem, for one that is passed over as it would be in a folder.

    `beside` are the names of the other members, as far as they are known. A name that leads out of the archive is harmless, as nothing is written, but it is told.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    safe = [part for part in parts if part not in ("..", "/", ".") and not part.endswith(":")]
    shown = f"{archive.name}/{'/'.join(safe) or 'unnamed'}"
    if why := next(filter(None, _passed_over(safe, beside)), None):
        archive.problems.append(Problem(shown, "passed over", why))
        return None
    if len(safe) < len(parts):
        archive.problems.append(
            Problem(
                shown, "repaired", f"is named {name!r}, which leads out of the archive; it was read under this name."
            )
        )
    return Member(shown, opener=lambda: io.BufferedReader(Counted(opener(), shared)), allowance=shared)


def _passed_over(parts: Sequence[str], beside: Container[str]) -> Iterator[str | None]:
    """Why a member is no article: a folder that it lies in, or its own name."""
    for depth in range(1, len(parts)):
        yield passed_over.folder("/".join(parts[:depth]), beside)
    yield passed_over.file(parts[-1]) if parts else None
