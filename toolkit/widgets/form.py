"""A form in the notebook: native controls of the browser, each with a label, that tell Python what is set in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from toolkit.widgets.script import MAKE, script

HERE = Path(__file__).parent


class Form(anywidget.AnyWidget):
    """Controls under their labels; `values` holds what is set in each, by name, and can be set and observed.

    A field is a dict of `name`, `label`, `kind`, `value` and `tip`, as `toolkit.controls.field` makes them of a setting:

    | kind | control | value |
    |---|---|---|
    | text, search | a line; a search tells what is typed while it is typed | str |
    | number, range | a number, a slider with `step`, between `least` and `greatest` | number or None |
    | check | a box to tick | bool |
    | choice | one of `choices` | str |
    | name, names | one or more (`most`) names, `choices` suggested | str, list |
    | date | a day | ISO day or None |
    | facet | any of `choices`, each with its number in `counts` | list |
    | period | days between two, brushed over `bars` ({from, until, count}) | [ISO day or None, ISO day or None] |
    """

    _esm = script(MAKE, HERE / "form.js")
    _css = HERE / "form.css"

    label = t.Unicode().tag(sync=True)
    across = t.Bool().tag(sync=True)
    fields: t.List[Any] = t.List().tag(sync=True)
    values = t.Dict().tag(sync=True)
    counts = t.Dict().tag(sync=True)

    def __init__(self, fields: Sequence[Mapping[str, Any]] = (), *, label: str, across: bool = False) -> None:
        super().__init__(label=label, across=across)
        self.show(fields)

    def show(self, fields: Sequence[Mapping[str, Any]]) -> None:
        """Show other controls, each with its own value, in one step."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.fields = [dict(field) for field in fields]
            self.values = {field["name"]: field["value"] for field in fields}

    def set(self, values: Mapping[str, Any]) -> None:
        """Set some of the controls; the others stay."""
        self.values = {**self.values, **values}
