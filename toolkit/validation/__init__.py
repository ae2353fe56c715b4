"""What was found, validated by hand: a sample, answered with yes and no, gives precision and recall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toolkit.validation.application import Validation

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

__all__ = ["Validation", "validate"]


def validate(
    corpus: Corpus,
    what: Literal["topics", "entities", "quotes"] = "topics",
    *,
    n: int = 50,
    coder: str = "",
    folder: str | Path | None = None,
) -> Validation:
    """An application that asks about a sample of what was found, and tells precision and recall from the answers.

    About `n` questions, drawn alike for every `coder`, so that several can be compared. `check.corpus` is the corpus with
    the answers: its receipts tell them, `corpus.save` keeps them, and `corpus.validated` is the frame of what they say. With
    the `folder` of a saved corpus each answer is kept there at once, beside those of other coders.

    >>> import toolkit as tk
    >>> corpus = tk.load(["The talks resumed. It rained."], topics=["talks"], progress=False)
    >>> check = tk.validate(corpus, "topics", n=2)
    >>> check.answer("yes")
    >>> check.corpus.judgements.height
    1
    """
    return Validation(corpus, what, n, coder, Path(folder).expanduser() if folder else None)
