"""What the loaders give for a source, without the rest of the pipeline: for tests of loaders."""

from __future__ import annotations

from typing import Any

from toolkit import Article, loaders


def read(given: Any, columns: dict[str, str] | None = None) -> tuple[list[Article], list[str]]:
    """The articles in a source, and what was said of it, as `action: problem`."""
    problems: list[Any] = []
    articles = list(loaders.load(given, problems, {"columns": columns}))
    return articles, [f"{problem.action}: {problem.problem}" for problem in problems]
