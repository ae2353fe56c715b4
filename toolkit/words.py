"""Words as they are counted, and those too common in their language to say what a text is about."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import polars as pl

from toolkit import schema

WORD = r"(?:\p{L}\.){2,}|\p{L}[\p{L}\p{M}]*(?:['-]\p{L}[\p{L}\p{M}]*)*"
"""Letters, with apostrophes and hyphens between them; or single ones with points (u.s.)."""


@cache
def function_words(language: str = "en") -> frozenset[str]:
    """The function words of a language (ISO 639-1), lower case; empty for a language that has no list.

    >>> "the" in function_words("en"), function_words("xx")
    (True, frozenset())
    """
    told = tomllib.loads((files("toolkit") / "data" / "stopwords.toml").read_text(encoding="utf8"))
    return frozenset(told.get(language, "").split())


def folded(text: pl.Expr) -> pl.Expr:
    """Text in small letters, with plain apostrophes and without the possessive 's: as its words are counted.

    >>> pl.select(folded(pl.lit("Iran’s envoy"))).item()
    'iran envoy'
    """
    return text.str.to_lowercase().str.replace_all("’", "'", literal=True).str.replace_all(r"'s\b", "")


def word_lists(text: pl.Expr) -> pl.Expr:
    """The words of a text as they are counted: in small letters, without possessive 's.

    >>> pl.select(word_lists(pl.lit("Iran’s envoy left."))).item().to_list()
    ['iran', 'envoy', 'left']
    """
    return folded(text).str.extract_all(WORD)


def cut(sentences: pl.LazyFrame) -> pl.LazyFrame:
    """The words of each sentence of a counted kind: `doc_id`, `sent_id`, `words` (a list, in their order)."""
    told = sentences.filter(pl.col("kind").is_in(schema.COUNTED))
    found = told.select("doc_id", "sent_id", words=word_lists(pl.col("text")))
    return found.select(pl.col(name).cast(dtype) for name, dtype in schema.WORDS.schema.items())


def words(rows: pl.LazyFrame, documents: pl.LazyFrame, cut: pl.LazyFrame, *, every: bool) -> pl.LazyFrame:
    """A row for each word of each of `rows` (`doc_id`, `sent_id`), with the row's columns and `word`; function words only with `every`."""
    told = rows.join(cut.rename({"words": "word"}), on=["doc_id", "sent_id"], maintain_order="left")
    if every:
        return told.explode("word").drop_nulls("word")
    spoken = documents.select("doc_id", _language=pl.col("language").fill_null("en"))
    codes = spoken.select(pl.col("_language").unique()).collect()["_language"].sort()
    if len(codes) > 1:
        told = told.join(spoken, on="doc_id", how="left", maintain_order="left")
    passed = [_common(code, alone=len(codes) == 1) for code in codes if function_words(code)]
    kept = ~pl.any_horizontal(passed) if passed else pl.lit(True)
    return told.explode("word").drop_nulls("word").filter(kept).drop("_language", strict=False)


def _common(code: str, *, alone: bool) -> pl.Expr:
    """Whether `word` is a function word of a language, in articles of that language."""
    common = pl.col("word").is_in(sorted(function_words(code)))
    return common if alone else common & (pl.col("_language") == code)
