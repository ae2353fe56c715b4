"""How much of what is to be loaded has been read, to tell how long the rest will take."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from toolkit.article import Source
from toolkit.loaders.frames import is_frame
from toolkit.loaders.sources import File

if TYPE_CHECKING:
    from toolkit.loaders import Place


class Extent:
    """The size of what a user gave: the bytes of files, the rows of a frame, the items of a list; none if nobody knows."""

    def __init__(self, given: Any, found: Sequence[Source] | None = None) -> None:
        self._files = [source for source in found or () if isinstance(source, File)]
        if found and len(self._files) == len(found):
            self._sizes = [source.size for source in self._files]
        else:
            self._files, self._sizes = [], [1] * len(given) if _has_items(given) else []
        self._before = [*accumulate(self._sizes, initial=0)]
        self._rows = len(given) if is_frame(given) and isinstance(given, Sized) else 0

    def share(self, place: Place) -> float | None:
        """Which part of it was read to get to a place, 0 to 1; None if that cannot be told."""
        if self._rows:
            return place.articles / self._rows
        if place.source >= len(self._sizes) or not self._before[-1]:
            return None
        inside = self._files[place.source].read_so_far if self._files else 0
        return (self._before[place.source] + inside) / self._before[-1]


def _has_items(given: Any) -> bool:
    return isinstance(given, (list, tuple))
