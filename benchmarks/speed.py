"""How fast sentences, names and their resolution are, with and without spaCy, and on two processes.

    TOOLKIT_GOLD=... python benchmarks/speed.py

Words per second of processor time over news articles (BBC), text to resolved names, slices of 200 by turns, the best of some
rounds each. spaCy alone is the installed pipeline with nothing but what names need, handed paragraphs, in its own batches
(1,000) and in ours (32); with n_process=2 it is spaCy's own way to use two processes, beside two of ours that get 50 articles
at a time, all processes' time counted and none of their start. `times` is how much faster two processes are on the clock, for
the names alone and for a whole `tk.load`, whose fitting of topics, names and copies to the whole corpus is done by one.
`times, processor` takes for the clock the processor's time over all processes, divided by their number: what the clock would
show on a machine that does nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import active_children, get_context

import gold
import polars as pl
from bench import Row, Target, shown

import toolkit as tk
from toolkit import blocks, entities, sentences
from toolkit.entities import spacy_pipeline

TARGETS = [
    Target("toolkit, builtin", "words/CPU-s", 50_000),
    Target("toolkit, builtin", "words/CPU-s", "spaCy alone", times=10),
    Target("toolkit, spacy", "words/CPU-s", "spaCy alone", times=0.95),
    Target("toolkit, spacy", "words/CPU-s", "spaCy alone, our batches", times=0.95),
    Target("toolkit, spacy, 2 processes", "words/CPU-s", "spaCy alone, n_process=2", times=0.95),
    Target("toolkit, spacy, 2 processes", "words/s of the clock", "spaCy alone, n_process=2", times=0.95),
    Target("2 processes", "times", 1.8),
    Target("2 processes", "times, processor", 1.8),
]


SLICE = 200
"""Articles at a time, where two ways are timed by turns."""


def frames(texts: list[str]) -> pl.DataFrame:
    return pl.DataFrame({
        "doc_id": [str(number) for number in range(len(texts))], "title": pl.Series([None] * len(texts), dtype=pl.String), "text": texts,
    })  # fmt: skip


def named(documents: pl.DataFrame, recognizer: str) -> None:
    entities.find(documents, sentences.split(documents, blocks.find(documents)), recognizer=recognizer)


def paragraphs(documents: pl.DataFrame) -> list[str]:
    return [part for text in documents["text"] for part in text.split("\n") if part.strip()]


def spacy_alone(documents: pl.DataFrame, batch: int | None = None, processes: int = 1) -> None:
    """The installed pipeline as spaCy's own page says to use it, in its own batches or such, on so many of its processes."""
    pipeline = spacy_pipeline.pipeline(spacy_pipeline.installed())
    for found in pipeline.pipe(paragraphs(documents), batch_size=batch, n_process=processes):
        [(entity.start_char, entity.end_char, entity.label_) for entity in found.ents]


def spacy_together(documents: pl.DataFrame) -> float:
    """spaCy's own two processes; gives the processor seconds of both and of this one."""
    began, others = sum(os.times()[:4]), set(active_children())
    spacy_alone(documents, spacy_pipeline.BATCH, processes=2)
    for process in set(active_children()) - others:
        process.join()
    return sum(os.times()[:4]) - began


def together(texts: list[str], rounds: int) -> list[Row]:
    """Names by spaCy on two processes: ours, which hand back frames of names, and spaCy's, which hand back whole documents."""
    documents = frames(texts)
    words = int(documents.select(sentences.words(pl.col("text")).sum()).item())
    seconds: dict[str, list[tuple[float, float]]] = {"toolkit, spacy, 2 processes": [], "spaCy alone, n_process=2": []}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:

        def ours(documents: pl.DataFrame) -> float:
            began = time.process_time()
            busy = sum(pool.map(timed, documents.iter_slices(50), repeat("spacy")))
            return busy + time.process_time() - began

        list(pool.map(timed, [documents.head(5)] * 8, repeat("spacy")))
        spacy_alone(documents.head(5))
        for _ in range(rounds):
            for spent, work in zip(seconds.values(), (ours, spacy_together), strict=True):
                began = time.perf_counter()
                spent.append((work(documents), time.perf_counter() - began))
    return [
        {"what": name, "words/CPU-s": round(words / min(busy for busy, _ in spent)), "words/s of the clock": round(words / min(clock for _, clock in spent))}
        for name, spent in seconds.items()
    ]  # fmt: skip


