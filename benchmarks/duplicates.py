"""How many copies are found among generated articles, how many of those found are copies, and how long it takes.

    python benchmarks/duplicates.py

Besides the generator's own edits (see generate.EDITS), copies are made with harder ones, HARDER. If datasketch is
installed, its MinHashLSH does the same work on the same texts, as its documentation shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import Any

import polars as pl
from bench import Row, shown
from generate import articles

from toolkit import duplicates
from toolkit.schema import DOCUMENTS

Words = list[str]


def _third_kept(words: Words, random: Random) -> Words:
    return words[: max(12, len(words) // 3)]


def _tail_cut_and_led_in(words: Words, random: Random) -> Words:
    return ["Our", "own", "correspondent", "reports", *words[: len(words) * 3 // 4]]


def _reordered_and_cut(words: Words, random: Random) -> Words:
    third = len(words) // 3
    return words[third : 2 * third] + words[:third]


def _reworded(words: Words, random: Random) -> Words:
    return [word if random.random() > 0.05 else f"other{random.randrange(10**6)}" for word in words]


def _added_to(words: Words, random: Random) -> Words:
    return words + [f"new{random.randrange(10**6)}" for _ in range(len(words) // 2)]


HARDER: dict[str, Callable[[Words, Random], Words]] = {
    "a third kept": _third_kept,
    "tail cut, led in": _tail_cut_and_led_in,
    "reordered and cut": _reordered_and_cut,
    "1 word in 20 changed": _reworded,
    "half as much added": _added_to,
}


def corpus(n: int, words: int, *, harder: bool = False, seed: int = 0) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents, and for each the story it tells (`story`, an id) and what was done to it (`edit`)."""
    random = Random(seed)
    rows = list(articles(n, words=words, seed=seed))
    texts = {row["id"]: row["text"] for row in rows}
    for row in rows:
        if harder and row["truth"]["copy_of"]:
            row["truth"]["edit"] = random.choice(list(HARDER))
            row["text"] = " ".join(HARDER[row["truth"]["edit"]](texts[row["truth"]["copy_of"]].split(), random))
    told = pl.DataFrame({
        "doc_id": [row["id"] for row in rows],
        "story": [row["truth"]["copy_of"] or row["id"] for row in rows],
        "edit": pl.Series([row["truth"]["edit"] for row in rows], dtype=pl.String),
    })  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in ("title", "text", "outlet", "url")}
    published = pl.Series([row["published"] for row in rows]).str.to_datetime("%+", time_zone="UTC")
    return DOCUMENTS.conform(pl.DataFrame({"doc_id": told["doc_id"], "published": published, **columns})), told


def score(found: pl.DataFrame, told: pl.DataFrame) -> dict[str, Any]:
    """Precision and recall over pairs of documents, and the share of the copies of each edit that are in their story's cluster."""
    both = told.join(found, on="doc_id").with_columns(cluster=pl.coalesce("duplicate_of", "doc_id"))

    def pairs(*by: str) -> int:
        sizes = both.group_by(by).len()["len"].cast(pl.Int64)
        return int((sizes * (sizes - 1) // 2).sum())

    true = pairs("story", "cluster")
    first = both.select(story="doc_id", expected="cluster")
    edits = (
        both.drop_nulls("edit").join(first, on="story").group_by("edit")
        .agg(found=(pl.col("cluster") == pl.col("expected")).mean()).sort("edit")
    )  # fmt: skip
    recalls = {f"recall of {edit!r}": round(share, 4) for edit, share in edits.iter_rows()}
    return {"precision": true / max(1, pairs("cluster")), "recall": true / max(1, pairs("story")), **recalls}


def measured(n: int, words: int, *, harder: bool) -> dict[str, Any]:
    documents, told = corpus(n, words, harder=harder)
    start, busy = time.perf_counter(), time.process_time()
    sketches = duplicates.sketch(documents)
    sketched = time.perf_counter()
    found = duplicates.cluster(sketches)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "what": "toolkit.duplicates", "articles": n, "words": words, "edits": "harder" if harder else "the generator's",
        "seconds": round(seconds, 2), "of these sketching": round(sketched - start, 2), "processor seconds": round(busy, 2),
        "megabytes a second": round(int(documents["text"].str.len_bytes().sum()) / 1e6 / seconds, 1),
        "sketch bytes an article": round(sketches.estimated_size() / n), **score(found, told),
    }  # fmt: skip


def peer(n: int, words: int, *, harder: bool) -> dict[str, Any] | None:
    """datasketch: MinHash of 128 permutations over word trigrams, LSH at Jaccard 0.5, clusters by first match."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    documents, told = corpus(n, words, harder=harder)
    start, busy = time.perf_counter(), time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    first: dict[str, str | None] = {}
    for doc_id, text in documents.select("doc_id", "text").iter_rows():
        tokens = text.lower().split()
        minhash = MinHash(num_perm=128)
        minhash.update_batch([" ".join(tokens[i : i + 3]).encode() for i in range(len(tokens) - 2)])
        matches = index.query(minhash)
        first[doc_id] = min((first.get(m) or m for m in matches), default=None)
        index.insert(doc_id, minhash)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    found = pl.DataFrame({"doc_id": list(first), "duplicate_of": pl.Series(list(first.values()), dtype=pl.String)})
    told_as = {"what": "datasketch", "articles": n, "words": words, "edits": "harder" if harder else "the generator's"}
    return {**told_as, "seconds": round(seconds, 2), "processor seconds": round(busy, 2), **score(found, told)}


def run(quick: bool = False) -> list[Row]:
    """One row for each size of article and set of edits."""
    n = 10_000 if quick else 100_000
    rows = [measured(n, 40, harder=False), measured(n, 40, harder=True), measured(n // 4, 250, harder=True)]
    return [*rows, *filter(None, [peer(n // 10, 40, harder=True)])]


if __name__ == "__main__":
    shown(run)
