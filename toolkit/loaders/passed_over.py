"""What lies in folders and archives beside articles and is none: by its name, and by what lies next to it."""

from __future__ import annotations

import re
from collections.abc import Container

SETTINGS = re.compile(r"^(readme.*|.*\.toml)$", re.IGNORECASE)
PROGRAM = re.compile(
    r"\.(css|scss|less|m?js|jsx|tsx?|map|svg|py|ipynb|r|rmd|sh|bat|sql|woff2?|ttf|otf|eot|ico)$", re.IGNORECASE
)
PARTS = re.compile(
    r"^(.+)[_.-](files?|dateien|fichiers|archivos|arquivos|bestanden|filer|pliki|soubory|tiedostot|dosyalar|файлы)$",
    re.IGNORECASE,
)
"""The folder into which a browser puts the pictures, styles, scripts and frames of a page that it saves, in its languages."""


def file(name: str) -> str | None:
    """Why a file of this name is no article, in the words that follow a name; None if it may be one."""
    if name.startswith("."):
        return "is hidden."
    if SETTINGS.match(name):
        return "is a read-me or settings file, not an article."
    return "is a program, a style, a font or a drawing, not an article." if PROGRAM.search(name) else None


def folder(path: str, beside: Container[str]) -> str | None:
    """The same for a folder: it is hidden, or holds the parts of a saved page that is among the paths `beside` it.

    >>> folder("ferry_files", ["ferry.html"]), folder("ferry_files", ["tram.html"])
    ("holds the parts of the page 'ferry.html', which is read.", None)
    """
    name = path.rsplit("/", 1)[-1]
    if name.startswith(".") or name == "__MACOSX":
        return "is hidden."
    page = PARTS.match(path)
    known = next((f"{page[1]}{end}" for end in (".html", ".htm") if page and f"{page[1]}{end}" in beside), None)
    return f"holds the parts of the page {known.rsplit('/', 1)[-1]!r}, which is read." if known else None
