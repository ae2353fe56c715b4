"""Applications in a notebook that take an analyst from a corpus to an answer without code, and from there back to code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.errors import SettingError
from toolkit.explorer.application import Explorer
from toolkit.explorer.panel import Start

if TYPE_CHECKING:
    from toolkit.corpus import Corpus
    from toolkit.result import Result

__all__ = ["Explorer", "dashboard", "explore"]


def explore(
    corpus: Corpus, analysis: str | Result = "topic_mix", *, where: Mapping[str, Any] | None = None
) -> Explorer:
    """An application that answers questions by mouse: filters, any analysis, its evidence, and the articles to read.

    It begins with an analysis, by name or as a result of it with its settings, of the articles that meet `where`
    (conditions as `corpus.where` takes them). A click on a mark, or a drag over several, shows the sentences behind it;
    `selected` has them as a polars frame, and `code` says everything that is shown in code.

    >>> import toolkit as tk
    >>> corpus = tk.load(["The talks resumed in Geneva. Iran was not invited."], progress=False)
    >>> explorer = tk.explore(corpus, where={"topic": "Iran"})
    >>> explorer.selected["topic"].to_list()
    ['Peace talks', 'Iran']
    """
    return _opened(corpus, [analysis], where)


def dashboard(corpus: Corpus, analyses: Sequence[str | Result], *, where: Mapping[str, Any] | None = None) -> Explorer:
    """Several analyses side by side, by name or as results with their settings, linked: what is picked in one filters the others.

    Otherwise as `tk.explore`; `results` has what each gave.
    """
    return _opened(corpus, [analyses] if isinstance(analyses, str) else analyses or ["topic_mix"], where)


def _opened(corpus: Corpus, analyses: Sequence[str | Result], where: Mapping[str, Any] | None) -> Explorer:
    """An explorer, if all that it was given can be shown."""
    if not hasattr(corpus, "scan"):
        raise SettingError(f"A {type(corpus).__name__} is no corpus; make one with tk.load or tk.open.")
    starts = [Start.of(wanted) for wanted in analyses]
    return Explorer(corpus, starts, where or {})
