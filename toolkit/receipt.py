"""What a result was computed from: corpus, settings, versions - in a form that travels with it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import judging
from toolkit.locale import ENGLISH, Locale
from toolkit.log import toolkit_version

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

STAMP = re.compile(rb"toolkit-receipt:([A-Za-z0-9+/=]+);")
LARGEST = 50_000_000
"""Bytes of the largest part of an office document that is looked through."""


@dataclass(frozen=True)
class Receipt:
    """The provenance of one result.

    `documents` counts the articles it saw, `undated` those of them without a date, `copies` those that repeat another;
    `where`, `dedupe` and `compare` are what the caller was asked for, `compared` has the receipt of each sub-corpus that
    stands beside others, by name; `numbers` is a hash of the frame; `seconds` is the time it took and does not count when
    receipts are compared.
    """

    plugin: str
    title: str
    version: str
    settings: Mapping[str, Any]
    fingerprint: str
    documents: int
    sentences: int
    outlets: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    undated: int = 0
    copies: int = 0
    filters: str = ""
    recognizer: str = ""
    topics: str = ""
    toolkit: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    dedupe: str = "all"
    compare: str | Mapping[str, Any] | None = None
    compared: Mapping[str, Receipt] = field(default_factory=dict)
    numbers: str = ""
    validated: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def source(self) -> str:
        """The source line of a figure: "Source: 62 articles, 4 outlets, 1 Jan–8 Mar 2026"."""
        return self.source_line()

    def source_line(self, locale: Locale = ENGLISH) -> str:
        """The source line as a language writes it."""
        told = "; ".join(f"{name}: {part.extent(locale)}" for name, part in self.compared.items()) or self.extent(
            locale
        )
        filters = f"{self.filters[0].upper()}{self.filters[1:]}. " if self.filters else ""
        return f"{locale.words['source']}{told}. {filters}toolkit {self.toolkit}"

    def extent(self, locale: Locale = ENGLISH) -> str:
        """How much was seen: articles, outlets, days, and how many of the articles are undated or copies."""
        outlets = (
            self.outlets[0]
            if len(self.outlets) == 1
            else locale.counted(len(self.outlets), "outlet")
            if self.outlets
            else ""
        )
        parts = [locale.counted(self.documents, "article"), outlets, locale.period(self.since, self.until)]
        if self.undated and self.undated < self.documents:
            parts.append(f"{locale.whole(self.undated)} {locale.words['undated']}")
        if self.copies:
            parts.append(f"{locale.whole(self.copies)} {locale.words['copies']}")
        return ", ".join(part for part in parts if part)

    @property
    def told(self) -> list[str]:
        """The receipt as a person reads it, a line each."""
        settings = ", ".join(f"{name} = {value}" for name, value in self.settings.items()) or "none"
        asked = [f"{name} = {value}" for name, value in self.where.items()]
        lines = {
            "Analysis": f"{self.plugin} {self.version}; settings: {settings}",
            "Articles": self.source.removeprefix("Source: "),
            "Asked for": ", ".join(asked + ([f"dedupe = {self.dedupe}"] if self.dedupe != "all" else [])),
            "Names found by": self.recognizer,
            "Topics": self.topics,
            "Checked by hand": self.validated,
            "Fingerprint of the corpus": self.fingerprint,
            "Hash of the numbers": self.numbers,
        }
        return [f"{name}: {said}" for name, said in lines.items() if said]

    @property
    def stamp(self) -> str:
        """The receipt in letters that any file can hold and `read` finds: its JSON in base 64 behind a name."""
        return f"toolkit-receipt:{base64.b64encode(self.to_json().encode()).decode()};"

    @staticmethod
    def beside(path: Path) -> Path:
        """Where the receipt of a file lies that cannot hold it, as CSV on the Web (W3C, 2015) names a table's metadata."""
        return path.with_name(f"{path.name}-metadata.json")

    def to_json(self) -> str:
        """The receipt as JSON, for a file's metadata."""
        return json.dumps(
            asdict(self) | {"settings": dict(self.settings), "where": dict(self.where)},
            default=str,
            ensure_ascii=False,
        )


