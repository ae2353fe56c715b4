"""How well sentences are told what they speak of, in context, with the mission's codebook.

    TOOLKIT_GOLD=... python benchmarks/topic_sentences.py

`right` counts the units of the mission's article (of 16) that hold the labelled topics and no other; nothing was tuned to it.
The other columns are over 262 sentences of the sample corpus, labelled by hand after the codebook was fixed
(`sample_topics.toml`): macro-F1 over its three topics, and the F1 of each. `seed words alone` takes a sentence for a topic if
one of its seeds stands in it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import gold
import polars as pl
from bench import Row, Target, shown

import toolkit as tk
from toolkit.schema import HOLDS, OTHER

LABELS = tomllib.loads(Path(__file__).with_name("sample_topics.toml").read_text(encoding="utf8"))
TARGETS = [Target("toolkit", "right", 15)]

Pairs = set[tuple[str, int, str]]
"""Document, sentence, topic."""


def held(corpus: tk.Corpus) -> Pairs:
    rows = corpus.topics.filter(pl.col("weight") >= HOLDS, pl.col("topic") != OTHER)
    return set(rows.select("doc_id", "sent_id", "topic").iter_rows())


def seeded(corpus: tk.Corpus) -> Pairs:
    rows = corpus.topics.filter(pl.col("found_by") == "seed")
    return set(rows.select("doc_id", "sent_id", "topic").iter_rows())


def right(corpus: tk.Corpus, told: Pairs) -> int:
    """The units of the article whose topics are those labelled."""
    folder = gold.folder() / "article"
    units = [json.loads(line) for path in folder.glob("*.units.jsonl") for line in path.open(encoding="utf8")]
    count = 0
    for unit in units:
        same = (pl.col("text").str.starts_with(unit["starts_with"][:40])) & (pl.col("kind") == unit["kind"])
        rows = corpus.sentences.filter(same).select("doc_id", "sent_id").rows()[:1]
        found = [{topic for *place, topic in told if tuple(place) == row} for row in rows]
        either = [{"Iran", "Peace talks"}] if unit["starts_with"].startswith("Asked whether") else []
        count += bool(found) and found[0] in [set(unit["topics"]), *either]
    return count


def f1(told: Pairs, topic: str) -> float:
    """F1 of a topic over the labelled articles, in percent."""
    mine = {(doc, sent) for doc, sent, name in told if name == topic and doc in LABELS["articles"]}
    wanted = {(doc, sent) for doc, sents in LABELS[topic].items() for sent in sents}
    return round(200 * len(mine & wanted) / max(len(mine) + len(wanted), 1), 1)


def run(quick: bool = False) -> list[Row]:
    """A row for each way."""
    article = tk.load(Path(__file__).parents[1] / "seeds" / "kremlin-talks.txt", topics="mission", progress=False)
    sample = tk.sample().retopic("mission")
    topics = [name for name in LABELS if name != "articles"]
    ways: dict[str, Callable[[tk.Corpus], Pairs]] = {"toolkit": held, "seed words alone": seeded}
    rows = []
    for name, way in ways.items():
        scores = {topic: f1(way(sample), topic) for topic in topics}
        mean = round(sum(scores.values()) / len(scores), 1)
        rows.append({"way": name, "right": right(article, way(article)), "macro-F1": mean, **scores})
    return rows


if __name__ == "__main__":
    shown(run)
