"""How many sentences are cut exactly right, and how fast, beside the sentence splitters that are installed.

    TOOLKIT_GOLD=... python benchmarks/sentences.py

F1 of spans with both ends right, white space aside, paragraph ends given; and megabytes of news per second of processor
time, whole articles handed over. `toolkit` is given the paragraphs and makes the whole frame, words counted; `toolkit, own
blocks` finds the paragraphs and their kinds too. The one-line regex, which does 96 MB/s on an idle machine like the one
measured here, tells how busy it was: 30 MB/s there are three tenths of it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import gold
import polars as pl
from bench import Row, Target, shown

from toolkit import blocks, sentences

SETS = ("gum_news", "gum_all", "ewt")
TARGETS = [
    Target("toolkit", "gum_news", 94.5),
    Target("toolkit", "gum_all", 96),
    Target("toolkit", "ewt", 85),
    Target("toolkit", "MB/s", 30),
    Target("toolkit", "MB/s", "one-line regex", times=0.3),
    Target("toolkit", "MB/s", "blingfire"),
]
Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]


def regex() -> Splitter:
    end = re.compile(r"""(?<=[.!?])["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9])""")
    return lambda text: pairwise([0, *(match.end() for match in end.finditer(text)), len(text)])


def blingfire() -> Splitter:
    from blingfire import text_to_sentences_and_offsets

    return lambda text: text_to_sentences_and_offsets(text)[1]


def punkt() -> Splitter:
    from punkt import tokenizer_for

    tokenizer = tokenizer_for("english")
    return lambda text: placed(text, tokenizer.tokenize(text))


def syntok() -> Splitter:
    from syntok.segmenter import analyze

    def spans(text: str) -> Iterator[Span]:
        for paragraph in analyze(text):
            for tokens in paragraph:
                yield tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)

    return spans


def sentencex() -> Splitter:
    from sentencex import segment

    return lambda text: placed(text, segment("en", text))


def pysbd() -> Splitter:
    from pysbd import Segmenter

    segmenter = Segmenter(language="en", clean=False)
    return lambda text: placed(text, segmenter.segment(text))


PEERS = {
    "one-line regex": regex,
    "blingfire": blingfire,
    "punkt": punkt,
    "syntok": syntok,
    "sentencex": sentencex,
    "pysbd": pysbd,
}
SLOW = ("syntok", "pysbd")


def placed(text: str, pieces: Iterable[str]) -> Iterator[Span]:
    """Where the pieces of `text` stand in it."""
    end = 0
    for piece in pieces:
        start = text.find(piece.strip(), end)
        if piece.strip() and start >= 0:
            end = start + len(piece.strip())
            yield start, end


def trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def paragraphs(text: str) -> list[Span]:
    """The pieces between blank lines."""
    bounds = [0, *(place for gap in re.finditer(r"\n[ \t]*\n\s*", text) for place in gap.span()), len(text)]
    spans = [trimmed(text, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return [(start, end) for start, end in spans if start < end]


def documents(texts: list[str]) -> pl.DataFrame:
    rows = {"doc_id": [str(n) for n in range(len(texts))], "title": [None] * len(texts), "text": texts}
    return pl.DataFrame(rows, schema={"doc_id": pl.String, "title": pl.String, "text": pl.String})


def bodies(texts: list[str]) -> pl.DataFrame:
    """The paragraphs of all texts as blocks of kind body."""
    rows = [(str(n), p, "body", *span) for n, text in enumerate(texts) for p, span in enumerate(paragraphs(text))]
    return pl.DataFrame(rows, schema=["doc_id", "paragraph", "kind", "start", "end"], orient="row")


def found(frame: pl.DataFrame) -> set[tuple[int, int, int]]:
    return {(int(doc_id), start, end) for doc_id, start, end in frame.select("doc_id", "start", "end").rows()}


def peers_found(splitter: Splitter, texts: list[str]) -> set[tuple[int, int, int]]:
    return {
        (n, *trimmed(text, low + start, low + end))
        for n, text in enumerate(texts)
        for low, high in paragraphs(text)
        for start, end in splitter(text[low:high])
        if text[low + start : low + end].strip()
    }


def f1(found: set[tuple[int, int, int]], right: set[tuple[int, int, int]]) -> float:
    return round(200 * len(found & right) / (len(found) + len(right)), 1)


def speed(work: Callable[[], object], size: int, rounds: int = 5) -> float:
    """Megabytes per second of processor time, the best of some rounds."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return round(size / 1e6 / min(seconds), 1)


def peers_speed(splitter: Splitter, texts: list[str]) -> float:
    return speed(lambda: [list(splitter(text)) for text in texts], sum(len(text.encode()) for text in texts), 2)


def run(quick: bool = False) -> list[Row]:
    """A row for each splitter: its name, F1 on each set, and megabytes per second; a peer that is missing has none."""
    labelled = {name: gold.rows(f"sentences/{name}") for name in SETS}
    texts = {name: [row["text"] for row in rows] for name, rows in labelled.items()}
    spans = {
        name: {(n, *trimmed(row["text"], *span)) for n, row in enumerate(rows) for span in row["sentences"]}
        for name, rows in labelled.items()
    }
    news = [row["text"].replace("\n", "\n\n") for row in gold.rows("topics/bbc")[: 500 if quick else None]]
    size = sum(len(text.encode()) for text in news)
    many, given = documents(news), bodies(news)
    ours: dict[str, Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]] = {
        "toolkit": sentences.split,
        "toolkit, own blocks": lambda frame, _: sentences.split(frame, blocks.find(frame)),
    }
    rows = []
    for name, cut in ours.items():
        scores = {s: f1(found(cut(documents(texts[s]), bodies(texts[s]))), spans[s]) for s in SETS}
        rows.append({"splitter": name, **scores, "MB/s": speed(lambda cut=cut: cut(many, given), size)})
    for name, make in PEERS.items():
        try:
            splitter = make()
        except (ImportError, LookupError):
            rows.append({"splitter": f"{name} (not installed)", **dict.fromkeys([*SETS, "MB/s"])})
            continue
        scores = {s: f1(peers_found(splitter, texts[s]), spans[s]) for s in SETS}
        rows.append({"splitter": name, **scores, "MB/s": peers_speed(splitter, news[:100] if name in SLOW else news)})
    return rows


if __name__ == "__main__":
    shown(run)
