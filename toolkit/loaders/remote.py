"""Tables that lie elsewhere: Parquet, Arrow, CSV and JSONL in cloud stores, and Parquet on the web, through polars' own readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import addresses, frames, records

STORE = re.compile(r"^(s3a?|gs|gcs|az|azure|abfss?|adl|hf)://", re.IGNORECASE)
WEB = re.compile(r"^https?://", re.IGNORECASE)
READERS: dict[str, Any] = {
    ".parquet": pl.scan_parquet, ".pq": pl.scan_parquet, "": pl.scan_parquet, ".arrow": pl.scan_ipc, ".feather": pl.scan_ipc,
    ".ipc": pl.scan_ipc, ".csv": pl.scan_csv, ".jsonl": pl.scan_ndjson, ".ndjson": pl.scan_ndjson,
}  # fmt: skip
"""polars' reader for each suffix; an address without one is a folder of Parquet."""


def is_remote_table(source: Source) -> bool:
    """Whether a source is the address of a table that polars reads where it lies."""
    if source.opener is not None or source.value is not None:
        return False
    return bool(STORE.match(source.name)) or (
        bool(WEB.match(source.name)) and _suffix(source.name) in (".parquet", ".pq")
    )


@loader(claims=is_remote_table)
def remote(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """A table in a cloud store (s3://, gs://, az://, hf://) or Parquet on the web, read by polars without a copy on disk."""
    if not is_remote_table(source):
        return
    suffix = _suffix(source.name)
    if suffix not in READERS:
        known = ", ".join(sorted(filter(None, READERS)))
        source.problem(f"is not read from where it lies, as {known} are; download it first.", "skipped")
        return
    if WEB.match(source.name) and not addresses.may_be_private():
        host = urlsplit(source.name).hostname
        if addresses.is_known_private(host):
            source.problem(f"could not be fetched: {addresses.refused(host)}.", "skipped")
            return
    before = len(source.problems)
    if (
        not (yield from records.articles(source, _rows(source, suffix), columns, mended=True))
        and len(source.problems) == before
    ):
        source.problem("holds no articles.", "skipped")


def _suffix(name: str) -> str:
    return PurePosixPath(urlsplit(name).path).suffix.lower()


def _rows(source: Source, suffix: str) -> Iterator[dict[str, Any]]:
    """The rows; where polars cannot go on, it ends and says why."""
    try:
        yield from frames.rows(READERS[suffix](source.name))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        source.problem(f"cannot be read from there: {str(error).strip().splitlines()[0].rstrip('.: ')}.", "skipped")
