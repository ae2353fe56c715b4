"""Whether memory stays flat over a long session, and whether several processes can read one saved corpus at once.

    python benchmarks/endurance.py [--interactions 1000] [--reports 200] [--readers 4]

The sample corpus. An interaction is a filter, a click on a bar, or an article that is opened, in one explorer in turn; a report
is a page of two analyses. Memory is what this process holds (RSS) after collecting garbage, at points along the way; flat means
that the last quarter grew by less than a tenth. Every reader opens the same folder, asks for all frames and a chart, twenty
times, and must get the same numbers as the others. Prints what docs/endurance.md has.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import toolkit as tk

POINTS = 8
READ = """
import sys, toolkit as tk
for _ in range(20):
    corpus = tk.open(sys.argv[1])
    heights = [corpus.frame(name).height for name in ("documents", "sentences", "entities", "topics", "document_topics")]
    shares = tk.analyses.topic_mix(corpus, by="outlet").frame["share"].sum()
print(corpus.fingerprint, heights, round(shares, 9))
"""


def held() -> float:
    """Memory of this process in MB, garbage collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


async def along(name: str, steps: Iterator[object], many: int) -> None:
    """Take `many` steps, each an event of a loop as in a notebook, and print what is held along the way."""
    began, points = time.process_time(), []
    for number in range(1, many + 1):
        next(steps)
        await asyncio.sleep(0)
        if number % max(many // POINTS, 1) == 0:
            points.append(held())
    last = points[-max(len(points) // 4, 1) - 1 :]
    grown = last[-1] - last[0]
    flat = "flat" if grown < last[0] / 10 else "NOT flat"
    spent = (time.process_time() - began) / many
    told = " ".join(f"{point:.0f}" for point in points)
    print(
        f"{name}: {many:,}, MB along the way {told}, last quarter {grown:+.1f} MB ({flat}), {spent:.2f} s of processor each"
    )


def interactions(corpus: tk.Corpus) -> Iterator[object]:
    """An explorer, used over and over."""
    explorer = tk.explore(corpus)
    explorer.wait()
    filters = [{"outlet": "Corvane Wire"}, {"topic": "Iran"}, {"text": "talks"}, {"since": "2026-02-01"}, {}]
    doc_ids = corpus.documents["doc_id"].to_list()
    turn = 0
    while True:
        explorer.where = filters[turn % len(filters)]
        explorer.wait()
        yield
        view = explorer.panels[0].chart.children[0]
        view.set_trait("picked", {"topic": {"values": [("Iran", "France")[turn % 2]], "range": False}})
        explorer.wait()
        yield explorer.selected
        view.set_trait("picked", {})
        explorer.read(doc_ids[turn % len(doc_ids)])
        yield
        turn += 1


def reports(corpus: tk.Corpus, folder: Path) -> Iterator[object]:
    """A report, written over and over, of another part each time."""
    outlets = corpus.documents["outlet"].unique().sort().to_list()
    turn = 0
    while True:
        part = corpus.where(outlet=outlets[turn % len(outlets)])
        yield tk.report(part, folder / "report.html", analyses=["topic_mix", "entity_ranking"])
        turn += 1


def readers(corpus: tk.Corpus, folder: Path, many: int) -> None:
    """Processes that read one saved corpus at once."""
    corpus.save(folder / "corpus")
    command = [sys.executable, "-c", READ, str(folder / "corpus")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(many)]
    said = {process.communicate()[0] for process in running}
    failed = sum(process.returncode != 0 for process in running)
    print(
        f"readers: {many} at once, 20 times each, {failed} failed, {len(said)} answer(s): {'the same' if len(said) == 1 else 'NOT the same'}"
    )


async def run(options: argparse.Namespace) -> None:
    corpus = tk.sample()
    work: list[tuple[str, Callable[[Path], Iterator[object]], int]] = [
        ("interactions", lambda _: interactions(corpus), options.interactions),
        ("reports", lambda folder: reports(corpus, folder), options.reports),
    ]
    with tempfile.TemporaryDirectory() as home:
        for name, steps, many in work:
            await along(name, steps(Path(home)), many)
        readers(corpus, Path(home), options.readers)


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    for name, default in (("interactions", 1000), ("reports", 200), ("readers", 4)):
        wanted.add_argument(f"--{name}", type=int, default=default)
    asyncio.run(run(wanted.parse_args()))
