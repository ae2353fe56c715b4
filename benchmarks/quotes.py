"""Who said it: how many direct quotations get the right speaker, with and without a parser, and how fast.

    TOOLKIT_GOLD=... python benchmarks/quotes.py

Scored on the labelled articles in `quotes/`, every second one apart, so that rules made on one half are checked on the
other: over direct quotations of five words and more, the share that is found, and the share whose speaker overlaps the
labelled source or ends in the same word; over all rows, the share that lies in labelled speech of that speaker. Speed is
taken on generated articles. If textacy is installed, its `direct_quotations` reads the same articles.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Iterator
from typing import NamedTuple

import gold
from bench import Row, Target, shown
from generate import articles

import toolkit as tk

MARKS = "\"“”„«'‘"
LEAST = 5
TARGETS = [
    Target("toolkit, parser=auto", "speaker right", 88),
    Target("toolkit, parser=auto", "second half", 88),
    Target("toolkit, parser=none", "speaker right", 78),
    Target("toolkit, parser=none", "second half", 78),
]


class Said(NamedTuple):
    """A quotation as a tool gives it."""

    start: int
    end: int
    speaker_start: int | None
    speaker_end: int | None
    kind: str


def direct(article: Row) -> Iterator[tuple[int, int, list[list[int]]]]:
    """The labelled direct quotations of five words and more: start, end, spans of the source."""
    text = article["text"]
    for attribution in article["attributions"]:
        for start, end in attribution["content"] if attribution["source"] else ():
            if text[start] in MARKS and len(text[start:end].split()) >= LEAST:
                yield start, end, attribution["source"]


def is_right(text: str, said: Said, source: list[list[int]]) -> bool:
    """Whether a speaker overlaps the labelled source or ends in the same word."""
    if said.speaker_start is None or said.speaker_end is None:
        return False
    if any(said.speaker_start < end and start < said.speaker_end for start, end in source):
        return True
    return last_word(text[said.speaker_start : said.speaker_end]) == last_word(text[source[0][0] : source[-1][1]])


def last_word(text: str) -> str:
    return (re.findall(r"\w+", text.lower()) or [""])[-1]


def overlap(said: Said, start: int, end: int) -> int:
    return min(said.end, end) - max(said.start, start)


def figures(labelled: list[Row], told: dict[str, list[Said]]) -> dict[str, float]:
    """The measures over all articles, and the share of right speakers in each half of them."""
    halves = {"first half": labelled[::2], "second half": labelled[1::2]}
    return score(labelled, told) | {name: score(half, told)["speaker right"] for name, half in halves.items()}


def score(labelled: list[Row], told: dict[str, list[Said]]) -> dict[str, float]:
    """The measures described above, in percent."""
    quotes = found = right = 0
    for article in labelled:
        for start, end, source in direct(article):
            best = max(told.get(article["id"], []), key=lambda said: overlap(said, start, end), default=None)
            quotes += 1
            if best and overlap(best, start, end) > 0:
                found += 1
                right += is_right(article["text"], best, source)
    measures = {"found": found, "speaker right": right}
    measures = {name: round(100 * count / quotes, 1) for name, count in measures.items()}
    for kind in ("direct", "indirect", "mixed"):
        own = [(article, said) for article in labelled for said in told.get(article["id"], []) if said.kind == kind]
        held = sum(is_labelled(article, said) for article, said in own)
        measures[f"{kind} rows right"] = round(100 * held / max(len(own), 1), 1)
    return measures


def is_labelled(article: Row, said: Said) -> bool:
    """Whether more than half of a row lies in labelled speech of its speaker."""
    for attribution in article["attributions"]:
        most = max((overlap(said, *span) for span in attribution["content"]), default=0)
        if most * 2 > said.end - said.start and is_right(article["text"], said, attribution["source"] or [[-1, -1]]):
            return True
    return False


def ours(corpus: tk.Corpus, parser: str) -> dict[str, list[Said]]:
    frame = corpus.frame("quotes", parser=parser).select("doc_id", *Said._fields)
    return {doc_id: [Said(*row[1:]) for row in part.iter_rows()] for (doc_id,), part in frame.group_by("doc_id")}


def textacy_quotes(labelled: list[Row]) -> dict[str, list[Said]]:
    """What textacy's `direct_quotations` gives, with the same spaCy pipeline."""
    import spacy
    from textacy import extract

    from toolkit.entities import spacy_pipeline

    language = spacy.load(spacy_pipeline.installed())
    told: dict[str, list[Said]] = {}
    for article in labelled:
        try:
            quoted = list(extract.direct_quotations(language(article["text"])))
        except ValueError:
            quoted = []
        told[article["id"]] = [
            Said(q.content.start_char, q.content.end_char, q.speaker[0].idx, q.speaker[-1].idx + len(q.speaker[-1]), "direct")
            for q in quoted
        ]  # fmt: skip
    return told


def speed(parser: str, made: list[Row]) -> int:
    """Words per second of processor time, names already found."""
    corpus = tk.load(made, recognizer="builtin", progress=False)
    words = int(corpus.documents["words"].sum())
    _ = corpus.sentences, corpus.entities
    began = time.process_time()
    _ = corpus.frame("quotes", parser=parser)
    return round(words / (time.process_time() - began))


def run(quick: bool = False) -> list[Row]:
    """A row for each tool."""
    labelled = sorted(gold.rows("quotes/polnear_dev"), key=lambda article: article["id"])
    labelled = labelled[: 30 if quick else None]
    corpus = tk.load([{"id": a["id"], "text": a["text"]} for a in labelled], recognizer="builtin", progress=False)
    made = [{"id": row["id"], "text": row["text"]} for row in articles(100 if quick else 300)]
    rows: list[Row] = []
    for parser in ("none", "auto"):
        told = ours(corpus, parser)
        rows.append(
            {"tool": f"toolkit, parser={parser}", **figures(labelled, told), "words/CPU-s": speed(parser, made)}
        )
    if importlib.util.find_spec("textacy"):
        rows.append({"tool": "textacy", **figures(labelled, textacy_quotes(labelled))})
    return rows


if __name__ == "__main__":
    shown(run)
