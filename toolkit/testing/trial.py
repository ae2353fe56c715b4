"""What a point of the contract is tried by."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Trial = Callable[[], str | None]
"""Tries one point: gives None if it holds, else what is wrong."""
Trials = Iterator[tuple[str, Trial]]
"""Points, each with what tries it."""
