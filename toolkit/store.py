"""A corpus on disk: Parquet files under a manifest."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from toolkit import schema, vetting
from toolkit.errors import ToolkitError
from toolkit.fit import Fit
from toolkit.ledger import Ledger
from toolkit.log import LOG, toolkit_version
from toolkit.topics import Codebook

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

MANIFEST = "corpus.json"
FORMAT = 1
TABLES = {**schema.CORE, "mentions": schema.ENTITIES, "set_aside": schema.SET_ASIDE, "sketches": schema.SKETCHES}
"""What is written; `mentions` are the entities before names were joined across documents, so that a corpus can be fitted anew."""


ALL = {**TABLES, "words": schema.WORDS}
"""The words of each sentence are kept, too."""
LATER = ("words", "sketches")
"""A corpus that was saved before these were is opened without."""
ROWS, LONG_ROWS = 100_000, 10_000
"""Rows of a group in a file: what is held in memory while it is written, and what is skipped when it is read."""


class Saved(NamedTuple):
    """What a folder holds, frames lazily."""

    frames: dict[str, pl.LazyFrame]
    codebook: Codebook
    settings: dict[str, Any]
    fit: Fit
    ledger: Ledger
    problems: pl.DataFrame
    log: pl.DataFrame
    annotated: dict[tuple[str, str, str], pl.LazyFrame]
    judgements: pl.DataFrame
    content: int | None
    stages: dict[str, int]


def save(corpus: Corpus, folder: Path) -> Path:
    """Write every frame as Parquet and, last, the manifest that makes the folder a corpus.

    All is written beside and moved into place in the end: what a corpus reads lazily may be what is written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vetting.no_links(folder)
    beside = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        told = _write(corpus, beside)
        (folder / MANIFEST).unlink(missing_ok=True)
        for path in sorted(beside.iterdir()):
            if path.is_dir():
                shutil.rmtree(folder / path.name, ignore_errors=True)
            os.replace(path, folder / path.name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _replace(folder / MANIFEST, json.dumps(told, indent=1).encode())
    return folder


def _write(corpus: Corpus, folder: Path) -> dict[str, Any]:
    """Write all but the manifest, and give what that says."""
    for name, frame in corpus.frames.items():
        sunk(plain(frame), folder / f"{name}.parquet")
    annotated = []
    for number, (key, annotation) in enumerate(corpus.annotated.items()):
        sunk(annotation.lazy(), folder / f"annotated-{number}.parquet")
        annotated.append(key)
    return {**about(corpus, folder), "annotated": annotated}


def about(corpus: Corpus, folder: Path) -> dict[str, Any]:
    """Write what goes with the frames, and give what the manifest says of it."""
    written(corpus.problems, folder / "problems.parquet")
    written(corpus.log, folder / "log.parquet")
    judge(folder, corpus.judgements)
    corpus.codebook.save(folder / "codebook.toml")
    corpus.fit.save(folder / "fit")
    corpus.ledger.save(folder / "ledger.csv")
    return {
        "format": FORMAT,
        "toolkit": toolkit_version(),
        "stages": dict(corpus.stages),
        "settings": _plain(corpus.settings),
        "documents": len(corpus),
        "content": corpus.content,
    }


def sunk(frame: pl.LazyFrame, path: str | Path, storage: Mapping[str, Any] | None = None) -> None:
    """Write a frame as Parquet as it streams by, in groups of rows small enough to skip and to hold in memory."""
    columns = frame.collect_schema()
    long = "text" in columns and "start" not in columns
    options = dict(storage) if storage else None
    frame.sink_parquet(path, row_group_size=LONG_ROWS if long else ROWS, storage_options=options)


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as JSON holds them; a callable by its name."""
    return {
        key: value if isinstance(value, (str, int, float, bool, type(None))) else getattr(value, "__name__", str(value))
        for key, value in settings.items()
    }


def is_saved(folder: Path) -> bool:
    """Whether a folder holds a saved corpus."""
    return (folder / MANIFEST).is_file()


def read(folder: Path) -> Saved:
    """What a folder holds. Raises FileNotFoundError or ToolkitError, in a sentence, if it is no corpus that this version reads."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise FileNotFoundError(
            f"There is no saved corpus in {str(folder)!r}; corpus.save(folder) makes one, and tk.load(...) reads articles."
        )
    vetting.no_links(folder)
    told = vetting.manifest(manifest)
    if told["format"] > FORMAT:
        raise ToolkitError(
            f"The corpus in {str(folder)!r} was saved by toolkit {told.get('toolkit')}, which writes a newer format; update with: pip install -U news-toolkit"
        )
    tables = tables_in(folder)
    rows = {name: vetting.parquet(folder / f"{name}.parquet", strings(table)) for name, table in tables.items()}
    if told["documents"] not in (None, rows["documents"]):
        raise vetting.Damaged(
            f"The corpus in {str(folder)!r} has {rows['documents']} documents, and its manifest {told['documents']}; it was not copied whole."
        )
    with vetting.readable(folder):
        return saved(folder, told, scanned(folder), annotation_frames(folder, told["annotated"]))


