"""Sources to frames, shard by shard: in this process, in a pool of processes, or on any executor."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import engine, schema
from toolkit.article import Article, Problem
from toolkit.cache import built
from toolkit.engine import Factory
from toolkit.loaders import START, Place, placed
from toolkit.loaders.sources import are_files, sources
from toolkit.manifest import Manifest
from toolkit.progress import Progress
from toolkit.shard import Numbered, Recipe, Shard, clean, joined, wanted_id

SHARD_ARTICLES = 500
SHARD_CHARACTERS = 1_000_000
FEW = 400
"""Up to this many articles are done in this process when the executor is left to us."""


def gathered(
    given: Any,
    settings: Mapping[str, Any],
    *,
    columns: Mapping[str, str] | None = None,
    held: Mapping[str, str] | None = None,
    cache: Path | None = None,
    executor: int | Factory | None = None,
    progress: bool = True,
) -> Shard:
    """All articles in what the user gave as one shard, its problems in the order of the sources, then of the articles.

    `held` are the texts of documents by `doc_id` that are there already: they are left out, and their ids are in use. With a
    `cache` the shards are kept, and files that were read for those that a load before has kept are not read again.
    """
    recipe = Recipe(settings["recognizer"], settings["language"], cache)
    passed: list[Problem] = []
    read: list[Problem] = []
    shards: list[Shard] = []
    found = sources(given, passed)
    manifest, unkept = None, False
    if cache and held is None and are_files(given):
        manifest = Manifest(given, list(found), recipe, {"columns": columns})
        found = iter(manifest.found)
    with Progress("Loading", shown=progress) as shown:
        for shard in manifest.kept(read) if manifest else ():
            shards.append(shard)
            shown.keep(shard.documents.height)
        after = shards[-1].place if shards else None
        taken = [*(held or ()), *chain.from_iterable(shard.documents["doc_id"] for shard in shards)]
        articles = placed(found, read, {"columns": columns}, after or START)
        new = (pair for pair in articles if not (held and is_held(pair[0], held)))
        for shard in run(numbered(new, taken), recipe, executor):
            shards.append(shard)
            unkept = unkept or bool(cache and not shard.name)
            if manifest:
                manifest.add(shard, read)
            shown.add(shard.documents.height, problems=len(read) + sum(len(done.problems) for done in shards))
    if manifest:
        manifest.end(read)
    if unkept:
        read.append(Problem(str(cache), "skipped", "could not keep what was done, as it cannot be written to."))
    whole = joined(shards)
    whole.problems = [*passed, *read, *whole.problems]
    return whole


def is_held(article: Article, held: Mapping[str, str]) -> bool:
    """Whether an article is there already: its text, under its own id or one made from its content."""
    return held.get(wanted_id(article)) == clean(article.text)


def numbered(articles: Iterable[tuple[Article, Place]], taken: Iterable[str] = ()) -> Iterator[Numbered]:
    """Each article with its `doc_id`: the one it asks for; a repeated one gets -2, -3 ... `taken` are ids in use."""
    seen = dict.fromkeys(taken, 1)
    for article, place in articles:
        wanted = wanted_id(article)
        doc_id, count = wanted, seen.get(wanted, 0)
        while doc_id in seen:
            count += 1
            doc_id = f"{wanted}-{count}"
        seen[wanted] = max(count, 1)
        seen[doc_id] = 1
        yield Numbered(doc_id, article, place)


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


def run(articles: Iterable[Numbered], recipe: Recipe, executor: int | Factory | None = None) -> Iterator[Shard]:
    """The shards of all articles, in order, with bounded work in flight."""
    shards = sharded(articles)
    if executor is None:
        head = list(islice(shards, 2))
        few = sum(map(len, head)) <= FEW and len(head) < 2
        executor = 1 if few else os.cpu_count() or 1
        shards = chain(head, shards)
    yield from (built(shard, recipe) for shard in shards) if executor == 1 else engine.done(shards, recipe, executor)


def as_frame(problems: list[Problem]) -> pl.DataFrame:
    """Problems as a frame."""
    return pl.DataFrame(
        [(p.source, p.action, p.problem) for p in problems], schema=schema.PROBLEMS.schema, orient="row"
    )
