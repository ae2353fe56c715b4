"""Writes the table of formats into the README and the page on loading, from the registry of loaders."""

import re
from pathlib import Path

from toolkit.registry import registry

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "loading.md"]
BETWEEN = re.compile(r"(<!-- formats -->\n).*?(<!-- /formats -->)", re.DOTALL)


def table() -> str:
    """A row for each loader: its name, the suffixes of its files, what it reads."""
    rows = [
        f"| {plugin.name} | {' '.join(s for s in plugin.declared.suffixes if s != '*')} | {plugin.summary.rstrip('.')} |"
        for plugin in sorted(registry.of("loader").values(), key=lambda plugin: plugin.name)
        if plugin.origin == "bundled"
    ]
    return "\n".join(["| loader | files | what it reads |", "|---|---|---|", *rows, ""])


def page(path: Path) -> str:
    """A page as it should be: with the table as the registry gives it."""
    return BETWEEN.sub(lambda found: found[1] + table() + found[2], path.read_text(encoding="utf8"))


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path), encoding="utf8")