def speeds(ways: dict[str, Callable[[pl.DataFrame], None]], texts: list[str], rounds: int) -> list[Row]:
    """Words per second of processor time, a slice at a time by turns, so that a machine that slows down slows all alike."""
    documents = frames(texts)
    words = int(documents.select(sentences.words(pl.col("text")).sum()).item())
    for work in ways.values():
        work(documents.head(5))
    seconds = dict.fromkeys(ways, 0.0)
    for part in documents.iter_slices(SLICE):
        spent = [{name: taken(work, part) for name, work in ways.items()} for _ in range(rounds)]
        seconds = {name: so_far + min(each[name] for each in spent) for name, so_far in seconds.items()}
    return [{"what": name, "words/CPU-s": round(words / spent)} for name, spent in seconds.items()]


def taken(work: Callable[[pl.DataFrame], None], documents: pl.DataFrame) -> float:
    """Seconds of the processor that this work takes."""
    began = time.process_time()
    work(documents)
    return time.process_time() - began


def timed(documents: pl.DataFrame, recognizer: str = "builtin") -> float:
    """Seconds of the processor that it takes to find the names of `documents`."""
    return taken(lambda given: named(given, recognizer), documents)


def processes(texts: list[str]) -> list[Row]:
    """Names found by one process and by two, who get 100 articles at a time."""
    documents = frames(texts)
    figures = []
    for count in (1, 2):
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            list(pool.map(timed, [documents.head(5)] * (4 * count)))
            began = time.perf_counter()
            busy = sum(pool.map(timed, documents.iter_slices(100)))
            figures.append((time.perf_counter() - began, busy / count))
    (clock, processor), _ = figures
    return [
        {"what": f"{count} process{'es' * (count > 1)}", "times": round(clock / own, 2), "times, processor": round(processor / share, 2)}
        for count, (own, share) in enumerate(figures, 1)
    ]  # fmt: skip


def loads(texts: list[str]) -> list[Row]:
    """A whole load - language, copies, topics - in one process and in two."""
    articles = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    tk.load(articles[:40], recognizer="builtin", progress=False, executor=2)
    clocks = []
    for count in (1, 2):
        began = time.perf_counter()
        tk.load(articles, recognizer="builtin", progress=False, executor=count)
        clocks.append(time.perf_counter() - began)
    return [
        {"what": f"a whole load, {count} process{'es' * (count > 1)}", "times": round(clocks[0] / clock, 2)}
        for count, clock in enumerate(clocks, 1)
    ]


def run(quick: bool = False) -> list[Row]:
    """A row for each way of finding names, and one for each number of processes."""
    texts = [row["text"].replace("\n", "\n\n") for row in gold.rows("topics/bbc")]
    rows = speeds({"toolkit, builtin": lambda d: named(d, "builtin")}, texts[: 300 if quick else 1000], 3)
    if spacy_pipeline.installed():
        ways = {
            "toolkit, spacy": lambda d: named(d, "spacy"),
            "spaCy alone": spacy_alone,
            "spaCy alone, our batches": lambda d: spacy_alone(d, spacy_pipeline.BATCH),
        }
        rows += speeds(ways, texts[: 30 if quick else 200], 2 if quick else 3)
        rows += together(texts[: 50 if quick else 200], 1 if quick else 2)
    if (os.cpu_count() or 1) > 1:
        rows += processes(texts[: 500 if quick else None]) + ([] if quick else loads(texts))
    return rows


if __name__ == "__main__":
    shown(run)
