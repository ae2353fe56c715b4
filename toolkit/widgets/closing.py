"""Freeing a widget: closing one leaves its children, its layout and its style in the kernel."""

from __future__ import annotations

import ipywidgets


def free(widget: ipywidgets.Widget) -> None:
    """Close a widget and all that it is made of, in the kernel and on the page."""
    parts = [*getattr(widget, "children", ()), getattr(widget, "layout", None), getattr(widget, "style", None)]
    for part in parts:
        if isinstance(part, ipywidgets.Widget):
            free(part)
    ipywidgets.Widget.close(widget)
