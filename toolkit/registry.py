"""Finds, isolates and lists plugins; knows their kinds, not what they return."""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args

import pluggy

from toolkit.deferred import deferred
from toolkit.errors import PluginError
from toolkit.kinds import PROJECT, Hooks, Kind, declaration
from toolkit.plugin import Off, Origin, Plugin, code_version, files, import_file, named, own_functions

if TYPE_CHECKING:
    import polars as pl

BUNDLED = "news-toolkit"
ORDER: tuple[Origin, ...] = ("session", "installed", "bundled")


@dataclass
class Registry:
    """All plugins of this session. `plugins` are on, `off` are not and say why; `ran` has the seconds of the last run of each.

    The first plugin that is loaded also pays for the libraries that others share with it.
    """

    plugins: list[Plugin] = field(default_factory=list)
    off: list[Off] = field(default_factory=list)
    ran: dict[tuple[Kind, str], float] = field(default_factory=dict)
    _manager: pluggy.PluginManager = field(default_factory=lambda: _manager())
    _waiting: list[EntryPoint] | None = None
    _first: bool = True
    _watchers: list[Callable[[], None]] = field(default_factory=list)
    _loading: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    def of(self, kind: Kind) -> dict[str, Plugin]:
        """The plugins of one kind by name: used in the session, installed, bundled; by name within each."""
        self.load(kind)
        mine = [plugin for plugin in self.plugins if plugin.kind == kind]
        return {plugin.name: plugin for plugin in sorted(mine, key=lambda p: (ORDER.index(p.origin), p.name))}

    def load(self, kind: Kind | None = None) -> None:
        """Load the installed plugins of a kind, or all, and those in the folder TOOLKIT_PLUGINS: each once and on its own.

        An entry point whose name begins with a kind and a dot (`analysis.topic_mix`) waits until this kind is asked for.
        Whoever asks while another thread loads waits for it, so that nobody sees half of a kind.
        """
        with self._loading, deferred():
            self._load(kind)

    def _load(self, kind: Kind | None) -> None:
        if self._waiting is None:
            self._waiting = sorted(entry_points(group=PROJECT), key=_order)
        without = {name.strip() for name in os.environ.get("TOOLKIT_WITHOUT", "").split(",") if name.strip()}
        now = [entry for entry in self._waiting if kind is None or _hint(entry) in (None, kind)]
        self._waiting = [entry for entry in self._waiting if entry not in now]
        try:
            while now:
                self._load_entry(now[0], without)
                now.pop(0)
        finally:
            self._waiting += now  # one that was given up while it loaded is loaded when it is next asked for
        first, self._first = self._first, False
        folder = os.environ.get("TOOLKIT_PLUGINS")
        if first and folder:
            self._use_path(Path(folder), without)

    def use(self, thing: object) -> list[Plugin]:
        """Register a decorated function, a module, a plugin file or a folder of plugin files for this session.

        A function or file used again replaces its earlier self. Raises PluginError for a function that breaks the
        contract of its kind; a broken file in a folder is off, named in a warning and in `table()`.
        """
        used = self._use(thing)
        for tell in [*self._watchers]:
            tell()
        return used

    def watch(self, tell: Callable[[], None]) -> None:
        """Have `tell` called whenever a plugin is used in this session."""
        self._watchers.append(tell)

    def unwatch(self, tell: Callable[[], None]) -> None:
        """Do not call `tell` any more."""
        self._watchers = [other for other in self._watchers if other != tell]

    def _use(self, thing: object) -> list[Plugin]:
        if isinstance(thing, (str, Path)):
            return self._use_path(Path(thing))
        if isinstance(thing, ModuleType):
            functions = own_functions(thing)
            if not functions:
                raise PluginError(
                    f"The module {thing.__name__} has no plugin; decorate a function with @tk.analysis, @tk.annotator, @tk.loader or @tk.exporter."
                )
            return self._register(functions, "session", thing.__name__, code_version(*functions))
        if callable(thing) and declaration(thing):
            return self._register([thing], "session", "this session", code_version(thing))
        raise PluginError(
            f"{thing!r} is no plugin; use a function decorated with @tk.analysis, @tk.annotator, @tk.loader or @tk.exporter, a module, or a path."
        )

    def table(self) -> pl.DataFrame:
        """One row per plugin, those that are off included.

        Columns: name, kind, on, origin, source, version, settings, summary, problem, `loaded` (seconds to import its file,
        null for a function of the session) and `ran` (seconds of the last run of an analysis in this session).
        """
        import polars as pl

        self.load()
        on = [
            (p.name, p.kind, True, p.origin, p.source, p.version, ", ".join(p.settings), p.summary, None, p.loaded,
             self.ran.get((p.kind, p.name)))
            for p in sorted(self.plugins, key=lambda p: (p.kind, p.name))
        ]  # fmt: skip
        off = [(o.name, o.kind, False, o.origin, o.source, o.version, "", "", o.reason, None, None) for o in self.off]
        columns = {"name": pl.String, "kind": pl.String, "on": pl.Boolean, "origin": pl.String, "source": pl.String,
                   "version": pl.String, "settings": pl.String, "summary": pl.String, "problem": pl.String,
                   "loaded": pl.Float64, "ran": pl.Float64}  # fmt: skip
        return pl.DataFrame(on + off, schema=columns, orient="row")

    def _load_entry(self, entry: EntryPoint, without: set[str]) -> None:
        name, version = _named(entry.dist)
        origin: Origin = "bundled" if name == BUNDLED else "installed"
        short = _short(entry)
        if short in without:
            self.off.append(Off(short, "", origin, name, version, "switched off by TOOLKIT_WITHOUT", broken=False))
            return
        try:
            began = time.perf_counter()
            module = entry.load()
            took = time.perf_counter() - began
            functions = [module] if callable(module) and declaration(module) else own_functions(module)
            self._register(functions, origin, name, version, without, loaded=took)
        except (Exception, SystemExit) as error:
            self._set_off(short, _hint(entry) or "", origin, name, version, error)

    def _use_path(self, path: Path, without: Iterable[str] = ()) -> list[Plugin]:
        if path.is_file():
            return self._register_file(path, without)
        used: list[Plugin] = []
        for file in files(path):
            try:
                used += self._register_file(file, without)
            except (Exception, SystemExit) as error:
                self._broken(file, error)
        return used

    def _broken(self, file: Path, error: BaseException) -> None:
        """A file of a folder that cannot be used: it is off or, if it could be used before, stays as it was."""
        if any(plugin.source == str(file) for plugin in self.plugins):
            warnings.warn(f"{file} stays as it was: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=2)
        else:
            self._set_off(named(file).removeprefix("toolkit_"), "", "session", str(file), "", error)

    def _register_file(self, path: Path, without: Iterable[str] = ()) -> list[Plugin]:
        began = time.perf_counter()
        functions = own_functions(import_file(path))
        took = time.perf_counter() - began
        if not functions:
            raise PluginError(
                f"{path} has no plugin; decorate a function with @tk.analysis, @tk.annotator, @tk.loader or @tk.exporter."
            )
        return self._register(functions, "session", str(path), code_version(path), without, loaded=took)

    def _register(
        self,
        functions: Iterable[Any],
        origin: Origin,
        source: str,
        version: str,
        without: Iterable[str] = (),
        *,
        loaded: float | None = None,
    ) -> list[Plugin]:
        made = []
        for function, declared in ((f, declaration(f)) for f in functions):
            if declared is None or (origin != "session" and any(p.function is function for p in self.plugins)):
                continue  # no plugin, or one whose module has an entry point for each of its kinds
            plugin = Plugin(function.__name__, declared.kind, function, origin, source, version, loaded)
            if plugin.name in without:
                self.off.append(
                    Off(
                        plugin.name,
                        plugin.kind,
                        origin,
                        source,
                        version,
                        "switched off by TOOLKIT_WITHOUT",
                        broken=False,
                    )
                )
                continue
            _ = plugin.settings
            if self._admit(plugin):
                self._tell_pluggy(plugin)
                self.plugins.append(plugin)
                made.append(plugin)
        return made

    def _admit(self, new: Plugin) -> bool:
        """Names are unique per kind: one used in the session comes before an installed one, else the first stays."""
        self.off = [o for o in self.off if (o.name, o.kind or new.kind, o.source) != (new.name, new.kind, new.source)]
        old = next((p for p in self.plugins if (p.name, p.kind) == (new.name, new.kind)), None)
        if old is None:
            return True
        if new.origin != "session":
            self._shadow(new, old)
            return False
        self.plugins.remove(old)
        self._manager.unregister(name=_key(old))
        if old.origin != "session":
            self._shadow(old, new)
        return True

    def _shadow(self, behind: Plugin, before: Plugin) -> None:
        """Set a plugin off whose name another has: quietly for one of the session, which was used knowingly."""
        if before.origin == "session":
            reason = f"replaced by the one used from {before.source}"
            self.off.append(
                Off(behind.name, behind.kind, behind.origin, behind.source, behind.version, reason, broken=False)
            )
        else:
            taken = PluginError(f"the name is taken by the {before.kind} of {before.source}")
            self._set_off(behind.name, behind.kind, behind.origin, behind.source, behind.version, taken)

    def _tell_pluggy(self, plugin: Plugin) -> None:
        """Let pluggy check the signature: an unknown positional argument is refused, with its own message."""
        holder = SimpleNamespace(**{plugin.name: plugin.function})
        try:
            self._manager.register(holder, name=_key(plugin))
        except pluggy.PluginValidationError as error:
            self._manager.unregister(name=_key(plugin))
            raise PluginError(
                f"The {plugin.kind} {plugin.name} has a wrong signature: {' '.join(str(error).split())}"
            ) from error

    def _set_off(self, name: str, kind: str, origin: str, source: str, version: str, error: BaseException) -> None:
        if os.environ.get("TOOLKIT_STRICT") == "1":
            raise error
        reason = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
        self.off.append(Off(name, kind, origin, source, version, reason))
        warnings.warn(
            f"The plugin {name} of {source} {version} is off: {reason}".replace("  ", " "), RuntimeWarning, stacklevel=2
        )


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    return manager


def _order(entry: EntryPoint) -> tuple[bool, str]:
    """Ours first, then by name: the first of a name stays."""
    return _named(entry.dist)[0] != BUNDLED, entry.name


def _hint(entry: EntryPoint) -> str | None:
    """The kind that an entry point's name begins with; None if it tells none."""
    kind, dot, _ = entry.name.partition(".")
    return kind if dot and kind in get_args(Kind) else None


def _short(entry: EntryPoint) -> str:
    """The entry point's name without its kind."""
    return entry.name.partition(".")[2] if _hint(entry) else entry.name


@cache
def _named(dist: Distribution | None) -> tuple[str, str]:
    """A distribution's name and version; each time that it is asked it reads all it says of itself."""
    return (dist.name, dist.version) if dist else ("?", "?")


def _key(plugin: Plugin) -> str:
    return f"{plugin.kind}:{plugin.name}"


registry = Registry()
"""The registry of this session."""
