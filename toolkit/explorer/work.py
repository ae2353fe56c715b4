"""Work behind the notebook: one job at a time in a thread, so that clicks are heard while it runs and it can be given up."""

from __future__ import annotations

import asyncio
import contextvars
import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Cancelled(BaseException):
    """Raised inside a job that is given up; no `except Exception` of an analysis holds it."""


@dataclass(eq=False)
class Job:
    """A function to call, and what to do with what it gave or raised, in the thread that asked."""

    make: Callable[[], Any]
    then: Callable[[Any, Exception | None], None]
    given_up: bool = False
    answer: Any = None
    error: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)
    told: bool = False
    later: asyncio.Handle | None = None
    """Where the event loop holds on to the job until it gets round to telling its answer."""


class Work:
    """Jobs in the order they were asked for; `ask` with the same key replaces what waits or runs under it.

    In a notebook `then` is called in its event loop; without one, jobs run at once where they are asked for.
    """

    def __init__(self) -> None:
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        self._context = contextvars.copy_context()
        """What answers are told in; that of the thread would hold on to what its libraries keep there."""
        self._jobs: dict[Any, Job] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._running: Job | None = None

    def ask(self, key: Any, make: Callable[[], Any], then: Callable[[Any, Exception | None], None]) -> None:
        """Have `make` called, and `then` with its answer, or None and what it raised."""
        self.cancel(key)
        job = Job(make, then)
        if self._loop is None:
            _run(job)
            self._tell(job)
            return
        with self._lock:
            self._jobs[key] = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="toolkit", daemon=True)
                self._thread.start()

    def cancel(self, key: Any) -> bool:
        """Give up what waits or runs under this key; its answer is never told. Says whether there was any."""
        with self._lock:
            job = self._jobs.pop(key, None)
            if job is None:
                return False
            job.given_up = True
            if job is self._running and self._thread is not None and self._thread.ident is not None:
                # It stops at its next line of Python: a polars query that has begun is finished first.
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread.ident), ctypes.py_object(Cancelled)
                )
            job.done.set()
            return True

    def wait(self) -> None:
        """Return when nothing is left to do, every answer told."""
        while job := next(iter([*self._jobs.values()]), None):
            job.done.wait()
            self._tell(job)

    def close(self) -> None:
        """Give up everything."""
        for key in [*self._jobs]:
            self.cancel(key)

    def _work(self) -> None:
        while True:
            try:
                with self._lock:
                    self._running = next((job for job in self._jobs.values() if not job.done.is_set()), None)
                    if self._running is None:
                        self._thread = None
                        return
                job = self._running
                _run(job)
                if not job.given_up and not job.told and self._loop is not None:
                    job.later = self._loop.call_soon_threadsafe(self._tell, job, context=self._context)
            except Cancelled:
                continue

    def _tell(self, job: Job) -> None:
        if job.told or job.given_up:
            return
        job.told = True
        with self._lock:
            self._jobs = {key: other for key, other in self._jobs.items() if other is not job}
        answer, error = job.answer, job.error
        job.answer = job.error = None
        if job.later is not None:  # it was waited for: a loop that is busy for long would keep it till then
            job.later.cancel()
        job.then(answer, error)


def _run(job: Job) -> None:
    """Call what is asked for; whatever an analysis raises is its answer."""
    try:
        job.answer = job.make()
    except Cancelled:
        job.given_up = True
    except Exception as error:  # isolation: shown in the panel that asked
        job.error = error
    finally:
        job.done.set()
