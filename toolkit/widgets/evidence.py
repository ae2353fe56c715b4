"""How evidence is shown: which columns of it, in what order, and what it is evidence for, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

FIRST = ("text", "quote", "title", "outlet", "published")
HIDDEN = ("doc_id", "sent_id", "start", "end", "url", "marks")


def columns(frame: pl.DataFrame) -> list[str]:
    """What a reader wants to see of evidence: the sentence first, nothing that is empty throughout or is for machines."""
    told = [name for name, dtype in frame.schema.items() if not dtype.is_nested() and name not in HIDDEN]
    said = [name for name in told if frame[name].null_count() < frame.height or name == "text"]
    return sorted(said, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def captioned(selection: Mapping[str, Any], count: int) -> str:
    """What the table shows: "topic Iran: 12 sentences"."""
    many = f"{count:,} sentence{'' if count == 1 else 's'}" if count else "no sentences"
    if not selection:
        return f"All the evidence: {many}. Click a mark to see what is behind it." if count else "There is no evidence."
    return f"{', '.join(f'{field} {told(value)}' for field, value in selection.items())}: {many}"


def told(value: Any) -> str:
    """What was picked, in words: a value, "this or that", or "from to until"."""
    if isinstance(value, tuple):
        return f"{told(value[0])} to {told(value[1])}"
    if isinstance(value, list):
        return " or ".join(map(told, value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(value, float):
        return f"{value:,.3g}"
    return "none" if value is None else value.isoformat() if isinstance(value, date) else str(value)
