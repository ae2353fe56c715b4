"""Sources to articles: each format is a loader in a file of its own; this one asks them in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from toolkit.article import Article, Problem, Source
from toolkit.errors import MissingExtra
from toolkit.kinds import Declaration
from toolkit.loaders import fields
from toolkit.loaders.bounded import TooLarge
from toolkit.loaders.sources import sources
from toolkit.plugin import Plugin
from toolkit.registry import registry

DEEPEST = 4
"""How many archives may lie in one another."""


class Place(NamedTuple):
    """How far some sources were read: up to the source of this number (from 0), so many articles of it.

    `problems` is how many things had been said of the sources before it.
    """

    source: int = 0
    articles: int = 0
    problems: int = 0


START = Place()


def load(given: Any, problems: list[Problem], settings: Mapping[str, Any]) -> Iterator[Article]:
    """Every article in what the user gave, one after another; what is skipped or repaired goes to `problems`.

    `settings` are those of `tk.load` that a loader may declare as its own, such as `columns`.
    """
    return (article for article, _ in placed(sources(given, problems), problems, settings))


def placed(
    found: Iterable[Source], problems: list[Problem], settings: Mapping[str, Any], after: Place = START
) -> Iterator[tuple[Article, Place]]:
    """Every article in the sources that comes after a place, with its own; what is wrong with them goes to `problems`.

    The source that the place lies in is read anew and its articles up to there are passed over; those before it are not read.
    """
    reading = Reading(problems, settings, tuple(registry.of("loader").values()))
    for number, source in enumerate(found):
        known, behind = len(problems), after.articles if number == after.source else 0
        for count, article in enumerate(read(source, reading) if number >= after.source else (), 1):
            if count > behind:
                yield article, Place(number, count, known)


@dataclass(frozen=True)
class Reading:
    """What every source of one load is read with: where problems go, the settings, and the loaders in the order they are asked."""

    problems: list[Problem]
    settings: Mapping[str, Any]
    loaders: tuple[Plugin, ...]

    @cached_property
    def declared(self) -> tuple[tuple[Plugin, Declaration], ...]:
        return tuple((plugin, plugin.declared) for plugin in self.loaders)

    def of(self, plugin: Plugin) -> dict[str, Any]:
        """The settings that a loader has as its own."""
        return {name: self.settings[name] for name in plugin.settings if self.settings.get(name) is not None}


def read(source: Source, reading: Reading, depth: int = 0) -> Iterator[Article]:
    """The articles of one source, by the first loader that takes it; an error in it is a problem, never the end."""
    source.problems = reading.problems
    count = 0
    try:
        for item in _given(source, reading):
            if not isinstance(item, Source):
                count += 1
                yield _named(item, source, count, reading.settings)
            elif depth < DEEPEST:
                yield from read(item, reading, depth + 1)
            else:
                item.problems = reading.problems
                item.problem(f"lies in more than {DEEPEST} archives.", "skipped")
    except BaseException as error:  # isolation: whatever one source does, the next is read
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":  # as Rust's extensions fail
            raise
        source.problem(_sentence(error, count), "skipped")


def _sentence(error: BaseException, count: int) -> str:
    """Why a source could not be read, or no further than so many articles."""
    after = f" after {count} articles" if count else ""
    if isinstance(error, (TooLarge, MissingExtra)):
        return f"{error}{after}."
    return f"cannot be read{after}: {type(error).__name__}: {' '.join(str(error).split()).rstrip('.')}."


def _given(source: Source, reading: Reading) -> Iterator[Any]:
    """What the first loader gives that does not pass the source on."""
    before = len(source.problems)
    for plugin in candidates(source, reading):
        given = plugin.function(source, **reading.of(plugin))
        if given is None:
            continue
        items = iter(given if not isinstance(given, (Article, Mapping, Source)) else (given,))
        first = next(items, None)
        if first is not None:
            yield first
            yield from items
            return
        if len(source.problems) > before:
            return
    known = sorted({s for _, declared in reading.declared for s in declared.suffixes if s.startswith(".")})
    source.problem(
        f"has nothing a loader can read; loaders exist for {', '.join(known)} and objects in memory.", "skipped"
    )


def candidates(source: Source, reading: Reading) -> Iterator[Plugin]:
    """The loaders to ask: those that claim it by content, then by suffix, then those for anything."""
    asked: set[str] = set()
    for fits in (_by_content, _by_suffix, _for_anything):
        for plugin, declared in reading.declared:
            if plugin.name not in asked and fits(source, declared):
                asked.add(plugin.name)
                yield plugin


def _by_content(source: Source, declared: Declaration) -> bool:
    return declared.claims is not None and declared.claims(source)


def _by_suffix(source: Source, declared: Declaration) -> bool:
    return source.value is None and source.suffix in declared.suffixes


def _for_anything(source: Source, declared: Declaration) -> bool:
    return "*" in declared.suffixes or not (declared.claims or declared.suffixes)


def _named(item: Any, source: Source, count: int, settings: Mapping[str, Any]) -> Article:
    """An article that says where it was read; a dict becomes one."""
    article = item if isinstance(item, Article) else fields.article(item, settings.get("columns"))
    name = source.name if count == 1 else f"{source.name}#{count}"
    article = article if article.source else replace(article, source=name)
    return _completed(article, source.meta) if source.meta else article


def _completed(article: Article, told: Mapping[str, Any]) -> Article:
    """The article with what its container told of it: a field only where the article has none."""
    known = [field.name for field in dataclasses.fields(Article) if field.name != "meta"]
    missing: dict[str, Any] = {name: told[name] for name in known if name in told and not getattr(article, name)}
    rest = {name: value for name, value in told.items() if name not in known}
    return replace(article, meta={**rest, **article.meta}, **missing)
