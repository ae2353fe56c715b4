"""A report as a notebook that makes it anew: the corpus saved beside it, a cell for each figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from toolkit.reports.content import Part, Report
from toolkit.reports.markdown import plain


def notebook(report: Report, path: Path) -> str:
    """The notebook as JSON; the corpus that it opens is saved to the folder NAME-corpus beside the path."""
    folder = path.with_name(f"{path.stem}-corpus")
    report.corpus.save(folder)
    opening = f"import toolkit as tk\n\ntk.notebook()\ncorpus = tk.open({folder.name!r})\ncorpus"
    cells = [_text(f"# {plain(report.title)}\n\n{plain(report.deck)}"), _code(opening)]
    for part in report.parts:
        cells += [
            _text(f"## {plain(part.name)}"),
            _code(_call(part)) if part.result is not None else _text(plain(part.why)),
        ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    numbered = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)]
    return json.dumps(
        {"cells": numbered, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1
    )


def _call(part: Part) -> str:
    """The call that gave a result, in Python."""
    result = part.result
    if result is None or result.receipt is None:
        return f"# {part.name}: a result that no receipt tells how to make"
    told = result.receipt
    given = {"where": dict(told.where), "dedupe": told.dedupe if told.dedupe != "all" else "", "compare": told.compare}
    asked = {name: value for name, value in given.items() if value}
    settings = "".join(f", {name}={value!r}" for name, value in (*told.settings.items(), *asked.items()))
    return f"tk.analyses.{told.plugin}(corpus{settings})"


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
