"""What a loader gives (articles) and what it gets (a source)."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO

HEAD = 65536

Block = tuple[str, int, int]
"""A paragraph as a loader may name it: kind, start, end (characters in the article's text)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a loader gives it; every field but `text` may be unknown.

    `blocks`, if given, are (kind, start, end) paragraphs in `text`; what they leave out is found by rule.
    `meta` is whatever else the source said; it is kept as JSON.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: datetime | None = None
    date_source: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    blocks: Sequence[Block] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that was skipped or repaired, and why."""

    source: str
    action: str
    problem: str


@dataclass
class Source:
    """One thing to load: a file, a member of an archive, or an object in memory.

    A loader looks at `name`, `suffix`, `head` (the first 64 kB) and `value` (the object in memory, or None) to see
    whether the source is its own, reads it through `open()` (a binary stream, inside archives too), and says with
    `problem(...)` what it had to skip or repair. `meta` is what the container it lies in says of it, such as its address:
    an article read from it takes from there the fields that it does not know itself.
    """

    name: str
    opener: Callable[[], BinaryIO] | None = None
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    meta: Mapping[str, Any] = field(default_factory=dict)
    _head: bytes | None = None

    @property
    def suffix(self) -> str:
        """The lower-case suffix of the name, dot included; empty if there is none."""
        return PurePath(self.name).suffix.lower()

    @property
    def head(self) -> bytes:
        """The first 64 kB; empty for an object in memory."""
        if self._head is None:
            with self.open() as stream:
                self._head = stream.read(HEAD)
        return self._head

    def open(self) -> BinaryIO:
        """A fresh binary stream over the whole source."""
        return self.opener() if self.opener else io.BytesIO()

    def problem(self, text: str, action: str = "repaired") -> None:
        """Record that something of this source was repaired, skipped or passed over, in one sentence."""
        self.problems.append(Problem(self.name, action, text))
