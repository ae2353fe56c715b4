"""How long every analysis takes on 10,000 and on 100,000 articles from a saved corpus, and how large its figure is.

    python benchmarks/analyses.py FOLDER [--sizes 10000 100000] [--only keyness peaks] [--into docs]

A corpus of each size is generated, loaded and saved in FOLDER, with the annotators' frames, unless it is there. Each analysis
is asked once, with its own settings, of a corpus just opened, in a process of its own. `seconds` is on the clock, `CPU` that
of the processor, of all its cores. `kB` is what a notebook holds of its figure. The aim is 1 s and 10 s on the clock of a
machine that does nothing else, 2 cores; of what fits something (FITS) 10 s and 60 s; 300 kB. On a machine that is busy the
clock says too much: give each analysis one core (POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1) and read the CPU seconds, which are
then what the clock of a quiet machine would show at most. With --into the seconds go into performance.md in that folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import generate
from bench import put

import toolkit as tk
from toolkit.registry import registry

FITS = (
    "document_map", "stories", "topic_discovery", "topic_quality", "emerging_topics", "topic_trend", "topic_by", "keyness", "collocates",
    "compare",
)  # fmt: skip
"""Those that fit a model, or resample articles for their intervals."""
AIMS = {10_000: (1, 10), 100_000: (10, 60)}
LARGEST = 300


def saved(folder: Path, size: int) -> Path:
    """A saved corpus of so many articles."""
    place = folder / f"g{size}"
    if not (place / "corpus.json").is_file():
        articles = [
            {name: value for name, value in article.items() if name != "truth"} for article in generate.articles(size)
        ]
        corpus = tk.load(articles, recognizer="builtin", progress=False)
        corpus.save(place, frames=[*registry.of("annotator")])
    return place


def asked(place: Path, name: str) -> dict[str, float]:
    """One analysis of one corpus: seconds, CPU seconds, kB."""
    corpus = tk.open(place)
    registry.of("analysis")  # finding the plugins is the session's cost, once
    began, busy = time.perf_counter(), time.process_time()
    if name == "compare":
        half = corpus.documents["outlet"].unique().sort().to_list()
        result = tk.compare(
            corpus.where(outlet=half[0]),
            corpus.where(outlet=half[1]),
            aspects=["topics", "people", "places", "words", "timing"],
        )
    else:
        result = tk.analyses[name](corpus)
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    data, _ = result._repr_mimebundle_()
    spec = len(json.dumps(data.get("application/vnd.vega.v5+json", {})))
    return {"seconds": seconds, "cpu": cpu, "kB": spec / 1000}


def apart(folder: Path, size: int, name: str) -> dict[str, float]:
    """One analysis in a process of its own; a line of the screen."""
    command = [sys.executable, __file__, str(folder), "--one", str(saved(folder, size)), name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{size:>7,} {name:<20} failed: {done.stderr.splitlines()[-1]}", flush=True)
        return {}
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    aim = AIMS.get(size, (0, 0))[name in FITS]
    said = "" if found["seconds"] <= aim and found["kB"] <= LARGEST else "  missed"
    told = f"{found['seconds']:7.2f} s {found['cpu']:7.2f} CPU-s (aim {aim} s) {found['kB']:6.0f} kB{said}"
    print(f"{size:>7,} {name:<20} {told}", flush=True)
    return found


def row(name: str, by_size: dict[int, dict[str, float]]) -> dict[str, str | float | None]:
    """A row of the page: the seconds at each size, their aims, and the largest figure."""
    told: dict[str, str | float | None] = {"analysis": f"`{name}`"}
    for size, found in by_size.items():
        seconds = found.get("seconds")
        told[f"{size:,}: s"] = seconds and round(seconds, 2)
        told[f"{size:,}: aim"] = AIMS.get(size, (None, None))[name in FITS]
    return told | {"kB": round(max(found.get("kB", 0) for found in by_size.values()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(AIMS))
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asked(Path(given.one[0]), given.one[1])))
        return
    names = given.only or [*registry.of("analysis"), "compare"]
    found = {size: {name: apart(given.folder, size, name) for name in names} for size in given.sizes}
    if given.into:
        rows = [row(name, {size: found[size][name] for size in found}) for name in names]
        put(given.into / "performance.md", "analyses", rows)


if __name__ == "__main__":
    main()
