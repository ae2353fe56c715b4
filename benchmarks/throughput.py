"""How fast files become a saved corpus with topics: articles of 400 words, the recogniser that is always there, two processes.

Generated articles lie in a JSONL file; a process of its own loads and saves them, imports and start of workers included. `of the
clock` is what was seen on a machine that may have done other work; `of 2 processors` takes the time of all processors that
it took, halved, which is what two idle ones would need if all of the work could be shared (the fit and reading cannot).
Opening is `tk.open` in a new process, then the first chart.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench import Row, Target, shown
from generate import articles
from scale import STEPS
from watch import watched

TARGETS = [
    Target("files to a saved corpus", "articles/s of 2 processors", 200),
    Target("files to a saved corpus", "articles/s of the clock", 200),
]


def run(quick: bool = False) -> list[Row]:
    """One row: articles a second, and what it took."""
    count = 500 if quick else 4000
    with tempfile.TemporaryDirectory() as place:
        source, saved = Path(place, "articles.jsonl"), Path(place, "corpus")
        with source.open("w", encoding="utf8") as file:
            for article in articles(count, words=400):
                del article["truth"]
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        load = watched([sys.executable, "-c", STEPS["load"], str(source), str(saved), "2", ""])
        opened = watched([sys.executable, "-c", STEPS["open"], str(saved)])
    opening, first, _ = map(float, opened.said.split())
    return [
        {
            "what": "files to a saved corpus",
            "articles": count,
            "articles/s of the clock": round(count / load.seconds, 1),
            "articles/s of 2 processors": round(2 * count / load.cpu, 1),
            "CPU-s an article": round(load.cpu / count, 4),
            "peak GB": round(load.peak / 1e9, 2),
            "opening s": round(opening, 3),
            "first chart s": round(first, 2),
        }
    ]


if __name__ == "__main__":
    shown(run)
