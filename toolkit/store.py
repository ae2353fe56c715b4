"""A corpus on disk: Parquet files under a manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from toolkit import schema
from toolkit.errors import ToolkitError
from toolkit.fit import Fit
from toolkit.ledger import Ledger
from toolkit.log import LOG, toolkit_version
from toolkit.topics import Codebook

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

MANIFEST = "corpus.json"
FORMAT = 1
TABLES = {**schema.CORE, "mentions": schema.ENTITIES, "set_aside": schema.SET_ASIDE}
"""What is written; `mentions` are the entities before names were joined across documents, so that a corpus can be fitted anew."""


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


def save(corpus: Corpus, folder: Path) -> Path:
    """Write every frame as Parquet and, last, the manifest that makes the folder a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / MANIFEST
    manifest.unlink(missing_ok=True)
    for name, frame in corpus.frames.items():
        written(frame.collect(), folder / f"{name}.parquet")
    written(corpus.problems, folder / "problems.parquet")
    written(corpus.log, folder / "log.parquet")
    judge(folder, corpus.judgements)
    corpus.codebook.save(folder / "codebook.toml")
    corpus.fit.save(folder / "fit")
    corpus.ledger.save(folder / "ledger.csv")
    annotated = []
    for number, (key, annotation) in enumerate(corpus.annotated.items()):
        replaced(annotation.lazy().collect(), folder / f"annotated-{number}.parquet")
        annotated.append(key)
    told = {
        "format": FORMAT,
        "toolkit": toolkit_version(),
        "settings": _plain(corpus.settings),
        "documents": len(corpus),
        "annotated": annotated,
    }
    _replace(manifest, json.dumps(told, indent=1).encode())
    return folder


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
    told = json.loads(manifest.read_text(encoding="utf8"))
    if told.get("format", 0) > FORMAT:
        raise ToolkitError(
            f"The corpus in {str(folder)!r} was saved by toolkit {told.get('toolkit')}, which writes a newer format; update with: pip install -U news-toolkit"
        )
    tables = TABLES | ({"words": schema.WORDS} if (folder / "words.parquet").is_file() else {})
    frames = {name: scan(folder / f"{name}.parquet", table) for name, table in tables.items()}
    return Saved(
        frames,
        Codebook.read(folder / "codebook.toml"),
        told["settings"],
        Fit.load(folder / "fit"),
        replace(Ledger.read(folder / "ledger.csv"), path=None),
        schema.PROBLEMS.conform(pl.read_parquet(folder / "problems.parquet")),
        pl.read_parquet(folder / "log.parquet").select(LOG.names()),
        {
            (name, version, asked): pl.scan_parquet(folder / f"annotated-{number}.parquet")
            for number, (name, version, asked) in enumerate(told.get("annotated", ()))
        },
        judgements(folder, schema.JUDGEMENTS.empty()),
    )


def judge(folder: Path, answers: pl.DataFrame) -> None:
    """Keep answers beside a saved corpus."""
    written(answers, folder / "judgements.parquet")


def judgements(folder: Path, more: pl.DataFrame) -> pl.DataFrame:
    """The answers kept beside a saved corpus, and more of them; of two to the same question by the same coder, the last."""
    path = folder / "judgements.parquet"
    kept = schema.JUDGEMENTS.conform(pl.read_parquet(path)) if path.exists() else schema.JUDGEMENTS.empty()
    return pl.concat([kept, more]).unique(schema.JUDGEMENTS.key, keep="last", maintain_order=True)


def scan(path: Path, table: schema.Table) -> pl.LazyFrame:
    """A table's file, lazily, with this version's columns; Enums are cast after the scan, since files hold strings."""
    strings = pl.Schema({name: _stored(dtype) for name, dtype in table.schema.items()})
    enums = [pl.col(name).cast(dtype) for name, dtype in table.schema.items() if isinstance(dtype, pl.Enum)]
    return pl.scan_parquet(path, schema=strings, missing_columns="insert", extra_columns="ignore").with_columns(enums)


def written(frame: pl.DataFrame, path: Path) -> Path:
    """Write a frame as Parquet, atomically, Enums as strings."""
    plain = frame.with_columns(
        pl.col(name).cast(_stored(dtype)) for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum)
    )
    return replaced(plain, path)


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
