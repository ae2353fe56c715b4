"""One analysis in an explorer: which one, its settings as controls, its chart, and what is picked in it."""

from __future__ import annotations

import inspect
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import ipywidgets
import polars as pl

from toolkit.caller import DEDUPES, analyses
from toolkit.errors import SettingError, ToolkitError
from toolkit.explorer import code, picks
from toolkit.explorer.status import Status
from toolkit.registry import registry
from toolkit.result import Result, matching
from toolkit.widgets import ChartView, Drawing, Form, Table, drawing, free
from toolkit.widgets.settings import field, tip, value

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.explorer.work import Work

SLOW = 2.0
"""Seconds; an analysis that took longer waits for its Run button when something changes."""
COMPARED = 12
"""Columns of more values than this are not offered to compare by."""
LONG = ("doc_id", "title", "text", "url", "meta", "duplicate_of")
"""Columns that tell single articles apart, not groups of them."""


PATH = {
    "name": "path",
    "label": "save as",
    "kind": "text",
    "tip": "The suffix says in which form: svg, png, pdf, html, csv ...",
}


class Start(NamedTuple):
    """What a panel begins with."""

    analysis: str
    settings: Mapping[str, Any]
    dedupe: str = "all"
    compare: str = ""

    @classmethod
    def of(cls, wanted: str | Result) -> Start:
        """From an analysis's name, or from a result: the same analysis with the same settings."""
        if isinstance(wanted, str):
            return cls(analyses[wanted].plugin.name, {})
        made = getattr(wanted, "receipt", None)
        if made is None and not hasattr(wanted, "frame"):
            raise SettingError(f"{wanted!r} is no analysis's name and no result; name one, such as 'topic_mix'.")
        if made is None:
            raise SettingError("This result has no receipt, so nothing says which analysis gave it; name the analysis.")
        compare = made.compare if isinstance(made.compare, str) else ""
        return cls(made.plugin, made.settings, made.dedupe, compare)


class Answer(NamedTuple):
    """What a call of an analysis gave: its result, all of its evidence with sentences, and its chart ready to be shown."""

    analysis: str
    call: Mapping[str, Any]
    result: Result
    evidence: pl.DataFrame | None
    drawing: Drawing
    seconds: float


