"""Sources to shards: in this process, in a pool of processes, or on any executor."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any
from weakref import finalize

import polars as pl

from toolkit import engine, schema
from toolkit.article import Article, Problem, Source
from toolkit.cache import Task, built, left_in, whole
from toolkit.engine import EngineError, Factory
from toolkit.ids import Ids
from toolkit.loaders import START, Place, placed
from toolkit.loaders.extent import Extent
from toolkit.loaders.sources import are_files, sources
from toolkit.manifest import Manifest
from toolkit.progress import Progress
from toolkit.shard import Numbered, Recipe, Shard, joined, wanted_id

SHARD_ARTICLES = 500
SHARD_CHARACTERS = 1_000_000
FEW = 400
"""Up to this many articles are done in this process when the executor is left to us."""
IN_MEMORY = 12
"""Shards that are held in memory; the frames of more are left on disk, in the cache or beside it."""

Held = Callable[[Article], bool]


class Scratch:
    """A folder for what does not fit in memory, gone when the process ends."""

    def __init__(self, within: Path | None = None) -> None:
        if within:
            within.mkdir(parents=True, exist_ok=True)
        self.path = Path(tempfile.mkdtemp(prefix=".toolkit-", dir=within))
        finalize(_PROCESS, shutil.rmtree, self.path, ignore_errors=True)


class _Process:
    """Lives as long as the process does."""


_PROCESS = _Process()


@dataclass
class Gathered:
    """What was made of some sources: shards in order, in memory or, if they are many, left in `folder`.

    `problems` are in the order of the sources, then of the articles. `workers` is who may do the rest.
    """

    shards: list[Shard]
    problems: list[Problem]
    folder: Path | None = None
    workers: int | Factory = 1

    @property
    def used(self) -> str:
        """The recogniser that found the names."""
        return next((shard.used for shard in self.shards if shard.used), "")

    @property
    def apart(self) -> bool:
        """Whether the shards are left on disk."""
        return any(shard.apart for shard in self.shards)

    def whole(self) -> Shard:
        """All of it as one shard, in memory."""
        recipe = Recipe(cache=self.folder)
        made = joined([whole(shard, recipe) for shard in self.shards])
        made.problems = self.problems
        return made


def gathered(
    given: Any,
    settings: Mapping[str, Any],
    *,
    columns: Mapping[str, str] | None = None,
    held: Held | None = None,
    taken: Ids | None = None,
    cache: Path | None = None,
    executor: int | Factory | None = None,
    progress: bool = True,
) -> Gathered:
    """All articles in what the user gave, in shards.

    `held` says of an article whether it is there already: it is left out; `taken` are ids in use. With a `cache` the shards are
    kept, and files that were read for those that a load before has kept are not read again.
    """
    recipe = Recipe(settings["recognizer"], settings["language"], cache, apart=cache is not None)
    passed: list[Problem] = []
    read: list[Problem] = []
    made = Gathered([], [], cache)
    ids = taken or Ids()
    found: Iterable[Source] = sources(given, passed)
    listed = list(found) if are_files(given) else None
    extent = Extent(given, listed)
    found = listed if listed is not None else found
    manifest, unkept, found_in = None, False, 0
    if cache and held is None and listed is not None:
        manifest = Manifest(given, listed, recipe, {"columns": columns})
    with Progress("Loading", shown=progress) as shown:
        for shard in manifest.kept(read) if manifest else ():
            made.shards.append(shard)
            shown.keep(shard.articles)
            for doc_id in _ids(shard, recipe):
                ids.add(doc_id)
        after = made.shards[-1].place if made.shards else None
        articles = placed(found, read, {"columns": columns}, after or START)
        new = (pair for pair in articles if not (held and held(pair[0])))
        shares: deque[float | None] = deque()
        cut = _told(sharded(numbered(new, ids)), extent, shares)
        for shard in run(cut, recipe, executor, made):
            made.shards.append(shard)
            unkept = unkept or bool(cache and not shard.name)
            if manifest:
                manifest.add(shard, read)
            found_in += len(shard.problems)
            shown.add(shard.articles, words=shard.words, problems=len(read) + found_in, share=shares.popleft())
    if manifest:
        manifest.end(read)
    if unkept:
        read.append(Problem(str(cache), "skipped", "could not keep what was done, as it cannot be written to."))
    made.problems = [*passed, *read, *(problem for shard in made.shards for problem in shard.problems)]
    return made


def _ids(shard: Shard, recipe: Recipe) -> list[str]:
    """The ids of a shard's documents."""
    if not shard.apart or recipe.cache is None:
        return shard.documents["doc_id"].to_list()
    return pl.read_parquet(recipe.cache / shard.name / "documents.parquet", columns=["doc_id"])["doc_id"].to_list()


def numbered(articles: Iterable[tuple[Article, Place]], ids: Ids | None = None) -> Iterator[Numbered]:
    """Each article with its `doc_id`: the one it asks for; a repeated one gets -2, -3 ... `ids` are those in use."""
    ids = ids or Ids()
    for article, place in articles:
        yield Numbered(ids.given(wanted_id(article)), article, place)


def sharded(articles: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Articles in shards of bounded size."""
    shard: list[Numbered] = []
    size = 0
    for numbered in articles:
        shard.append(numbered)
        size += len(numbered.article.text)
        if len(shard) >= SHARD_ARTICLES or size >= SHARD_CHARACTERS:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _told(shards: Iterable[list[Numbered]], extent: Extent, shares: deque[float | None]) -> Iterator[list[Numbered]]:
    """The shards, and to `shares` how much had been read for each."""
    for shard in shards:
        place = shard[-1].place
        shares.append(extent.share(place) if place else None)
        yield shard


def run(
    shards: Iterable[list[Numbered]],
    recipe: Recipe,
    executor: int | Factory | None = None,
    made: Gathered | None = None,
) -> Iterator[Shard]:
    """The frames of all shards, in order, with bounded work in flight; `made` learns where they are left and who did them."""
    made = made or Gathered([], [])
    shards = iter(shards)
    if executor is None:
        head = list(islice(shards, 2))
        executor = 1 if sum(map(len, head)) <= FEW and len(head) < 2 else os.cpu_count() or 1
        shards = chain(head, shards)
    made.workers = executor
    tasks = _tasks(shards, recipe, made)
    done = map(built, tasks) if executor == 1 else engine.done(tasks, recipe, executor)
    for number, shard in enumerate(done):
        if made.folder and not shard.apart and not recipe.cache and number >= IN_MEMORY:
            shard = left_in(made.folder, shard, number)
        if shard.apart and made.folder and not (made.folder / shard.name).is_dir():
            raise EngineError(
                f"A worker left a shard in {str(made.folder)!r}, and it is not there for this process: give tk.load a cache "
                "that all machines share, or none."
            )
        yield shard


def _tasks(shards: Iterable[list[Numbered]], recipe: Recipe, made: Gathered) -> Iterator[Task]:
    """Shards to be done, the first few in memory, more of them left on disk: by who did them, if they share a disk with us."""
    for number, shard in enumerate(shards):
        if number == IN_MEMORY and not recipe.cache:
            made.folder = Scratch().path
            if callable(made.workers):
                made.workers = 1
            else:
                recipe = replace(recipe, cache=made.folder, apart=True)
        yield Task(shard, recipe)


def as_frame(problems: list[Problem]) -> pl.DataFrame:
    """Problems as a frame."""
    return pl.DataFrame(
        [(p.source, p.action, p.problem) for p in problems], schema=schema.PROBLEMS.schema, orient="row"
    )