def tables_in(folder: Path) -> dict[str, schema.Table]:
    """The tables of a saved corpus; those that came later are there if their files are."""
    return {name: table for name, table in ALL.items() if name not in LATER or (folder / f"{name}.parquet").is_file()}


def saved(
    folder: Path,
    told: Mapping[str, Any],
    frames: dict[str, pl.LazyFrame],
    annotated: dict[tuple[str, str, str], pl.LazyFrame],
) -> Saved:
    """A corpus of these frames, with what a folder tells of it."""
    return Saved(
        frames,
        Codebook.read(folder / "codebook.toml"),
        told["settings"],
        Fit.load(folder / "fit"),
        replace(Ledger.read(folder / "ledger.csv"), path=None),
        schema.PROBLEMS.conform(pl.read_parquet(folder / "problems.parquet")),
        pl.read_parquet(folder / "log.parquet").select(LOG.names()),
        annotated,
        judgements(folder, schema.JUDGEMENTS.empty()),
        told["content"],
        told["stages"],
    )


def scanned(folder: Path) -> dict[str, pl.LazyFrame]:
    """The frames of a saved corpus, lazily."""
    return {name: scan(folder / f"{name}.parquet", table) for name, table in tables_in(folder).items()}


def annotation_frames(folder: Path, keys: Sequence[Sequence[str]]) -> dict[tuple[str, str, str], pl.LazyFrame]:
    """The annotators' frames of a saved corpus, lazily."""
    made = {}
    for number, (name, version, settings) in enumerate(keys):
        path = folder / f"annotated-{number}.parquet"
        vetting.parquet(path, pl.Schema({"doc_id": pl.String, "sent_id": pl.Int64}))
        made[name, version, settings] = pl.scan_parquet(path)
    return made


def judge(folder: Path, answers: pl.DataFrame) -> None:
    """Keep answers beside a saved corpus."""
    written(answers, folder / "judgements.parquet")


def judgements(folder: Path, more: pl.DataFrame) -> pl.DataFrame:
    """The answers kept beside a saved corpus, and more of them; of two to the same question by the same coder, the last."""
    path = folder / "judgements.parquet"
    kept = schema.JUDGEMENTS.conform(pl.read_parquet(path)) if path.exists() else schema.JUDGEMENTS.empty()
    return pl.concat([kept, more]).unique(schema.JUDGEMENTS.key, keep="last", maintain_order=True)


def scan(path: str | Path | list[Path], table: schema.Table, storage: Mapping[str, Any] | None = None) -> pl.LazyFrame:
    """A table's file, lazily, with this version's columns; Enums are cast after the scan, since files hold strings."""
    enums = [pl.col(name).cast(dtype) for name, dtype in table.schema.items() if isinstance(dtype, pl.Enum)]
    options = dict(storage) if storage else None
    found = pl.scan_parquet(
        path, schema=strings(table), missing_columns="insert", extra_columns="ignore", storage_options=options
    )
    return found.with_columns(enums)


def strings(table: schema.Table) -> pl.Schema:
    """A table's schema as files hold it."""
    return pl.Schema({name: _stored(dtype) for name, dtype in table.schema.items()})


def written(frame: pl.DataFrame, path: Path) -> Path:
    """Write a frame as Parquet, atomically, Enums as strings."""
    return replaced(plain(frame.lazy()).collect(), path)


def plain(frame: pl.LazyFrame) -> pl.LazyFrame:
    """A frame whose Enums are strings."""
    columns = frame.collect_schema()
    return frame.with_columns(
        pl.col(name).cast(_stored(dtype)) for name, dtype in columns.items() if isinstance(dtype, pl.Enum)
    )


def replaced(frame: pl.DataFrame, path: Path) -> Path:
    """Write a frame as Parquet, atomically, as it is."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    frame.write_parquet(temporary)
    os.replace(temporary, path)
    return path


def _stored(dtype: pl.DataType) -> pl.DataType:
    return pl.String() if isinstance(dtype, pl.Enum) else dtype


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    os.replace(temporary, path)
