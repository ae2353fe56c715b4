"""Numbers end to end, in memory while they are few and in a file when they are many."""

from __future__ import annotations

import mmap
import tempfile
from typing import IO

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

FEW = 4_000_000
"""Numbers that are held in memory."""


class Spool:
    """Takes arrays of hashes and gives them back as one; `forget` lets go of what was read of a file."""

    def __init__(self) -> None:
        self._parts: list[Hashes] = []
        self._file: IO[bytes] | None = None
        self._map: mmap.mmap | None = None
        self.size = 0

    def add(self, numbers: Hashes) -> None:
        """More numbers, after those there are."""
        self.size += len(numbers)
        self._parts.append(numbers)
        if self._file is None and self.size > FEW:
            self._file = tempfile.TemporaryFile(prefix="toolkit-")  # noqa: SIM115 - closed with the spool
        if self._file is not None:
            for part in self._parts:
                part.tofile(self._file)
            self._parts.clear()

    def all(self) -> Hashes:
        """All numbers; those in a file are read when they are looked at."""
        if self._file is None:
            return np.concatenate([np.empty(0, dtype=np.uint64), *self._parts])
        self._file.flush()
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, dtype=np.uint64)

    def forget(self) -> None:
        """Take what was read of the file out of memory again."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)
