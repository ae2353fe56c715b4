"""Shards that were built before, kept in a folder by what they were built from: safe to share between runs, safe to delete."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from toolkit import duplicates, entities, schema, stages
from toolkit.article import Problem
from toolkit.errors import ToolkitError
from toolkit.plugin import code_version
from toolkit.shard import Numbered, Recipe, Shard, build, joined
from toolkit.store import scan, written

FRAMES = ("documents", "sentences", "entities")
SKETCHES = "sketches.parquet"
TOLD = "shard.json"


class Task(NamedTuple):
    """A shard to be done, and how."""

    shard: Sequence[Numbered]
    recipe: Recipe


def built(task: Task) -> Shard:
    """The frames of a shard: those that the cache keeps, if it does, else made now and kept."""
    shard, recipe = task
    if recipe.cache is None or not shard:
        return build(shard, recipe)
    found = read(recipe.cache, key(shard, recipe), apart=recipe.apart)
    return replace(found, place=shard[-1].place) if found else kept(shard, recipe, build(shard, recipe))


def kept(shard: Sequence[Numbered], recipe: Recipe, made: Shard) -> Shard:
    """The frames that were made of a shard, kept if there is a cache; where it cannot be written, they have no `name`."""
    if recipe.cache is not None:
        with suppress(OSError, pl.exceptions.PolarsError):
            made = keep(recipe.cache, key(shard, recipe), made)
            made = left(made) if recipe.apart else made
    return replace(made, place=shard[-1].place)


def left(shard: Shard) -> Shard:
    """A shard that is kept, without its frames."""
    bare = _bare()
    return replace(
        shard,
        documents=bare.documents,
        sentences=bare.sentences,
        entities=bare.entities,
        sketches=bare.sketches,
        apart=True,
    )


@lru_cache(maxsize=1)
def _bare() -> Shard:
    """A shard without anything, whose frames all those share that are left on disk."""
    return joined([])


def left_in(folder: Path, shard: Shard, number: int) -> Shard:
    """A shard left in a folder under a number; as it is, if that cannot be written to."""
    with suppress(OSError, pl.exceptions.PolarsError):
        return left(keep(folder, f"{number:08}", shard))
    return shard


def whole(shard: Shard, recipe: Recipe) -> Shard:
    """A shard with its frames, read if they are kept apart. Raises ToolkitError if they are not there."""
    if not shard.apart or recipe.cache is None:
        return shard
    found = read(recipe.cache, shard.name)
    if found is None:
        raise ToolkitError(
            f"The shard {shard.name} is not in {str(recipe.cache)!r}: it was deleted meanwhile, or the executor's machines "
            "do not share that folder. Give tk.load a cache that they share, or none."
        )
    return replace(found, place=shard.place)


def key(shard: Sequence[Numbered], recipe: Recipe) -> str:
    """A hash of the articles of a shard, of the settings and of the versions that build it."""
    digest = hashlib.blake2b(repr(versions(recipe)).encode(), digest_size=16)
    for doc_id, article, _ in shard:
        digest.update(repr((doc_id, asdict(article))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def versions(recipe: Recipe) -> dict[str, Any]:
    """What builds a shard: the numbers of its stages, the recogniser and its version, the language that is taken for granted."""
    own = {"code": code_version(recipe.recognizer)} if callable(recipe.recognizer) else {}
    return {
        "stages": {stage: stages.VERSIONS[stage] for stage in stages.SHARD},
        "recognizer": entities.called(recipe.recognizer),
        "language": recipe.language,
        **own,
    }


def read(folder: Path, name: str, *, apart: bool = False) -> Shard | None:
    """The shard of this name, `apart` without its frames; None if it is not kept, or cannot be read."""
    place = folder / name
    try:
        told = json.loads((place / TOLD).read_text(encoding="utf8"))
        about = {"used": told["used"], "name": name, "articles": told["articles"], "words": told["words"]}
        bare = replace(_bare(), problems=[Problem(**problem) for problem in told["problems"]])
        if apart:  # the end of a file says whether all of it was written
            for frame in (*(f"{frame}.parquet" for frame in FRAMES), SKETCHES):
                pl.read_parquet_schema(place / frame)
            return replace(bare, **about, apart=True)
        documents, sentences, mentions = (
            scan(place / f"{frame}.parquet", schema.CORE[frame]).collect() for frame in FRAMES
        )
        sketches = pl.read_parquet(place / SKETCHES).select(list(duplicates.SKETCH))
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        return None
    return Shard(documents, sentences, mentions, sketches, bare.problems, **about)


def keep(folder: Path, name: str, shard: Shard) -> Shard:
    """Keep a shard: written beside its place and moved there whole, so that no half of one is ever read."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        for frame in FRAMES:
            written(getattr(shard, frame), beside / f"{frame}.parquet")
        written(shard.sketches, beside / SKETCHES)
        problems = [asdict(problem) for problem in shard.problems]
        told = {"used": shard.used, "articles": shard.articles, "words": shard.words, "problems": problems}
        (beside / TOLD).write_text(json.dumps(told), encoding="utf8")
        _moved(beside, folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return replace(shard, name=name)


def _moved(beside: Path, place: Path) -> None:
    try:
        os.rename(beside, place)
    except OSError:  # another run has put the same shard there, or what cannot be read lies there
        if read(place.parent, place.name) is None:
            shutil.rmtree(place, ignore_errors=True)
            os.rename(beside, place)
