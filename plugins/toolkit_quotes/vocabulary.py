"""The words that quoting is told by, in the language of a document (`words.toml` says what each list is for)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit import function_words

SPACED = ("en", "fr", "de", "es")
UNSPACED = ("zh", "ja")
DOUBLED = ("admit", "quip", "rebut", "fret", "wrap", "blab", "chat", "refer", "infer", "concur", "slam", "label", "sum")
"""English verbs, in their first form, whose last letter is doubled before -ed and -ing."""
VOWELS = "aeiou"
KANA, HAN = re.compile(r"[\u3041-\u30fa]{2}"), re.compile(r"[\u4e00-\u9fff]{4}")


VERBS = ("say", "mark", "bare", "that", "name")
PLAIN = (
    "noun", "plain", "listener", "link", "that_words", "pronoun", "relative", "article", "inside", "outside", "helper", "time", "role",
    "he", "she",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """One language's lists as sets; `spoken` are the verbs of speech, `reported` those of indirect speech, `verbs` all."""

    language: str
    source: tuple[tuple[str, ...], ...]
    source_first: frozenset[str]
    say: frozenset[str]
    mark: frozenset[str]
    bare: frozenset[str]
    that: frozenset[str]
    name: frozenset[str]
    noun: frozenset[str]
    plain: frozenset[str]
    listener: frozenset[str]
    link: frozenset[str]
    that_words: frozenset[str]
    pronoun: frozenset[str]
    relative: frozenset[str]
    article: frozenset[str]
    inside: frozenset[str]
    outside: frozenset[str]
    helper: frozenset[str]
    time: frozenset[str]
    role: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    reported: frozenset[str]
    spoken: frozenset[str]
    verbs: frozenset[str]


@cache
def words(language: str) -> Words:
    """The lists of a language; empty ones if it has none."""
    told = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf8")).get(language, {})
    forms = _english_forms if language == "en" else lambda entry: iter((entry,))
    lists = {name: frozenset(told.get(name, "").split()) for name in PLAIN}
    lists |= {name: frozenset(form for entry in told.get(name, "").split() for form in forms(entry)) for name in VERBS}
    source = tuple(tuple(phrase.split("_")) for phrase in told.get("source", "").split())
    reported = lists["say"] | lists["that"]
    return Words(
        language=language,
        source=source,
        source_first=frozenset(phrase[0] for phrase in source),
        reported=reported,
        spoken=reported | lists["mark"],
        verbs=reported | lists["mark"] | lists["name"],
        **lists,
    )


@cache
def reporting() -> str:
    """A regular expression, for text in lower case, that finds every word that could bring in indirect speech."""
    lists = [words(language) for language in SPACED]
    found = {word for each in lists for word in (*each.reported, *(phrase[0].rstrip("'") for phrase in each.source))}
    return rf"(?:^|\P{{L}})(?:{'|'.join(map(re.escape, sorted(found)))})(?:\P{{L}}|$)"


def _english_forms(entry: str) -> Iterator[str]:
    """Every form of an English verb: those told ("say/says/said"), or the regular ones."""
    if "/" in entry:
        yield from entry.split("/")
        return
    stem = entry + entry[-1] if entry in DOUBLED else entry
    silent = entry.endswith("e")
    yield entry
    if entry.endswith("y") and entry[-2] not in VOWELS:
        yield from (f"{entry[:-1]}ies", f"{entry[:-1]}ied", f"{entry}ing")
    else:
        yield from (
            f"{entry}es" if entry.endswith(("s", "sh", "ch", "x")) else f"{entry}s",
            f"{entry}d" if silent else f"{stem}ed",
            f"{entry[:-1]}ing" if silent else f"{stem}ing",
        )


def language_of(told: str | None, text: str) -> str:
    """The language to read a document in: the one it is said to be in, else the one whose script or function words it has."""
    if told is not None:
        return told if told in (*SPACED, *UNSPACED) else ""
    opening = text[:2000]
    if KANA.search(opening):
        return "ja"
    if HAN.search(opening):
        return "zh"
    found = Counter(opening.lower().split())
    counts = {name: sum(found[word] for word in function_words(name)) for name in SPACED}
    best = max(SPACED, key=lambda name: counts[name])
    return best if counts[best] else ""
