"""Draws a figure again from the receipt in its file, and says whether its numbers have changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import receipt
from toolkit.caller import analyses
from toolkit.corpus import Corpus
from toolkit.errors import ToolkitError
from toolkit.receipt import Receipt
from toolkit.result import Result


@dataclass(frozen=True, eq=False)
class Replay:
    """A figure drawn again: the new `result`, the receipts `before` and `now`, and whether the numbers are the `same`."""

    result: Result
    before: Receipt
    now: Receipt

    @property
    def same(self) -> bool:
        """Whether the new frame holds the numbers that the file's had."""
        return self.before.numbers == self.now.numbers

    @property
    def differences(self) -> list[str]:
        """What is not as it was, a sentence each: the corpus, the analysis, the toolkit."""
        was, now = self.before, self.now
        told = [
            ("The corpus has other content", was.fingerprint, now.fingerprint),
            ("The number of articles changed", was.documents, now.documents),
            (f"The analysis {now.plugin} has another version", was.version, now.version),
            ("The toolkit has another version", was.toolkit, now.toolkit),
            ("Names were found by another recogniser", was.recognizer, now.recognizer),
        ]
        return [f"{said}: {before} then, {after} now." for said, before, after in told if before != after]

    def __repr__(self) -> str:
        verdict = "The numbers are the same." if self.same else "The numbers have changed."
        return "\n".join([verdict, *self.differences, repr(self.result)])


def replay(file: str | Path, corpus: Corpus) -> Replay:
    """The figure of a file that `result.save` wrote, drawn again on a corpus, and whether its numbers changed.

    The file may be of any format; its receipt names the analysis, its settings and what it was asked for. Raises
    FileNotFoundError if there is no such file, ToolkitError if it carries no receipt, and what the analysis raises.

    >>> import tempfile, toolkit as tk
    >>> corpus = tk.load(["The talks resumed. Iran was not invited."], progress=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tk.replay(tk.analyses.topic_mix(corpus).save(f"{folder}/mix.svg"), corpus).same
    True
    """
    path = Path(file).expanduser()
    before = receipt.read(path)
    if before is None:
        raise ToolkitError(
            f"{str(path)!r} carries no receipt, so nothing says how to draw it again; only files that result.save wrote do."
        )
    foreign = (
        []
        if isinstance(before.compare, str)
        else [n for n, part in (before.compare or {}).items() if isinstance(part, str)]
    )
    if foreign:
        raise ToolkitError(
            f"{str(path)!r} compares {', '.join(foreign)}, corpora of their own, which no receipt holds; call the analysis again."
        )
    own = {"where": dict(before.where) or None, "dedupe": before.dedupe, "compare": before.compare}
    asked: dict[str, Any] = own | dict(before.settings)
    result = analyses[before.plugin](corpus, **asked)
    return Replay(result, before, result.receipt or before)
