"""JSON: an article, a list of them, an object with a list inside, or one a line (JSONL)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from json import JSONDecodeError, JSONDecoder
from typing import Any

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import fields, records
from toolkit.loaders.encodings import is_binary, is_utf8, likely, marked, peek
from toolkit.loaders.lines import lines, numbered

OPENING = re.compile(r'\s*(\{\s*"(?:[^"\\\n]|\\.){1,200}"\s*:|\[\s*\{\s*")')
BETWEEN = re.compile(r"[\s,\]\x1e]*")
NEXT = re.compile(r"[}\]\n]\s{0,80},?\s{0,80}\{")
CHUNK = 1_000_000
LONGEST = 128_000_000
"""A value of more characters is left out. The items of a list count one by one."""

DECODER = JSONDecoder(strict=False)
Value = tuple[int, Any]
"""A value and its number: the line it stands on, or which item of the list it is."""


def looks_like_json(source: Source) -> bool:
    """Whether it begins as an object with a key, or as a list of such."""
    return source.value is None and bool(OPENING.match(_head(source)[:4_000]))


@loader(suffixes=(".json", ".jsonl", ".ndjson", ".jl"), claims=looks_like_json)
def json(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """JSON or JSONL: an article, a list of articles, or an object that holds such a list; fields guessed."""
    if source.value is not None or not source.head.strip() or is_binary(source.head.translate(None, b"\0\x1e")):
        return
    faults = Faults("line" if _one_a_line(source) else "item")
    values = _by_line(source, faults) if faults.place == "line" else _streamed(source, faults)
    if not (yield from records.articles(source, _records(values, faults), columns, mended=True)) and not faults:
        source.problem("holds no articles.", "skipped")
    faults.tell(source)


@dataclass
class Faults:
    """What was wrong with values, by the numbers of their lines, or of the items of a list."""

    place: str
    broken: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.broken or self.long or self.odd)

    def tell(self, source: Source) -> None:
        """One sentence for each kind of fault."""
        if self.broken:
            source.problem(f"is no valid JSON in {numbered(self.broken, self.place)}, left out.", "skipped")
        if self.long:
            source.problem(
                f"has more than {LONGEST // 1_000_000} MB in {numbered(self.long, self.place)}, left out; write one article a line.",
                "skipped",
            )
        if self.odd:
            source.problem(
                f"holds neither an object nor a text in {numbered(self.odd, self.place)}, left out.", "skipped"
            )


class Reader(TextIOWrapper):
    """A text that is read by the piece, and remembers whether it had NUL bytes, which are mended away."""

    nul = False

    def read(self, size: int | None = -1) -> str:
        text = super().read(size)
        self.nul = self.nul or "\0" in text
        return text


def _head(source: Source) -> str:
    return peek(source.head).lstrip("\x1e \t\r\n")


def _one_a_line(source: Source) -> bool:
    """Whether each line is a value of its own: by name, or because the first is and another follows."""
    first, _, rest = _head(source).partition("\n")
    if source.suffix in (".jsonl", ".ndjson", ".jl"):
        return first.strip() not in ("{", "[")
    return bool(rest.strip()) and first[:1] == "{" and _decoded(first) is not None


def _decoded(text: str) -> Any:
    """The value that a line holds; None if it is not valid."""
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _by_line(source: Source, faults: Faults) -> Iterator[Value]:
    for number, text in lines(source):
        if text.strip(" \t\r\n\x1e"):
            value = _decoded(text.strip(" \t\r\n\x1e,"))
            if value is None:
                faults.broken.append(number)
            else:
                yield number, value


def _streamed(source: Source, faults: Faults) -> Iterator[Value]:
    """The values of a file one after another, or if it is one list its items, without reading the whole."""
    encoding = marked(source.head) or ("utf-8" if is_utf8(source.head) else likely(source.head))
    with source.open() as stream:
        reader = Reader(stream, encoding, errors="replace")
        yield from _values(reader, faults)
    if reader.nul:
        source.problem("has NUL bytes; they were left out.")
    if not encoding.startswith("utf"):
        source.problem(f"is not UTF-8; it was read as {encoding.replace('_', '-')}.")


def _values(reader: TextIOWrapper, faults: Faults) -> Iterator[Value]:
    text, ended = _read(reader, CHUNK)
    opening = re.match(r"\ufeff?\s*\[?", text)
    place, number = opening.end() if opening else 0, 0
    while True:
        start = BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # it matches anything
        if start == len(text) and ended:
            return
        try:
            value, place = DECODER.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            whole = ended or not _unfinished(error, text)
            if not whole and len(text) - start < LONGEST:
                more, ended = _read(reader, max(CHUNK, len(text) - start))
                text, place = text[start:] + more, 0
                continue
            (faults.broken if whole else faults.long).append(number := number + 1)
            text, place, ended = _resumed(reader, text, max(start + 1, getattr(error, "pos", 0)), ended)
        else:
            yield (number := number + 1), value


def _read(reader: TextIOWrapper, size: int) -> tuple[str, bool]:
    """The next characters, and whether they are the last."""
    text = reader.read(size)
    return text, len(text) < size


def _unfinished(error: Exception, text: str) -> bool:
    """Whether a value could not be read because the rest of it is still to come."""
    return isinstance(error, JSONDecodeError) and (error.msg.startswith("Unterminated") or error.pos > len(text) - 20)


def _resumed(reader: TextIOWrapper, text: str, place: int, ended: bool) -> tuple[str, int, bool]:
    """Where the next object begins after one that is broken."""
    while not (found := NEXT.search(text, place)) and not ended:
        more, ended = _read(reader, CHUNK)
        text, place = text[-200:] + more, 0
    return text, found.end() - 1 if found else len(text), ended


def _records(values: Iterable[Value], faults: Faults) -> Iterator[Mapping[str, Any]]:
    """The records in values: an object, the objects of the list in it, a text as {"text": ...}."""
    for number, value in values:
        if isinstance(value, str):
            yield {"text": value}
        elif isinstance(value, Mapping):
            yield from _inside(value) if not _holds(value, "text") else [value]
        elif isinstance(value, list) and value:
            yield from _records(((number, part) for part in value), faults)
        else:
            faults.odd.append(number)


def _holds(record: Mapping[str, Any], field: str) -> bool:
    return field in fields.guess(fields.flat(record))


def _inside(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records in the longest list, or object of objects, within an object; the object itself if there is none."""
    lists = list(_lists(record, 3))
    best = max(lists, key=lambda found: (any(_holds(part, "text") for part in found[:20]), len(found)), default=[])
    return best or [record]


def _lists(value: Any, depth: int) -> Iterator[list[Mapping[str, Any]]]:
    parts = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else []
    mine = [part for part in parts if isinstance(part, Mapping)]
    if len(mine) > 0.5 * len(parts) and any(_holds(part, "text") or _holds(part, "title") for part in mine[:20]):
        yield mine
    if depth:
        for part in parts[:1000]:
            if isinstance(part, (Mapping, list)):
                yield from _lists(part, depth - 1)