class Panel:
    """An analysis of an explorer's corpus; `widget` shows it, `result` and `selection` are what is seen in it."""

    def __init__(
        self,
        corpus: Corpus,
        work: Work,
        start: Start,
        *,
        picked: Callable[[Panel], None],
        answered: Callable[[Panel], None],
        closed: Callable[[Panel], None],
    ) -> None:
        self._corpus, self._work = corpus, work
        self._picked, self._answered = picked, answered
        self.where: dict[str, Any] = {}
        self.answer: Answer | None = None
        self._seconds = 0.0
        self._asked: Any = None
        self.chosen = Form(_choices(corpus, start), label="Analysis", across=True)
        self.settings = Form(label="Settings", across=True)
        self.status = Status(run=self.run, cancel=self.cancel)
        self.chart, self.numbers = ipywidgets.VBox(), ipywidgets.VBox()
        self.shows = ipywidgets.ToggleButton(description="Numbers", tooltip="Show the numbers behind the chart")
        self.file = Form([PATH | {"value": f"{start.analysis}.svg"}], label="Save", across=True)
        self.save = ipywidgets.Button(description="Save", tooltip="Write the figure to this file")
        self._close = ipywidgets.Button(description="Close", tooltip="Take this analysis away")
        self.tools = ipywidgets.HBox([self.shows, self.file, self.save, self._close])
        parts = [self.chosen, self.settings, self.status, self.chart, self.tools, self.numbers]
        self.widget = ipywidgets.VBox(parts)
        self.widget.add_class("tk-panel")
        self.tools.add_class("tk-tools")
        self._offer(start.settings)
        self.chosen.observe(self._rechosen, "values")
        self.settings.observe(lambda _: self.ask(), "values")
        self.shows.observe(lambda _: self._show_numbers(), "value")
        self.save.on_click(lambda _: self._save())
        self._close.on_click(lambda _: closed(self))

    # What it is set to

    @property
    def analysis(self) -> str:
        """The name of the analysis."""
        return str(self.chosen.values["analysis"])

    @property
    def call(self) -> dict[str, Any]:
        """What the analysis is called with, defaults left out."""
        told: dict[str, Any] = {}
        for name, setting in self._declared.items():
            given = value(setting, self.settings.values.get(name))
            if given != setting.default:
                told[name] = given
        if self.where:
            told["where"] = self.where
        if self.chosen.values["dedupe"] != "all":
            told["dedupe"] = self.chosen.values["dedupe"]
        if self.chosen.values.get("compare"):
            told["compare"] = self.chosen.values["compare"]
        return told

    def code(self, corpus: str) -> str:
        """The call that gives the result that is shown, or the one that failed."""
        analysis, call = (self.answer.analysis, self.answer.call) if self.answer else (self.analysis, self.call)
        return code.called(f"analyses.{analysis}", corpus, call)

    # What it shows

    @property
    def result(self) -> Result | None:
        """What the analysis gave; None before it has, or if it failed."""
        return self.answer.result if self.answer else None

    @property
    def selection(self) -> dict[str, Any]:
        """What is picked in the chart, by the keys of the result."""
        view = self._view
        return picks.typed(view.selection, self.answer.result) if view and self.answer else {}

    @property
    def evidence(self) -> pl.DataFrame | None:
        """All the sentences behind the result; None if it has none."""
        return self.answer.evidence if self.answer else None

    @property
    def selected(self) -> pl.DataFrame:
        """The sentences behind what is picked; raises SettingError if the analysis gave no evidence, or no answer."""
        if self.answer is None:
            raise SettingError(
                f"{self.analysis} gave no answer, so there are no sentences to show; its panel says why."
            )
        if self.evidence is None:
            raise SettingError(f"{self.analysis} gave no evidence, so there are no sentences to show.")
        return self.evidence.filter(matching(self.selection))

    def clear(self) -> None:
        """Pick nothing."""
        if self._view:
            self._view.clear()

    @property
    def _view(self) -> ChartView | None:
        return self.chart.children[0] if self.chart.children else None

    # What it does

    def ask(self, where: Mapping[str, Any] | None = None) -> None:
        """Ask anew if anything has changed, such as the conditions `where`: at once, or on Run if that was slow before."""
        self.where = self.where if where is None else dict(where)
        asked = (self._plugin, self.call)
        if asked == self._asked:
            return
        self._asked = asked
        if self._seconds > SLOW:
            self._work.cancel(self)
            self.status.show("waiting", f"Something has changed. It took {self._seconds:.0f} s before.")
        else:
            self.run()

    def run(self) -> None:
        """Ask now."""
        self.status.show("running", f"Running {self.analysis.replace('_', ' ')} ...", usual=self._seconds)
        analysis, call = self.analysis, self.call
        self._work.ask(self, lambda: _answer(analysis, self._corpus, call), self._tell)

    def hurry(self) -> None:
        """Run what waits to be told to: what is set by code is not asked for again by a button."""
        if self.status.state == "waiting":
            self.run()

    def cancel(self) -> None:
        """Give up what is running; the chart of before stays."""
        if self._work.cancel(self):
            self.status.show("waiting", "Cancelled.")

    def close(self) -> None:
        """Free what the panel holds, in the kernel and on the page."""
        self._work.cancel(self)
        free(self.widget)

    def closable(self, can: bool) -> None:
        """Offer to take the panel away, or not."""
        self._close.layout.display = "" if can else "none"

    def _show_numbers(self) -> None:
        for old in self.numbers.children:
            free(old)
        frame = self.answer.result.frame if self.answer and self.shows.value else None
        self.numbers.children = () if frame is None else (Table(frame, caption="The numbers behind the chart"),)

    def _save(self) -> None:
        """Write the figure of what was last asked, and say where or why not."""
        self._work.wait()
        if self.answer is None:
            return
        try:
            path = self.answer.result.save(self.file.values["path"])
        except (ToolkitError, OSError) as error:
            self.status.show("failed", f"Not saved: {error}")
        else:
            self.status.show("ready", f"Saved as {path}")

    def _tell(self, answer: Answer | None, error: Exception | None) -> None:
        self.answer = answer
        if answer is None:
            self._fail(error)
        else:
            self._seconds = answer.seconds
            self._draw(answer)
            self.status.show("ready")
        self._answered(self)

    def _draw(self, answer: Answer) -> None:
        view, keys = self._view, answer.result.keys
        if view is None:
            view = ChartView(answer.drawing, keys=keys)
            view.observe(lambda _: self._picked(self), "selection")
            self.chart.children = (view,)
        else:
            view.show(answer.drawing, keys=keys, keep=set(view.selection) <= set(keys))
        self._show_numbers()

    def _fail(self, error: Exception | None) -> None:
        said = str(error) or type(error).__name__
        told = isinstance(error, ToolkitError)
        reason = said if told else f"{self.analysis} failed: {type(error).__name__}: {said}"
        detail = "" if told or error is None else "".join(traceback.format_exception(error))
        for old in self.chart.children:
            free(old)
        self.chart.children = ()
        self.status.show("failed", reason, detail=detail)

    # Its controls

    def plugins_changed(self) -> None:
        """Offer the analyses that there are now, and ask anew if the one shown is another than it was."""
        plugins = registry.of("analysis")
        first, *rest = self.chosen.fields
        self.chosen.fields = [first | {"choices": [*plugins]}, *rest]
        if plugins.get(self.analysis) not in (None, self._plugin):
            self._offer({})
            self.ask()

    def _rechosen(self, change: Mapping[str, Any]) -> None:
        before = change["old"].get("analysis")
        if before != self.analysis:
            path = self.file.values["path"]
            self.file.set({"path": f"{self.analysis}.svg" if path == f"{before}.svg" else path})
            self._seconds = 0.0
            self.clear()
            self._offer({})
        self.ask()

    def _offer(self, settings: Mapping[str, Any]) -> None:
        """Show the controls of the analysis that is chosen, set to these settings."""
        self._plugin = registry.of("analysis")[self.analysis]
        self._declared = self._plugin.settings
        told = inspect.getdoc(self._plugin.function) or ""
        set_to = [replace(one, default=settings.get(name, one.default)) for name, one in self._declared.items()]
        self.settings.show([field(one, self._corpus.choices, tip(told, one.name)) for one in set_to])


