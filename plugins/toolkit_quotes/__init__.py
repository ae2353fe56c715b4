"""Who said what: direct, indirect and mixed quotations with their speakers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Literal

import polars as pl

from toolkit import Corpus, annotator, schema
from toolkit import parser as installed_parser
from toolkit_quotes import parsed
from toolkit_quotes.dialogue import Voice, needs_parser, voices
from toolkit_quotes.marks import quotations
from toolkit_quotes.people import Mention, People
from toolkit_quotes.stretches import Stretch, stretches
from toolkit_quotes.vocabulary import Words, language_of, reporting, words

Column = schema.Column
QUOTES = schema.Table(
    "quotes",
    "One row per stretch of what someone said: a quotation (for each paragraph that it runs over), or a reported clause.",
    ("doc_id", "start"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence it begins in"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
        Column("text", pl.String, "what was said, `documents.text[start:end]`, without the marks around it"),
        Column("kind", pl.Enum(["direct", "indirect", "mixed"]), "direct (in marks), indirect (reported), or mixed"),
        Column("cue", pl.String, "the words that bring it in, as written (`said`, `according to`); null if none do"),
        Column("speaker_start", pl.Int64, "first character of the speaker; null if unknown"),
        Column("speaker_end", pl.Int64, "one past the speaker's last character; null if unknown"),
        Column("speaker", pl.String, "who speaks, as written, be it a pronoun; null if unknown"),
        Column("speaker_entity", pl.String, "the speaker's canonical name in `entities`; null if it has none"),
        Column("confidence", pl.Float64, "0..1, how sure the speaker is"),
    ),
)

SURE = {
    "speaker, verb": 0.97, "verb, speaker": 0.95, "dash": 0.95, "signed": 0.95, "transcript": 0.95, "speaker, verb:": 0.9,
    "same paragraph": 0.9, "goes on": 0.85, "clause of verb": 0.8, "report": 0.75, "source": 0.8, "report before": 0.7,
    "speaker, verb ...": 0.75, "same paragraph, later": 0.6, "colon": 0.6, "later verb": 0.5, "sentence above": 0.45,
    "clause": 0.35, "paragraph above": 0.3, "nobody": 0.2,
}  # fmt: skip
"""How often the speaker is right, by how it was found: rounded from labelled news articles."""
INFERRED = 0.8
"""What that is multiplied by if the name was inferred from a pronoun or a title."""
DOCUMENTS = 64
"""How many documents are read at a time."""


@annotator
def quotes(corpus: Corpus, *, parser: Literal["auto", "none"] = "auto") -> pl.DataFrame:
    """Who said what: direct, indirect and mixed quotations with their speakers.

    Gives a row for each stretch of what someone said; a quotation over several paragraphs has one for each. `sent_id` is
    the sentence it begins in, `start` and `end` its place in `documents.text`, `text` what was said, without the marks.

    `kind` is direct (whole utterances in quotation marks), indirect (reported: "she said that ...") or mixed (a report
    that holds quoted words, or quoted words that are part of a sentence of the article). Single quoted words that
    nobody near is said to have said are left out.

    `cue` is what brings the words in (`said`, `according to`, `:`). `speaker` is who said them, as written, with
    `speaker_start` and `speaker_end`; it may be a pronoun, and is null if unknown. `speaker_entity` is the canonical name
    in `entities`: of the name in the phrase, of the last person that fits a pronoun, or of the only holder of a title.
    `confidence` (0..1) is how often such a speaker is right, less if the name was inferred.

    `parser` is auto (an installed spaCy pipeline finds subjects and clauses in English sentences that need it) or none
    (words and their order alone). It does not depend on the recogniser. English is known best; French, German, Spanish,
    Chinese and Japanese have the common verbs.
    """
    parse = parser == "auto" and installed_parser() is not None
    rows = [row for batch in _documents(corpus).iter_slices(DOCUMENTS) for row in _rows(batch, parse)]
    return pl.DataFrame(rows, schema=QUOTES.schema, orient="row")


def _documents(corpus: Corpus) -> pl.DataFrame:
    """A row for each document that has sentences, with lists of these and of its mentions."""
    by_place = [pl.col(name).sort_by("sent_id") for name in ("start", "end", "paragraph", "sent_id", "reports")]
    reports = pl.col("text").str.to_lowercase().str.contains(reporting())
    sentences = corpus.scan("sentences").with_columns(reports=reports).group_by("doc_id").agg(by_place)
    mention = pl.struct("start", "end", pl.col("label").cast(pl.String), "entity")
    entities = corpus.scan("entities").group_by("doc_id").agg(mentions=mention)
    documents = corpus.scan("documents").select("doc_id", "text", "language")
    joined = documents.join(sentences, on="doc_id", maintain_order="left")
    return joined.join(entities, on="doc_id", how="left", maintain_order="left").collect()


def _rows(batch: pl.DataFrame, parse: bool) -> Iterator[tuple[Any, ...]]:
    documents = batch.to_dicts()
    languages = [words(language_of(document["language"], document["text"])) for document in documents]
    found = [_stretches(document) for document in documents]
    if parse:
        _parse(documents, languages, found)
    for document, language, mine in zip(documents, languages, found, strict=True):
        people = People(document["text"], mine, [Mention(**mention) for mention in document["mentions"] or ()])
        for voice in voices(document["text"], mine, language):
            yield _row(document, voice, people)


def _stretches(document: dict[str, Any]) -> list[Stretch]:
    text = document["text"]
    sentences = list(zip(*(document[name] for name in ("start", "end", "paragraph", "reports")), strict=True))
    paragraphs: dict[int, tuple[int, int]] = {}
    for start, end, paragraph, _ in sentences:
        paragraphs[paragraph] = (paragraphs.get(paragraph, (start, end))[0], end)
    return stretches(text, sentences, quotations(text, list(paragraphs.values())))


def _parse(documents: list[dict[str, Any]], languages: list[Words], found: list[list[Stretch]]) -> None:
    """Let the parser read the English stretches that need it, those of all documents in one go."""
    chosen = [
        (stretch, document["text"][stretch.start : stretch.end], language)
        for document, language, mine in zip(documents, languages, found, strict=True)
        if language.language == "en"
        for stretch in mine
        if stretch.end - stretch.start <= parsed.LONGEST and needs_parser(stretch, language)
    ]
    verbs = [
        frozenset(token.start - stretch.start for token in stretch.tokens if token.low in language.verbs)
        for stretch, _, language in chosen
    ]
    for (stretch, _, _), parse in zip(chosen, parsed.parses([text for _, text, _ in chosen], verbs), strict=True):
        stretch.parse = parse


def _row(document: dict[str, Any], voice: Voice, people: People) -> tuple[Any, ...]:
    text, (start, end) = document["text"], voice.words
    sent_id = document["sent_id"][max(bisect_right(document["start"], start) - 1, 0)]
    entity, inferred = people.who(voice)
    cue = text[slice(*voice.cue)] if voice.cue else None
    speaker = (*voice.speaker, text[slice(*voice.speaker)]) if voice.speaker else (None, None, None)
    confidence = round(SURE[voice.how] * (INFERRED if inferred else 1), 3)
    return document["doc_id"], sent_id, start, end, text[start:end], voice.kind, cue, *speaker, entity, confidence
