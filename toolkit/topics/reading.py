"""Where a codebook comes from: a file, TOML text, a dict, a list of names or a bundled name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from toolkit.errors import CodebookError
from toolkit.topics.seeds import parsed
from toolkit.topics.topic import Topic

BUNDLED = ("mission", "news", "countries")
DEFAULT = ("mission", "news")
"""What is read if nothing is given: the topics of these, one after the other."""
KEYS = {"seeds", "not"}


def topics(source: object) -> tuple[Topic, ...]:
    """The topics of any source, checked; errors name the line and column where the source is TOML."""
    if source is None:
        return tuple(topic for name in DEFAULT for topic in topics(name))
    if isinstance(source, PathLike):
        path = Path(source)
        try:
            return _toml(path.read_text(encoding="utf-8-sig"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise CodebookError(f"The codebook {str(path)!r} cannot be read: {error}.") from error
    if isinstance(source, str):
        return _named(source)
    if isinstance(source, Mapping):
        return _checked(source, "")
    if isinstance(source, Iterable):
        return _listed(list(source))
    raise CodebookError(
        f"A codebook cannot be read from {type(source).__name__}; give a TOML file or text, a dict, or a list of names."
    )


def bundled(name: str) -> str:
    """The TOML text of a bundled codebook."""
    return files("toolkit").joinpath("data", "codebooks", f"{name}.toml").read_text(encoding="utf-8")


def _named(source: str) -> tuple[Topic, ...]:
    if source in BUNDLED:
        return _toml(bundled(source), f"{source}.toml")
    if "\n" not in source and len(source) < 1000 and Path(source).is_file():
        return topics(Path(source))
    if "\n" in source or "=" in source or source.lstrip().startswith("["):
        return _toml(source, "The codebook")
    raise CodebookError(
        f"There is no codebook {source!r}: no such file, and the bundled ones are {', '.join(BUNDLED)}."
    )


def _toml(text: str, name: str) -> tuple[Topic, ...]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{name} is not valid TOML: {error}.") from error
    if not isinstance(data.get("topics"), dict):
        raise CodebookError(
            f'{name} has no table of topics; write [topics."A name"] and, below it, seeds = ["a word"].'
        )
    return _checked(data, text)


def _listed(names: list[object]) -> tuple[Topic, ...]:
    wrong = [name for name in names if not isinstance(name, str)]
    if wrong:
        raise CodebookError(f"A list of topics holds their names; {wrong[0]!r} is no name.")
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise CodebookError(f"The topic {twice!r} is listed twice; name it once.")
    return _checked({str(name): [name] for name in names}, "")


def _checked(data: Mapping[Any, Any], text: str) -> tuple[Topic, ...]:
    inner = data.get("topics")
    if isinstance(inner, Mapping) and len(data) == 1 and not (inner and set(inner) <= KEYS):
        data = inner
    made: dict[str, Topic] = {}
    for name, table in data.items():
        topic = _topic(name, table, text)
        if topic.name in made:
            raise CodebookError(f"The topic {topic.name!r} is there twice{place(text, topic.name)}; name it once.")
        made[topic.name] = topic
    return tuple(made.values())


def _topic(name: object, table: object, text: str) -> Topic:
    if not isinstance(name, str):
        raise CodebookError(f"A topic's name is a text; {name!r} is none.")
    parts = table if isinstance(table, Mapping) else {"seeds": table}
    unknown = [str(key) for key in parts if key not in KEYS]
    if unknown:
        where = place(text, name, unknown[0])
        raise CodebookError(f"The topic {name!r} has a key {unknown[0]!r}{where}; it may have seeds and not.")
    seeds = _terms(name, "seeds", parts.get("seeds", [name]), text)
    try:
        return Topic(name.strip(), seeds, _terms(name, "not", parts.get("not", []), text))
    except CodebookError as error:
        raise CodebookError(f"{str(error).removesuffix('.')}{place(text, name)}.") from None


def _terms(name: str, key: str, terms: object, text: str) -> tuple[str, ...]:
    if not isinstance(terms, list | tuple):
        where = place(text, name, key)
        raise CodebookError(
            f'{key} of the topic {name!r} is {terms!r}{where}; write a list, such as {key} = ["a word"].'
        )
    for term in terms:
        if not isinstance(term, str):
            raise CodebookError(f"{key} of the topic {name!r} holds {term!r}{place(text, name, key)}; each is a text.")
        try:
            parsed(term.strip())
        except CodebookError as error:
            raise CodebookError(f"{str(error).removesuffix('.')}{place(text, name, term)}.") from None
    return tuple(dict.fromkeys(term.strip() for term in terms))


def place(text: str, *needles: str) -> str:
    """Where in `text` the last of `needles` stands, each looked for after the one before: ` (line 3, column 9)`."""
    at = 0
    for needle in needles:
        found = re.compile(r"(?<!\w)" + re.escape(needle) + r"(?!\w)").search(text, at)
        if not found:
            return ""
        at = found.start()
    return f" (line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)})" if text else ""
