"""How well articles are told apart by topic, from label names or seed words and no labels, beside other ways to do so.

    TOOLKIT_GOLD=... python benchmarks/topics.py

Each article's topic is the one with the largest share in `document_topics`. Accuracy, in percent, over AG News (test) and
BBC News, from label names alone (`names`) and from a few seed words (`seeds`); `finance` is AG under the names world, sport,
finance, science. `unbalanced`: of the topics in turn all, a third, a tenth and (BBC too) a tenth of their articles, macro-F1,
the mean over as many orders as there are topics. `left out`: each topic in turn is missing from the codebook and its
articles are none of these; macro-F1, that class included, the mean. `50`: accuracy on draws of fifty articles, the mean
of ten. `CPU s` is what AG from names takes, from read sentences on. Keyword count takes the topic with most seed hits. Plain
EM is naive Bayes started from these and run to its end, without guards. Embeddings alone take the topic whose seeds are
nearest to the article in meaning (all-MiniLM-L6-v2, as in the extra `embed`). CorEx is anchored on the seeds; LDA
(tomotopy) has a prior on them, as keyATM has; guided BERTopic is given the same embeddings, and each of its clusters the topic
whose seeds are nearest (`topic_peers.py`). Its time leaves out the embedding, which embeddings alone count. Plain EM
has no class for the rest and so no figure for `left out`; what embeds is not run on the parts of `unbalanced` and `left out`,
and peers on whole sets alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import gold
import numpy as np
import polars as pl
from bench import Row, Target, shown

import toolkit as tk
from toolkit.topics import Codebook, Meaning, document_topics, fit, minilm, score
from toolkit.topics import meaning as meanings
from toolkit.topics.found import nodes_of
from toolkit.topics.learning import hits_of_documents
from toolkit.topics.minilm import Vectors

FINANCE = {"politics": "world", "sports": "sport", "business": "finance", "technology": "science"}
NONE = "none of these"
SHARES = (1.0, 1 / 3, 0.1, 0.1, 0.1)
TARGETS = [
    Target("toolkit", "AG names", 87),
    Target("toolkit", "BBC names", 96.5),
    Target("toolkit", "AG seeds", 87),
    Target("toolkit", "BBC seeds", 97),
    Target("toolkit", "AG finance", 80),
    Target("toolkit", "AG unbalanced", "plain EM"),
    Target("toolkit", "BBC unbalanced", "plain EM"),
    Target("toolkit", "AG left out", 84),
    Target("toolkit", "BBC left out", 95),
    Target("toolkit, embed", "AG 50", "keyword count"),
    Target("toolkit, embed", "AG 50", "embeddings alone"),
    Target("toolkit, embed", "BBC 50", "keyword count"),
    Target("toolkit, embed", "BBC 50", "embeddings alone"),
]

Names = Sequence[str]
Way = Callable[["Set", Codebook, bool], Names]
"""From articles and a codebook to each article's topic; the flag says whether `NONE` may be among them."""


class Set:
    """Labelled articles, loaded once."""

    def __init__(self, corpus: tk.Corpus, labels: pl.Series) -> None:
        self.corpus, self.labels = corpus, labels
        self.frames = (corpus.documents, corpus.sentences, corpus.entities)

    @classmethod
    def read(cls, name: str, quick: bool) -> Set:
        rows = gold.rows(f"topics/{name}")
        rows = rows[:: 4 if quick else 1]
        articles = [{"id": row["id"], "text": row["text"]} for row in rows]
        corpus = tk.load(articles, topics=["nothing"], topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)  # fmt: skip
        return cls(corpus, pl.Series([row["topic"] for row in rows]))

    def only(self, rows: list[int]) -> Set:
        chosen = self.corpus.documents["doc_id"].gather(rows)
        return Set(self.corpus.filter(pl.col("doc_id").is_in(chosen.implode())), self.labels.gather(rows))


def toolkit(method: str) -> Way:
    def way(articles: Set, book: Codebook, rest: bool) -> Names:
        documents, sentences, _ = articles.frames
        model = fit(*articles.frames, book, method=method)
        scored = score(*articles.frames, book, model=model)
        shares = document_topics(documents, sentences, scored, book)
        told = pl.when(pl.col("topic") == "other").then(pl.lit(None) if not rest else pl.lit(NONE)).otherwise("topic")
        best = (
            shares.with_columns(topic=told)
            .drop_nulls("topic")
            .group_by("doc_id", maintain_order=True)
            .agg(pl.col("topic").get(pl.col("share").arg_max()))
        )
        return best["topic"].to_list()

    return way


