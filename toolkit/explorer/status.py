"""What a panel is doing: a Run button when it waits to be told, progress and Cancel while it works, the reason when it failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import anywidget
import traitlets as t

from toolkit.widgets.script import MAKE, script

HERE = Path(__file__).parent
State = Literal["ready", "waiting", "running", "failed"]


class Status(anywidget.AnyWidget):
    """A line under an analysis. `state` is ready, waiting (for Run), running or failed; `usual` are the seconds it takes."""

    _esm = script(MAKE, HERE / "status.js")
    _css = HERE / "explorer.css"

    state = t.Unicode("ready").tag(sync=True)
    message = t.Unicode().tag(sync=True)
    detail = t.Unicode().tag(sync=True)
    usual = t.Float().tag(sync=True)

    def __init__(self, *, run: Callable[[], None], cancel: Callable[[], None]) -> None:
        super().__init__()
        self._acts = {"run": run, "cancel": cancel}
        self.on_msg(self._act)

    def show(self, state: State, message: str = "", *, detail: str = "", usual: float = 0.0) -> None:
        """Say what is going on, in one step."""
        with self.hold_sync():
            self.state, self.message, self.detail, self.usual = state, message, detail, usual

    def _act(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        act = self._acts.get(str(message.get("kind")))
        if act:
            act()
