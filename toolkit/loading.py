"""Sources to a corpus: load, open, sample."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from toolkit import pipeline, store
from toolkit.corpus import Corpus
from toolkit.engine import Factory
from toolkit.errors import SettingError
from toolkit.fitting import Raw, fitted
from toolkit.ledger import Ledger
from toolkit.log import LOG, logged
from toolkit.topics import Codebook

TOPIC_MODELS = ("auto", "seeds", "em", "embed")
DEDUPES = ("mark", "drop", "off")


def load(source: Any, *, topics: Any = None, topic_model: str = "auto", recognizer: str | Callable[..., Any] = "auto",
         columns: dict[str, str] | None = None, language: str | None = None, dedupe: str = "mark",
         cache: str | Path | None = None, executor: int | Factory | None = None, progress: bool = True) -> Corpus:  # fmt: skip
    """Articles from anywhere, as a `Corpus`.

    `source` is a path, a pattern, a folder, an archive, a URL, a frame, an iterable of strings or dicts, or a list of these.
    `topics` is a codebook (a TOML file or text, a dict, a list of names, or the name of a bundled one), `topic_model` auto,
    seeds, em or (extra `embed`) embed; `recognizer` finds names: auto, builtin, spacy, or a function of texts; `columns` says which field of
    the source is which, as {"text": "body"}; `language` is taken for every article that does not say its own; `dedupe` marks
    copies, drops them, or is off; `cache` is a folder that keeps what was done, so that a load that was stopped goes on where
    it was, and one of more files does no more than these; `executor` is a number of processes or a factory of an executor.

    An input that cannot be read is skipped and named in `corpus.problems`. Raises FileNotFoundError if `source` names
    nothing that exists, CodebookError for a codebook that cannot be read.

    >>> import toolkit as tk
    >>> corpus = tk.load(["The talks resumed in Abu Dhabi. Iran was not invited."], progress=False)
    >>> corpus.sentences["text"].to_list()
    ['The talks resumed in Abu Dhabi.', 'Iran was not invited.']
    """
    if topic_model not in TOPIC_MODELS:
        raise SettingError(f"There is no topic model {topic_model!r}; there are {', '.join(TOPIC_MODELS)}.")
    if dedupe not in DEDUPES:
        raise SettingError(f"There is no dedupe {dedupe!r}; there are {', '.join(DEDUPES)}.")
    book = Codebook.read(topics)
    settings = {"topic_model": topic_model, "recognizer": recognizer, "language": language, "dedupe": dedupe}
    kept = Path(cache).expanduser() if cache else None
    shard = pipeline.gathered(source, settings, columns=columns, cache=kept, executor=executor, progress=progress)
    frames, fit = fitted(Raw(shard.documents, shard.sentences, shard.entities), book, settings, Ledger())
    log = logged(LOG.to_frame(), "load", {**settings, "articles": len(frames["documents"])})
    log = logged(log, "entities", {"recognizer": shard.used})
    log = logged(
        log, "topics", {"codebook": book.fingerprint, "model": "em" if fit.topic_model else "seeds and context"}
    )
    return Corpus(
        frames={name: frame.lazy() for name, frame in frames.items()},
        codebook=book,
        settings={**settings, "used": shard.used},
        fit=fit,
        problems=pipeline.as_frame(shard.problems),
        log=log,
    )


def open(folder: str | Path) -> Corpus:
    """A corpus that was saved with `corpus.save`, as it was; nothing is computed again, and frames are read when asked for.

    Raises FileNotFoundError if the folder holds no saved corpus.
    """
    saved = store.read(Path(folder).expanduser())._asdict()
    annotated = saved.pop("annotated")
    return Corpus(**saved, _made=annotated)


def sample(*, progress: bool = False) -> Corpus:
    """The sample corpus that comes with the toolkit: fictional articles of four outlets over ten weeks."""
    with as_file(files("toolkit") / "data" / "sample" / "articles.jsonl") as path:
        return load(path, progress=progress)
