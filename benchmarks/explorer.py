"""How fast the explorer opens and answers a click, in the kernel.

    python benchmarks/explorer.py [SAVED CORPUS ...]

A generated corpus, saved and opened again. `opens` is until the cell has ended, its filters and controls there; `chart` until
the first chart (topic_mix) and its evidence are sent; `click` from a bar that is clicked to its evidence; `article` from a
sentence that is clicked to its article. Seconds of the processor: what the browser adds is in docs/explore.md.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench import Row, shown, table
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


def rows(saved: Iterable[Path]) -> list[Row]:
    """A row for each saved corpus; the first explorer of the process, which imports, is not counted."""
    asyncio.run(answers(tk.sample()))
    corpora = map(tk.open, saved)
    return [{"articles": f"{len(corpus):,}", **asyncio.run(answers(corpus))} for corpus in corpora]


def run(quick: bool = False) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, str(size)) for size in SIZES[: 1 if quick else None]]
        for size, place in zip(SIZES, places, strict=False):
            given = [{key: value for key, value in one.items() if key != "truth"} for one in articles(size, words=120)]
            tk.load(given, recognizer="builtin", progress=False).save(place)
        return rows(places)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(table(rows(map(Path, sys.argv[1:]))))
    else:
        shown(run)
