"""What a loader must do: read a file, or pass it on, whatever is in it."""

from __future__ import annotations

import inspect
import io
from functools import partial

from toolkit.article import Article, Source
from toolkit.plugin import Plugin
from toolkit.testing.trial import Trials


def trials(plugin: Plugin) -> Trials:
    for name, raw in {"an empty file": b"", "random bytes": bytes(range(256)) * 4, "a text": b"A text.\n"}.items():
        suffix = next(iter(plugin.declared.suffixes), ".txt")
        yield (
            f"it reads or passes on {name}",
            partial(_loaded, plugin, Source(f"x{suffix}", opener=partial(io.BytesIO, raw))),
        )


def _loaded(plugin: Plugin, source: Source) -> str | None:
    given = plugin.function(source)
    if given is None:
        return None
    items = (
        [given]
        if isinstance(given, (Article, dict)) or (not inspect.isgenerator(given) and not hasattr(given, "__iter__"))
        else list(given)
    )
    strange = [item for item in items if not isinstance(item, (Article, dict, Source))]
    return f"it gave a {type(strange[0]).__name__}; it must give tk.Articles, dicts or tk.Sources" if strange else None
