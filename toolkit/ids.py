"""Ids that are in use: a set of them in nine bytes each, so that it fits in memory however many articles there are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

RECENT = 20_000
"""Ids that are kept one by one before they are sorted in among the others."""

Digests = npt.NDArray[np.uint64]


class Ids:
    """Which ids are in use, and how often one was asked for again.

    Known by 64 bits of a hash: of a hundred million articles, one in three thousand such corpora gets a needless -2.

    >>> ids = Ids()
    >>> [ids.given(name) for name in ("a", "b", "a", "a", "a-2")]
    ['a', 'b', 'a-2', 'a-3', 'a-2-2']
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._recent: set[int] = set()
        self._sorted: list[Digests] = []
        self._repeated: dict[str, int] = {}
        for name in taken:
            self.add(name)

    def __contains__(self, name: str) -> bool:
        digest = _digest(name)
        return digest in self._recent or any(_within(block, digest) for block in self._sorted)

    def add(self, name: str) -> None:
        """Note that an id is in use."""
        self._recent.add(_digest(name))
        if len(self._recent) >= RECENT:
            made = np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))
            self._recent.clear()
            while self._sorted and len(self._sorted[-1]) <= len(made):
                made = np.concatenate([self._sorted.pop(), made])
            made.sort()
            self._sorted.append(made)

    def given(self, wanted: str) -> str:
        """The id that an article gets: the one it wants; a repeated one gets -2, -3 ..."""
        name, count = wanted, self._repeated.get(wanted, 1)
        while name in self:
            count += 1
            name = f"{wanted}-{count}"
        if name != wanted:
            self._repeated[wanted] = count
        self.add(name)
        return name


class Words:
    """A number for each of many ids, in sixteen bytes each: the hash of the words of documents that there are."""

    def __init__(self, names: Iterable[str], numbers: Digests) -> None:
        digests = np.fromiter(map(_digest, names), dtype=np.uint64, count=len(numbers))
        order = np.argsort(digests)
        self._digests, self._numbers = digests[order], numbers[order]

    def of(self, name: str) -> int | None:
        """The number of an id; None if it is not among them."""
        digest = _digest(name)
        place = int(np.searchsorted(self._digests, np.uint64(digest)))
        if place >= len(self._digests) or int(self._digests[place]) != digest:
            return None
        return int(self._numbers[place])


def _digest(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _within(block: Digests, digest: int) -> bool:
    place = int(np.searchsorted(block, np.uint64(digest)))
    return place < len(block) and int(block[place]) == digest
