"""The notebooks as pages of the documents, with what they put out.

    python scripts/notebook_pages.py [NAME ...]

executes notebooks/*.ipynb, or those named, in a folder of their own and keeps them in build/notebooks (a minute or two).
`mkdocs build` makes a page of each: it calls `on_files`, as mkdocs.yml says under hooks. A notebook that was not executed since
its cells were changed becomes a page without outputs, which says so. Nothing of this is committed.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
EXECUTED = Path(os.environ.get("TOOLKIT_NOTEBOOKS", ROOT / "build" / "notebooks"))

WIDGET = "application/vnd.jupyter.widget-view+json"
HEAD = "*A notebook of the toolkit: `toolkit lab` copies all of them into a folder and opens them. [This one as a file]({file}).*"
BARE = "*This page was built without running the notebook: `make docs` shows what its cells put out.*"
ALIVE = '!!! info "Alive in a notebook"\n    This cell shows an application: it answers clicks and keys where the notebook runs. [Exploring](../explore.md) tells of it.'
BLANK = re.compile(r"\n\s*\n")
"""A blank line, which would end a block of HTML for Markdown."""
NEXT = re.compile(r"\]\((\d\d_\w+)\.ipynb\)")
"""A link to another notebook, which is a page here."""
LONG = 40
"""A cell that prints more lines than this is cut short."""


def execute(file: Path, into: Path) -> Path:
    """Run a notebook from top to bottom and keep it with its outputs; an error in a cell is raised."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(file, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "notebooks"
        shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
        shutil.copytree(NOTEBOOKS, here, ignore=shutil.ignore_patterns(".*"))
        NotebookClient(
            book, timeout=600, resources={"metadata": {"path": str(here)}}, store_widget_state=False
        ).execute()
    into.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, into / file.name)
    return into / file.name


def page(book: Mapping[str, Any], name: str, pictures: dict[str, bytes], *, note: str = "") -> str:
    """A notebook as Markdown; its charts go into `pictures`, by the name that the page has for them."""
    title, *cells = book["cells"]
    parts = [_source(title), HEAD.format(file=f"{name}.ipynb"), note]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            parts.append(NEXT.sub(r"](\1.md)", _source(cell)))
            continue
        parts.append(_fenced(_source(cell), "python"))
        for output in cell["outputs"]:
            parts.append(_output(output, name, pictures))
    return "\n\n".join(part for part in parts if part) + "\n"


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _output(output: Mapping[str, Any], name: str, pictures: dict[str, bytes]) -> str:
    """What a cell put out: an application as a remark, a chart as a picture, a table as HTML, else text."""
    data = {kind: value if isinstance(value, str) else "".join(value) for kind, value in output.get("data", {}).items() if isinstance(value, (str, list))}  # fmt: skip
    if WIDGET in output.get("data", {}):
        return ALIVE
    if "image/png" in data:
        file = f"{name}-{len(pictures) + 1}.png"
        pictures[file] = base64.b64decode(data["image/png"])
        told = output["metadata"].get("image/png", {})
        width = f' width="{int(told["width"])}"' if "width" in told else ""
        return f'<div class="nb-output"><img src="../{file}" alt="{escape(told.get("alt", ""))}"{width} loading="lazy"></div>'
    if "text/html" in data:
        table = BLANK.sub("\n", data["text/html"].strip())
        return f'<div class="nb-output">{table}</div>'
    return _fenced(_cut("".join(output.get("text", data.get("text/plain", "")))), "text")


def _cut(text: str) -> str:
    lines = text.rstrip().splitlines()
    return "\n".join(lines if len(lines) <= LONG else [*lines[:LONG], f"... {len(lines) - LONG} more lines"])


def _fenced(text: str, language: str) -> str:
    """Text that no Markdown in it can leave."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    return f"{fence}{language}\n{text}\n{fence}" if text else ""


def pages() -> Iterator[tuple[str, str | bytes]]:
    """Every file that the notebooks add to the documents: pages, their pictures, and the notebooks themselves."""
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        bare = json.loads(file.read_text(encoding="utf8"))
        made = EXECUTED / file.name
        book = json.loads(made.read_text(encoding="utf8")) if made.exists() else bare
        known = [*map(_source, book["cells"])] == [*map(_source, bare["cells"])] and book is not bare
        pictures: dict[str, bytes] = {}
        yield (
            f"notebooks/{file.stem}.md",
            page(book if known else bare, file.stem, pictures, note="" if known else BARE),
        )
        yield f"notebooks/{file.name}", file.read_text(encoding="utf8")
        yield from ((f"notebooks/{name}", picture) for name, picture in pictures.items())


def on_files(files: Any, config: Any) -> Any:
    """Called by mkdocs: add the notebooks to the files it builds from."""
    from mkdocs.structure.files import File

    for path, content in pages():
        files.append(File.generated(config, path, content=content))
    return files


if __name__ == "__main__":
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not sys.argv[1:] or notebook.stem in sys.argv[1:]:
            print(execute(notebook, EXECUTED), flush=True)
