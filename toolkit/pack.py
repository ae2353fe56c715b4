"""A figure in every format at once, in one folder, with a page that says which file is for what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import MissingExtra, SettingError
from toolkit.registry import registry

if TYPE_CHECKING:
    from toolkit.result import Result


def packed(result: Result, folder: Path) -> Path:
    """Write a figure in every format there is an exporter for, its description as a text, and a README; gives the folder.

    The files are named after the folder. A format whose extra is not installed is named in the README instead; one that holds no
    such result is passed over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for plugin in registry.of("exporter").values():
        suffix = plugin.declared.suffixes[0]
        name = f"{folder.name}{suffix}"
        try:
            plugin.function(result, folder / name, **{key: setting.default for key, setting in plugin.settings.items()})
            lines.append(f"- `{name}`: {plugin.summary}")
        except MissingExtra as missing:
            lines.append(f"- no `{name}`: {missing}")
        except SettingError:
            continue  # a format for other results, such as networks
    (folder / "alt.txt").write_text(result.alt + "\n", encoding="utf8")
    words = result.words
    told = [f"# {words.title}", *filter(None, (words.subtitle, words.byline, words.note, words.source))]
    files = [
        "## Files",
        "\n".join([*sorted(lines), "- `alt.txt`: The figure in words, for readers who do not see it."]),
    ]
    made = (
        ["## What it was computed from", "\n".join(f"- {line}" for line in result.receipt.told)]
        if result.receipt
        else []
    )
    (folder / "README.md").write_text("\n\n".join([*told, *files, *made]) + "\n", encoding="utf8")
    return folder
