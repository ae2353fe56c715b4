"""The workbench: a codebook edited by mouse and keyboard, and what each edit wins and loses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets
import polars as pl

from toolkit.drafting import charts
from toolkit.drafting.chips import Chips
from toolkit.drafting.draft import Draft
from toolkit.errors import CodebookError
from toolkit.receipt import count
from toolkit.topics import Codebook
from toolkit.widgets import ChartView, Table, free

SHOWN = 60
"""Seeds of a topic that are shown as chips; more are in the table of coverage."""

BASES = {"at the start": "start", "before the last change": "last"}


class Workbench(ipywidgets.VBox):  # type: ignore[misc]
    """A codebook over a corpus, edited live; `codebook` is how it stands, `draft` what it finds beside another one.

    `topic` is the topic that is worked on. `edit` changes the codebook by code, `save` writes it as TOML, `close` frees all.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft, self._suggesting = draft, False
        self._build()
        self.topic = next(iter(draft.codebook.topics), None)
        self._redraw()

    # What it holds, for code

    @property
    def codebook(self) -> Codebook:
        """The codebook as it stands."""
        return self.draft.codebook

    @property
    def topic(self) -> str | None:
        """The topic that is worked on."""
        chosen: str | None = self._topics.value
        return chosen

    @topic.setter
    def topic(self, topic: str | None) -> None:
        self._topics.options = self.codebook.topics
        self._topics.value = topic if topic in self.codebook.topics else next(iter(self.codebook.topics), None)

    def edit(self, change: Callable[[Codebook], Codebook]) -> None:
        """Change the codebook: `bench.edit(lambda book: book.with_term("Iran", "Tehran"))`. What cannot be is said."""
        try:
            self.draft.change(change(self.codebook))
        except CodebookError as error:
            return self._tell(str(error))
        self._tell(f"{self._size()}. {self._moved()}")
        return self._redraw()

    def __repr__(self) -> str:
        return f"Workbench of a codebook of {count(len(self.codebook), 'topic')}. It is alive where its cell runs."

    def save(self, path: str) -> None:
        """Write the codebook as a TOML file."""
        try:
            target = self.codebook.save(path.strip())
        except OSError as error:
            return self._tell(str(error))
        return self._tell(f"Saved as {target}.")

    def close(self) -> None:
        """Free what the workbench holds, in the kernel and on the page."""
        free(self)

    # What it is made of

    def _build(self) -> None:
        self._topics = ipywidgets.Dropdown(description="Topic", options=self.codebook.topics)
        self._topics.observe(lambda _: self._redraw(), "value")
        self._word = self._asking("a word, a phrase, negotiat*, country:FRA", self._added)
        self._part = ipywidgets.Dropdown(options={"seed": "seeds", "not": "not"}, layout={"width": "80px"})
        self._new = self._asking("a new topic", self._named)
        self._path = self._asking("codebook.toml", lambda: self.save(self._path.value))
        self._said = ipywidgets.HTML()
        self._seeds = Chips("Seeds", action="Strike", sign="×", clicked=self._struck)
        self._excluded = Chips("Not", action="Strike", sign="×", clicked=self._struck)
        self._words = Chips("Suggestions", action="Add", sign="+", clicked=self._taken)
        self._undo, self._redo = self._button("Undo", self.draft.undo), self._button("Redo", self.draft.redo)
        bases = BASES | ({"the other codebook": "other"} if self.draft.other is not None else {})
        self._base = ipywidgets.Dropdown(
            description="Beside", options=bases, value=self.draft.base, tooltip="What it is compared with"
        )
        self._base.observe(lambda change: self._beside(change["new"]), "value")
        self._mix = ChartView(charts.mix_chart(len(self.codebook) + 1), keys=["topic"], alt="Share of each topic")
        self._mix.observe(lambda _: self._picked(), "selection")
        self._trend = ChartView(charts.trend_chart(self.draft.by), alt="The topic's share over time or groups")
        self._evidence = Table(pl.DataFrame(), columns=["change", "text", "weight", "before", "title", "outlet"])
        self._coverage = Table(pl.DataFrame())
        rows = [
            [self._topics, self._new, self._button("Add topic", self._named), self._button("Strike topic", self._gone)],
            [self._word, self._part, self._button("Add word", self._added), self._undo, self._redo,
             self._button("Suggest words", self._suggest), self._button("Learn anew", self.draft.learn)],
            [self._base, self._path, self._button("Save", lambda: self.save(self._path.value))],
        ]  # fmt: skip
        self._parts = [*(_row(row) for row in rows), self._said, self._seeds, self._excluded, self._words,
                       _row([self._mix, self._trend], "tk-charts"), self._evidence, self._coverage]  # fmt: skip
        super().__init__(self._parts)
        self.add_class("tk-workbench")
        self._said.add_class("tk-said")

    def _asking(self, hint: str, act: Callable[[], Any]) -> ipywidgets.Text:
        text = ipywidgets.Text(placeholder=hint, tooltip=hint.capitalize())
        text.on_msg(lambda _, message, __: act() if message.get("event") == "submit" else None)
        return text

    def _button(self, label: str, act: Callable[[], Any]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=label)
        own = act in (self.draft.undo, self.draft.redo, self.draft.learn)
        button.on_click(lambda _: self._stepped(act) if own else act())
        return button

    # What its parts do

    def _stepped(self, act: Callable[[], None]) -> None:
        act()
        self._tell(f"{self._size()}. {self._moved()}")
        self._redraw()

    def _added(self) -> None:
        topic, word, part = self.topic, self._word.value, self._part.value
        if topic and word.strip():
            before = self.codebook
            self.edit(lambda book: book.with_term(topic, word, part=part))
            self._word.value = "" if self.codebook != before else word

    def _taken(self, word: str) -> None:
        if topic := self.topic:
            self.edit(lambda book: book.with_term(topic, word))

    def _struck(self, word: str) -> None:
        if topic := self.topic:
            self.edit(lambda book: book.without_term(topic, word))

    def _named(self) -> None:
        name = self._new.value.strip()
        if name:
            self.edit(lambda book: book.with_topic(name))
            if name in self.codebook.topics:
                self._new.value, self.topic = "", name

    def _gone(self) -> None:
        if topic := self.topic:
            self.edit(lambda book: book.without_topic(topic))

    def _suggest(self) -> None:
        self._suggesting = True
        self._redraw()

    def _beside(self, base: Any) -> None:
        self.draft.base = base
        self._redraw()

    def _picked(self) -> None:
        topic = self._mix.selection.get("topic")
        if topic in self.codebook.topics:
            self.topic = topic

    # What it shows

    def _redraw(self) -> None:
        """Show what the codebook finds now."""
        if list(self._topics.options) != list(self.codebook.topics):
            self.topic = self.topic  # the setter lists the topics anew and, where it moves to another, redraws
        topic, mix = self.topic, self.draft.mix
        self._undo.disabled, self._redo.disabled = (not can for can in self.draft.can)
        if topic is None:
            self._seeds.words, self._excluded.words, self._words.words = [], [], []
            return self._mix.data("mix", charts.mix_rows(mix))
        coverage = self.draft.coverage(topic)
        entry = next(entry for entry in self.codebook.entries if entry.name == topic)
        hits = dict(coverage.select("seed", "hits").iter_rows())
        self._seeds.words = [[seed, f"{hits.get(seed, 0):,}"] for seed in entry.seeds[:SHOWN]]
        self._seeds.rest = f"and {len(entry.seeds) - SHOWN:,} more" if len(entry.seeds) > SHOWN else ""
        self._excluded.words = [[term, ""] for term in entry.excluded[:SHOWN]]
        if self._suggesting:
            found = self.draft.suggestions(topic).select("term", "documents", "example")
            self._words.words = [[term, f"in {documents:,}"] for term, documents, _ in found.iter_rows()]
            self._words.rest = "" if len(found) else "nothing stands out"
        self._mix.data("mix", charts.mix_rows(mix))
        self._trend.data("trend", charts.trend_rows(self.draft.trend(topic)))
        moved = self.draft.moved(topic)
        row = mix.filter(pl.col("topic") == topic).row(0, named=True)
        told = f"{topic}: {row['won']:,} sentences won, {row['lost']:,} lost; it holds {count(row['sentences'], 'sentence')} in {count(row['articles'], 'article')}."
        self._evidence.show(moved, caption=told)
        self._coverage.show(coverage.drop("topic"), caption=f"{topic}: how far each seed reaches")
        return None

    def _tell(self, what: str) -> None:
        from html import escape

        self._said.value = f"<span role='status'>{escape(what)}</span>"

    def _size(self) -> str:
        seeds = sum(len(entry.seeds) for entry in self.codebook.entries)
        return f"{count(len(self.codebook), 'topic')}, {count(seeds, 'seed')}"

    def _moved(self) -> str:
        moved = self.draft.mix.select("won", "lost").sum().row(0)
        return f"Beside the other codebook, {moved[0]:,} sentences are won by a topic and {moved[1]:,} lost."


def _row(parts: list[Any], name: str = "tk-row") -> ipywidgets.HBox:
    row = ipywidgets.HBox(parts)
    row.add_class(name)
    return row
