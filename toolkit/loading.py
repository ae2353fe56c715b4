"""Sources to a corpus: load, open, sample."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from toolkit import bucket, store
from toolkit.corpus import Corpus
from toolkit.errors import SettingError
from toolkit.fit import Fit
from toolkit.ledger import Ledger
from toolkit.log import LOG, logged
from toolkit.topics import Codebook

if TYPE_CHECKING:
    from toolkit.engine import Factory
    from toolkit.pipeline import Gathered

TopicModel = Literal["auto", "seeds", "em", "embed"]
Dedupe = Literal["mark", "drop", "off"]
Recognizer = Literal["auto", "builtin", "spacy"] | Callable[..., Any]
TOPIC_MODELS: tuple[TopicModel, ...] = get_args(TopicModel)
DEDUPES: tuple[Dedupe, ...] = get_args(Dedupe)


def load(source: Any, *, topics: Any = None, topic_model: TopicModel = "auto", recognizer: Recognizer = "auto",
         columns: dict[str, str] | None = None, language: str | None = None, dedupe: Dedupe = "mark",
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
    from toolkit import entities, pipeline

    if topic_model not in TOPIC_MODELS:
        raise SettingError(f"There is no topic model {topic_model!r}; there are {', '.join(TOPIC_MODELS)}.")
    if dedupe not in DEDUPES:
        raise SettingError(f"There is no dedupe {dedupe!r}; there are {', '.join(DEDUPES)}.")
    entities.called(recognizer)  # raises for one that there is not, before any work
    book = Codebook.read(topics)
    settings = {"topic_model": topic_model, "recognizer": recognizer, "language": language, "dedupe": dedupe}
    kept = Path(cache).expanduser() if cache else None
    made = pipeline.gathered(source, settings, columns=columns, cache=kept, executor=executor, progress=progress)
    frames, fit = _fitted(made, book, settings, progress)
    articles = frames["documents"].select(pl.len()).collect().item()
    log = logged(LOG.to_frame(), "load", {**settings, "articles": articles})
    log = logged(log, "entities", {"recognizer": made.used})
    log = logged(
        log, "topics", {"codebook": book.fingerprint, "model": "em" if fit.topic_model else "seeds and context"}
    )
    return Corpus(
        frames=frames,
        codebook=book,
        settings={**settings, "used": made.used},
        fit=fit,
        problems=pipeline.as_frame(made.problems),
        log=log,
    )


def _fitted(
    made: Gathered, book: Codebook, settings: dict[str, Any], progress: bool
) -> tuple[dict[str, pl.LazyFrame], Fit]:
    """The frames under what was fitted on them: of few shards in memory, of many on disk."""
    from toolkit import parts, pipeline
    from toolkit.fitting import Raw, fitted

    if made.apart and len(made.shards) > pipeline.IN_MEMORY:
        return parts.fitted(made, book, settings, progress=progress)
    shard = made.whole()
    raw = Raw(shard.documents, shard.sentences, shard.entities)
    frames, fit = fitted(raw, book, settings, Ledger(), shard.sketches)
    return {name: frame.lazy() for name, frame in frames.items()}, fit


def open(folder: str | Path, *, storage_options: Mapping[str, Any] | None = None) -> Corpus:
    """A corpus that was saved with `corpus.save`, as it was; nothing is computed again, and frames are read when asked for.

    The folder may be in a cloud store, `s3://bucket/corpus`; `storage_options` are then polars' own, such as `aws_region`.
    Raises FileNotFoundError if the folder holds no saved corpus. Warns if another version of the toolkit made some of it
    otherwise than this one does; `corpus.renew()` makes that anew.
    """
    found = (
        bucket.read(str(folder), storage_options) if bucket.is_remote(folder) else store.read(Path(folder).expanduser())
    )
    saved = found._asdict()
    annotated, content = saved.pop("annotated"), saved.pop("content")
    corpus = Corpus(**saved, _made=annotated, _content=content)
    if corpus.stale:
        warnings.warn(corpus.stale, UserWarning, stacklevel=2)
    return corpus


def sample(*, progress: bool = False) -> Corpus:
    """The sample corpus that comes with the toolkit: fictional articles of four outlets over ten weeks."""
    with as_file(files("toolkit") / "data" / "sample" / "articles.jsonl") as path:
        return load(path, progress=progress)