def of(
    corpus: Corpus, frame: pl.DataFrame, *, plugin: str, title: str, version: str,
    settings: Mapping[str, Any] | None = None, seconds: float = 0.0,
) -> Receipt:  # fmt: skip
    """What a frame was computed from, which a plugin of this version made of a corpus with these settings."""
    summary = corpus.summary
    return Receipt(
        plugin=plugin,
        title=title,
        version=version,
        settings=dict(settings or {}),
        fingerprint=corpus.fingerprint,
        documents=summary.documents,
        sentences=summary.sentences,
        outlets=tuple(name for name, _ in summary.outlets),
        since=summary.since,
        until=summary.until,
        undated=summary.undated,
        copies=summary.copies,
        filters="; ".join(corpus.filters),
        recognizer=str(corpus.settings.get("used", "")),
        topics=f"{len(summary.topics)} topics, {'fitted' if corpus.fit.topic_model else 'by seeds and context'}",
        toolkit=toolkit_version(),
        numbers=digest(frame),
        validated=_validated(corpus, frame),
        seconds=seconds,
    )


CHECKED = {"topic": "topics", "entity": "entities", "speaker": "quotes"}
"""What people may have judged, by the column of a result that rests on it."""


def _validated(corpus: Corpus, frame: pl.DataFrame) -> str:
    """What people's answers say of what a result rests on; empty if none were given."""
    whats = [what for column, what in CHECKED.items() if column in frame.columns]
    if corpus.judgements.is_empty() or not whats:
        return ""
    rows = corpus.validated.filter(pl.col("what").is_in(whats)).rows(named=True)
    return "; ".join(judging.told(row) for row in rows)


def together(receipts: Mapping[str, Receipt]) -> Receipt:
    """The receipt of several sub-corpora side by side: sums over them, and what was asked of all of them."""
    every = list(receipts.values())
    asked = [one.filters.split("; ") for one in every]
    return replace(
        every[0],
        fingerprint="+".join(one.fingerprint for one in every),
        documents=sum(one.documents for one in every),
        sentences=sum(one.sentences for one in every),
        outlets=tuple(dict.fromkeys(outlet for one in every for outlet in one.outlets)),
        since=min((one.since for one in every if one.since), default=None),
        until=max((one.until for one in every if one.until), default=None),
        undated=sum(one.undated for one in every),
        copies=sum(one.copies for one in every),
        filters="; ".join(said for said in asked[0] if all(said in other for other in asked)),
        compared=dict(receipts),
        seconds=sum(one.seconds for one in every),
    )


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 article", "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def digest(frame: pl.DataFrame) -> str:
    """A hash of a frame's numbers and words, floats to nine digits, the same wherever it is computed."""
    rounded = frame.with_columns(pl.col(pl.Float64, pl.Float32).round_sig_figs(9))
    return hashlib.blake2b(
        f"{frame.columns}{rounded.rows()}".encode("utf-8", "surrogatepass"), digest_size=8
    ).hexdigest()


def read(path: Path) -> Receipt | None:
    """The receipt that a file carries, whatever its format; None if it carries none that can be read."""
    return next((told for content in _contents(path) for told in stamps(content)), None)


def stamps(content: bytes) -> list[Receipt]:
    """The receipts in the bytes of a file, in their order, each once."""
    found = []
    for stamp in dict.fromkeys(STAMP.findall(content)):
        try:
            found.append(_from_json(json.loads(base64.b64decode(stamp))))
        except (ValueError, TypeError, AttributeError):
            continue
    return found


def _from_json(told: dict[str, Any]) -> Receipt:
    known = {name: told[name] for name in told if name in {f.name for f in fields(Receipt)}}
    compared = {name: _from_json(part) for name, part in told.get("compared", {}).items()}
    return Receipt(**(known | {"compared": compared}))


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or of its parts where it is an office document, and of what lies beside it for a CSV."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            yield from (parts.read(part) for part in parts.infolist() if part.file_size < LARGEST)
        return
    yield path.read_bytes()
    beside = Receipt.beside(path)
    if beside.is_file():
        yield beside.read_bytes()
