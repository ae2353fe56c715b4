"""How long figures and reports take, and how large they are, from a generated corpus.

    python benchmarks/report.py 10000 --words 250

Seconds on the clock, warm: a figure in each format, and a report of twenty charts in each, analyses computed and kept. The corpus
is a saved one that holds the annotators' frames (quotes, places, dates), which are read once, as a load is; analyses that fit
a model anew (FITTED) have a row of their own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from generate import articles

import toolkit as tk
from toolkit.registry import registry
from toolkit.reports.writing import supported

FIGURES = (".svg", ".png", ".pdf", ".html", ".json", ".csv", ".parquet", ".xlsx", ".docx", ".pptx")
CHARTS = 20
FITTED = ("document_map", "emerging_topics", "topic_discovery", "stories")
REPORTS = (".html", ".pdf", ".docx", ".md", ".ipynb")


def timed(call: Callable[[], Path]) -> tuple[float, float]:
    """Seconds a call takes and the kilobytes of the file it writes."""
    began = time.perf_counter()
    path = call()
    return time.perf_counter() - began, path.stat().st_size / 1000


def charted(corpus: tk.Corpus) -> list[str]:
    """The analyses that fit nothing and answer for this corpus, those that a report has unasked first."""
    table = tk.plugins.table().filter(pl.col("kind") == "analysis", pl.col("on"))
    names = [*supported(corpus), *(name for name in table["name"] if name not in supported(corpus))]
    return [name for name in names if name not in FITTED and answers(corpus, name)]


def answers(corpus: tk.Corpus, name: str) -> bool:
    """Whether an analysis gives a chart with rows, its settings as they are."""
    try:
        return not tk.analyses[name](corpus).frame.is_empty()
    except tk.ToolkitError:
        return False


def main(words: Sequence[str] | None = None) -> int:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--words", type=int, default=250)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        given = (
            {name: value for name, value in one.items() if name != "truth"}
            for one in articles(options.articles, words=options.words)
        )
        loaded = tk.load(given, recognizer="builtin", progress=False)
        loaded.save(folder / "corpus", frames=[*registry.of("annotator")])
        corpus = tk.open(folder / "corpus")
        mix = tk.analyses.topic_mix(corpus, by="outlet")
        mix.save(folder / "warm.svg")
        print(f"{options.articles:,} articles of {options.words} words\n\n| what | seconds | kB |\n|---|---:|---:|")
        for suffix in FIGURES:
            seconds, size = timed(lambda suffix=suffix: mix.save(folder / f"mix{suffix}"))
            print(f"| figure {suffix} | {seconds:.2f} | {size:,.0f} |")
        names = charted(tk.sample())[:CHARTS]
        for what, asked in ((f"{len(names)} analyses computed", names), (f"{', '.join(FITTED)} fitted", FITTED)):
            seconds, size = timed(lambda asked=asked: tk.report(corpus, folder / "first.html", analyses=asked))
            print(f"| report .html, {what} | {seconds:.1f} | {size:,.0f} |", flush=True)
        for suffix in REPORTS:
            seconds, size = timed(lambda suffix=suffix: tk.report(corpus, folder / f"again{suffix}", analyses=names))
            print(f"| report {suffix}, analyses kept | {seconds:.1f} | {size:,.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
