"""From a chart to what draws it: the Vega-Lite spec in the house theme, and the Vega it compiles to."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from toolkit.charts.converter import converted
from toolkit.charts.links import harmless
from toolkit.theme import HOUSE, MUTED, Theme

if TYPE_CHECKING:
    import altair as alt

    Chart: TypeAlias = "alt.typing.ChartType | dict[str, Any]"

THEME = "toolkit"
"""The name that our theme and renderer have in Altair's registries."""

VEGA = "https://vega.github.io/schema/vega/v5.json"
VEGA_MIME = "application/vnd.vega.v5+json"
"""The newest Vega type that JupyterLab, Notebook and VS Code show without a kernel; a test reads it from JupyterLab."""

DATA = ("data", "datasets", "values")
"""What holds the reader's data and is left alone."""


UNWRITABLE = re.compile(r"(?<!\\)((?:\\\\)*)(?:\\u00[01][0-9a-f]|\\[bf])|[\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, as JSON writes it: after an even number of backslashes, or the character itself."""


def themed(chart: Chart, look: Theme | None = HOUSE) -> dict[str, Any]:
    """The chart's Vega-Lite spec with a theme under whatever its author has set; the house's colours become the theme's.

    `look=None` is the house theme with the colours of page, text and lines left to the viewer. A theme that the reader
    has enabled in Altair lies between the two.
    """
    spec = merged(_enabled(), specification(chart))
    if look is not None and look != HOUSE:
        spec = _recoloured(spec, _colors(look))
    under = HOUSE.shape() if look is None else look.config()
    whole: dict[str, Any] = _with_fallback(
        spec | {"config": merged(under, spec.get("config", {}))}, (look or HOUSE).font
    )
    return _writable(whole)


def vega(chart: Chart, *, alt: str = "", look: Theme | None = None) -> dict[str, Any]:
    """The chart compiled to Vega, for a viewer that brings its own page unless `look` says which; `alt` describes it."""
    spec = themed(chart, look)
    compiled = dict(_compiled(json.dumps(spec)))
    if "background" not in spec and "background" not in spec["config"]:
        compiled.pop("background", None)
    if alt:
        compiled["description"] = alt
    return compiled | {"$schema": VEGA}


@lru_cache(maxsize=32)
def _compiled(spec: str) -> dict[str, Any]:
    """The Vega of a spec; kept, since a report asks whether its charts can be drawn before it draws them, each as picture and as chart."""
    compiled: dict[str, Any] = harmless(converted("vegalite_to_vega", spec))
    return compiled


def _writable(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec without the characters that XML cannot hold: one of them in a headline would end the whole process."""
    text = json.dumps(spec, ensure_ascii=False)
    if not UNWRITABLE.search(text):
        return spec
    cleaned: dict[str, Any] = json.loads(UNWRITABLE.sub(r"\1", text))
    return cleaned


def specification(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite spec, its data inside, without a theme; not validated, which takes Altair ten times as long."""
    import altair as alt

    if isinstance(chart, dict):
        return chart
    with alt.theme.enable("none"), alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


def _enabled() -> dict[str, Any]:
    """What the theme that the reader has enabled in Altair sets, if it is not Altair's own or ours."""
    import altair as alt

    enabled = alt.theme.get()
    return {} if enabled is None or alt.theme.active in ("default", THEME) else dict(enabled())


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` laid over `under`, setting by setting."""
    both = under | over
    for name in under.keys() & over.keys():
        if isinstance(under[name], dict) and isinstance(over[name], dict):
            both[name] = merged(under[name], over[name])
    return both


def _colors(look: Theme) -> dict[str, str]:
    """What each of the house's colours is in another theme; on a dark page a chart's own ramp stays, its text fits it."""
    turn = {color: look.palette[place % len(look.palette)] for place, color in enumerate(HOUSE.palette)}
    ramps = zip((*HOUSE.ramp, *HOUSE.diverging), (*look.ramp, *look.diverging), strict=False) if not look.dark else ()
    return dict(ramps) | turn | {HOUSE.other: look.other, MUTED: look.quiet}


def _recoloured(part: Any, colors: dict[str, str]) -> Any:
    """The spec with each colour that is named in it replaced; data stay as they are."""
    if isinstance(part, list):
        return [_recoloured(item, colors) for item in part]
    if isinstance(part, dict):
        return {name: value if name in DATA else _recoloured(value, colors) for name, value in part.items()}
    return colors.get(part, part) if isinstance(part, str) else part


def _with_fallback(part: Any, font: str) -> Any:
    """The spec with every font followed by one that is there: a font that is not found would take its text with it."""
    if isinstance(part, list):
        return [_with_fallback(item, font) for item in part]
    if not isinstance(part, dict):
        return part
    return {name: value if name in DATA else _font(name, value, font) for name, value in part.items()}


def _font(name: str, value: Any, font: str) -> Any:
    if isinstance(value, str) and (name == "font" or name.endswith("Font")):
        return value if value.rstrip().endswith(("serif", "monospace")) else f"{value}, {font}"
    return _with_fallback(value, font)
