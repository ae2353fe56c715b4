"""A codebook in draft: edited over a corpus, compared with another, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.drafting.application import Workbench
from toolkit.drafting.draft import Draft
from toolkit.topics import Codebook

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

__all__ = ["Draft", "Workbench", "workbench"]


def workbench(corpus: Corpus, codebook: Any = None, *, other: Any = None, by: str | None = None) -> Workbench:
    """An application that edits a codebook over a corpus: each edit shows at once what it wins and loses.

    It begins with the corpus's codebook, or with the one given (in any form that `tk.load` takes), and compares with the
    start, the last change, or an `other` one. The trend is `by` a period or a column. `bench.codebook` is how it stands,
    and `corpus.retopic(bench.codebook)` puts it to use.

    >>> import toolkit as tk
    >>> corpus = tk.load(["The talks resumed in Geneva.", "Gas prices rose."], topics=["talks"], progress=False)
    >>> bench = tk.workbench(corpus)
    >>> bench.edit(lambda book: book.with_topic("Energy", "gas"))
    >>> bench.draft.mix.select("topic", "won").rows()
    [('talks', 0), ('Energy', 1), ('other', 0)]
    """
    book = corpus.codebook if codebook is None else Codebook.read(codebook)
    against = None if other is None else Codebook.read(other)
    return Workbench(Draft(corpus, book, other=against, by=by))
