"""What a chart may point to: web pages that a reader follows by hand, pictures that are in it, and nothing else."""

from __future__ import annotations

import json
from typing import Any

ALLOWED = {"href": "^(https?:|mailto:|#)", "url": "^data:image/"}
"""By channel of a mark: an address from an article may say `javascript:`, and a picture from elsewhere tells who looks."""


def harmless(part: Any) -> Any:
    """The parts of a compiled chart, their marks pointing only to what is allowed; other addresses are left empty."""
    if isinstance(part, list):
        return [harmless(item) for item in part]
    if not isinstance(part, dict):
        return part
    walk = {"data": lambda data: data, "encode": _encoded}
    return {name: walk.get(name, harmless)(value) for name, value in part.items()}


def _encoded(sets: dict[str, Any]) -> dict[str, Any]:
    """A mark's encoding sets (enter, update, hover ...) with every address checked."""
    return {
        name: {at: _checked(at, value) if at in ALLOWED else value for at, value in channels.items()}
        for name, channels in sets.items()
    }


def _checked(channel: str, value: Any) -> Any:
    """A value reference that is null for an address that is not allowed; Vega-Lite writes addresses as signal or value."""
    if isinstance(value, list):
        return [_checked(channel, rule) for rule in value]
    said = f"({value['signal']})" if "signal" in value else json.dumps(value.get("value"))
    condition = {"test": value["test"]} if "test" in value else {}
    return condition | {"signal": f"test(regexp({json.dumps(ALLOWED[channel])}, 'i'), {said}) ? {said} : null"}
