"""A name found in a page, before it is known what it means."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """First token, one past the last, label, probability, who found it."""

    first: int
    end: int
    label: str
    confidence: float
    found_by: str
