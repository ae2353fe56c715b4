"""How fast the explorer opens and answers a click, in the kernel.

    python benchmarks/explorer.py

A generated corpus, saved and opened again. `opens` is until the cell has ended, its filters and controls there; `chart` until
the first chart (topic_mix) and its evidence are sent; `click` from a bar that is clicked to its evidence; `article` from a
sentence that is clicked to its article. Seconds of the processor: what the browser adds is in docs/explore.md.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import Row, shown
from generate import articles

import toolkit as tk

SIZES = (1_000, 10_000)


def spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return round(time.process_time() - began, 3)


async def answers(corpus: tk.Corpus) -> dict[str, float]:
    """Seconds for each step, as in a notebook: the explorer works in a thread of its own."""
    made: list[tk.Explorer] = []
    opens = spent(lambda: made.append(tk.explore(corpus)))
    [explorer] = made
    chart = opens + spent(explorer.wait)
    view = explorer.panels[0].chart.children[0]
    clicks = []
    for topic in ("Iran", "France", "Peace talks"):
        picked = {"topic": {"values": [topic], "range": False}}
        clicks.append(spent(lambda picked=picked: view.set_trait("picked", picked)))
    doc_id = explorer.selected["doc_id"][0]
    article = spent(lambda: explorer.read(doc_id))
    explorer.close()
    return {"opens": opens, "chart": chart, "click": max(clicks), "article": article}


def run(quick: bool = False) -> list[Row]:
    rows: list[Row] = []
    warm = tk.sample()
    asyncio.run(answers(warm))
    for size in SIZES[: 1 if quick else None]:
        with tempfile.TemporaryDirectory() as folder:
            given = [{key: value for key, value in one.items() if key != "truth"} for one in articles(size, words=120)]
            tk.load(given, recognizer="builtin", progress=False).save(Path(folder) / "corpus")
            rows.append({"articles": f"{size:,}", **asyncio.run(answers(tk.open(Path(folder) / "corpus")))})
    return rows


if __name__ == "__main__":
    shown(run)
