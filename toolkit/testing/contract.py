"""Every point of the contract tried on the plugins of a module, a file or a function."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from toolkit.errors import PluginError
from toolkit.kinds import declaration
from toolkit.plugin import Plugin, code_version, files, import_file, own_functions
from toolkit.registry import Registry, registry
from toolkit.testing import analysis, annotator, exporter, loader
from toolkit.testing.corpora import corpora
from toolkit.testing.trial import Trial, Trials

TRIALS: dict[str, Callable[[Plugin], Trials]] = {
    "analysis": analysis.trials, "annotator": annotator.trials, "loader": loader.trials, "exporter": exporter.trials,
}  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One point of the contract, for one plugin: whether it holds, and if not, why."""

    plugin: str
    point: str
    holds: bool
    why: str = ""


def check_plugin(plugin: ModuleType | Callable[..., Any] | str | Path) -> pl.DataFrame:
    """The contract, point by point, for a module, a plugin file or a decorated function.

    Gives `plugin`, `point`, `holds`, `why`. Raises PluginError that names every point that does not hold, so that in a test
    `tk.check_plugin(module)` is enough.
    """
    checks = list(points(plugin))
    failed = [f"{check.plugin}: {check.point} - {check.why}" for check in checks if not check.holds]
    if failed:
        raise PluginError(f"{len(failed)} of {len(checks)} points do not hold:\n" + "\n".join(failed))
    return pl.DataFrame(
        [(c.plugin, c.point, c.holds, c.why) for c in checks], schema=["plugin", "point", "holds", "why"], orient="row"
    )


def points(thing: ModuleType | Callable[..., Any] | str | Path) -> Iterator[Check]:
    """Every point of the contract, tried."""
    try:
        plugins = _plugins(thing)
    except (Exception, SystemExit) as error:
        yield Check(
            str(getattr(thing, "__name__", thing)), "it can be loaded", False, f"{type(error).__name__}: {error}"
        )
        return
    with _lent(plugins):
        for plugin in plugins:
            yield from _of_one(plugin)


def _of_one(plugin: Plugin) -> Iterator[Check]:
    yield Check(plugin.name, "it can be loaded", True)
    point = "it has a docstring whose first line says what comes out"
    yield Check(plugin.name, point, bool(plugin.summary), "write one; menus show it")
    corpora()  # their cost is not the plugin's
    began, memory = time.perf_counter(), _peak()
    for point, trial in TRIALS[plugin.kind](plugin):
        yield _tried(plugin, point, trial)
    cost = f"all of it took {time.perf_counter() - began:.1f} s and {_peak() - memory:,.0f} MB more memory"
    yield Check(plugin.name, cost, True)


@contextmanager
def _lent(plugins: list[Plugin]) -> Iterator[None]:
    """Let analyses ask for the frames of annotators that are checked with them and are not installed yet."""
    have = registry.of("annotator")
    lent = [plugin for plugin in plugins if plugin.kind == "annotator" and plugin.name not in have]
    registry.plugins += lent
    try:
        yield
    finally:
        registry.plugins = [plugin for plugin in registry.plugins if plugin not in lent]


def _plugins(thing: ModuleType | Callable[..., Any] | str | Path) -> list[Plugin]:
    """The plugins in it, from a registry of their own, so that none of the session's is replaced."""
    modules = [import_file(file) for file in files(Path(thing))] if isinstance(thing, (str, Path)) else [thing]
    functions = [
        function
        for module in modules
        for function in (own_functions(module) if isinstance(module, ModuleType) else [module])
    ]
    apart = Registry()
    apart._waiting = []
    made = [plugin for function in functions if declaration(function) for plugin in apart.use(function)]
    if not made:
        raise PluginError(
            "it has no plugin; decorate a function with @tk.analysis, @tk.annotator, @tk.loader or @tk.exporter"
        )
    return [Plugin(p.name, p.kind, p.function, p.origin, p.source, code_version(p.function)) for p in made]


def _peak() -> float:
    """The most memory that this process has had at once, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def _tried(plugin: Plugin, point: str, trial: Trial) -> Check:
    try:
        wrong = trial()
    except (Exception, SystemExit) as error:
        wrong = f"it raised {type(error).__name__}: {error}"
    return Check(plugin.name, point, wrong is None, wrong or "")
