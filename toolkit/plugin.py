"""One plugin: what it is, where it comes from, and how its functions are read from a module or a file."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from toolkit.controls import Setting, settings
from toolkit.errors import PluginError
from toolkit.kinds import Declaration, Kind, declaration

Origin = Literal["session", "installed", "bundled"]


@dataclass(frozen=True)
class Plugin:
    """One registered function: what it is, where it comes from, and what it may be set to."""

    name: str
    kind: Kind
    function: Callable[..., Any]
    origin: Origin
    source: str
    version: str
    loaded: float | None = field(default=None, compare=False)
    """Seconds that it took to import; None for a function of the session."""

    @property
    def declared(self) -> Declaration:
        return declaration(self.function) or Declaration(self.kind)

    @cached_property
    def settings(self) -> dict[str, Setting]:
        return settings(self.function)

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(self.function) or "").split("\n", 1)[0]


@dataclass(frozen=True)
class Off:
    """A plugin that is not in use, and why; `broken` if nobody wanted it so."""

    name: str
    kind: str
    origin: str
    source: str
    version: str
    reason: str
    broken: bool = True


def own_functions(module: ModuleType | Any) -> list[Callable[..., Any]]:
    """The decorated functions that the module itself defines, imported ones left out, in the order of their names."""
    found = [value for _, value in sorted(vars(module).items()) if callable(value) and declaration(value)]
    return [function for function in found if function.__module__ == module.__name__]


class Afresh(SourceFileLoader):
    """Reads the source each time: kept bytecode is taken for current if the file was changed within the same second."""

    def path_stats(self, path: Any) -> Any:
        raise OSError("no bytecode is kept")


def files(path: Path) -> list[Path]:
    """The file of a plugin, or those in a folder: its modules and packages, tests and what is hidden left out.

    Raises FileNotFoundError if there is nothing at the path.
    """
    if path.is_file():
        return [path]
    if not path.exists():
        raise FileNotFoundError(f"There is no plugin file or folder {str(path)!r}.")
    if (path / "__init__.py").is_file():
        return [path / "__init__.py"]
    found = [*path.glob("*.py"), *path.glob("*/__init__.py")]
    return sorted(file for file in found if not named(file).startswith(("_", ".", "test_")) and named(file) != "tests")


def named(path: Path) -> str:
    """The name of the module in a file: that of its folder if it is a package."""
    return path.resolve().parent.name if path.name == "__init__.py" else path.stem


def import_file(path: Path) -> ModuleType:
    """The module or package in a file, imported afresh."""
    name = named(path)
    if name in sys.stdlib_module_names:
        raise PluginError(f"{path} has the name of a module of Python's own; give it another.")
    inside = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(
        name, path, loader=Afresh(name, str(path)), submodule_search_locations=inside
    )
    if spec is None or spec.loader is None:
        raise PluginError(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def code_version(*things: Any) -> str:
    """A version for what has none: a hash of its source, so that an edited function is a new one."""
    digest = hashlib.blake2b(digest_size=4)
    for thing in things:
        if isinstance(thing, Path):
            digest.update(thing.read_bytes())
            continue
        try:
            digest.update(inspect.getsource(thing).encode())
        except (OSError, TypeError):
            digest.update(thing.__code__.co_code if hasattr(thing, "__code__") else _pickled(thing))
    return digest.hexdigest()


def _pickled(thing: Any) -> bytes:
    """An object that is called like a function, with all that it holds."""
    import cloudpickle

    return bytes(cloudpickle.dumps(thing))
