"""Single files packed as gz, bz2 or xz: what is inside is read as if it were not packed."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import PurePath
from typing import Any, BinaryIO

from toolkit.article import Source
from toolkit.kinds import loader
from toolkit.loaders import members

PACKED: dict[bytes, Any] = {b"\x1f\x8b\x08": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
"""How files of each kind begin, and what opens them."""

SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


@loader(suffixes=(".gz", ".bz2", ".xz", *SHORT), claims=lambda source: _unpacker(source) is not None)
def compressed(source: Source) -> Iterator[Source]:
    """Anything that can be read, packed as gz, bz2 or xz."""
    unpack = _unpacker(source)
    if unpack is None:
        return
    shared = members.allowance(source)
    name = f"{source.name}/{_inner(source.name)}"
    told: list[str] = []

    def torn() -> None:
        if not told:
            told.append("is broken off or damaged; what lies before was read.")
            source.problem(told[0])

    def opened() -> BinaryIO:
        return BufferedReader(members.Counted(unpack(source.open()), shared, torn))

    yield members.Member(name, opener=opened, allowance=shared)


def _unpacker(source: Source) -> Callable[[BinaryIO], BinaryIO] | None:
    """What opens it; None if it is not packed, or a web archive, whose own loader finds the torn places in it."""
    found = next((opener for mark, opener in PACKED.items() if source.head.startswith(mark)), None)
    return None if ".warc" in source.name.lower() else found


def _inner(name: str) -> str:
    """The name of what is packed: `a.jsonl` in `a.jsonl.gz`, `a.tar` in `a.tgz`."""
    path = PurePath(name)
    return path.stem + SHORT.get(path.suffix.lower(), "")