def keyword_count(articles: Set, book: Codebook, rest: bool) -> Names:
    counts = hits_of_documents(nodes_of(*articles.frames[:2]), articles.frames[2], book)
    best = np.where(counts.max(axis=1) > 0, counts.argmax(axis=1), len(book))
    return [(*book.topics, NONE)[at] for at in best]


def plain_em(articles: Set, book: Codebook, rest: bool) -> Names:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = articles.corpus.documents["text"].to_list()
    words = CountVectorizer(token_pattern=r"[A-Za-z]{3,}", min_df=3, max_df=0.3, max_features=40_000)
    table = words.fit_transform(texts).astype(float)
    table.data = np.log1p(table.data)
    counts = hits_of_documents(nodes_of(*articles.frames[:2]), articles.frames[2], book)
    clear = (counts == counts.max(axis=1, keepdims=True)) & (counts > 0)
    clear[clear.sum(axis=1) > 1] = False
    shares = clear.astype(float)
    for _ in range(30):
        sums = table.T @ shares + 0.1
        logs = table @ np.log(sums / sums.sum(axis=0)) + np.log(shares.mean(axis=0) + 1e-9)
        raised = np.exp(logs - logs.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
    return [book.topics[at] for at in shares.argmax(axis=1)]


def remembered() -> Callable[[list[str]], Vectors]:
    """`minilm.embed` that embeds a text once, since the same articles are asked for again and again."""
    known: dict[str, Vectors] = {}

    def embed(texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, minilm.embed(new), strict=True))
        return np.array([known[text] for text in texts])

    return embed


def seeds_of(book: Codebook) -> list[list[str]]:
    return [[seed.lstrip("=").replace("*", "") for seed in entry.seeds] for entry in book.entries]


def meaning(embed: Callable[[list[str]], Vectors]) -> Way:
    def way(articles: Set, book: Codebook, rest: bool) -> Names:
        near = embed(articles.corpus.documents["text"].to_list()) @ Meaning.of(book).vectors.T
        return [book.topics[at] for at in near.argmax(axis=1)]

    return way


