"""Applications in a notebook that take an analyst from a corpus to an answer without code, and from there back to code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.explorer.application import Explorer

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
    return Explorer(corpus, [analysis], where or {})


def dashboard(corpus: Corpus, analyses: Sequence[str | Result], *, where: Mapping[str, Any] | None = None) -> Explorer:
    """Several analyses side by side, by name or as results with their settings, linked: what is picked in one filters the others.

    Otherwise as `tk.explore`; `results` has what each gave.
    """
    return Explorer(corpus, analyses or ["topic_mix"], where or {})
