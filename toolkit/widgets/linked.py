"""A chart and, below it, the evidence of the mark that is clicked or brushed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import polars as pl

from toolkit.receipt import count
from toolkit.widgets.chart import ChartView
from toolkit.widgets.closing import free
from toolkit.widgets.evidence import captioned, columns
from toolkit.widgets.table import Table

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

Evidence = Callable[[dict[str, Any]], pl.DataFrame]


class LinkedView(ipywidgets.VBox):  # type: ignore[misc]
    """A chart over its evidence; `selected` is the evidence shown, `selection` what was picked in the chart."""

    def __init__(self, chart: Chart, evidence_of: Evidence, keys: Sequence[str], *, alt: str = "") -> None:
        self._evidence_of, self.selected = evidence_of, pl.DataFrame()
        self.chart, self.table = ChartView(chart, keys=keys, alt=alt), Table(self.selected)
        super().__init__([self.chart, self.table])
        self.chart.observe(lambda _: self._show(), "selection")
        self._show()

    @property
    def selection(self) -> dict[str, Any]:
        """What is picked in the chart: each field with its value, values (a list) or interval (a tuple)."""
        return dict(self.chart.selection)

    def __repr__(self) -> str:
        return f"Chart over {count(self.selected.height, 'sentence')}. It is alive where its cell runs."

    def close(self) -> None:
        """Free what the view holds, in the kernel and on the page."""
        free(self)

    def _show(self) -> None:
        try:
            self.selected = self._evidence_of(self.selection)
        except ValueError as error:  # an analysis without evidence says so, in a sentence
            self.selected, caption = pl.DataFrame(), str(error)
        else:
            caption = captioned(self.selection, self.selected.height)
        self.table.show(self.selected, columns=columns(self.selected), caption=caption)


def view(chart: Chart, evidence_of: Evidence, keys: Sequence[str], *, alt: str = "") -> LinkedView:
    """The chart over the evidence that `evidence_of` gives for what is picked in it; {} asks for all of it.

    `keys` are the fields that a click on a mark tells, if the chart declares no selection of its own.
    """
    return LinkedView(chart, evidence_of, keys, alt=alt)
