"""What a Vega-Lite specification draws: its units, and the fields they read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

PARTS = ("layer", "hconcat", "vconcat", "concat")
DATUM = re.compile(r"""datum(?:\.(\w+)|\[['"](.+?)['"]\])""")
"""A field in an expression."""


def units(spec: dict[str, Any], shared: dict[str, Any] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each mark of a specification, with its encoding (what outer levels share included)."""
    encoding = (shared or {}) | spec.get("encoding", {})
    if "mark" in spec:
        yield (spec["mark"] if isinstance(spec["mark"], str) else spec["mark"]["type"]), encoding
    for part in [spec["spec"]] if "spec" in spec else []:
        facet = spec.get("facet", {})
        wrapped = {"facet": facet} if "field" in facet else {}
        yield from units(part, encoding | wrapped | {name: facet[name] for name in ("row", "column") if name in facet})
    for part in (p for key in PARTS for p in spec.get(key, ())):
        yield from units(part, encoding)


def field(channel: Any) -> str | None:
    """The field that a channel reads, without Vega-Lite's escapes; None if it reads none."""
    name = channel.get("field") if isinstance(channel, dict) else None
    return re.sub(r"\\(.)", r"\1", name) if isinstance(name, str) else None


def fields(spec: dict[str, Any]) -> set[str]:
    """The fields of the data that a specification draws, those left out that its own transforms make."""
    channels = [channel for _, encoding in units(spec) for channel in encoding.values()]
    parts = [part for channel in channels for part in (channel if isinstance(channel, list) else [channel])]
    return {name for name in map(field, parts) if name} - set(_made(spec))


def sources(spec: dict[str, Any]) -> dict[str, list[str]]:
    """The fields that each step of the drawing is calculated from, by the name of what it makes."""
    steps = [step for step in _transforms(spec) if isinstance(step.get("calculate"), str)]
    return {step["as"]: [name for pair in DATUM.findall(step["calculate"]) for name in pair if name] for step in steps}


def percents(spec: dict[str, Any]) -> set[str]:
    """The fields that a specification writes in per cent: on an axis, in a legend, as text or in what is shown on hovering."""
    channels = [channel for _, encoding in units(spec) for channel in encoding.values()]
    parts = [part for channel in channels for part in (channel if isinstance(channel, list) else [channel])]
    return {name for part in parts if (name := field(part)) and any("%" in form for form in _forms(part))}


def _forms(channel: dict[str, Any]) -> list[str]:
    """How a channel writes its numbers; days are written with signs of per cent, too, and are none."""
    if channel.get("type", "quantitative") != "quantitative":
        return []
    told = [channel, *(channel.get(part) or {} for part in ("axis", "legend"))]
    return [form for part in told if isinstance(form := part.get("format"), str)]


def _made(spec: dict[str, Any]) -> Iterator[str]:
    """Names that transforms give to what they make, at any depth."""
    for transform in _transforms(spec):
        yield from _outputs(transform)


def _transforms(node: Any) -> Iterator[dict[str, Any]]:
    """The steps of a drawing, at any depth."""
    if isinstance(node, dict):
        yield from node.get("transform", ())
        for key, value in node.items():
            if key not in ("datasets", "data"):
                yield from _transforms(value)
    elif isinstance(node, list):
        for value in node:
            yield from _transforms(value)


def _outputs(transform: dict[str, Any]) -> Iterator[str]:
    made = transform.get("as", ())
    yield from [made] if isinstance(made, str) else made
    for key in ("aggregate", "window", "joinaggregate"):
        yield from (part["as"] for part in transform.get(key, ()) if isinstance(part, dict) and "as" in part)
    yield from transform.get("fold", {}) and ("key", "value")
