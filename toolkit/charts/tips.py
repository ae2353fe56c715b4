"""Tooltips, made of the names of fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt


def tips(fields: Iterable[Any]) -> list[alt.Tooltip]:
    """Each field as Altair's own object: of a bare name it makes one by hashing all of its schema, 15 ms each time."""
    import altair as alt

    return [alt.Tooltip(field) if isinstance(field, str) else field for field in fields]
