"""What a widget runs in the browser: its own file, after those it shares with others."""

from __future__ import annotations

from pathlib import Path

MAKE = Path(__file__).with_name("make.js")
"""Makes elements."""


def script(*files: Path) -> str:
    """The files as one module, in their order."""
    return "\n".join(file.read_text("utf8") for file in files)
