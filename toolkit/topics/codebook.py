"""The codebook: the user's topics and their seed words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from toolkit.errors import CodebookError
from toolkit.tables import table
from toolkit.target import written
from toolkit.topics import reading
from toolkit.topics.topic import Topic

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

Part = Literal["seeds", "not"]

CHANGES = pl.Schema({"topic": pl.String, "part": pl.String, "term": pl.String, "change": pl.String})


@dataclass(frozen=True, repr=False)
class Codebook:
    """The user's topics, in the user's order, each with its seed words.

    >>> codebook = Codebook.read({"Peace talks": ["talks", "negotiat*"], "Iran": ["Iran*", "Tehran"]})
    >>> codebook.topics
    ('Peace talks', 'Iran')
    """

    entries: tuple[Topic, ...] = ()

    @classmethod
    def read(cls, source: object = None) -> Codebook:
        """The codebook of a TOML file or text, a dict, a list of names, a bundled name (mission, news, countries) or None.

        None is the default: the topics of mission, then those of news. A topic given without seeds is its own seed.
        Raises CodebookError, in a sentence, with line and column where they are known.
        """
        if isinstance(source, Codebook):
            return source
        return cls(reading.topics(source))

    @property
    def topics(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(entry.name for entry in self.entries)

    @property
    def fingerprint(self) -> str:
        """A hash of the names, their order, their seeds and exclusions."""
        content = [[entry.name, entry.seeds, entry.excluded] for entry in self.entries]
        return hashlib.blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).hexdigest()

    def to_toml(self) -> str:
        """The codebook as TOML, to be copied, edited and read again."""
        return "\n".join(map(_toml, self.entries)) or "[topics]\n"

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the codebook as a TOML file; gives its path. Raises OSError, in a sentence, if it cannot be written."""
        with written(path) as target:
            target.write_text(self.to_toml(), encoding="utf-8")
        return target

    def diff(self, other: Codebook) -> pl.DataFrame:
        """What is added and removed on the way from this codebook to `other`: `topic`, `part` (topic, seeds, not), `term`, `change`."""
        ours, theirs = _terms(self), _terms(other)
        rows = [(*key, "removed") for key in ours if key not in theirs]
        rows += [(*key, "added") for key in theirs if key not in ours]
        return pl.DataFrame(rows, schema=CHANGES, orient="row")

    def coverage(self, corpus: Corpus) -> pl.DataFrame:
        """How far each seed reaches in a corpus: `topic`, `seed`, `hits`, `documents`, `unique_hits`, `overlaps`,
        `overlaps_with`, `agrees`, and a `remark` on a seed that never occurs or seems to pull in other texts.
        """
        from toolkit.topics import seed_coverage

        return seed_coverage.coverage(corpus.documents, corpus.sentences, corpus.entities, self)

    def suggest(self, corpus: Corpus, *, most: int = 10) -> pl.DataFrame:
        """Further words for each topic, best first, with their evidence: `topic`, `term`, `score`, `documents`, `example`.

        Nothing is added; do that in the codebook. If the corpus has other topics, it is scored under these first.
        """
        scored = corpus if corpus.codebook == self else corpus.retopic(self)
        from toolkit.topics import suggestions

        return suggestions.suggest(corpus.documents, corpus.sentences, scored.topics, self, most=most)

    def with_topic(self, name: str, *seeds: str) -> Codebook:
        """The codebook with one more topic, last; without seeds, its name is its own. Raises CodebookError if it is there."""
        if name.strip() in self.topics:
            raise CodebookError(f"The topic {name.strip()!r} is there already; add a seed to it, or take another name.")
        return Codebook((*self.entries, *reading.topics({name: list(seeds or [name])})))

    def without_topic(self, name: str) -> Codebook:
        """The codebook without a topic."""
        entry = self._entry(name)
        return Codebook(tuple(other for other in self.entries if other is not entry))

    def with_term(self, topic: str, term: str, *, part: Part = "seeds") -> Codebook:
        """The codebook with a term among the seeds of a topic or (`part="not"`) its exclusions.

        Raises CodebookError, in a sentence, if there is no such topic, the topic has the term already, or it is no term.
        """
        entry = self._entry(topic)
        new = term.strip()
        if new in (*entry.seeds, *entry.excluded):
            raise CodebookError(f"{topic} has {new!r} already, among its {'seeds' if new in entry.seeds else 'not'}.")
        seeds, excluded = ((new,), ()) if part == "seeds" else ((), (new,))
        return self._changed(entry, Topic(topic, (*entry.seeds, *seeds), (*entry.excluded, *excluded)))

    def without_term(self, topic: str, term: str) -> Codebook:
        """The codebook with a term struck out of a topic's seeds or exclusions; raises CodebookError if it has none such."""
        entry = self._entry(topic)
        if term not in (*entry.seeds, *entry.excluded):
            raise CodebookError(f"{topic} has no {term!r}; it has {_words(entry) or 'no seeds'}.")
        seeds, excluded = (tuple(t for t in part if t != term) for part in (entry.seeds, entry.excluded))
        return self._changed(entry, Topic(topic, seeds, excluded))

    def _entry(self, name: str) -> Topic:
        entry = next((entry for entry in self.entries if entry.name == name), None)
        if entry is None:
            raise CodebookError(f"There is no topic {name!r}; there are {', '.join(self.topics) or 'none'}.")
        return entry

    def _changed(self, old: Topic, new: Topic) -> Codebook:
        return Codebook(tuple(new if entry is old else entry for entry in self.entries))

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        if not self.entries:
            return "Codebook without topics"
        wide = max(map(len, self.topics))
        lines = [f"  {entry.name:<{wide}}  {_words(entry)}" for entry in self.entries]
        return "\n".join([f"Codebook of {len(self)} topic{'s' * (len(self) != 1)}", *lines])

    def _repr_html_(self) -> str:
        rows = [(entry.name, _words(entry, 40)) for entry in self.entries]
        return table(("topic", "seeds"), rows, caption=repr(self).partition("\n")[0])


def _words(entry: Topic, most: int = 12) -> str:
    shown = ", ".join(entry.seeds[:most]) + (f" and {len(entry.seeds) - most} more" if len(entry.seeds) > most else "")
    return f"{shown} (not {', '.join(entry.excluded)})" if entry.excluded else shown


def _terms(codebook: Codebook) -> dict[tuple[str, str, str], None]:
    keys = [
        (entry.name, part, term)
        for entry in codebook.entries
        for part, terms in (("topic", (entry.name,)), ("seeds", entry.seeds), ("not", entry.excluded))
        for term in terms
    ]
    return dict.fromkeys(keys)


def _toml(entry: Topic) -> str:
    lines = [f"[topics.{_quoted(entry.name)}]", _list("seeds", entry.seeds)]
    return "\n".join([*lines, _list("not", entry.excluded)] if entry.excluded else lines) + "\n"


def _list(key: str, terms: tuple[str, ...]) -> str:
    line = f"{key} = [{', '.join(map(_quoted, terms))}]"
    return line if len(line) <= 110 else f"{key} = [\n" + "".join(f"  {_quoted(term)},\n" for term in terms) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
