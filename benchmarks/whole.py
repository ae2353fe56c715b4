"""How much memory the process that leads a load needs for what sees the whole corpus: copies, furniture, names, topics.

    python benchmarks/whole.py [--sizes 100000 1000000 2000000] [--into docs]

A load of millions takes hours; this is the part of it that grows with the corpus. The shards of 5000 generated articles of 40
words (benchmarks/generate.py) are written as often as it takes, under other ids and with other hashes of their words, so that the
same part of them are copies. Then a process of its own learns from them what a load does. The workers that make shards have ended by then, and those that put them under what was learned have not
begun. Rows are kept in whole.json and put into performance.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
from bench import put
from generate import articles
from watch import watched

from toolkit import cache, parts, pipeline
from toolkit.topics import Codebook

DOCS = Path(__file__).parent.parent / "docs"
SIZES = (100_000, 1_000_000, 2_000_000)
MADE = 5_000
SETTINGS = {"topic_model": "auto", "recognizer": "builtin", "language": None, "dedupe": "mark"}
FRAMES = ("documents", "sentences", "entities", "sketches")


def made(folder: Path) -> list[Path]:
    """The shards that are copied, each a folder."""
    given = [{name: value for name, value in row.items() if name != "truth"} for row in articles(MADE, words=40)]
    found = pipeline.gathered(given, SETTINGS, cache=folder, executor=1, progress=False)
    return [folder / shard.name for shard in found.shards]


def copied(shards: list[Path], times: int, folder: Path) -> None:
    """So many copies of the shards, numbered."""
    frames = [{name: pl.read_parquet(shard / f"{name}.parquet") for name in FRAMES} for shard in shards]
    for turn in range(times):
        for number, (shard, held) in enumerate(zip(shards, frames, strict=True)):
            place = folder / f"{turn * len(shards) + number:08}"
            place.mkdir(parents=True)
            for name, frame in held.items():
                renamed = frame.with_columns(pl.col("doc_id") + f"-{turn}") if turn else frame
                (shifted(renamed, turn) if name == "sketches" else renamed).write_parquet(place / f"{name}.parquet")
            shutil.copy(shard / cache.TOLD, place)


def shifted(sketches: pl.DataFrame, turn: int) -> pl.DataFrame:
    """Sketches as of other words."""
    mask = turn * 0x9E3779B97F4A7C15 % 2**48
    hashes = pl.col("signature").list.eval((pl.element() ^ mask).sort())
    return sketches.with_columns(pl.col("whole") + turn, signature=hashes)


def learned(folder: Path) -> None:
    """Learn from the shards in a folder what a load does, and say how many copies there are."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    shards = [shard for name in names if (shard := cache.read(folder, name, apart=True))]
    _, copies = parts.fit_of(parts._scans(shards, folder), parts._sketches(shards, folder), Codebook.read(), SETTINGS)
    print(copies.height)


def measured(size: int, shards: list[Path], folder: Path) -> dict[str, Any]:
    """One row: the memory and the time that it takes."""
    copied(shards, size // MADE, folder)
    seen = watched([sys.executable, __file__, "--learn", str(folder)])
    shutil.rmtree(folder)
    return {
        "articles": size,
        "copies": int(seen.said),
        "peak GB": round(seen.peak / 1e9, 2),
        "CPU-seconds": round(seen.cpu),
    }


def main() -> None:
    """Run the sizes asked for and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--into", type=Path, default=DOCS)
    parser.add_argument("--learn", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.learn:
        return learned(options.learn)
    kept = options.into / "whole.json"
    rows = {row["articles"]: row for row in json.loads(kept.read_text("utf8"))} if kept.exists() else {}
    with tempfile.TemporaryDirectory() as place:
        shards = made(Path(place, "made"))
        for size in options.sizes:
            rows[size] = measured(size, shards, Path(place, "copied"))
            print(rows[size], flush=True)
    ordered = [rows[size] for size in sorted(rows)]
    kept.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf8")
    put(options.into / "performance.md", "whole", ordered)
    return None


if __name__ == "__main__":
    main()
