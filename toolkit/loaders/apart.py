"""Reading in a process of its own: native code that a damaged file can crash then ends that file, and not the session."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from toolkit.errors import ToolkitError

T = TypeVar("T")

LONGEST = 900
"""Seconds that a file may take."""

ROOM, TIMES = 2**30, 16
"""Bytes of memory that what is read may take, and beyond that so many times its own: what wants more is damaged, or a bomb."""


class Crashed(ToolkitError):
    """What was to be read broke the reader, or was too much for it; the message says so in the words that follow a name."""


def apart(function: Callable[..., T], *given: Any, size: int) -> T:
    """What a function of a module of ours gives, called in another process, which is kept for the next call.

    `size` is how many bytes are read. Raises Crashed if it raises anything, crashes, takes longer than `LONGEST`, or takes
    more memory than a file of that size may.
    """
    from concurrent.futures import ThreadPoolExecutor
    from concurrent.futures import TimeoutError as TooLate

    from loky.process_executor import BrokenProcessPool

    try:
        pool = _pool()
    except (ImportError, OSError):  # where there are no processes to be had, as in a browser
        pool = ThreadPoolExecutor(1)
    try:
        value, wrong = pool.submit(_guarded, function, given, ROOM + TIMES * size).result(timeout=LONGEST)
    except BrokenProcessPool:
        _close()
        raise Crashed("is damaged in a way that breaks its reader") from None
    except TooLate:
        _close()
        raise Crashed(f"takes longer than {LONGEST // 60} minutes to read") from None
    if wrong:
        raise Crashed(wrong)
    return cast(T, value)


def _guarded(function: Callable[..., T], given: tuple[Any, ...], room: int) -> tuple[T | None, str]:
    """The value, or what went wrong in words: errors of native code cannot always be sent from process to process."""
    try:
        with confined(room):
            return function(*given), ""
    except BaseException as error:  # isolation: whatever native code does, the next file is read
        said = str(error).strip().splitlines() or [type(error).__name__]
        return None, f"is damaged: {said[0].rstrip('.')}"


_pools: list[Any] = []


def _pool() -> Any:
    from loky import ProcessPoolExecutor

    if not _pools:
        few = {"POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2"}  # else threads alone take the room that there is
        _pools.append(ProcessPoolExecutor(max_workers=1, timeout=60, initializer=_quiet, env=few))
        atexit.register(_close)
    return _pools[0]


def _close() -> None:
    while _pools:
        _pools.pop().shutdown(wait=False, kill_workers=True)


def _quiet() -> None:
    """Keep what native code prints when it crashes to itself."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


@contextmanager
def confined(room: int) -> Iterator[None]:
    """Let this process take so many bytes of memory more than it has; where that cannot be said (but on Linux), any."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as told:
            taken = int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, OSError):
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = taken + room
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
