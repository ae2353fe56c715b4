"""Questions about what was found, one after the other, and what the answers say of its quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import polars as pl
import traitlets as t

from toolkit import store
from toolkit.corpus import Corpus
from toolkit.errors import SettingError
from toolkit.receipt import count
from toolkit.schema import JUDGEMENTS
from toolkit.validation.sampling import items
from toolkit.widgets import Table, free
from toolkit.widgets.script import MAKE, script

HERE = Path(__file__).parent
ANSWERS = ("yes", "no", "skip")
LABELS = {"group": "What", "precision_low": "From", "precision_high": "To", "recall_low": "From ", "recall_high": "To "}


class Ask(anywidget.AnyWidget):
    """One question: a sentence in its context, and buttons."""

    _esm = script(MAKE, HERE / "ask.js")
    _css = HERE / "ask.css"

    item = t.Dict().tag(sync=True)
    state = t.Unicode().tag(sync=True)


class Validation(ipywidgets.VBox):  # type: ignore[misc]
    """Questions about a corpus; `corpus` is it with the answers given so far, `scores` what they say of its quality.

    `answer("yes")` answers by code, `back()` takes the last answer away. `judgements` are all answers, those of other coders
    and earlier rounds included.
    """

    def __init__(self, corpus: Corpus, what: str, n: int, coder: str, folder: Path | None) -> None:
        self._folder, self._coder, self._what = folder, coder, what
        kept = corpus.judgements if folder is None else store.judgements(folder, corpus.judgements)
        self.corpus = replace(corpus, judgements=kept, _made={})
        asked = items(corpus, what, n)
        mine = kept.filter(pl.col("coder") == coder)
        key = ["what", "group", "doc_id", "sent_id", "start", "end"]
        self.items = asked.join(mine, on=key, how="anti", nulls_equal=True, maintain_order="left")
        self.at = 0
        self._ask, self._table = Ask(), Table(pl.DataFrame(), labels=LABELS)
        self._ask.on_msg(self._told)
        super().__init__([self._ask, self._table])
        self._show()

    @property
    def judgements(self) -> pl.DataFrame:
        """Every answer: see `tk.schema.JUDGEMENTS`."""
        return self.corpus.judgements

    @property
    def scores(self) -> pl.DataFrame:
        """What the answers say: precision and recall with their 95% intervals; `corpus.validated` for what was asked about."""
        return self.corpus.validated.filter(pl.col("what") == self._what)

    def __repr__(self) -> str:
        return f"Validation of {self._what}: {count(len(self.items), 'question')}. It is alive where its cell runs."

    def answer(self, said: str) -> None:
        """Answer the question: yes, no or skip."""
        if said not in ANSWERS:
            raise SettingError(f"{said!r} is no answer; answer {', '.join(ANSWERS)}.")
        if self.at < len(self.items):
            row = self.items[self.at].drop("question").with_columns(coder=pl.lit(self._coder), answer=pl.lit(said))
            self._keep(pl.concat([self._mine, JUDGEMENTS.conform(row)]))
            self.at += 1
            self._show()

    def back(self) -> None:
        """Take the last answer away and ask again."""
        if self.at:
            self.at -= 1
            self._keep(self._mine.head(-1))
            self._show()

    def close(self) -> None:
        """Free what it holds, in the kernel and on the page."""
        free(self)

    @property
    def _mine(self) -> pl.DataFrame:
        return self.judgements.filter(pl.col("coder") == self._coder)

    def _keep(self, mine: pl.DataFrame) -> None:
        """Take this coder's answers into the corpus and its folder, beside those that others have given there meanwhile."""
        every = self.judgements if self._folder is None else store.judgements(self._folder, self.judgements)
        answers = pl.concat([every.filter(pl.col("coder") != self._coder), mine])
        self.corpus = replace(self.corpus, judgements=answers, _made={})
        if self._folder is not None:
            store.judge(self._folder, answers)

    def _told(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        said = message.get("answer")
        if said == "back":
            self.back()
        elif said in ANSWERS:
            self.answer(str(said))

    def _show(self) -> None:
        with self._ask.hold_sync():
            self._ask.item = self._question() if self.at < len(self.items) else {}
            self._ask.state = f"{self.at:,} of {len(self.items):,} answered"
        shares = [name for name in self.scores.columns if name not in ("what", "judged", "coders", "group", "alpha")]
        self._table.show(
            self.scores.select("group", "judged", *shares, "coders", "alpha"), caption="What the answers say so far"
        )

    def _question(self) -> dict[str, str]:
        """The sentence in question, what stands around it, and what it is about."""
        row = self.items.row(self.at, named=True)
        near = self.corpus.sentences.filter(
            pl.col("doc_id") == row["doc_id"], pl.col("sent_id").is_between(row["sent_id"] - 1, row["sent_id"] + 1)
        )
        said = {number: (text, start) for number, text, start in near.select("sent_id", "text", "start").iter_rows()}
        text, begin = said[row["sent_id"]]
        start, end = (
            ((row["start"] or begin) - begin, (row["end"] or begin) - begin)
            if row["start"] is not None
            else (len(text), len(text))
        )
        title, outlet = self.corpus.documents.filter(pl.col("doc_id") == row["doc_id"]).select("title", "outlet").row(0)
        return {
            "place": ", ".join(filter(None, (title, outlet))),
            "before": f"{said[row['sent_id'] - 1][0]} " if row["sent_id"] - 1 in said else "",
            "left": text[:start],
            "marked": text[start:end],
            "right": text[end:],
            "after": f" {said[row['sent_id'] + 1][0]}" if row["sent_id"] + 1 in said else "",
            "question": row["question"],
        }