def _choices(corpus: Corpus, start: Start) -> list[dict[str, Any]]:
    """Which analysis, and what the caller of any analysis may ask for."""
    documents = corpus.scan("documents")
    texts = [name for name, kind in documents.collect_schema().items() if kind == pl.String and name not in LONG]
    sizes = documents.select(pl.col(texts).n_unique()).collect().row(0, named=True)
    columns = [name for name, size in sizes.items() if 1 < size <= COMPARED or name == start.compare]
    told = [
        ("analysis", start.analysis, [*registry.of("analysis")], analyses[start.analysis].plugin.summary),
        (
            "dedupe",
            start.dedupe,
            list(DEDUPES),
            "Count all articles, each story once, or each story once in each outlet",
        ),
        ("compare", start.compare, ["", *columns], "Put the articles of each value side by side"),
    ]
    return [
        {"name": name, "label": name, "kind": "choice", "value": given, "choices": choices, "tip": said}
        for name, given, choices, said in told
        if len(choices) > 1
    ]


def _answer(analysis: str, corpus: Corpus, call: Mapping[str, Any]) -> Answer:
    import altair  # noqa: F401 - a second, once in a session: not counted as the analysis's

    began = time.perf_counter(), time.process_time()
    result = analyses[analysis](corpus, **call)
    evidence = None if result.evidence is None else result.sentences()
    drawn = drawing(result.figure, alt=result.alt)
    # What the machine does beside makes nothing slower for good, and several cores do not make it slow.
    seconds = min(time.perf_counter() - began[0], time.process_time() - began[1])
    return Answer(analysis, call, result, evidence, drawn, seconds)
