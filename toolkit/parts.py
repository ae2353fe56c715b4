"""A corpus too large for memory: its shards put under what was fitted, some at a time, as files that are read lazily."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from toolkit import engine, schema, store
from toolkit.cache import SKETCHES, left_in, whole
from toolkit.fit import Fit
from toolkit.fitting import Raw, Scans, applied, fit_of, marked
from toolkit.ledger import Ledger
from toolkit.pipeline import Gathered, Scratch
from toolkit.progress import Progress
from toolkit.shard import Recipe, Shard, joined
from toolkit.topics import Codebook

SHARDS = 8
"""How many shards become one part."""
READ = 64
"""How many are read together when some of their documents are looked for."""


class Applied(NamedTuple):
    """What is applied to every part."""

    fit: Fit
    book: Codebook

    def save(self, folder: Path) -> Path:
        """Write it as a saved corpus has it; gives the folder."""
        self.fit.save(folder / "fit")
        self.book.save(folder / "codebook.toml")
        return folder

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, folder: Path) -> Applied:
        """What `save` wrote, read once by each process."""
        return cls(Fit.load(folder / "fit"), Codebook.read(folder / "codebook.toml"))


@dataclass(frozen=True)
class Part:
    """Some shards in a row, the copies among their documents, and where their frames go."""

    shards: Sequence[Shard]
    kept: Path
    copies: pl.DataFrame
    dedupe: str
    told: Path
    place: Path


def fitted(
    gathered: Gathered, book: Codebook, settings: Mapping[str, Any], *, progress: bool
) -> tuple[dict[str, pl.LazyFrame], Fit]:
    """The frames of shards that were left on disk, lazily, and what was fitted on them; memory is bounded by a part."""
    kept = gathered.folder
    if kept is None:
        raise ValueError("The shards are in memory; fit them with fitting.fitted.")
    scratch = Scratch(kept).path
    every = [shard if shard.apart else left_in(kept, shard, number) for number, shard in enumerate(gathered.shards)]
    shards = [shard for shard in every if shard.articles]
    fit, copies = fit_of(_scans(shards, kept), _sketches(shards, kept), book, settings)
    told = Applied(fit, book).save(scratch / "applied")
    parts = [
        Part(mine, kept, found, settings["dedupe"], told, scratch / f"{number:06}")
        for number, (mine, found) in enumerate(_cut(shards, kept, copies))
    ]
    with Progress("Weighing topics", shown=progress, of=sum(shard.articles for shard in shards)) as shown:
        for part, rows in zip(parts, engine.mapped(parts, put, int, gathered.workers), strict=True):
            shown.add(rows, words=sum(shard.words for shard in part.shards))
    return {
        name: _scan([part.place / f"{name}.parquet" for part in parts], table) for name, table in store.TABLES.items()
    }, fit


def put(part: Part) -> int:
    """The frames of a part, written; gives how many documents it has."""
    recipe = Recipe(cache=part.kept)
    shard = joined([whole(shard, recipe) for shard in part.shards])
    given = Applied.load(part.told)
    raw = marked(Raw(shard.documents, shard.sentences, shard.entities), part.copies, part.dedupe)
    part.place.mkdir(parents=True, exist_ok=True)
    for name, frame in applied(raw, given.fit, given.book, Ledger(), shard.sketches).items():
        store.written(frame, part.place / f"{name}.parquet")
    return shard.documents.height


def _cut(shards: Sequence[Shard], kept: Path, copies: pl.DataFrame) -> Iterator[tuple[Sequence[Shard], pl.DataFrame]]:
    """The shards of each part, and the copies among its documents."""
    for start in range(0, len(shards), SHARDS):
        mine = shards[start : start + SHARDS]
        ids = pl.concat([_ids(shard, kept) for shard in mine])
        yield mine, copies.join(ids, on="doc_id", how="semi")


def _ids(shard: Shard, kept: Path) -> pl.DataFrame:
    if not shard.apart:
        return shard.documents.select("doc_id")
    return pl.read_parquet(kept / shard.name / "documents.parquet", columns=["doc_id"])


def _sketches(shards: Sequence[Shard], kept: Path) -> Iterator[pl.DataFrame]:
    """What copies are found by, shard by shard."""
    return (pl.read_parquet(kept / shard.name / SKETCHES) if shard.apart else shard.sketches for shard in shards)


def _scans(shards: Sequence[Shard], kept: Path) -> Scans:
    """The shards' frames, READ shards at a time, to be read when asked for; those that could not be left on disk come from memory."""
    groups = [shards[start : start + READ] for start in range(0, len(shards), READ)] or [[]]
    return Scans(
        *([_scan_of(group, kept, name) for group in groups] for name in ("documents", "sentences", "entities"))
    )


def _scan_of(shards: Sequence[Shard], kept: Path, name: str) -> pl.LazyFrame:
    there = [kept / shard.name / f"{name}.parquet" for shard in shards if shard.apart]
    here = [getattr(shard, name).lazy() for shard in shards if not shard.apart]
    found = _scan(there, schema.CORE[name])
    return pl.concat([found, *here]) if here else found


def _scan(paths: Sequence[Path], table: schema.Table) -> pl.LazyFrame:
    return store.scan(list(paths), table) if paths else table.empty().lazy()
