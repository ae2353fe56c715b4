"""What topics are found in: the sentences of a corpus, their words, and how much of each article is spoken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from toolkit.schema import COUNTED
from toolkit.topics.chain import Floats
from toolkit.topics.words import Vocabulary, forms, singular
from toolkit.words import function_words

if TYPE_CHECKING:
    from toolkit.corpus import Corpus


def units(corpus: Corpus) -> pl.DataFrame:
    """The counted sentences, copies left out, by `doc_id`: `document` numbers these."""
    documents = corpus.documents.filter(pl.col("duplicate_of").is_null()).select("doc_id", "language")
    counted = corpus.sentences.filter(pl.col("kind").cast(pl.String).is_in(COUNTED))
    rows = counted.select("doc_id", "sent_id", "text", "words").join(documents, on="doc_id").sort("doc_id", "sent_id")
    return rows.with_columns(document=pl.col("doc_id").rank("dense").cast(pl.UInt32) - 1)


def worded(nodes: pl.DataFrame) -> pl.DataFrame:
    """The words of each document, function words of its language left out: `at`, `form`."""
    spoken = nodes["language"].unique().drop_nulls().to_list()
    common = sorted({word for language in [*spoken, "en"] for word in function_words(language)})
    return forms(nodes.select("text", at="document")).filter(~pl.col("form").is_in(common))


def written(words: pl.DataFrame, known: Vocabulary) -> pl.Series:
    """The form in which each word that counts is mostly written."""
    counts = words.group_by("form").len().with_columns(word=singular(pl.col("form")))
    most = counts.sort("len", "form", descending=[True, False]).unique("word", keep="first", maintain_order=True)
    return known.words.to_frame("word").join(most, on="word", how="left", maintain_order="left")["form"]


def given(corpus: Corpus, nodes: pl.DataFrame) -> Floats:
    """The shares of the codebook's topics in these documents."""
    size, columns = nodes["document"].n_unique(), len(corpus.codebook)
    places = {"topic": corpus.codebook.topics, "place": range(columns)}
    rows = (
        corpus.topics.select("doc_id", "sent_id", "topic", "weight")
        .join(pl.DataFrame(places, schema={"topic": pl.String, "place": pl.Int64}), on="topic")
        .join(nodes.select("doc_id", "sent_id", "document", "words"), on=["doc_id", "sent_id"])
        .sort("document", "sent_id", "place")
    )
    at = rows.select(pl.col("document").cast(pl.Int64) * columns + pl.col("place")).to_series().to_numpy()
    amounts = np.bincount(at, (rows["weight"] * rows["words"]).to_numpy(), size * columns).reshape(size, columns)
    whole = np.bincount(nodes["document"].to_numpy(), nodes["words"].to_numpy(), size)
    shares: Floats = amounts / np.maximum(whole, 1)[:, None]
    return shares
