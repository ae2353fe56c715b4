"""A saved corpus in a cloud store: frames that are read from there when asked for, and one file of all the rest."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import vetting
from toolkit.errors import ToolkitError
from toolkit.store import ALL, FORMAT, MANIFEST, Saved, about, plain, saved, scan, sunk

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

PACKED = "corpus.parquet"
"""The file of all that is no frame: the `name` and `content` of each."""


def is_remote(folder: str | Path) -> bool:
    """Whether a folder is in a cloud store: an address with a scheme, as s3://bucket/corpus."""
    return isinstance(folder, str) and "://" in folder


def save(corpus: Corpus, folder: str, storage: Mapping[str, Any] | None) -> str:
    """Write a corpus to a cloud store: frames stream there, and the file that makes them a corpus is the last."""
    address = folder.rstrip("/")
    for name, frame in corpus.frames.items():
        sunk(plain(frame), f"{address}/{name}.parquet", storage)
    for number, annotation in enumerate(corpus.annotated.values()):
        sunk(annotation.lazy(), f"{address}/annotated-{number}.parquet", storage)
    with tempfile.TemporaryDirectory() as local:
        told = {**about(corpus, Path(local)), "annotated": list(corpus.annotated), "frames": sorted(corpus.frames)}
        (Path(local) / MANIFEST).write_text(json.dumps(told), encoding="utf8")
        files = [path for path in sorted(Path(local).rglob("*")) if path.is_file()]
        names = [path.relative_to(local).as_posix() for path in files]
        packed = pl.LazyFrame({"name": names, "content": [path.read_bytes() for path in files]})
        sunk(packed, f"{address}/{PACKED}", storage)
    return address


def read(folder: str, storage: Mapping[str, Any] | None) -> Saved:
    """What `save` wrote; nothing but the one file is read yet. Raises FileNotFoundError if there is none."""
    address = folder.rstrip("/")
    options = dict(storage) if storage else None
    try:
        packed = pl.scan_parquet(f"{address}/{PACKED}", storage_options=options).select("name", "content").collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FileNotFoundError(
            f"There is no saved corpus in {folder!r} that can be read ({' '.join(str(error).split())[:200]}); corpus.save(folder, "
            "storage_options=...) makes one. The options are polars' own, such as aws_region and aws_endpoint_url."
        ) from error
    with tempfile.TemporaryDirectory() as local, vetting.readable(Path(folder)):
        _unpack(packed, Path(local))
        told = vetting.manifest(Path(local) / MANIFEST)
        if told["format"] > FORMAT:
            raise ToolkitError(
                f"The corpus in {folder!r} was saved in a newer format; update with: pip install -U news-toolkit"
            )
        frames = {name: scan(f"{address}/{name}.parquet", ALL[name], storage) for name in told["frames"] if name in ALL}
        annotated = {
            (name, version, settings): pl.scan_parquet(f"{address}/annotated-{number}.parquet", storage_options=options)
            for number, (name, version, settings) in enumerate(told["annotated"])
        }
        return saved(Path(local), told, frames, annotated)


def _unpack(packed: pl.DataFrame, local: Path) -> None:
    """Write the files where they are read. Raises Damaged for a name that leads elsewhere."""
    for name, content in packed.iter_rows():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
            raise vetting.Damaged(
                f"The saved corpus has a file {name!r}, which leads out of it; it is not one that corpus.save wrote."
            )
        path = local.joinpath(*parts.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
