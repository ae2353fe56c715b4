"""In how many columns a figure's panels stand: as many as its chart says, or those that fit the size that is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

NARROW = 0.7
"""How much of its width a panel keeps at the least before there are fewer in a row."""


def grids(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a Vega-Lite spec that lay panels out in rows of so many, the innermost if one holds another."""
    inner = [part for name in ("hconcat", "vconcat", "concat") for part in spec.get(name, [])]
    found = [grid for part in inner for grid in grids(part)]
    return found or ([spec] if "concat" in spec and _columns(spec) > 1 else [])


def _columns(grid: dict[str, Any]) -> int:
    """In how many columns a grid stands: without a word of it, in one row."""
    return int(grid.get("columns", len(grid["concat"])))


def arranged(
    spec: dict[str, Any],
    width: float | None,
    height: float | None,
    *,
    text: float,
    size: Callable[[dict[str, Any]], dict[str, float]],
) -> dict[str, Any]:
    """The spec, its panels in as many columns as suit a figure of this width and height, which `size` measures.

    No more than leave the panels wide enough for their text; of those with a height the number that comes closest to the
    shape of the figure, else no more than the chart has.
    """
    there = grids(spec)
    if not there or not width:
        return spec
    most, columns = max(len(grid["concat"]) for grid in there), _columns(there[0])
    own = size(spec)
    across, down = own["width"] / columns, own["height"] / math.ceil(most / columns)
    room = max(1, min(most, int(width / (NARROW * text * across))))
    if not height:
        return _with(spec, min(columns, room))
    shape = math.log(width / height)
    closest = min(range(1, room + 1), key=lambda n: abs(math.log(n * across / (math.ceil(most / n) * down)) - shape))
    return _with(spec, math.ceil(most / math.ceil(most / closest)))  # as many rows, the last as full as can be


def _with(spec: dict[str, Any], columns: int) -> dict[str, Any]:
    if any(grid is spec for grid in grids(spec)):
        return spec | {"columns": columns}
    parts = {
        name: [_with(part, columns) for part in spec[name]] for name in ("hconcat", "vconcat", "concat") if name in spec
    }
    return spec | parts
