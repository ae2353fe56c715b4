"""A topic of a codebook."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.errors import CodebookError
from toolkit.schema import OTHER
from toolkit.topics.seeds import parsed


@dataclass(frozen=True)
class Topic:
    """A topic: its name, its seeds, and what does not count as one (`excluded`; `not` in TOML)."""

    name: str
    seeds: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CodebookError("A topic has an empty name; give it one.")
        if self.name.casefold() == OTHER:
            raise CodebookError(f"{self.name!r} is reserved for what no topic holds; give this topic another name.")
        for term in (*self.seeds, *self.excluded):
            parsed(term)
