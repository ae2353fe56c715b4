"""A shard: some articles, and their frames by every stage that looks at one document at a time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from toolkit import blocks, dates, duplicates, entities, language, outlets, schema, sentences
from toolkit.article import Article, Problem
from toolkit.loaders import Place
from toolkit.shingles import shingle

GIVEN_BLOCKS = pl.List(pl.Struct({"kind": pl.String, "start": pl.Int64, "end": pl.Int64}))
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Recipe:
    """The settings of the stages that look at one document at a time.

    `cache` is the folder that keeps shards; with `apart` whoever did a shard leaves its frames there and gives none back.
    """

    recognizer: str | Callable[..., Any] = "auto"
    language: str | None = None
    cache: Path | None = None
    apart: bool = False


@dataclass
class Shard:
    """The frames of some documents, what was wrong with them, and which recogniser found their names.

    `sketches` are what copies are found by. `name` is the name under which a cache keeps it, `place` how far the sources were
    read for it. One that is `apart` has its frames in the cache alone; `articles` and `words` are how many it has.
    """

    documents: pl.DataFrame
    sentences: pl.DataFrame
    entities: pl.DataFrame
    sketches: pl.DataFrame
    problems: list[Problem] = field(default_factory=list)
    used: str = ""
    name: str = ""
    place: Place | None = None
    articles: int = 0
    words: int = 0
    apart: bool = False


class Numbered(NamedTuple):
    """An article under its `doc_id`, and how far the sources were read for it."""

    doc_id: str
    article: Article
    place: Place | None = None


def wanted_id(article: Article) -> str:
    """The id that an article asks for: the one its source gives, else one made from its content."""
    return clean(article.id) if article.id else content_id(article)


def content_id(article: Article) -> str:
    """An id from an article's title and text, the same wherever it is read."""
    content = f"{article.title or ''}\0{article.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def whole_of(text: str) -> int:
    """A hash of all words of a text, as sketches have it."""
    return int(shingle(pl.Series([text])).whole[0])


def clean(text: str) -> str:
    """Text that a frame can hold: a lone surrogate becomes U+FFFD, and nothing else changes."""
    return SURROGATE.sub("\ufffd", text)


def build(shard: Sequence[Numbered], recipe: Recipe) -> Shard:
    """The frames of a shard. If one document breaks a stage, it is set aside and named, and the others are done."""
    try:
        return _build(shard, recipe)
    except BaseException as error:  # isolation: one document never ends a run
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":  # as Rust's extensions fail
            raise
        if len(shard) > 1:
            return joined([build([numbered], recipe) for numbered in shard])
        doc_id, article, _ = shard[0]
        why = f"could not be analysed: {type(error).__name__}: {str(error).rstrip('.')}."
        return nothing(Problem(article.source or doc_id, "skipped", why))


def _build(shard: Sequence[Numbered], recipe: Recipe) -> Shard:
    documents = frame(shard, recipe)
    documents = language.resolve(dates.resolve(outlets.resolve(documents)))
    split = sentences.split(documents, blocks.find(documents))
    documents = schema.DOCUMENTS.conform(_titled(documents.drop("blocks"), split))
    found = entities.find(documents, split, recognizer=recipe.recognizer)
    problems = [*_renamed(shard), *found.problems]
    return counted(Shard(documents, split, found.entities, duplicates.sketch(documents), problems, found.used))


def counted(shard: Shard) -> Shard:
    """A shard that says how much is in its frames."""
    return replace(shard, articles=shard.documents.height, words=int(shard.documents["words"].sum()))


def _renamed(shard: Sequence[Numbered]) -> list[Problem]:
    """A sentence for each article that did not get the id it asks for."""
    return [
        Problem(
            article.source or "memory",
            "repaired",
            f"has the {'id' if article.id else 'content'} of an article before it; it is kept as {doc_id!r}.",
        )
        for doc_id, article, _ in shard
        if doc_id != wanted_id(article)
    ]


def frame(shard: Sequence[Numbered], recipe: Recipe) -> pl.DataFrame:
    """The documents of a shard, with the `blocks` their loaders gave."""
    plain = [f.name for f in fields(Article) if f.name not in ("id", "meta", "blocks", "published")]
    columns: dict[str, Any] = {name: [_plain(getattr(article, name)) for _, article, _ in shard] for name in plain}
    columns["doc_id"] = [doc_id for doc_id, _, _ in shard]
    columns["published"] = pl.Series([article.published for _, article, _ in shard], dtype=schema.Moment)
    columns["meta"] = [_json(article.meta) for _, article, _ in shard]
    columns["blocks"] = _blocks([article.blocks or () for _, article, _ in shard])
    strings = dict.fromkeys([*plain, "doc_id", "meta"], pl.String)
    made = pl.DataFrame(columns, schema_overrides=strings)
    return made.with_columns(
        words=sentences.words(pl.col("text")),
        language=pl.coalesce("language", pl.lit(recipe.language, dtype=pl.String)),
        duplicate_of=pl.lit(None, dtype=pl.String),
    )


def _blocks(given: Sequence[Sequence[tuple[str, int, int]]]) -> pl.Series:
    """The blocks of each article as a list of structs, made of all at once: polars takes them one article at a time ten times slower."""
    rows = [(row, *block) for row, blocks in enumerate(given) for block in blocks]
    schema = {"row": pl.UInt32, "kind": pl.String, "start": pl.Int64, "end": pl.Int64}
    flat = pl.DataFrame(rows, schema=schema, orient="row")
    lists = flat.group_by("row", maintain_order=True).agg(blocks=pl.struct("kind", "start", "end"))
    every = pl.DataFrame({"row": range(len(given))}, schema={"row": pl.UInt32}).join(
        lists, on="row", how="left", maintain_order="left"
    )
    return every["blocks"].fill_null([]).cast(GIVEN_BLOCKS)


def _plain(value: str | None) -> str | None:
    return None if value is None else clean(value)


def _json(meta: Any) -> str | None:
    return clean(json.dumps(dict(meta), ensure_ascii=False, sort_keys=True, default=str)) if meta else None


def _titled(documents: pl.DataFrame, split: pl.DataFrame) -> pl.DataFrame:
    """A title found in the text is the document's, where the source gave none."""
    found = (
        split.filter(pl.col("kind") == "title")
        .group_by("doc_id", maintain_order=True)
        .agg(found=pl.col("text").first())
    )
    return (
        documents.join(found, on="doc_id", how="left", maintain_order="left")
        .with_columns(title=pl.coalesce("title", "found"))
        .drop("found")
    )


def nothing(*problems: Problem) -> Shard:
    """A shard without documents, and why."""
    return joined([], problems)


def joined(shards: Sequence[Shard], problems: Sequence[Problem] = ()) -> Shard:
    """Many shards as one, and more problems."""
    whole = Shard(
        pl.concat([schema.DOCUMENTS.empty(), *(shard.documents for shard in shards)]),
        pl.concat([schema.SENTENCES.empty(), *(shard.sentences for shard in shards)]),
        pl.concat([schema.ENTITIES.empty(), *(shard.entities for shard in shards)]),
        pl.concat([pl.DataFrame(schema=duplicates.SKETCH), *(shard.sketches for shard in shards)]),
        [*problems, *(problem for shard in shards for problem in shard.problems)],
        next((shard.used for shard in shards if shard.used), ""),
    )
    return counted(whole)
