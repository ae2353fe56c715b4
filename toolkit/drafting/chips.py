"""Words as chips that can be clicked, to strike one or to take one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

HERE = Path(__file__).parent


class Chips(anywidget.AnyWidget):
    """Words in a row, each a button; `clicked` is called with the word.

    `words` are [word, remark] pairs; the remark is shown behind the word, and `action` says what a click does.
    """

    _esm = HERE / "chips.js"
    _css = HERE / "drafting.css"

    label = t.Unicode().tag(sync=True)
    action = t.Unicode().tag(sync=True)
    sign = t.Unicode().tag(sync=True)
    words: t.List[Any] = t.List().tag(sync=True)
    rest = t.Unicode().tag(sync=True)

    def __init__(self, label: str, *, action: str, sign: str, clicked: Callable[[str], None]) -> None:
        super().__init__(label=label, action=action, sign=sign)
        self._clicked = clicked
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        if message.get("word") in [word for word, _ in self.words]:
            self._clicked(str(message["word"]))
