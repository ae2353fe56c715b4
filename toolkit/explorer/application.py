"""The explorer: filters, analyses, evidence and an article to read, linked; and any state of it as code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import polars as pl

from toolkit.errors import SettingError
from toolkit.explorer import code, picks
from toolkit.explorer.evidence import Evidence
from toolkit.explorer.filters import Counted, Filters
from toolkit.explorer.listing import Listing
from toolkit.explorer.panel import Panel, Start
from toolkit.explorer.work import Work
from toolkit.receipt import count
from toolkit.registry import registry
from toolkit.widgets import free
from toolkit.widgets.evidence import captioned

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.result import Result

WORDS = ("word", "term", "phrase")
"""Keys whose values are words of the text."""


class Explorer(ipywidgets.VBox):  # type: ignore[misc]
    """Analyses of a corpus side by side, with filters, evidence and an article to read.

    `where` are the conditions set in the filters and can be set; `panels` the analyses; `result` and `results` what they
    gave; `selection` what is picked in a chart, `selected` the sentences behind it as a polars frame; `code` the calls
    that give all this. `close()` frees what it holds.
    """

    def __init__(self, corpus: Corpus, starts: Sequence[Start], where: Mapping[str, Any]) -> None:
        self.corpus, self._name, self._work = corpus, code.name_of(corpus), Work()
        self.panels: list[Panel] = []
        self._active: Panel | None = None
        self.filters = Filters(corpus, where, changed=self._filtered)
        self.evidence, self.listing = Evidence(corpus, self._work), Listing()
        self._size, self._place = ipywidgets.HTML(), ipywidgets.Box()
        clear = _button("Clear filters", "Show all articles again", self._unfiltered)
        self._keep = _button("Keep as filter", "Make a filter of what is picked in the chart", self._kept)
        add = _button("Add analysis", "Put another analysis beside this one", self._added)
        side = ipywidgets.VBox([self._size, self.filters.form, clear])
        tools = ipywidgets.HBox([add, self._keep, self.listing])
        main = ipywidgets.VBox([self._place, tools, self.evidence])
        both = ipywidgets.HBox([side, main])
        super().__init__([both])
        for part, name in (
            (self, "explorer"),
            (both, "both"),
            (side, "side"),
            (main, "main"),
            (self._place, "panels"),
            (tools, "tools"),
        ):
            part.add_class(f"tk-{name}")
        registry.watch(self._plugins_changed)
        for start in starts:
            self._put(start)
        self._count()

    # What it shows, for code

    @property
    def where(self) -> dict[str, Any]:
        """The conditions on articles that are set in the filters, as `corpus.where` takes them."""
        return self.filters.where

    @where.setter
    def where(self, conditions: Mapping[str, Any]) -> None:
        self.filters.where = conditions
        for panel in self.panels:
            panel.hurry()

    @property
    def results(self) -> list[Result | None]:
        """What each analysis gave; None for one that failed."""
        self.wait()
        return [panel.result for panel in self.panels]

    @property
    def result(self) -> Result | None:
        """What the analysis gave in whose chart something is picked, or the first."""
        self.wait()
        return self._shown.result

    @property
    def selection(self) -> dict[str, Any]:
        """What is picked in a chart: each key of its result with its value, values (a list) or interval (a tuple)."""
        self.wait()
        return self._shown.selection

    @property
    def selected(self) -> pl.DataFrame:
        """The sentences behind what is picked, or behind the whole result, as `result.sentences` gives them."""
        self.wait()
        return self._shown.selected

    @property
    def code(self) -> str:
        """The calls that give each result and the sentences shown."""
        shown, names = self._shown, _names(self.panels)
        lines = [f"{names[shown]} = {shown.code(self._name)}"]
        if shown.evidence is not None:
            lines.append(f"selected = {names[shown]}.sentences({', '.join(code.arguments(shown.selection))})")
        lines += [f"{names[panel]} = {panel.code(self._name)}" for panel in self.panels if panel is not shown]
        text = "\n".join(lines)
        return f"{code.imports(text)}\n{text}"

    def __repr__(self) -> str:
        shown = ", ".join(panel.analysis for panel in self.panels)
        return f"Explorer of {count(len(self.corpus), 'article')}: {shown}. It is alive where its cell runs."

    # What can be done with it

    def add(self, analysis: str | Result) -> Panel:
        """Put another analysis beside those there are: by name, or from a result with its settings."""
        return self._put(Start.of(analysis))

    def read(self, doc_id: str, sent_id: int = -1) -> None:
        """Open an article at one of its sentences."""
        self.evidence.read(doc_id, sent_id)

    def wait(self) -> None:
        """Return when every analysis that was asked for has answered."""
        self._work.wait()

    def close(self) -> None:
        """Free what the explorer holds, in the kernel and on the page."""
        registry.unwatch(self._plugins_changed)
        self._work.close()
        free(self)

    # How its parts act on each other

    @property
    def _shown(self) -> Panel:
        """The analysis whose evidence is shown: the one in whose chart something was picked last, or the first."""
        return self._active if self._active in self.panels else self.panels[0]

    def _filtered(self) -> None:
        """Ask anew. While something is picked, the other analyses wait for the answer of the one it is picked in."""
        for panel in [self._shown] if self._shown.selection else self.panels:
            panel.ask(self.where)
        self._count()

    def _picked(self, panel: Panel) -> None:
        """Show what is behind the pick; a pick in one chart ends that in another."""
        before = self._shown
        if panel is not before and not panel.selection:
            return
        self._active = panel
        if panel is not before:
            before.clear()
        self._show()

    def _answered(self, panel: Panel) -> None:
        if panel is self._shown:
            self._show()
        else:
            self.listing.code = self.code

    def _show(self) -> None:
        """Show the evidence of what is picked and the code for it, and have the other analyses ask about its articles."""
        shown = self._shown
        picked = shown.selection
        try:
            frame = shown.selected
        except SettingError as error:
            frame, caption = pl.DataFrame(), str(error)
        else:
            caption = captioned(picked, frame.height)
        self.evidence.show(frame, caption=caption, pattern=_pattern(self.where, picked))
        self._keep.disabled = not picked or frame.is_empty()
        others = [panel for panel in self.panels if panel is not shown]
        if others and picked and not frame.is_empty():
            behind = picks.conditions(picked, frame, self.corpus, self.where)
        else:
            behind = self.where
        for other in others:
            other.ask(behind)
        shown.ask(self.where)
        self.listing.code = self.code

    def _kept(self) -> None:
        shown = self._shown
        behind = picks.conditions(shown.selection, shown.selected, self.corpus, self.where)
        shown.clear()
        self.where = behind

    def _unfiltered(self) -> None:
        self.where = {}

    def _added(self) -> None:
        taken, names = {panel.analysis for panel in self.panels}, [*registry.of("analysis")]
        self.add(next((name for name in names if name not in taken), names[0]))

    def _put(self, start: Start) -> Panel:
        panel = Panel(self.corpus, self._work, start, picked=self._picked, answered=self._answered, closed=self._closed)
        self.panels.append(panel)
        self._arrange()
        panel.ask(self.where)
        return panel

    def _closed(self, panel: Panel) -> None:
        self.panels.remove(panel)
        panel.close()
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        for panel in self.panels:
            panel.closable(len(self.panels) > 1)
        self._place.children = [panel.widget for panel in self.panels]

    def _count(self) -> None:
        """Say how many articles meet the conditions, and how many there are of each topic, outlet and language."""
        self._work.ask(self.filters, self.filters.count, self._counted)

    def _counted(self, counted: Counted | None, _: Exception | None) -> None:
        if counted is not None:
            self.filters.form.counts = counted.each
            of = f" of {counted.all:,}" if counted.found < counted.all else ""
            self._size.value = f"<b role='status'>{counted.found:,}{of} {count(counted.all, 'article').split()[-1]}</b>"

    def _plugins_changed(self) -> None:
        for panel in self.panels:
            panel.plugins_changed()


def _button(label: str, tip: str, act: Callable[[], None]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=label, tooltip=tip)
    button.on_click(lambda _: act())
    return button


def _names(panels: Sequence[Panel]) -> dict[Panel, str]:
    """A name for each result in code: its analysis's, with a number from the second on."""
    seen: dict[str, int] = {}
    names = {}
    for panel in panels:
        number = seen[panel.analysis] = seen.get(panel.analysis, 0) + 1
        names[panel] = panel.analysis if number == 1 else f"{panel.analysis}_{number}"
    return names


def _pattern(where: Mapping[str, Any], picked: Mapping[str, Any]) -> str:
    """The words that the reader has asked for, as a regular expression: those of the search, and those picked."""
    found = [re.escape(where["text"])] if where.get("text") else []
    for key in WORDS:
        words = picked.get(key, [])
        found += [rf"\b{re.escape(word)}\b" for word in ([words] if isinstance(words, str) else words)]
    return "|".join(found)
