"""What an annotator must do: give a frame about documents or sentences that exist."""

from __future__ import annotations

from functools import partial

import polars as pl

from toolkit.controls import checked
from toolkit.corpus import Corpus
from toolkit.plugin import Plugin
from toolkit.testing.corpora import corpora
from toolkit.testing.trial import Trials


def trials(plugin: Plugin) -> Trials:
    for name, corpus in corpora().items():
        yield f"it gives a keyed frame for {name}", partial(_annotated, plugin, corpus)


def _annotated(plugin: Plugin, corpus: Corpus) -> str | None:
    frame = plugin.function(corpus, **checked(plugin.name, plugin.settings, {}))
    if not isinstance(frame, pl.DataFrame) or "doc_id" not in frame.columns:
        return "it must give a polars DataFrame with doc_id, and sent_id where a row is about a sentence"
    keys = [key for key in ("doc_id", "sent_id") if key in frame.columns]
    lost = frame.join(corpus.sentences if len(keys) == 2 else corpus.documents, on=keys, how="anti")
    return f"{lost.height} of its rows are about documents or sentences that do not exist" if lost.height else None
