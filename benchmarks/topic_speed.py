"""How fast topics are fitted and scored, and scored again after the codebook was edited.

    python benchmarks/topic_speed.py

Generated articles of 200 words. `fit and score` is fitting on the bounded sample and scoring every sentence, from the saved
frame of sentences on disk, part by part; `rescore` is `corpus.retopic` with a word more in 10,000 articles, `edit` an edit in
the workbench over these. Seconds of the processor, over all threads, and on the clock of a machine that may have done other work.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from bench import Row, Target, shown
from generate import articles

import toolkit as tk
from toolkit import blocks, schema, sentences, topics
from toolkit.drafting import Draft
from toolkit.topics import Codebook

WORDS, PART = 200, 5_000
TARGETS = [
    Target("100,000 articles: fit and score", "within 60 s", 1),
    Target("10,000 articles: rescore", "within 1 s", 1),
    Target("10,000 articles: edit", "within 0.2 s", 1),
]


def saved(folder: Path, count: int) -> None:
    """Documents and sentences of generated articles, in parts."""
    written = articles(count, words=WORDS)
    for part in range(0, count, PART):
        rows = [{"doc_id": one["id"], "title": one["title"], "text": one["text"], "language": "en"} for one, _ in zip(written, range(PART), strict=False)]  # fmt: skip
        documents = schema.DOCUMENTS.conform(pl.DataFrame(rows))
        documents.write_parquet(folder / f"documents-{part:07}.parquet")
        split = sentences.split(documents, blocks.find(documents))
        split.with_columns(pl.col("kind").cast(pl.String)).write_parquet(folder / f"sentences-{part:07}.parquet")


def fit_and_score(folder: Path, book: Codebook) -> int:
    """The rows of the frame of topics, scored part by part."""
    documents = pl.scan_parquet(folder / "documents-*.parquet")
    every = documents.select("doc_id").collect()
    chosen = topics.learning.sample(every, topics.learning.SAMPLE)
    mine = documents.join(chosen.lazy(), on="doc_id", how="semi").collect()
    said = pl.scan_parquet(folder / "sentences-*.parquet").join(chosen.lazy(), on="doc_id", how="semi").collect()
    model = topics.fit(mine, said, schema.ENTITIES.empty(), book)
    rows = 0
    for path in sorted(folder.glob("sentences-*.parquet")):
        part = pl.read_parquet(path)
        whole = pl.read_parquet(path.with_name(path.name.replace("sentences", "documents")))
        rows += topics.score(whole, part, schema.ENTITIES.empty(), book, model=model).height
    return rows


def timed(name: str, work: Callable[[], object], least: float) -> Row:
    busy, clock = time.process_time(), time.perf_counter()
    work()
    busy, clock = time.process_time() - busy, time.perf_counter() - clock
    label = f"within {least:g} s"
    return {"work": name, "CPU s": round(busy, 2), "clock s": round(clock, 2), label: int(min(busy, clock) <= least)}


def run(quick: bool = False) -> list[Row]:
    """A row for each piece of work."""
    book = Codebook.read({"Peace talks": ["talks", "negotiat*", "truce"], "Iran": ["Iran*", "Tehran"], "France": ["France", "French"]})  # fmt: skip
    count = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as place:
        saved(Path(place), count)
        rows = [timed(f"{count:,} articles: fit and score", lambda: fit_and_score(Path(place), book), 60)]
    texts = [{"id": one["id"], "text": one["text"]} for one in articles(10_000, words=40)]
    corpus = tk.load(texts, topics=book, recognizer="builtin", dedupe="off", progress=False)
    corpus.documents, corpus.sentences, corpus.entities  # noqa: B018 (read before the clock starts)
    rows.append(timed("10,000 articles: rescore", lambda: corpus.retopic(book.with_term("Iran", "sanctions")), 1))
    draft = Draft(corpus, book)
    draft.change(book.with_term("Iran", "minister"))
    draft.change(book)

    def edit() -> None:
        draft.change(book.with_term("Iran", "sanctions"))
        draft.mix, draft.trend("Iran"), draft.moved("Iran"), draft.coverage("Iran")

    rows.append(timed("10,000 articles: edit", edit, 0.2))
    return rows


if __name__ == "__main__":
    shown(run)
