"""News articles to frames, frames to evidence-backed charts: `import toolkit as tk`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit import association, charts, schema, theme
    from toolkit.article import Article, Source
    from toolkit.caller import analyses
    from toolkit.comparison import compare
    from toolkit.controls import By, Column, Count, Entity, Names, Range, Topic
    from toolkit.corpus import Corpus
    from toolkit.covering import coverage, division
    from toolkit.discovery import discover
    from toolkit.drafting import workbench
    from toolkit.entities import known_places
    from toolkit.errors import (
        CodebookError,
        MissingExtra,
        NeedsError,
        PluginError,
        SchemaError,
        SettingError,
        ToolkitError,
    )
    from toolkit.explorer import dashboard, explore
    from toolkit.kinds import analysis, annotator, exporter, loader
    from toolkit.ledger import Decision, Ledger
    from toolkit.lexicon import valences
    from toolkit.loading import load, open, sample
    from toolkit.pairs import pairs
    from toolkit.parser import parser
    from toolkit.replay import replay
    from toolkit.reports import report
    from toolkit.resampling import bootstrap, interval, numbered, summed
    from toolkit.result import Result
    from toolkit.reviewing import review
    from toolkit.session import notebook, plugins, use
    from toolkit.sums import stable_sum
    from toolkit.testing import check_plugin
    from toolkit.topics import Codebook, drawn_topics
    from toolkit.validation import validate
    from toolkit.vectors import article_words
    from toolkit.voices import voices
    from toolkit.words import function_words, word_lists

    __version__: str

PUBLIC = {
    "caller": "analyses",
    "article": "Article Source",
    "controls": "By Column Count Entity Names Range Topic",
    "comparison": "compare",
    "corpus": "Corpus",
    "covering": "coverage division",
    "entities": "known_places",
    "discovery": "discover",
    "drafting": "workbench",
    "explorer": "dashboard explore",
    "errors": "CodebookError MissingExtra NeedsError PluginError SchemaError SettingError ToolkitError",
    "kinds": "analysis annotator exporter loader",
    "ledger": "Decision Ledger",
    "loading": "load open sample",
    "reviewing": "review",
    "pairs": "pairs",
    "session": "notebook plugins use",
    "parser": "parser",
    "replay": "replay",
    "reports": "report",
    "resampling": "bootstrap interval numbered summed",
    "result": "Result",
    "sums": "stable_sum",
    "testing": "check_plugin",
    "topics": "Codebook drawn_topics",
    "validation": "validate",
    "lexicon": "valences",
    "voices": "voices",
    "vectors": "article_words",
    "words": "function_words word_lists",
}
"""Which file each public name is in: it is imported when first asked for, so that `import toolkit` costs nothing."""

WHERE = {name: module for module, names in PUBLIC.items() for name in names.split()} | dict.fromkeys(
    ("association", "charts", "schema", "theme"), ""
)
__all__ = [
    "Article",
    "By",
    "Codebook",
    "CodebookError",
    "Column",
    "Corpus",
    "Count",
    "Decision",
    "Entity",
    "Ledger",
    "MissingExtra",
    "Names",
    "NeedsError",
    "PluginError",
    "Range",
    "Result",
    "SchemaError",
    "SettingError",
    "Source",
    "ToolkitError",
    "Topic",
    "analyses",
    "analysis",
    "annotator",
    "article_words",
    "association",
    "bootstrap",
    "charts",
    "check_plugin",
    "compare",
    "coverage",
    "dashboard",
    "discover",
    "division",
    "drawn_topics",
    "explore",
    "exporter",
    "function_words",
    "interval",
    "known_places",
    "load",
    "loader",
    "notebook",
    "numbered",
    "open",
    "pairs",
    "parser",
    "plugins",
    "replay",
    "report",
    "review",
    "sample",
    "schema",
    "stable_sum",
    "summed",
    "theme",
    "use",
    "valences",
    "validate",
    "voices",
    "word_lists",
    "workbench",
]


if not TYPE_CHECKING:  # a type checker knows the names above, and finds any other wrong

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            return import_module("toolkit.log").toolkit_version()
        if name not in WHERE:
            raise AttributeError(f"toolkit has no {name!r}; it has {', '.join(__all__)}.")
        module = import_module(f"toolkit.{WHERE[name]}" if WHERE[name] else f"toolkit.{name}")
        value = getattr(module, name) if WHERE[name] else module
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
