"""What each command does; each gives the exit code."""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.engine import Factory
    from toolkit.plugin import Plugin

FAILED = 1
UNFINISHED = "unfinished"
"""The folder, within the one to be written, that keeps what a load has done until the corpus is saved."""


def _corpus(options: argparse.Namespace, *, cache: Path | None = None) -> Corpus:
    """The corpus that SRC is: opened if it is a saved one, else loaded; what went wrong with some of it goes to stderr."""
    from toolkit import loading, store

    if store.is_saved(Path(options.source)):
        corpus = loading.open(options.source)
        return corpus.retopic(options.topics) if options.topics else corpus
    corpus = loading.load(
        options.source,
        topics=options.topics,
        recognizer=options.recognizer,
        columns=_columns(options.columns),
        language=options.language,
        dedupe=options.dedupe,
        cache=options.cache or cache,
        executor=_executor(options),
        progress=not options.quiet,
    )
    for source, action, problem in corpus.problems.head(5).iter_rows():
        print(f"toolkit: {action}: {source} {problem}", file=sys.stderr)
    if corpus.problems.height > 5:
        print(f"toolkit: and {corpus.problems.height - 5} more; see corpus.problems", file=sys.stderr)
    return corpus


def _executor(options: argparse.Namespace) -> int | Factory | None:
    """The number of processes, or the function that makes an executor; None if neither is given.

    Raises SettingError for both at once, for fewer than one process, and for a function that cannot be found.
    """
    from toolkit.errors import SettingError

    if options.workers is not None and options.executor:
        raise SettingError("--workers and --executor both say who does the work; give one of them.")
    if options.workers is not None and options.workers < 1:
        raise SettingError(f"--workers got {options.workers}; it must be 1 or more.")
    if not options.executor:
        workers: int | None = options.workers
        return workers
    module, _, name = options.executor.partition(":")
    sys.path.insert(0, str(Path.cwd()))  # as python -m does
    try:
        made = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingError(
            f"--executor got {options.executor!r}, and {str(error) or 'that names nothing'}; write module:function, as my_cluster:executor."
        ) from error
    return cast("Factory", made)


def _columns(given: Sequence[str] | None) -> dict[str, str] | None:
    """`text=body outlet=paper` as a dict. Raises SettingError for a word without =."""
    from toolkit.errors import SettingError

    wrong = next((word for word in given or () if "=" not in word), None)
    if wrong:
        raise SettingError(f"--columns got {wrong!r}; write a field and a column's name, as text=body.")
    return dict(word.split("=", 1) for word in given) if given else None


def load(options: argparse.Namespace) -> int:
    unfinished = options.output / UNFINISHED
    corpus = _corpus(options, cache=unfinished)
    corpus.save(options.output, frames=options.frames)
    shutil.rmtree(unfinished, ignore_errors=True)
    print(corpus)
    print(f"saved to {options.output}")
    return FAILED if not len(corpus) else 0


def run(options: argparse.Namespace) -> int:
    from toolkit.caller import analyses
    from toolkit.controls import parsed

    analysis = analyses[options.analysis]
    plugin: Plugin = analysis.plugin
    given = {name: getattr(options, f"setting_{name}", None) for name in plugin.settings}
    settings = {
        name: parsed(plugin.name, plugin.settings[name], text) for name, text in given.items() if text is not None
    }
    if options.output:
        from toolkit.result import exporter_for

        exporter_for(options.output)
    result = analysis(_corpus(options), **settings)
    print(result if not options.output else result.save(options.output))
    return 0


def check(options: argparse.Namespace) -> int:
    result = _corpus(options).check()
    found = [row for row in result.frame.iter_rows(named=True) if row["severity"] != "fine"]
    for row in found:
        print(f"{row['severity']:<8} {row['share']:>6.1%} {row['count']:>7,}  {row['check']}: {row['advice']}")
    if not found:
        print("Nothing was found that may be wrong.")
    if options.output:
        print(result.save(options.output))
    return FAILED if any(row["severity"] == "serious" for row in found) else 0


def report(options: argparse.Namespace) -> int:
    from toolkit.reports import report

    asked = {"title": options.title, "compare": options.compare, "theme": options.theme, "since": options.since}
    print(report(_corpus(options), options.output, **asked))
    return 0


def plugins(options: argparse.Namespace) -> int:
    from toolkit.registry import registry

    table = registry.table()
    for row in table.iter_rows(named=True):
        state, said = ("on ", row["summary"]) if row["on"] else ("off", row["problem"])
        took = "" if row["loaded"] is None else f"{1000 * row['loaded']:,.0f} ms"
        print(
            f"{state} {row['kind'] or '?':<10}{row['name']:<20}{row['source']} {row['version']:<10} {took:>8}  {said}"
        )
    return FAILED if any(off.broken for off in registry.off) else 0


def new(options: argparse.Namespace) -> int:
    from toolkit.scaffold import new

    written = new(options.name, kind=options.kind, folder=options.output, dist=options.dist)
    for path in written:
        print(path)
    print(f"Next: toolkit check-plugin {written[0]}")
    return 0


def check_plugin(options: argparse.Namespace) -> int:
    from toolkit.testing import points

    if not options.path.exists():
        raise FileNotFoundError(f"There is no plugin file {str(options.path)!r}.")
    checks = list(points(options.path))
    for check in checks:
        print(
            f"{'ok  ' if check.holds else 'FAIL'} {check.plugin}: {check.point}"
            + (f" - {check.why}" if not check.holds else "")
        )
    return 0 if all(check.holds for check in checks) else FAILED


def lab(options: argparse.Namespace) -> int:
    from toolkit.lab import launch

    return launch(Path.cwd(), options.source)
