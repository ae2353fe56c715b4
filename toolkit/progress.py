"""How far a long call has come: one line that updates in place, in a notebook and in a terminal, and is tidy after."""

from __future__ import annotations

import html
import shutil
import sys
import time
from types import TracebackType
from typing import Any

SILENT_FOR = 2.0
"""Seconds before anything is shown: what is quick stays quiet."""
EVERY = 0.2
LEAST_SHARE = 0.01
"""How much must be done before it is told how long the rest will take."""
PERIODS = ((90.0, 1, "s"), (5400.0, 60, "min"), (float("inf"), 3600, "h"))


class Progress:
    """Counts articles as they are done: `with Progress("Loading") as shown: shown.add(500, words=20_000)`.

    The line has articles, words a second, time left - `of` so many articles, or by the share that is done - and problems so far.
    """

    def __init__(self, what: str, *, shown: bool = True, of: int = 0) -> None:
        self.what, self.shown, self.of = what, shown, of
        self.done = self.kept = self.words = self.problems = self.parts = 0
        self.share: float | None = None
        self.began = self.last = time.monotonic()
        self._from: float | None = None
        self._handle: Any = None
        self._written = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            self._show(self.line("stopped" if kind else "done"), last=True)

    def keep(self, articles: int) -> None:
        """Say that so many articles were done before."""
        self.kept += articles

    def add(self, articles: int, *, words: int = 0, problems: int = 0, share: float | None = None) -> None:
        """Say that so many more articles are done, how many problems there are by now, and which share of all that is."""
        if self._from is None:  # a load that goes on begins with a share that took no time
            self._from = share or 0.0
        self.done, self.words, self.problems = self.done + articles, self.words + words, problems
        self.share = self.done / self.of if self.of else share
        self.parts += 1
        now = time.monotonic()
        if self.shown and self.parts > 1 and now - self.began > SILENT_FOR and now - self.last > EVERY:
            self.last = now
            self._show(self.line("so far"))

    def line(self, state: str) -> str:
        """What is shown; `state` is so far, done or stopped."""
        seconds = max(time.monotonic() - self.began, 1e-9)
        before = f" after {self.kept:,} that were done before" if self.kept else ""
        left = self._left(seconds) if state == "so far" else f"in {_period(seconds)}"
        problems = f"{self.problems:,} problem{'s' * (self.problems != 1)}" if self.problems else ""
        speed = f"{self.words / seconds:,.0f} words a second"
        told = [f"{self.what}: {self.done:,} articles {state}{before}", speed, left, problems]
        return ", ".join(filter(None, told))

    def _left(self, seconds: float) -> str:
        if self.share is None or self.share >= 1:
            return ""
        own = self.share - (0.0 if self.of else self._from if self.kept and self._from else 0.0)
        return f"about {_period(seconds / own * (1 - self.share))} left" if own >= LEAST_SHARE else ""

    def _show(self, line: str, *, last: bool = False) -> None:
        self._written = True
        if _in_notebook():
            self._display(line)
        elif sys.stderr.isatty():
            fits = line[: shutil.get_terminal_size().columns - 1]  # a line that is broken cannot be updated
            sys.stderr.write(f"\r\x1b[K{line if last else fits}" + ("\n" if last else ""))
            sys.stderr.flush()
        elif last:
            sys.stderr.write(line + "\n")

    def _display(self, line: str) -> None:
        from IPython.display import HTML, display

        shown = HTML(f"<div style='color:var(--jp-ui-font-color2,#666)'>{html.escape(line)}</div>")  # type: ignore[no-untyped-call]
        if self._handle is None:
            self._handle = display(shown, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(shown)


def _period(seconds: float) -> str:
    """Seconds, minutes or hours in whole numbers: 40 s, 12 min, 3 h.

    >>> _period(40), _period(700), _period(10_000)
    ('40 s', '12 min', '3 h')
    """
    unit, name = next((unit, name) for most, unit, name in PERIODS if seconds < most)
    return f"{max(round(seconds / unit), 1):,} {name}"


def _in_notebook() -> bool:
    """Whether this process is a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