class Peer:
    """A tool in the environment `.venv-peers`, which is asked over pipes; `seconds` is what it took so far."""

    def __init__(self, name: str, embed: Callable[[list[str]], Vectors] | None = None) -> None:
        self.name, self.embed, self.seconds = name, embed, 0.0
        self.process: subprocess.Popen[str] | None = None

    def __call__(self, articles: Set, book: Codebook, rest: bool) -> Names:
        if self.process is None:
            command = [str(PYTHON), str(Path(__file__).with_name("topic_peers.py")), self.name]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        task = {"texts": articles.corpus.documents["text"].to_list(), "seeds": seeds_of(book)}
        with tempfile.TemporaryDirectory() as folder:
            if self.embed:
                task["vectors"] = f"{folder}/vectors.npy"
                np.save(task["vectors"], self.embed([*task["texts"], *map(" ".join, task["seeds"])]))
            answer = self._answer(json.dumps(task))
        self.seconds += answer["seconds"]
        return [book.topics[at] for at in answer["told"]]

    def _answer(self, task: str) -> Row:
        self.process.stdin.write(task + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with exit code {self.process.wait()}.")
        return json.loads(line)


PYTHON = Path(os.environ.get("TOOLKIT_PEERS", Path(__file__).parents[1] / ".venv-peers")) / "bin" / "python"
PEERS = {"CorEx, anchored": "corex", "LDA, seeds as prior": "lda", "BERTopic, guided": "bertopic"}
NOT_MEASURED = {
    "Top2Vec": "takes no seeds, and imports PyTorch (over 4 GB with its CUDA libraries)",
    "turftopic": "no model of it tells several seeded topics apart without PyTorch (over 4 GB)",
    "keyATM": "a package for R; LDA with seeds as prior stands for it",
}


def ways() -> dict[str, Way | str]:
    """What is measured, by name, or why it is not."""
    told: dict[str, Way | str] = {
        "toolkit": toolkit("auto"),
        "toolkit, seeds": toolkit("seeds"),
        "keyword count": keyword_count,
    }
    told["plain EM"] = plain_em if importlib.util.find_spec("sklearn") else "scikit-learn is not installed"
    embed = remembered() if importlib.util.find_spec(minilm.PACKAGE) else None
    if embed:
        meanings.embed = embed
    told["toolkit, embed"] = toolkit("embed") if embed else "the extra embed is not installed"
    told["embeddings alone"] = meaning(embed) if embed else "the extra embed is not installed"
    for name, peer in PEERS.items():
        told[name] = Peer(peer, embed if peer == "bertopic" else None) if PYTHON.exists() else "run make peers first"
    return told | NOT_MEASURED


SLOW = ("toolkit, embed", "embeddings alone")
"""Ways that are not run on the many parts of `unbalanced` and `left out`; peers are run on whole sets alone."""

NO_REST = ("plain EM",)
"""A way without a class for what is about none of the topics."""


def accuracy(told: Names, labels: pl.Series) -> float:
    return 100 * float((pl.Series(told) == labels).mean())  # type: ignore[arg-type]


def macro_f1(told: Names, labels: pl.Series) -> float:
    """The mean of the F1 of each label, in percent."""
    given = pl.Series(told)
    scores = []
    for label in labels.unique().sort():
        right, named, there = (
            ((given == label) & (labels == label)).sum(),
            (given == label).sum(),
            (labels == label).sum(),
        )
        scores.append(2 * right / (named + there))
    return 100 * float(np.mean(scores))


def unbalanced(articles: Set) -> Iterator[Set]:
    """The articles with the topics in turn kept whole and thinned."""
    labels = sorted(articles.labels.unique())
    for turn in range(len(labels)):
        rows = []
        for label, share in zip(labels[turn:] + labels[:turn], SHARES, strict=False):
            mine = (articles.labels == label).arg_true().to_list()
            rows += random.Random(0).sample(mine, round(len(mine) * share))
        yield articles.only(sorted(rows))


def fifties(articles: Set) -> Iterator[Set]:
    for draw in range(10):
        yield articles.only(sorted(random.Random(draw).sample(range(len(articles.labels)), 50)))


def left_out(way: Way, articles: Set, book: Codebook) -> float:
    """Macro-F1 with each topic in turn left out of the codebook, the mean."""
    scores = []
    for topic in book.topics:
        labels = articles.labels.replace({topic: NONE})
        scores.append(macro_f1(way(articles, book.without_topic(topic), True), labels))
    return float(np.mean(scores))


def measured(name: str, way: Way, sets: dict[str, Set]) -> Row:
    """One way's row."""
    row: Row = {"way": name}
    for short, articles in sets.items():
        seeds = json.loads((gold.folder() / "topics" / f"{FILES[short]}.seeds.json").read_text(encoding="utf8"))
        named, seeded = Codebook.read(list(seeds)), Codebook.read(seeds)
        began = time.process_time()
        row[f"{short} names"] = accuracy(way(articles, named, False), articles.labels)
        row.setdefault("CPU s", time.process_time() - began + getattr(way, "seconds", 0.0))
        row[f"{short} seeds"] = accuracy(way(articles, seeded, False), articles.labels)
        if short == "AG":
            book = Codebook.read(list(FINANCE.values()))
            row["AG finance"] = accuracy(way(articles, book, False), articles.labels.replace(FINANCE))
        if name in PEERS:
            continue
        small = [accuracy(way(part, seeded, False), part.labels) for part in fifties(articles)]
        row[f"{short} 50"] = float(np.mean(small))
        if name in SLOW:
            continue
        uneven = [macro_f1(way(part, seeded, False), part.labels) for part in unbalanced(articles)]
        row[f"{short} unbalanced"] = float(np.mean(uneven))
        if name not in NO_REST:
            row[f"{short} left out"] = left_out(way, articles, seeded)
    return {key: round(value, 1) if isinstance(value, float) else value for key, value in row.items()}


FILES = {"AG": "ag_news", "BBC": "bbc"}


def run(quick: bool = False) -> list[Row]:
    """A row for each way."""
    sets = {short: Set.read(name, quick) for short, name in FILES.items()}
    rows = []
    for name, way in ways().items():
        row = {"way": name, "not measured": way} if isinstance(way, str) else measured(name, way, sets)
        print(row, file=sys.stderr, flush=True)
        rows.append(row)
    return rows


if __name__ == "__main__":
    shown(run)
