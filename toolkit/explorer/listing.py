"""What an application shows, as code to copy."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets as t

from toolkit.widgets.script import MAKE, script

HERE = Path(__file__).parent


class Listing(anywidget.AnyWidget):
    """Code that gives what is shown, with a button that copies it."""

    _esm = script(MAKE, HERE / "listing.js")
    _css = HERE / "explorer.css"

    code = t.Unicode().tag(sync=True)
