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
from pathlib import Path

import polars as pl

from toolkit import entities, schema
from toolkit.article import Problem
from toolkit.log import toolkit_version
from toolkit.plugin import code_version
from toolkit.shard import Numbered, Recipe, Shard, build
from toolkit.store import scan, written

FRAMES = ("documents", "sentences", "entities")
TOLD = "shard.json"


def built(shard: Sequence[Numbered], recipe: Recipe) -> Shard:
    """The frames of a shard: those that the cache keeps, if it does, else made now and kept."""
    if recipe.cache is None or not shard:
        return build(shard, recipe)
    found = read(recipe.cache, key(shard, recipe))
    return replace(found, place=shard[-1].place) if found else kept(shard, recipe, build(shard, recipe))


def kept(shard: Sequence[Numbered], recipe: Recipe, made: Shard) -> Shard:
    """The frames that were made of a shard, kept if there is a cache; where it cannot be written, they have no `name`."""
    if recipe.cache is not None:
        with suppress(OSError, pl.exceptions.PolarsError):
            made = keep(recipe.cache, key(shard, recipe), made)
    return replace(made, place=shard[-1].place)


def key(shard: Sequence[Numbered], recipe: Recipe) -> str:
    """A hash of the articles of a shard, of the settings and of the versions that build it."""
    digest = hashlib.blake2b(repr(versions(recipe)).encode(), digest_size=16)
    for doc_id, article, _ in shard:
        digest.update(repr((doc_id, asdict(article))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def versions(recipe: Recipe) -> dict[str, str | None]:
    """What builds a shard: this version, the recogniser and its version, the language that is taken for granted."""
    own = {"code": code_version(recipe.recognizer)} if callable(recipe.recognizer) else {}
    return {
        "toolkit": toolkit_version(),
        "recognizer": entities.called(recipe.recognizer),
        "language": recipe.language,
        **own,
    }


def read(folder: Path, name: str) -> Shard | None:
    """The shard of this name; None if it is not kept, or cannot be read."""
    place = folder / name
    try:
        told = json.loads((place / TOLD).read_text(encoding="utf8"))
        documents, sentences, mentions = (
            scan(place / f"{frame}.parquet", schema.CORE[frame]).collect() for frame in FRAMES
        )
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None
    problems = [Problem(**problem) for problem in told["problems"]]
    return Shard(documents, sentences, mentions, problems, told["used"], name)


def keep(folder: Path, name: str, shard: Shard) -> Shard:
    """Keep a shard: written beside its place and moved there whole, so that no half of one is ever read."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        for frame in FRAMES:
            written(getattr(shard, frame), beside / f"{frame}.parquet")
        told = {"used": shard.used, "problems": [asdict(problem) for problem in shard.problems]}
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
