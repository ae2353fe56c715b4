"""Opens JupyterLab on the notebooks that come with the toolkit, or on one made for a source."""

from __future__ import annotations

import json
import shutil
import subprocess  # nosec B404
import sys
from pathlib import Path

CARRIED = ("notebooks", "seeds")
"""The folders that are copied together: the notebooks read the articles in `seeds`."""


def launch(folder: Path, source: str | None = None) -> int:
    """Start JupyterLab in `folder`; gives its exit code. The notebooks are copied there first, if it has none."""
    opened = notebook_for(folder, source) if source else copied(folder) / "01_first_look.ipynb"
    print(f"opening {opened.relative_to(folder)}")
    # No shell, and the path is one argument: a name with quotes or blanks is a name.
    command = [sys.executable, "-m", "jupyterlab", str(opened)]
    return subprocess.call(command, cwd=folder)  # nosec B603


def copied(folder: Path) -> Path:
    """The folder of notebooks in `folder`: the one that is there, or a fresh copy of ours."""
    notebooks = folder / "notebooks"
    if not any(notebooks.glob("*.ipynb")):
        for name in CARRIED:
            shutil.copytree(shipped(name), folder / name, dirs_exist_ok=True)
    return notebooks


def shipped(name: str) -> Path:
    """A folder that comes with the toolkit: in a checkout its own, else where the wheel put it."""
    checkout = Path(__file__).parents[1] / name
    installed = Path(sys.prefix) / "share" / "news-toolkit" / name
    return checkout if checkout.is_dir() else installed


def notebook_for(folder: Path, source: str) -> Path:
    """A new notebook in `folder` that loads `source` and shows what it is about."""
    cells = [
        "import toolkit as tk\n\ntk.notebook()",
        f"corpus = tk.load({source!r})\ncorpus",
        "mix = tk.analyses.topic_mix(corpus)\nmix",
        "mix.view()",
    ]
    path = folder / f"look-{Path(source).stem or 'articles'}.ipynb"
    if not path.exists():
        path.write_text(json.dumps(_notebook(cells), indent=1), encoding="utf8")
    return path


def _notebook(cells: list[str]) -> dict[str, object]:
    made: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for i, text in enumerate(cells)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
