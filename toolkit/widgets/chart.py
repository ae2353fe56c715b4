"""A live chart in the notebook that tells Python what the reader picks in it, and takes new rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import anywidget
import polars as pl
import traitlets as t

from toolkit import charts, theme
from toolkit.charts.pages import PACKED, SHOW
from toolkit.errors import PluginError
from toolkit.widgets.script import script

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

HERE = Path(__file__).parent
BRUSH, CLICK = 150, 30
"""Milliseconds of rest before a brush, and before a click, is told."""

LARGEST = 2_000_000
"""A compiled chart of more characters than this is not sent: a browser would choke on it."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?$")
PARTS = ("layer", "hconcat", "vconcat", "concat")


class Drawing(NamedTuple):
    """A chart ready to be shown: compiled to Vega, with the selections and the moments that are in it."""

    spec: dict[str, Any]
    params: list[dict[str, Any]]
    times: dict[str, str]


def drawing(chart: Chart, *, alt: str = "") -> Drawing:
    """What a chart view shows of a chart; it takes a while, and any thread may make it.

    Raises PluginError for one with so much data in it that a browser could not draw it.
    """
    drawn = charts.themed(chart, look=None)
    spec = charts.vega(drawn, alt=alt)
    if (size := len(json.dumps(spec))) > LARGEST:
        raise PluginError(
            f"The chart holds {size / 1e6:,.1f} MB, and a browser is sent {LARGEST / 1e6:g} MB at most; "
            "draw it from fewer rows, counted with group_by first, or save it as a picture."
        )
    return Drawing(spec, [_param(param, drawn) for param in _params(drawn)], _times(drawn))


class ChartView(anywidget.AnyWidget):
    """A chart whose selections are known in Python: `selection` maps each field picked to its value.

    Several values are a list, an interval is a tuple (from, to), nothing picked is {}; observe it as any trait. A chart
    that declares selections (points with fields, brushes) tells those; else a click on a mark tells the `keys` of its
    row. `alt` describes the chart in words.
    """

    _esm = script(SHOW, HERE / "brush.js", HERE / "chart.js")
    _css = HERE / "chart.css"

    spec = t.Dict().tag(sync=True)
    inks: t.List[Any] = t.List().tag(sync=True)
    fields = t.List(t.Unicode()).tag(sync=True)
    params: t.List[Any] = t.List().tag(sync=True)
    times = t.Dict().tag(sync=True)
    rows = t.Dict().tag(sync=True)
    picked = t.Dict().tag(sync=True)
    selection = t.Dict()

    def __init__(self, chart: Chart | Drawing, *, keys: Sequence[str] = (), alt: str = "") -> None:
        super().__init__(inks=[_vega_ink(theme.HOUSE), _vega_ink(theme.NIGHT)])
        self.on_msg(self._answer)
        self.show(chart, keys=keys, alt=alt)

    def show(
        self, chart: Chart | Drawing, *, keys: Sequence[str] | None = None, alt: str = "", keep: bool = False
    ) -> None:
        """Show another chart in the same place, with what is picked there if `keep`; those who observe stay."""
        drawn = chart if isinstance(chart, Drawing) else drawing(chart, alt=alt)
        with self.hold_sync():
            self.fields = self.fields if keys is None else list(keys)
            self.picked, self.rows = self.picked if keep else {}, {}
            self.times, self.params, self.spec = drawn.times, drawn.params, drawn.spec

    def data(self, name: str, rows: pl.DataFrame | Sequence[Mapping[str, Any]]) -> None:
        """Put other rows into the chart's data of this name (`alt.NamedData(name)`) without drawing it anew."""
        frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows))
        zones = {
            field: "moment" if getattr(dtype, "time_zone", None) else "wall"
            for field, dtype in frame.schema.items()
            if dtype in (pl.Date, pl.Datetime)
        }
        told = [{field: _iso(value) for field, value in row.items()} for row in frame.iter_rows(named=True)]
        with self.hold_sync():
            self.times = self.times | zones
            self.rows = self.rows | {name: told}

    def clear(self) -> None:
        """Pick nothing, where a click picks."""
        self.picked = {}

    @t.observe("picked")
    def _tell(self, _: Any) -> None:
        self.selection = {
            field: _value(one["values"], one["range"]) for field, one in self.picked.items() if one["values"]
        }

    def _answer(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        if message.get("kind") == "vega":
            self.send({"kind": "vega"}, [PACKED.read_bytes()])


def _vega_ink(look: theme.Theme) -> dict[str, Any]:
    """The theme's ink as a Vega config, on a page that keeps its own background."""
    ink = look.ink()
    axis = {name: color for name, color in ink["axis"].items() if not name.startswith(("label", "title"))}
    label, title = ink["axis"]["labelColor"], ink["axis"]["titleColor"]
    style = {"guide-label": {"fill": label}, "guide-title": {"fill": title}}
    # As good as transparent, and still dark to an expression that asks how dark the page is.
    return {
        "axis": axis,
        "title": ink["title"],
        "style": style,
        "background": "rgba(22,24,29,0.01)" if look.dark else "rgba(255,255,255,0.01)",
    }


def _units(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The spec and every spec inside it."""
    yield spec
    for part in [spec["spec"]] if isinstance(spec.get("spec"), dict) else []:
        yield from _units(part)
    for name in PARTS:
        for part in spec.get(name, ()):
            yield from _units(part)


def _params(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The selections that say which rows they hold: brushes, and points by field."""
    found = {param["name"]: param for unit in _units(spec) for param in unit.get("params", ()) if "select" in param}
    return [
        param for param in found.values() if param.get("bind") != "scales" and _kind(param) in ("interval", "fields")
    ]


def _kind(param: Mapping[str, Any]) -> str:
    select = param["select"]
    kind = select if isinstance(select, str) else select["type"]
    by = isinstance(select, dict) and (select.get("fields") or select.get("encodings"))
    return "fields" if kind == "point" and by else str(kind)


def _param(param: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser has to know of a selection: its name, how long to wait, which fields it holds as from and to."""
    channels = [
        channel for unit in _units(spec) for channel in unit.get("encoding", {}).values() if isinstance(channel, dict)
    ]
    measured = {
        channel["field"]
        for channel in channels
        if "field" in channel and channel.get("type") in ("quantitative", "temporal")
    }
    brush = _kind(param) == "interval"
    return {"name": param["name"], "wait": BRUSH if brush else CLICK, "ranges": sorted(measured) if brush else []}


def _times(spec: Mapping[str, Any]) -> dict[str, str]:
    """The fields that hold moments: `wall` as a clock shows them, without a time zone, or `moment`, with one."""
    data = [
        *spec.get("datasets", {}).values(),
        *(unit["data"]["values"] for unit in _units(spec) if "values" in (unit.get("data") or {})),
    ]
    zones: dict[str, str] = {}
    for rows in data:
        for row in rows[:100] if isinstance(rows, list) else []:
            for field, value in row.items() if isinstance(row, dict) else ():
                match = MOMENT.match(value) if isinstance(value, str) else None
                if match:
                    zones.setdefault(field, "moment" if match[1] else "wall")
    return zones


def _iso(value: Any) -> Any:
    """A value as JSON has it; a day is its midnight, on the clock of whoever looks."""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"{value.isoformat()}T00:00:00" if isinstance(value, date) else value


def _value(values: list[Any], ranged: bool) -> Any:
    """One value as itself, an interval as a tuple from low to high, several as a list."""
    told = [datetime.fromisoformat(value["time"]) if isinstance(value, dict) else value for value in values]
    if ranged:
        return min(told), max(told)
    return told[0] if len(told) == 1 else told
