"""What an analysis must do: answer for any corpus, the same twice, with evidence, and a chart of its own numbers."""

from __future__ import annotations

import re
from functools import partial

import polars as pl

from toolkit.caller import run
from toolkit.controls import checked
from toolkit.corpus import Corpus
from toolkit.encodings import fields
from toolkit.errors import NeedsError, PluginError
from toolkit.plugin import Plugin
from toolkit.result import Result
from toolkit.testing.corpora import corpora
from toolkit.testing.trial import Trials


def trials(plugin: Plugin) -> Trials:
    for name, corpus in corpora().items():
        yield f"it answers for {name}", partial(_answers, plugin, corpus)
    yield "it gives the same frame twice", partial(_same, plugin)
    yield "its evidence leads to sentences", partial(_evidence, plugin)
    yield "its chart draws the numbers of its frame alone", partial(_drawn, plugin)
    yield "its picture is not blank", partial(_picture, plugin)
    yield "its settings can be set in the explorer", partial(_widgets, plugin)


def _answer(plugin: Plugin, corpus: Corpus) -> Result | None:
    """The result of the plugin's own code, past the cache; None if the corpus lacks what it says it needs."""
    try:
        return run(plugin, corpus, checked(plugin.name, plugin.settings, {}))
    except NeedsError:
        return None


def _answers(plugin: Plugin, corpus: Corpus) -> str | None:
    result = _answer(plugin, corpus)
    if result is not None:
        if not isinstance(result.frame, pl.DataFrame):
            return f"its frame is a {type(result.frame).__name__}; it must be a polars DataFrame"
        _ = result.figure if result.chart is None else result.chart.to_dict()
        repr(result)
    return None


def _on_sample(plugin: Plugin) -> Result:
    result = _answer(plugin, corpora()["the sample corpus"])
    if result is None:
        raise PluginError("the sample corpus lacks what it needs, so it cannot be checked")
    return result


def _same(plugin: Plugin) -> str | None:
    return (
        None
        if _on_sample(plugin).frame.equals(_on_sample(plugin).frame)
        else "two calls on the same corpus gave different frames"
    )


def _evidence(plugin: Plugin) -> str | None:
    result = _on_sample(plugin)
    if result.evidence is None or result.frame.is_empty():
        return None
    if not {"doc_id", "sent_id"} <= set(result.evidence.lazy().collect_schema().names()):
        return "its evidence has no doc_id and sent_id"
    if not result.keys and result.frame.height > 1:
        return f"its evidence shares no column with its frame ({', '.join(result.frame.columns)}), so no mark leads to a sentence"
    if not result.sentences().height:
        return "none of its evidence is a sentence of the corpus"
    marks = result.frame.select(result.keys).unique(maintain_order=True)
    if result.keys and result.marks(marks, shown=1).is_empty():
        return f"no row of its frame has the {' and '.join(result.keys)} of any of its evidence, so no mark leads to a sentence"
    return None


def _drawn(plugin: Plugin) -> str | None:
    result = _on_sample(plugin)
    if result.chart is None:
        return "it gave no chart"
    foreign = sorted(fields(result.chart.to_dict()) - set(result.frame.columns))
    if foreign:
        return f"its chart draws {', '.join(foreign)}, which the frame does not have"
    shared = [name for name in result.frame.columns if name in result.drawn.columns]
    lost = result.drawn.select(shared).join(result.frame, on=shared, how="anti", nulls_equal=True)
    return f"its chart draws {lost.height} rows whose numbers are not those of the frame" if lost.height else None


def _picture(plugin: Plugin) -> str | None:
    from toolkit import charts

    svg = charts.svg(_on_sample(plugin).figure, title="", desc="")
    return None if re.search(r"role-mark[^>]*><(path|text|image)", svg) else "nothing is drawn"


def _widgets(plugin: Plugin) -> str | None:
    from toolkit.widgets.settings import field, value

    for name, setting in plugin.settings.items():
        back = value(setting, field(setting, lambda _: [])["value"])
        if back != setting.default and back != [setting.default]:
            return f"the control of {name} turns its default {setting.default!r} into {back!r}; give it another type"
    return None
