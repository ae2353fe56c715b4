"""The evidence in an application: sentences with what matters in them highlighted, and the article that one is from."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import ipywidgets
import polars as pl
import traitlets as t

from toolkit.highlights import colors, highlighted
from toolkit.registry import registry
from toolkit.widgets import Table
from toolkit.widgets.evidence import columns

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.explorer.work import Work
    from toolkit.reading import Reading

HERE = Path(__file__).parent
QUOTES = "quotes"
"""The annotator whose spans are a layer of the article, if it is there."""


class Reader(anywidget.AnyWidget):
    """An article as `corpus.read` shows it, at one of its sentences."""

    _esm = HERE / "reader.js"
    _css = HERE / "explorer.css"

    html = t.Unicode().tag(sync=True)
    sentence = t.Int(-1).tag(sync=True)

    def show(self, html: str, sentence: int) -> None:
        """Show HTML in which whatever comes from an article is escaped."""
        with self.hold_sync():
            self.html, self.sentence = html, sentence


class Evidence(ipywidgets.HBox):  # type: ignore[misc]
    """A table of sentences and, beside it, the article of the one that is clicked, its names, quotes and topics marked."""

    def __init__(self, corpus: Corpus, work: Work) -> None:
        self._corpus, self._work, self._pattern = corpus, work, ""
        marks = colors(corpus.codebook.topics)
        self.table = Table(pl.DataFrame(), marked=self._marked, colors=marks)
        self.reader = Reader()
        self.table.observe(self._read, "chosen")
        super().__init__([self.table, self.reader])
        self.add_class("tk-evidence")

    def show(self, frame: pl.DataFrame, *, caption: str, pattern: str = "") -> None:
        """Show sentences (`doc_id`, `sent_id`, `start`, `text` and more); `pattern` says which words were searched for."""
        self._pattern = pattern
        self.table.show(frame, columns=columns(frame), caption=caption)

    @property
    def selected(self) -> pl.DataFrame:
        """The sentences selected in the table."""
        return self.table.selected

    def read(self, doc_id: str, sent_id: int = -1) -> None:
        """Show an article at one of its sentences: at once, and with its quotes as soon as they are found."""
        self.reader.show(self._corpus.read(doc_id)._repr_html_(), sent_id)
        if QUOTES in registry.of("annotator"):
            quoted = partial(self._corpus.read, doc_id, layers=(QUOTES,))
            self._work.ask(self.reader, quoted, lambda article, _: self._show_quoted(article, sent_id))

    def _show_quoted(self, article: Reading | None, sent_id: int) -> None:
        if article is not None:
            self.reader.show(article._repr_html_(), sent_id)

    def _read(self, _: Any) -> None:
        rows = self.table.selected
        if rows.height:
            doc_id, sent_id = rows.select("doc_id", "sent_id").row(-1)
            self.read(doc_id, sent_id)

    def _marked(self, rows: pl.DataFrame) -> pl.DataFrame:
        frames = {name: self._corpus.scan(name) for name in ("entities", "topics")}
        return highlighted(rows, frames, self._pattern)
