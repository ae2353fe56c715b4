"""Who did what to whom, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from toolkit import Corpus, MissingExtra, annotator, parser, schema

Column = schema.Column


def _phrase_columns(name: str, what: str) -> tuple[schema.Column, ...]:
    return (
        Column(name, pl.String, f"{what}, as written; null if nothing is said"),
        Column(f"{name}_start", pl.Int64, "its first character in `documents.text`"),
        Column(f"{name}_end", pl.Int64, "one past its last character"),
        Column(f"{name}_entity", pl.String, "its canonical name in `entities`; null if it is none"),
    )


EVENTS = schema.Table(
    "events",
    "One row per verb with somebody or something that does it, or to whom it is done.",
    ("doc_id", "verb_start"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence"),
        *_phrase_columns("subject", "who does it"),
        Column("verb", pl.String, "what is done, as in a dictionary, with its particle (call off)"),
        Column("verb_start", pl.Int64, "first character of the verb in `documents.text`"),
        Column("verb_end", pl.Int64, "one past its last character"),
        Column("negated", pl.Boolean, "it is said not to be done"),
        *_phrase_columns("object", "whom or what it is done to"),
        *_phrase_columns("place", "where"),
    ),
)

BATCH = 32
LONGEST = 3000
"""How many characters a sentence may have to be parsed."""
PLACES = ("GPE", "LOC", "FAC")
WHERE = ("in", "at", "near", "outside", "inside", "over", "across", "around")
SUBJECTS, OBJECTS = ("nsubj", "csubj"), ("dobj", "obj", "dative")
SHARES = ("conj", "xcomp", "advcl")
"""How a verb without a subject of its own hangs on the one whose subject it shares."""
REMARKS = ("relcl", "appos", "acl", "punct", "cc", "conj", "parataxis", "advcl")
"""What says more about a phrase and is not part of it, if it comes after."""


@annotator
def events(corpus: Corpus) -> pl.DataFrame:
    """Who did what to whom, and where: subject, verb, object and place of each verb that has a subject or an object.

    Passives are turned round ("was detained by police": police, detain), relative pronouns and shared subjects resolved.
    `negated` is true for what is said not to be done; what is only planned or reported is not told apart. English
    sentences of the counted kinds. Needs a parser: raises MissingExtra without the extra `spacy`.
    """
    pipeline = parser(tags=True)
    if pipeline is None:
        raise MissingExtra("events", "spacy")
    read = _sentences(corpus)
    mentions = _mentions(corpus)
    rows = [
        row
        for parsed, (doc_id, sent_id, begin) in pipeline.pipe(zip(read["text"], _keys(read), strict=True), as_tuples=True, batch_size=BATCH)
        for row in _rows(parsed, begin, mentions.get(doc_id, []), (doc_id, sent_id))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=EVENTS.schema, orient="row")


def _sentences(corpus: Corpus) -> pl.DataFrame:
    english = corpus.documents.filter(pl.col("language").fill_null("en") == "en").select("doc_id")
    counted = corpus.sentences.filter(pl.col("kind").cast(pl.String).is_in(schema.COUNTED))
    short = counted.filter(pl.col("text").str.len_chars() <= LONGEST)
    return short.join(english, on="doc_id", how="semi", maintain_order="left").select(
        "doc_id", "sent_id", "start", "text"
    )


def _keys(read: pl.DataFrame) -> Iterator[tuple[str, int, int]]:
    return read.select("doc_id", "sent_id", "start").iter_rows()


class Mention(NamedTuple):
    """A name: where it stands, what it is, and whom it means."""

    start: int
    end: int
    label: str
    entity: str


def _mentions(corpus: Corpus) -> dict[str, list[Mention]]:
    own = corpus.entities.filter(~pl.col("label").cast(pl.String).is_in(schema.AMOUNTS)).drop_nulls("entity")
    told = own.select("doc_id", "start", "end", pl.col("label").cast(pl.String), "entity").sort("doc_id", "start")
    out: dict[str, list[Mention]] = {}
    for doc_id, *mention in told.iter_rows():
        out.setdefault(doc_id, []).append(Mention(*mention))
    return out


Phrase = tuple[str | None, int | None, int | None, str | None]
NOTHING: Phrase = (None, None, None, None)


def _rows(parsed: Any, begin: int, mentions: list[Mention], key: tuple[str, int]) -> Iterator[tuple[Any, ...]]:
    def told(head: Any, where: Any = None) -> Phrase:
        if head is None:
            return NOTHING
        first, last = _edges(head, where)
        start, end = first.idx, last.idx + len(last)
        named = _mention(mentions, begin + head.idx)
        return parsed.text[start:end], begin + start, begin + end, named.entity if named else None

    for token in parsed:
        # The tagger takes an emoji for a verb; a word has letters.
        if (
            token.pos_ != "VERB"
            or not any(map(str.isalpha, token.text))
            or token.dep_ in ("aux", "auxpass", "amod", "compound")
        ):
            continue
        subject, thing = _subject(token), _object(token)
        if subject is None and thing is None:
            continue
        particle = next((child.lower_ for child in token.children if child.dep_ == "prt"), None)
        verb = f"{token.lemma_} {particle}" if particle else token.lemma_
        negated = any(child.dep_ == "neg" for child in token.children)
        where = _place([token, subject, thing], mentions, begin)
        span = (begin + token.idx, begin + token.idx + len(token))
        yield *key, *told(subject, where), verb, *span, negated, *told(thing, where), *told(where)


def _subject(verb: Any) -> Any | None:
    """Who does it: the subject, the agent of a passive, or the subject that the verb shares with another."""
    token = verb
    for _ in range(4):
        if any(child.dep_ == "nsubjpass" for child in token.children) or _is_passive(token):
            agent = next((child for child in token.children if child.dep_ == "agent"), None)
            return (
                next((child for child in agent.children if child.dep_ == "pobj"), None) if agent is not None else None
            )
        found = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        if found is not None:
            return _meant(found, token)
        if token.dep_ not in SHARES or token.head is token:
            return None
        token = token.head
    return None


def _is_passive(verb: Any) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _object(verb: Any) -> Any | None:
    """Whom it is done to: the object, or the subject of a passive."""
    found = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if found is None:
        found = next((child for child in verb.children if child.dep_ in OBJECTS), None)
    if found is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return None if found is None else _meant(found, verb)


def _meant(token: Any, verb: Any) -> Any:
    """The noun that a relative pronoun stands for; else the token itself."""
    return verb.head if token.lower_ in ("who", "whom", "which", "that") and verb.dep_ == "relcl" else token


def _place(heads: list[Any], mentions: list[Mention], begin: int) -> Any | None:
    """The place named after a preposition of place that belongs to the verb, or to a phrase behind it."""
    verb = heads[0]
    near = [head for head in heads if head is not None and head.i >= verb.i]
    for preposition in (child for head in near for child in head.children if child.dep_ == "prep"):
        if preposition.lower_ not in WHERE:
            continue
        for noun in preposition.children:
            named = _mention(mentions, begin + noun.idx) if noun.dep_ == "pobj" else None
            if named and named.label in PLACES:
                return noun
    return None


def _edges(head: Any, where: Any) -> tuple[Any, Any]:
    """First and last token of a phrase; later remarks are left out, and so is what says where it was done."""
    last = head
    for child in head.rights:
        if child.dep_ in REMARKS or (where is not None and where.head == child):
            break
        last = child.right_edge
    return head.left_edge, last


def _mention(mentions: list[Mention], place: int) -> Mention | None:
    """The mention that holds this character."""
    at = bisect_right(mentions, place, key=lambda mention: mention.start) - 1
    return mentions[at] if at >= 0 and mentions[at].end > place else None
