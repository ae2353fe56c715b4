"""The review of names: the riskiest joins first, each with its sentences, decided with two clicks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets
import polars as pl

from toolkit.corpus import Corpus
from toolkit.errors import SettingError
from toolkit.ledger import Decision, told
from toolkit.receipt import count
from toolkit.reviewing.joins import SHOWN, joins, said, sentences
from toolkit.widgets import Table, free

STATIC = 30
"""Joins in the table that is there without a kernel."""


class Review(ipywidgets.VBox):  # type: ignore[misc]
    """Names that were joined, the riskiest first; `corpus` follows what is decided, and its ledger's file if it has one.

    A click on a join shows its sentences, a second one decides. `joins` are those that are left, `current` is the one looked
    at; `right`, `apart`, `ignore` and `undo` do by code what the buttons do.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self._before = corpus, []  # type: ignore[var-annotated]
        self.joins = joins(corpus)
        self._list, self._sentences = Table(self.joins, columns=SHOWN), Table(pl.DataFrame())
        self._ask, self._said = ipywidgets.HTML(), ipywidgets.HTML()
        acts = {
            "Same": (self.right, "The form is rightly joined to the name; not asked again"),
            "Not the same": (self.apart, "The form is a name of its own"),
            "Not in this article": (
                self.apart_here,
                "The form is a name of its own in the article of the sentence selected",
            ),
            "Ignore name": (self.ignore, "Leave all mentions of the name out"),
            "Undo": (self.undo, "Take the last decision back"),
        }
        self._buttons = [self._button(label, *act) for label, act in acts.items()]
        self._list.observe(lambda _: self._look(), "chosen")
        bar = ipywidgets.HBox(self._buttons, layout={"flex_flow": "row wrap", "overflow": "visible"})
        super().__init__([self._list, self._ask, bar, self._said, self._sentences])
        self.add_class("tk-review")
        self._said.add_class("tk-said")
        self._redraw()

    def _button(self, label: str, act: Callable[[], None], tooltip: str) -> ipywidgets.Button:
        button = ipywidgets.Button(description=label, tooltip=tooltip, layout={"width": "auto"})
        button.on_click(lambda _: act())
        return button

    def __repr__(self) -> str:
        return f"Review of {count(self.joins.height, 'join')} of names. It is alive where its cell runs."

    @property
    def current(self) -> dict[str, Any] | None:
        """The join that is looked at: the one selected, else the riskiest."""
        if self.joins.is_empty():
            return None
        chosen = [row for row in self._list.chosen if 0 <= row < self.joins.height]
        return self.joins.row(chosen[0] if chosen else 0, named=True)

    # What it decides

    def right(self) -> None:
        """The join is right: the ledger keeps that, and it is not asked again."""
        if join := self.current:
            self._decide(Decision("keep", join["name"], written=join["written"]))

    def apart(self) -> None:
        """The form is a name of its own."""
        if join := self.current:
            self._decide(Decision("split", join["name"], join["written"], join["written"]))

    def apart_here(self) -> None:
        """The form is a name of its own in the article of the sentence that is selected, else of the first one."""
        if join := self.current:
            rows = self._sentences.selected if self._sentences.chosen else self._sentences.frame.head(1)
            if rows.height:
                self._decide(*(
                    Decision("split", join["name"], join["written"], join["written"], doc_id)
                    for doc_id in rows["doc_id"].unique(maintain_order=True)
                ))  # fmt: skip

    def ignore(self) -> None:
        """All mentions of the name are left out."""
        if join := self.current:
            self._decide(Decision("ignore", join["name"]))

    def undo(self) -> None:
        """Take back what was decided last."""
        if not self._before:
            return self._tell("Nothing was decided here yet.")
        self.corpus = self.corpus.with_ledger(self._before.pop(), save=True)
        self._tell("The last decision is taken back.")
        return self._redraw()

    def _decide(self, *decisions: Decision) -> None:
        try:
            decided = self.corpus.decide(*decisions)
        except (SettingError, OSError) as error:
            return self._tell(str(error))
        self._before.append(self.corpus.ledger)
        self.corpus = decided
        where = f" Saved in {decided.ledger.path}." if decided.ledger.path else ""
        self._tell(f"{'; '.join(map(told, decisions))}.{where}")
        return self._redraw()

    # What it shows

    def _redraw(self) -> None:
        self.joins = joins(self.corpus)
        ledger = self.corpus.ledger
        caption = f"{count(self.joins.height, 'join')} to look at, the riskiest first; {count(len(ledger), 'decision')} in the ledger"
        self._list.show(self.joins, columns=SHOWN, caption=caption)
        self._look()

    def _look(self) -> None:
        join = self.current
        for button in self._buttons[:-1]:
            button.disabled = join is None
        self._buttons[-1].disabled = not self._before
        if join is None:
            self._ask.value = "<b>No join is left to look at.</b>"
            return self._sentences.show(pl.DataFrame(), caption="")
        self._ask.value = f"<b>{escape(said(join))}</b>"
        shown = sentences(self.corpus, join["name"], join["written"])
        return self._sentences.show(
            shown, columns=["what", "text", "title", "outlet", "published"], caption="Where they stand"
        )

    def _tell(self, what: str) -> None:
        self._said.value = f"<span role='status'>{escape(what)}</span>"

    def close(self) -> None:
        """Free what the review holds, in the kernel and on the page."""
        free(self)

    # Without a kernel

    def _ipython_display_(self) -> None:
        """The application, and below it a table for where no kernel runs: in one bundle the page would show neither."""
        from IPython.display import HTML, display

        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]
        display(HTML(self.static()))  # type: ignore[no-untyped-call]

    def static(self) -> str:
        """The riskiest joins with a sentence of each as an HTML table, folded; everything from the articles is escaped."""
        heads = "".join(
            f"<th scope='col' style='text-align:left'>{head}</th>"
            for head in ("risk", "written", "name", "how", "a sentence")
        )
        lines = "".join(
            f"<tr>{''.join(self._cells(join))}</tr>" for join in self.joins.head(STATIC).iter_rows(named=True)
        )
        summary = f"{count(self.joins.height, 'join')} as a table, for where no kernel runs"
        return f"<details><summary>{summary}</summary><table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></details>"

    def _cells(self, join: dict[str, Any]) -> list[str]:
        first = sentences(self.corpus, join["name"], join["written"]).head(1)
        told = [f"{join['risk']:.2f}", join["written"], join["name"], join["how"], *first["text"]]
        return [f"<td style='text-align:left'>{escape(cell)}</td>" for cell in told]
