"""What is checked of a saved corpus before any of it is used: it may come from a stranger, or be damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.errors import ToolkitError
from toolkit.stages import FIRST

LARGEST_MANIFEST = 2**20
"""Bytes of a manifest; ours have a few hundred."""
ROWS_A_BYTE = 200
"""No table of ours packs more rows than this into a byte: one that claims to would fill the memory when it is read."""


class Damaged(ToolkitError):
    """A saved corpus is not what `corpus.save` writes; the message says which part of it."""


def no_links(folder: Path) -> None:
    """Raise Damaged if a file or folder in it is a link, through which writing would reach what lies elsewhere."""
    link = next((path for path in sorted(folder.rglob("*")) if path.is_symlink()), None)
    if link:
        raise Damaged(
            f"{str(link)!r} is a link; a saved corpus is made of plain files alone. Remove it, or take another folder."
        )


def manifest(path: Path) -> dict[str, Any]:
    """The manifest: `format`, `settings`, `stages`, `documents`, `annotated` and who wrote it, each of the type it must have."""
    if path.stat().st_size > LARGEST_MANIFEST:
        raise Damaged(f"{str(path)!r} is larger than any manifest; it is not one that corpus.save wrote.")
    try:
        told = json.loads(path.read_text(encoding="utf8"))
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{str(path)!r} is no manifest of a saved corpus: {_first(error)}") from error
    absent: dict[str, Any] = {"annotated": [], "documents": None, "content": None, "stages": dict(FIRST)}
    told = {**absent, **told} if isinstance(told, dict) else {}
    settings, annotated, made = told.get("settings"), told.get("annotated"), told.get("stages")
    plain = (str, int, float, bool, type(None))
    right = {
        "format": isinstance(told.get("format"), int),
        "settings": isinstance(settings, dict) and all(isinstance(value, plain) for value in settings.values()),
        "stages": isinstance(made, dict) and all(isinstance(number, int) for number in made.values()),
        "documents": isinstance(told.get("documents"), (int, type(None))),
        "content": isinstance(told.get("content"), (int, type(None))),
        "annotated": isinstance(annotated, list) and all(_is_key(key) for key in annotated),
    }
    wrong = [name for name, holds in right.items() if not holds]
    if wrong:
        raise Damaged(f"The manifest {str(path)!r} has no {' and no '.join(wrong)} as corpus.save writes it.")
    return told


def _is_key(key: object) -> bool:
    return isinstance(key, list) and len(key) == 3 and all(isinstance(part, str) for part in key)


def parquet(path: Path, columns: pl.Schema) -> int:
    """How many rows a Parquet file has. Raises Damaged if it is none, has columns of other types, or more rows than bytes allow."""
    with readable(path):
        found = pl.read_parquet_schema(path)
        rows = int(pl.scan_parquet(path).select(pl.len()).collect().item())
    other = [name for name, dtype in columns.items() if name in found and found[name] not in (dtype, pl.Null)]
    if other:
        kinds = ", ".join(f"{name} as {found[name]}, not {columns[name]}" for name in other)
        raise Damaged(f"{str(path)!r} has {kinds}; it is not what corpus.save wrote.")
    if rows > ROWS_A_BYTE * path.stat().st_size:
        raise Damaged(f"{str(path)!r} claims {rows:,} rows in {path.stat().st_size:,} bytes; it is not opened.")
    return rows


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Whatever goes wrong while a part of a saved corpus is read is told as Damaged, in a sentence that names the part."""
    try:
        yield
    except ToolkitError:
        raise
    except BaseException as error:  # Rust's extensions fail with what is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise Damaged(f"{str(path)!r} of the saved corpus cannot be read: {_first(error)}") from error


def _first(error: BaseException) -> str:
    """The first line of what an error says, as the end of a sentence."""
    said = next(iter(str(error).splitlines()), "") or type(error).__name__
    return said.rstrip(".: ")[:300] + "."
