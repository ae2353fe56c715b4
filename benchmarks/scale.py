"""How time and memory grow from a thousand articles to a million: the same call, files to a saved corpus.

    python benchmarks/scale.py [--sizes 1000 10000 100000 1000000] [--cache FOLDER] [--into docs]

Articles of about 40 words are generated (benchmarks/generate.py) into a JSONL file; `tk.load(file, executor=2)` with the
recogniser that is always there and the default codebook loads them, and `corpus.save` writes them. Then another process
opens the corpus and draws the first chart (`topic_mix`). `peak` is the most that all processes together had resident at one
time (see watch.py), `largest` the most that one had. Each size that was run is kept in scale.json and drawn; with a `--cache`
a run that was stopped goes on, and then its times are those of the last start alone and are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
from bench import put
from generate import articles
from watch import watched

import toolkit as tk

DOCS = Path(__file__).parent.parent / "docs"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
WORDS = 40
PROCESSES = 2
GOAL = 3.0
"""Gigabytes that a million articles may take."""
STEPS = {
    "load": "import sys, toolkit as tk; c = tk.load(sys.argv[1], recognizer='builtin', executor=int(sys.argv[3]), cache=sys.argv[4] or None, "
    "progress=sys.stderr.isatty()); print(len(c)); c.save(sys.argv[2])",
    "open": "import sys, time, toolkit as tk; a = time.perf_counter(); c = tk.open(sys.argv[1]); b = time.perf_counter(); "
    "tk.analyses.topic_mix(c); d = time.perf_counter(); len(c.where(outlet='The Northern Post', since='2026-02-01')); "
    "print(b - a, d - b, time.perf_counter() - d)",
}


def generated(n: int, folder: Path) -> Path:
    """A file of so many articles."""
    path = folder / f"articles-{n}.jsonl"
    if not path.exists():
        beside = path.with_suffix(".part")
        with beside.open("w", encoding="utf8") as file:
            for article in articles(n, words=WORDS):
                del article["truth"]
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        beside.rename(path)
    return path


def measured(n: int, folder: Path, cache: Path | None) -> dict[str, Any]:
    """One row of the curve."""
    source, saved = generated(n, folder), folder / f"corpus-{n}"
    again = bool(cache and cache.exists())
    command = [sys.executable, "-c", STEPS["load"], str(source), str(saved), str(PROCESSES), str(cache or "")]
    load = watched(command)
    if int(load.said) != n:
        raise RuntimeError(f"{n:,} articles were given and {load.said.strip()} were loaded.")
    chart = watched([sys.executable, "-c", STEPS["open"], str(saved)])
    opening, first, part = map(float, chart.said.split())
    row = {
        "articles": n,
        "seconds": None if again else round(load.seconds, 1),
        "CPU-seconds": None if again else round(load.cpu, 1),
        "articles/CPU-s": None if again else round(n / load.cpu),
        "peak GB": round(load.peak / 1e9, 2),
        "largest GB": round(load.largest / 1e9, 2),
        "saved MB": round(sum(path.stat().st_size for path in saved.rglob("*") if path.is_file()) / 1e6, 1),
        "open s": round(opening, 3),
        "first chart s": round(first, 2),
        "where s": round(part, 2),
        "chart GB": round(chart.peak / 1e9, 2),
    }
    shutil.rmtree(saved)
    return row


def drawn(rows: list[dict[str, Any]], whole: list[dict[str, Any]]) -> alt.LayerChart:
    """Memory against size: of loads, and (`whole`, see whole.py) of the part of a load that sees all of it, at larger sizes."""
    loads = pl.DataFrame(rows).select(
        "articles", pl.col("peak GB").alias("a load, all processes"), pl.col("largest GB").alias("a load, its largest process")
    )  # fmt: skip
    told = loads.unpivot(index="articles", variable_name="of", value_name="gigabytes")
    if whole:
        part = pl.DataFrame(whole).select(
            "articles", pl.lit("learning from all of it").alias("of"), gigabytes="peak GB"
        )
        told = pl.concat([told, part])
    base = alt.Chart(told).encode(
        x=alt.X("articles:Q").scale(type="log").title("Articles of 40 words").axis(format="~s", values=told["articles"].unique().sort().to_list()),
        y=alt.Y("gigabytes:Q").title("Peak resident memory, GB").scale(domainMin=0),
        color=alt.Color("of:N").title(None).legend(orient="top"),
    )  # fmt: skip
    goal = alt.Chart(pl.DataFrame({"goal": [GOAL]})).mark_rule(strokeDash=[4, 4]).encode(y="goal:Q")
    return (base.mark_line(point=True) + goal).properties(width=520, height=260)


def main() -> None:
    """Run the sizes asked for and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES, help="none: write the page again")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was done")
    parser.add_argument("--folder", type=Path, help="where the articles are written; a temporary folder by default")
    parser.add_argument("--into", type=Path, default=DOCS)
    options = parser.parse_args()
    kept = options.into / "scale.json"
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    rows = {old["articles"]: old for old in json.loads(kept.read_text("utf8"))} if kept.exists() else {}
    for n in options.sizes:
        began = time.perf_counter()
        cache = options.cache / str(n) if options.cache else None
        row = rows[n] = measured(n, folder, cache)
        kept.write_text(json.dumps([rows[size] for size in sorted(rows)], indent=1) + "\n", encoding="utf8")
        print(f"{n:,} articles in {time.perf_counter() - began:,.0f} s: {row}", flush=True)
    if not options.folder:
        shutil.rmtree(folder)
    ordered = [rows[size] for size in sorted(rows)]
    put(options.into / "performance.md", "scale", ordered)
    whole = options.into / "whole.json"
    chart = drawn(ordered, json.loads(whole.read_text("utf8")) if whole.exists() else [])
    title = f"Peak memory against size; the dashed line is the goal, {GOAL:g} GB"
    tk.Result(pl.DataFrame(ordered), chart).titled(title=title).save(options.into / "pictures" / "scale.svg")


if __name__ == "__main__":
    main()
