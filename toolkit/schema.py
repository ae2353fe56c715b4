"""The frames' schemas: every column's name, type and meaning, in one place."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from toolkit.errors import SchemaError

KINDS = ("title", "standfirst", "heading", "body", "caption", "credit", "list", "quote", "other")
COUNTED = ("title", "standfirst", "body", "list", "quote")
"""The kinds of sentence that topics and analyses count unless asked for more."""

LABELS = (
    "PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "WORK", "PRODUCT", "LAW",
    "DATE", "MONEY", "PERCENT", "QUANTITY", "OTHER",
)  # fmt: skip

AMOUNTS = ("DATE", "MONEY", "PERCENT", "QUANTITY")
"""The labels of what is no name."""

Kind = pl.Enum(KINDS)
Label = pl.Enum(LABELS)
Moment = pl.Datetime("us", "UTC")
Seeds = pl.List(pl.Struct({"term": pl.String, "start": pl.Int64, "end": pl.Int64}))


@dataclass(frozen=True)
class Column:
    """One documented column."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    doc: str


@dataclass(frozen=True)
class Table:
    """One documented frame: its key and its columns."""

    name: str
    doc: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """The frame without rows."""
        return self.schema.to_frame()

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`frame` with this schema's columns, in order and of the right types; a missing column is null.

        Raises SchemaError if a column is unknown or cannot be cast.
        """
        unknown = [name for name in frame.columns if name not in self.schema]
        if unknown:
            raise SchemaError(
                f"{self.name} has no column {', '.join(map(repr, unknown))}; it has {', '.join(self.schema)}."
            )
        columns = [
            (pl.col(name) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)).cast(dtype)
            for name, dtype in self.schema.items()
        ]
        try:
            return frame.select(columns)
        except pl.exceptions.PolarsError as error:
            raise SchemaError(f"{self.name} cannot be made from these columns: {error}") from error


DOCUMENTS = Table(
    "documents",
    "One row per article.",
    ("doc_id",),
    (
        Column("doc_id", pl.String, "the id the source gives, as text; else made from the article's content"),
        Column("title", pl.String, "headline; null if unknown"),
        Column("text", pl.String, "the text that every offset counts into, in characters (Unicode code points)"),
        Column("published", Moment, "when it was published, UTC; null if unknown"),
        Column("date_source", pl.String, "where `published` was found; null if unknown"),
        Column("outlet", pl.String, "who published it; null if unknown"),
        Column("author", pl.String, "byline; null if unknown"),
        Column("section", pl.String, "section of the outlet; null if unknown"),
        Column("language", pl.String, "ISO 639-1 code; null if unknown"),
        Column("url", pl.String, "address; null if unknown"),
        Column("source", pl.String, "where it was read"),
        Column("words", pl.Int64, "words in `text`"),
        Column("duplicate_of", pl.String, "`doc_id` of the first of its cluster of copies; null if it is that one"),
        Column("meta", pl.String, "JSON of what else the source said; null if nothing"),
    ),
)

SENTENCES = Table(
    "sentences",
    "One row per sentence; every character of the text that is not blank lies in exactly one.",
    ("doc_id", "sent_id"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "0, 1, 2 ... in the document"),
        Column("kind", Kind, "what the sentence is: " + ", ".join(KINDS)),
        Column("paragraph", pl.Int64, "0, 1, 2 ... in the document"),
        Column("heading", pl.String, "the heading it stands under; null above the first"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
        Column("text", pl.String, "the sentence, `documents.text[start:end]`"),
        Column("words", pl.Int64, "words in it"),
    ),
)

ENTITIES = Table(
    "entities",
    "One row per mention of a name, date or amount; mentions do not overlap.",
    ("doc_id", "start"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence it begins in"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
        Column("text", pl.String, "the mention, `documents.text[start:end]`"),
        Column("label", Label, "what it is: " + ", ".join(LABELS)),
        Column("entity", pl.String, "canonical name"),
        Column("entity_id", pl.String, "e.g. country:IRN, geonames:292968, person:dmitry-peskov; null if unresolved"),
        Column("country", pl.String, "ISO 3166 alpha-3 of the state it points to; null if none"),
        Column("role", pl.String, "how it points: name, alias, demonym or metonym"),
        Column("found_by", pl.String, "model, gazetteer, rule, alias or user"),
        Column("confidence", pl.Float64, "0..1"),
    ),
)

TOPICS = Table(
    "topics",
    "One row per sentence of a counted kind and topic of weight above 0, `other` always among them.",
    ("doc_id", "sent_id", "topic"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence"),
        Column("topic", pl.String, "a topic of the codebook, or `other`"),
        Column("weight", pl.Float64, "0..1; sums to 1 over a sentence's rows"),
        Column("seeds", Seeds, "the words that spoke for it: term, start, end"),
        Column("found_by", pl.String, "seed, model or context"),
    ),
)

DOCUMENT_TOPICS = Table(
    "document_topics",
    "One row per document and topic, zeros included.",
    ("doc_id", "topic"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("topic", pl.String, "a topic of the codebook, or `other`"),
        Column(
            "share",
            pl.Float64,
            "word-weighted mean weight over the sentences of a counted kind; sums to 1 over a document's rows",
        ),
    ),
)

PROBLEMS = Table(
    "problems",
    "One row per input that was skipped or repaired.",
    (),
    (
        Column("source", pl.String, "the file, archive member, address or item"),
        Column("action", pl.String, "skipped, repaired or passed over"),
        Column("problem", pl.String, "what was wrong and what was done, in one sentence"),
    ),
)

BLOCKS = Table(
    "blocks",
    "One row per paragraph of a document: the units that sentences are cut from.",
    ("doc_id", "paragraph"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("paragraph", pl.Int64, "0, 1, 2 ... in the document"),
        Column("kind", Kind, "what the paragraph is"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
    ),
)

SET_ASIDE = Table(
    "set_aside",
    "One row per sentence that was found to be furniture of its outlet and set aside as `other`.",
    ("doc_id", "sent_id"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence"),
        Column("kind", Kind, "the kind it had before"),
    ),
)

SKETCHES = Table(
    "sketches",
    "One row per document: what copies are found by.",
    ("doc_id",),
    (
        Column("doc_id", pl.String, "the document"),
        Column("published", Moment, "when it was published"),
        Column("words", pl.Int64, "how many words it has"),
        Column("whole", pl.UInt64, "a hash of all words in order"),
        Column("runs", pl.Int64, "how many distinct runs of words it has"),
        Column("signature", pl.List(pl.UInt64), "the least hashes of these"),
    ),
)

WORDS = Table(
    "words",
    "One row per sentence of a counted kind: its words as they are counted, in their order.",
    ("doc_id", "sent_id"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence"),
        Column("words", pl.List(pl.Categorical), "in small letters, without possessive 's; function words included"),
    ),
)

COPIES = Table(
    "copies",
    "One row per story that was found more than once, most copies first.",
    ("doc_id",),
    (
        Column("doc_id", pl.String, "its first article"),
        Column("title", pl.String, "of that"),
        Column("copies", pl.Int64, "how many articles tell it, the first included"),
        Column("outlets", pl.Int64, "in how many outlets"),
        Column("first_outlet", pl.String, "which had it first"),
        Column("first_published", Moment, "when; null if no copy has a date"),
        Column("last_published", Moment, "when the last copy was published"),
        Column("agency", pl.String, "named in a byline, a credit or a dateline of any copy; null if none"),
        Column("wire", pl.Boolean, "whether it looks like wire copy: an agency is named"),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "One row per answer that a person gave to a question about the corpus.",
    ("what", "group", "doc_id", "sent_id", "start", "end", "coder"),
    (
        Column("what", pl.String, "topics, entities or quotes"),
        Column("group", pl.String, "the topic, label or kind it was asked about"),
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence"),
        Column(
            "start", pl.Int64, "first character of the mention or quote; null if the whole sentence was asked about"
        ),
        Column("end", pl.Int64, "one past the last character"),
        Column("weight", pl.Float64, "how many like it in the corpus it stands for"),
        Column("coder", pl.String, "who answered"),
        Column("answer", pl.String, "yes, no or skip"),
    ),
)

CORE = {table.name: table for table in (DOCUMENTS, SENTENCES, ENTITIES, TOPICS)}
"""The frames every corpus has."""

HOLDS = 0.3
"""A topic holds for a sentence from this weight on."""

CORPUS = "corpus"
"""The column that says which of several sub-corpora, side by side, a row is of."""

FEW = 5
"""A number that rests on fewer articles is given no interval: resampling so few would promise more than they hold."""

OTHER = "other"
"""The reserved topic of what no topic of the codebook holds."""
