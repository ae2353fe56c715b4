"""How far a long call has come: one line that updates in place, in a notebook and in a terminal, and is gone or tidy after."""

from __future__ import annotations

import html
import sys
import time
from types import TracebackType
from typing import Any

SILENT_FOR = 2.0
"""Seconds before anything is shown: what is quick stays quiet."""
EVERY = 0.2


class Progress:
    """Counts articles as they are done: `with Progress("Loading") as shown: shown.add(500)`."""

    def __init__(self, what: str, *, shown: bool = True) -> None:
        self.what, self.shown = what, shown
        self.done = self.kept = self.problems = self.parts = 0
        self.began = self.last = time.monotonic()
        self._handle: Any = None
        self._written = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            self._show(self._line("stopped" if kind else "done"), last=True)

    def keep(self, articles: int) -> None:
        """Say that so many articles were done before."""
        self.kept += articles

    def add(self, articles: int, *, problems: int = 0) -> None:
        """Say that so many more articles are done."""
        self.done, self.problems, self.parts = self.done + articles, problems, self.parts + 1
        now = time.monotonic()
        if self.shown and self.parts > 1 and now - self.began > SILENT_FOR and now - self.last > EVERY:
            self.last = now
            self._show(self._line("so far"))

    def _line(self, state: str) -> str:
        seconds = max(time.monotonic() - self.began, 1e-9)
        problems = f", {self.problems:,} problems" if self.problems else ""
        before = f" after {self.kept:,} that were done before" if self.kept else ""
        return f"{self.what}: {self.done:,} articles {state}{before}, {self.done / seconds:,.0f} a second{problems}"

    def _show(self, line: str, *, last: bool = False) -> None:
        self._written = True
        if _in_notebook():
            self._display(line)
        elif sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if last else ""))
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


def _in_notebook() -> bool:
    """Whether this process is a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
