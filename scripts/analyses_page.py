"""Writes docs/analyses.md: what every bundled analysis, annotator and exporter gives and takes, from the plugins themselves."""

import inspect
from pathlib import Path
from typing import get_args, get_origin

from toolkit.controls import Choice, Range, Setting, alternatives, optional
from toolkit.plugin import Plugin
from toolkit.registry import registry
from toolkit.widgets.settings import USUAL

PAGE = Path(__file__).parents[1] / "docs" / "analyses.md"
HEAD = """# What each plugin gives

Every analysis, annotator and exporter that comes with the toolkit: what it gives, column by column, and its settings, which
`tk.analyses.NAME(corpus, ...)`, the explorer and `toolkit run NAME SRC --setting VALUE` take alike. Pictures of the analyses are in the
[gallery](gallery.md); formats that are read are under [Loading](loading.md). This page is written from the plugins by
`scripts/analyses_page.py`.

Settings of one name mean the same everywhere:

"""
KINDS = {
    "analysis": "Analyses\n\nEach also takes `where`, `dedupe` and `compare`.",
    "annotator": "Annotators\n\nTheir frames are those of `corpus.frame(NAME, ...)`.",
    "exporter": "Exporters\n\n`result.save(path, ...)` picks one by the suffix.",
}
NAMED = {"group": "`tk.By`", "column": "`tk.Column`", "topic": "`tk.Topic`", "entity": "`tk.Entity`"}


def page() -> str:
    """The page: a section for each plugin, by kind and name."""
    common = "".join(f"| `{name}` | {told} |\n" for name, told in USUAL.items())
    parts = [f"{HEAD}| setting | what it says |\n|---|---|\n{common}"]
    for kind, title in KINDS.items():
        parts.append(f"\n## {title}\n")
        bundled = [plugin for plugin in registry.of(kind).values() if plugin.origin == "bundled"]
        parts += [_section(plugin) for plugin in sorted(bundled, key=lambda plugin: plugin.name)]
    return "".join(parts)


def _section(plugin: Plugin) -> str:
    told = inspect.getdoc(plugin.function) or ""
    suffixes = f"\n\nWrites {', '.join(f'`{suffix}`' for suffix in plugin.declared.suffixes)}."
    rows = "".join(f"| `{name}` | {_kind(one)} | `{one.default!r}` |\n" for name, one in plugin.settings.items())
    table = f"\n| setting | takes | default |\n|---|---|---|\n{rows}" if rows else ""
    return f"\n### {plugin.name}\n\n{told}{suffixes if plugin.declared.suffixes else ''}\n{table}"


def _kind(setting: Setting) -> str:
    """What a setting takes, in words."""
    if setting.choices:
        return "one of " + ", ".join(f"`{value}`" for value in setting.choices)
    choice = next((mark for mark in setting.marks if isinstance(mark, Choice)), None)
    if choice:
        return NAMED[choice.what]
    kinds = alternatives(setting.type)
    named = " or ".join(
        f"`{kind.__name__}`"
        if get_origin(kind) is None
        else f"`{get_origin(kind).__name__}` of `{get_args(kind)[0].__name__}`"
        for kind in kinds
    ) + (" or None" if optional(setting.type) else "")
    bounds = next((mark for mark in setting.marks if isinstance(mark, Range)), None)
    return f"{named}, {bounds.least:,g} to {bounds.greatest:,g}" if bounds else named


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
