"""Calls analyses: checks what they need, keeps what they gave, and adds receipt and evidence."""

from __future__ import annotations

import inspect
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from toolkit import receipt, side_by_side
from toolkit.controls import checked
from toolkit.corpus import Corpus
from toolkit.errors import NeedsError, PluginError, SettingError
from toolkit.plugin import Plugin
from toolkit.registry import registry
from toolkit.result import EVIDENCE, Result
from toolkit.side_by_side import Compare

DEDUPES = ("all", "stories", "outlet")
KEPT = 128
"""How many results are kept for a call that is made again."""

ADVICE = {
    "published": "Set it with corpus.with_dates(...)",
    "outlet": "Say which field holds it with tk.load(..., columns={'outlet': ...})",
    "duplicate_of": "Load with dedupe='mark'",
}
_kept: OrderedDict[Any, Result] = OrderedDict()


class Analysis:
    """One analysis, ready to be called on a corpus: `tk.analyses.topic_mix(corpus, by="outlet")`.

    Beside the plugin's own settings a call takes `where` (conditions as `corpus.where` has them), `dedupe` ("all";
    "stories" counts an article and its copies once, "outlet" once in each outlet) and `compare`: a column of `documents`, or
    sub-corpora by name, each its conditions or a corpus of its own. Then it answers for each, side by side: the frame has a
    first column `corpus`, and so has the evidence.
    """

    def __init__(self, plugin: Plugin) -> None:
        self.plugin = plugin
        self.__name__ = plugin.name
        self.__doc__ = inspect.getdoc(plugin.function)
        self.__signature__ = _signature(plugin)

    def __repr__(self) -> str:
        return f"{self.plugin.name}{self.__signature__}\n{self.plugin.summary}"

    def __call__(
        self,
        corpus: Corpus,
        *,
        where: Mapping[str, Any] | None = None,
        dedupe: Literal["all", "stories", "outlet"] = "all",
        compare: Compare | None = None,
        **settings: Any,
    ) -> Result:
        given = checked(self.plugin.name, self.plugin.settings, settings)
        if dedupe not in DEDUPES:
            raise SettingError(
                f"{self.plugin.name} got dedupe={dedupe!r}; it must be {' or '.join(map(repr, DEDUPES))}."
            )
        asked = {"where": dict(where or {}), "dedupe": dedupe}
        chosen = _chosen(corpus, where, dedupe)
        if compare is None:
            return self._answer(chosen, given, asked)
        parts, note = side_by_side.parts(chosen, compare, lambda own: _chosen(own, where, dedupe))
        answers = {name: self._answer(part, given, asked) for name, part in parts.items()}
        return side_by_side.together(answers, compare, note)

    def _answer(self, corpus: Corpus, settings: dict[str, Any], asked: dict[str, Any]) -> Result:
        """What the plugin gives for these settings, checked: from what was kept, or computed and kept."""
        key = (
            self.plugin.name,
            self.plugin.source,
            self.plugin.version,
            repr(sorted(settings.items())),
            corpus.fingerprint,
            corpus.filters,
            receipt.digest(corpus.judgements),
        )
        if key not in _kept:
            made = run(self.plugin, corpus, settings)
            _kept[key] = replace(made, receipt=replace(made.receipt, **asked) if made.receipt else None)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return _kept[key]


def _chosen(corpus: Corpus, where: Mapping[str, Any] | None, dedupe: str) -> Corpus:
    chosen = corpus.where(**where) if where else corpus
    return chosen if dedupe == "all" else chosen.without_copies(per="outlet" if dedupe == "outlet" else "corpus")


def _signature(plugin: Plugin) -> inspect.Signature:
    signature = inspect.signature(plugin.function)
    defaults = {"where": None, "dedupe": "all", "compare": None}
    own = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=value) for name, value in defaults.items()]
    return signature.replace(parameters=[*signature.parameters.values(), *own])


def run(plugin: Plugin, corpus: Corpus, settings: dict[str, Any]) -> Result:
    check_needs(plugin, corpus)
    began = time.perf_counter()
    result = plugin.function(corpus, **settings)
    if not isinstance(result, Result):
        raise PluginError(f"The analysis {plugin.name} gave {type(result).__name__}; it must give a tk.Result.")
    seconds = registry.ran[plugin.kind, plugin.name] = time.perf_counter() - began
    made = receipt.of(
        corpus,
        result.frame,
        plugin=plugin.name,
        title=plugin.summary.rstrip("."),
        version=plugin.version,
        settings=settings,
        seconds=seconds,
    )
    said = result.note or ""
    left = f"No article is left: {'; '.join(corpus.filters)}." if corpus.filters and not made.documents else ""
    if left not in said:  # an analysis may hand on another's note, which says so already
        said = f"{said} {left}".strip()
    return replace(result, note=said or None, receipt=made, context=context(corpus))


def context(corpus: Corpus) -> pl.LazyFrame:
    """Every sentence with its article: what evidence is joined to."""
    documents = corpus.scan("documents").select("doc_id", "title", "outlet", "published", "url")
    return (
        corpus.scan("sentences")
        .select("doc_id", "sent_id", "text", "start", "end")
        .join(documents, on="doc_id", how="left", maintain_order="left")
        .select(EVIDENCE)
    )


def check_needs(plugin: Plugin, corpus: Corpus) -> None:
    """Raise NeedsError, in a sentence, if the corpus has articles but lacks what the plugin cannot do without."""
    size = len(corpus)
    for need in plugin.declared.needs if size else ():
        table, _, column = need.partition(".")
        if not column:
            if corpus.frame(table).is_empty():
                raise NeedsError(f"{plugin.name} needs the frame {table}, which has no rows for this corpus.")
            continue
        have = corpus.scan(table).select(pl.col(column).is_not_null().sum()).collect().item()
        if not have:
            what = "documents with a date" if column == "published" else f"{table} with a value in {column}"
            advice = ADVICE.get(column, f"Add a column {column} before loading")
            raise NeedsError(f"{plugin.name} needs {what}; 0 of {size:,} have one. {advice}.")


class Analyses:
    """All analyses there are: `tk.analyses.<Tab>` lists them, `tk.analyses.topic_mix(corpus)` calls one."""

    def __getattr__(self, name: str) -> Analysis:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Analysis:
        plugins = registry.of("analysis")
        if name not in plugins:
            off = next((o for o in registry.off if o.name == name), None)
            why = f" It is off: {off.reason}." if off else ""
            raise AttributeError(f"There is no analysis {name!r}; there are {', '.join(plugins) or 'none'}.{why}")
        return Analysis(plugins[name])

    def __dir__(self) -> list[str]:
        return [*registry.of("analysis")]

    def __repr__(self) -> str:
        return "\n".join(f"{plugin.name:<20}{plugin.summary}" for plugin in registry.of("analysis").values())


analyses = Analyses()
"""The analyses of this session."""
