"""What an exporter must do: write a file of a result, or say in a sentence what it does write."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from toolkit.caller import analyses
from toolkit.corpus import Corpus
from toolkit.errors import SettingError
from toolkit.plugin import Plugin
from toolkit.testing.corpora import corpora
from toolkit.testing.trial import Trials


def trials(plugin: Plugin) -> Trials:
    for name, corpus in corpora().items():
        yield f"it writes a result of {name}", partial(_exported, plugin, corpus)


def _exported(plugin: Plugin, corpus: Corpus) -> str | None:
    result = analyses["topic_mix"](corpus)
    if not plugin.declared.suffixes:
        return "it declares no suffix; say @tk.exporter(suffixes=('.svg',))"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"figure{plugin.declared.suffixes[0]}"
        try:
            written = plugin.function(result, path)
        except SettingError:  # a sentence about what it does write is an answer, too
            return None
        if written is None or not Path(written).exists():
            return f"it gave {written!r}; it must write the file and give its path"
        return None if Path(written).stat().st_size else "the file it wrote is empty"
