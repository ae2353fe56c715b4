"""How far a load of files has come: its shards in order and what was read for each, so that one that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from toolkit import cache
from toolkit.article import Problem, Source
from toolkit.loaders import START, Place
from toolkit.loaders.sources import File
from toolkit.registry import registry
from toolkit.shard import Recipe, Shard, joined

FORMAT = 1


class Manifest:
    """A file in the folder of the shards: a first line with what was loaded, how and by which versions, then one a shard.

    A line has the shard's `number` and `name`, the `source` that it ends in, `read` (which source that is, how many of its
    articles were read, how many problems were known before it), the `problems` found since the line before, and a
    `fingerprint` of the names, sizes and times of the files up to there: it counts only as long as these stay the same. A
    line without a `name` says that all sources were read to their end.
    """

    def __init__(self, given: Any, found: Sequence[Source], recipe: Recipe, settings: Mapping[str, Any]) -> None:
        if recipe.cache is None:
            raise ValueError("A manifest lies in a cache; the recipe names none.")
        loaders = [
            (plugin.name, plugin.source, "" if plugin.origin == "bundled" else plugin.version)  # see stages.VERSIONS
            for plugin in registry.of("loader").values()
        ]
        about = {"given": given, "settings": settings, **cache.versions(recipe), "loaders": loaders}
        told = json.dumps({"format": FORMAT, **about}, default=str, ensure_ascii=False)
        self.folder, self.apart = recipe.cache, recipe.apart
        self.path = self.folder / f"{hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}.jsonl"
        self.found = found
        self._fingerprints = fingerprints(found)
        self._lines, self._place = 0, START
        self.whole = True
        if not self.path.exists():
            self._write(told)

    def kept(self, problems: list[Problem]) -> Iterator[Shard]:
        """The shards of an earlier load of the same, as far as nothing has changed; what was said then goes to `problems`."""
        lines = self._read()
        while line := lines.get(self._lines):
            place = Place(*line["read"])
            shard = cache.read(self.folder, line["name"], apart=self.apart) if line["name"] else joined([])
            if shard is None or line["fingerprint"] != self._fingerprint(place):
                return
            problems += [Problem(**problem) for problem in line["problems"]]
            self._lines, self._place = self._lines + 1, place
            shard.place = place
            yield shard

    def add(self, shard: Shard, problems: Sequence[Problem]) -> None:
        """Note that a shard is kept; `problems` are all that were found so far. After one that is not, nothing more is noted."""
        self.whole = self.whole and bool(shard.name)
        if shard.place and self.whole:
            self._note(shard.name, shard.place, problems)

    def end(self, problems: Sequence[Problem]) -> None:
        """Note that all sources were read to their end."""
        if self.whole and self._place.source < len(self.found):
            self._note("", Place(len(self.found), 0, len(problems)), problems)

    def _note(self, name: str, place: Place, problems: Sequence[Problem]) -> None:
        fingerprint = self._fingerprint(place)
        if not fingerprint:
            return
        line = {
            "number": self._lines,
            "name": name,
            "source": self.found[_last(place)].name,
            "read": place,
            "fingerprint": fingerprint,
            "problems": [asdict(problem) for problem in problems[self._place.problems : place.problems]],
        }
        self._write(json.dumps(line, ensure_ascii=False))
        self._lines, self._place = self._lines + 1, place

    def _fingerprint(self, place: Place) -> str:
        """That of the files up to a place; empty if one of them is no file of its own."""
        last = _last(place)
        return self._fingerprints[last] if 0 <= last < len(self._fingerprints) else ""

    def _read(self) -> dict[int, dict[str, Any]]:
        """The lines by number, of several the last; one that was only half written is none."""
        lines: dict[int, dict[str, Any]] = {}
        for text in self.path.read_bytes().splitlines() if self.path.exists() else ():
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if "number" in line:
                lines[line["number"]] = line
        return lines

    def _write(self, text: str) -> None:
        """Add a line in one go, so that two loads at once do not mix theirs; where it cannot be written, no more is noted."""
        line = f"\n{text}\n".encode("utf-8", "surrogatepass")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                self.whole = os.write(handle, line) == len(line)
            finally:
                os.close(handle)
        except OSError:
            self.whole = False


def _last(place: Place) -> int:
    """The number of the last source of which something was read."""
    return place.source if place.articles else place.source - 1


def fingerprints(found: Sequence[Source]) -> list[str]:
    """For each source a hash of the names, sizes and times of all files up to it; it ends before the first that is no file."""
    digest = hashlib.blake2b(digest_size=8)
    made = []
    for source in found:
        if not isinstance(source, File):
            break
        try:
            about = source.path.stat()
        except OSError:
            break
        digest.update(repr((source.name, about.st_size, about.st_mtime_ns)).encode("utf-8", "surrogatepass"))
        made.append(digest.hexdigest())
    return made
