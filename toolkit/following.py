"""Plugin files that are followed: used again, with all that is open, as soon as one of them is changed."""

from __future__ import annotations

import asyncio
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

from toolkit.errors import SettingError
from toolkit.plugin import files
from toolkit.registry import registry

EVERY = 0.5
"""Seconds between two looks at the files."""

Seen = Mapping[Path, tuple[int, int]]
_followed: dict[Path, Seen] = {}
_looking: WeakSet[asyncio.AbstractEventLoop] = WeakSet()


def follow(thing: Any) -> None:
    """Use a plugin file, or a folder of them, again whenever a file changes: twice a second, and before a cell is run.

    Raises SettingError for what is no path, and outside of a notebook, where nothing would look.
    """
    if not isinstance(thing, (str, Path)):
        raise SettingError(f"tk.use got follow=True for {thing!r}; only a plugin file or a folder can be followed.")
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    try:
        loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if shell is None and loop is None:
        raise SettingError(
            "tk.use got follow=True, and this is no notebook, so nothing would look; use it again instead."
        )
    if shell is not None and not _followed:
        shell.events.register("pre_run_cell", lambda *_: look())
    path = Path(thing).resolve()
    _followed[path] = _seen(path)
    if loop is not None and loop not in _looking:
        _looking.add(loop)
        _look_again(loop)


def look() -> None:
    """Use again what has changed since the last look; what is broken now is told, and stays as it was."""
    for path, before in [*_followed.items()]:
        now = _seen(path)
        if now == before:
            continue
        _followed[path] = now
        try:
            registry.use(path)
        except (Exception, SystemExit) as error:
            warnings.warn(f"{path} stays as it was: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=2)


def _look_again(loop: asyncio.AbstractEventLoop) -> None:
    look()
    loop.call_later(EVERY, _look_again, loop)


def _seen(path: Path) -> Seen:
    """The plugin files, with size and time of each."""
    found = {}
    for file in files(path) if path.exists() else []:
        try:
            about = file.stat()
        except OSError:  # it is just being written anew
            continue
        found[file] = (about.st_size, about.st_mtime_ns)
    return found
