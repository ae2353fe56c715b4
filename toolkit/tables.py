"""A table in HTML, as values show themselves in a notebook: everything in it escaped, heads marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str) -> str:
    """A table whose first cell in each row is the head of its row."""
    left = "style='text-align:left;vertical-align:top'"
    heads = "".join(f"<th scope='col' {left}>{escape(name)}</th>" for name in head)
    lines = "".join(
        f"<tr><th scope='row' {left}>{escape(first)}</th>"
        + "".join(f"<td {left}>{escape(cell)}</td>" for cell in others)
        + "</tr>"
        for first, *others in rows
    )
    return (
        f"<table><caption {left}>{escape(caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )
