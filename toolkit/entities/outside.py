"""Recognisers from outside: a function from texts to spans, called so that one bad text spoils nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from toolkit.article import Problem
from toolkit.entities.labels import ours

Spans = list[tuple[int, int, str]]
Recognise = Callable[[list[str]], Sequence[Sequence[tuple[int, int, str]]]]

LONGEST = 5000
"""Characters of the longest text handed over; a longer paragraph is cut where a sentence ends, or at white space."""


class Shard(NamedTuple):
    """Some documents: their ids, their texts, their sentences as (paragraph, start, end), and their languages."""

    identities: list[str]
    texts: list[str]
    sentences: list[list[tuple[int, int, int]]]
    languages: list[str | None]


class Failed(Exception):
    """The recogniser raised on a text, or gave something that is no list of spans."""


def pieces(text: str, sentences: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The stretches of a document that are handed over: its paragraphs, cut if long.

    `sentences` are (paragraph, start, end).
    """
    out: list[tuple[int, int]] = []
    current = None
    for paragraph, start, end in sentences:
        if out and paragraph == current and end - out[-1][0] <= LONGEST:
            out[-1] = (out[-1][0], end)
        else:
            while end - start > LONGEST:
                cut = text.rfind(" ", start + 1, start + LONGEST)
                cut = cut if cut > start else start + LONGEST
                out.append((start, cut))
                start = cut
            out.append((start, end))
        current = paragraph
    return out


def called(recognise: Recognise, texts: list[str]) -> list[Spans]:
    """What `recognise` gives for `texts`, with our labels, in order; raises Failed if it is not usable."""
    try:
        given = [[(int(start), int(end), str(label)) for start, end, label in spans] for spans in recognise(texts)]
        if len(given) != len(texts):
            raise ValueError(f"it gave {len(given)} lists for {len(texts)} texts")
        out: list[Spans] = []
        for text, spans in zip(texts, given, strict=True):
            kept: Spans = []
            for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1])):
                if not 0 <= start < end <= len(text):
                    raise ValueError(f"it gave the span ({start}, {end}) in a text of {len(text)} characters")
                name = ours(label)
                if name is not None and (not kept or start >= kept[-1][1]):
                    kept.append((start, end, name))
            out.append(kept)
        return out
    except Exception as error:  # A stranger's code: whatever it raises becomes a problem of one document.
        raise Failed(f"{type(error).__name__}: {error}") from error


def recognised(
    recognise: Recognise, identities: list[str], documents: list[list[str]]
) -> tuple[list[list[Spans] | None], list[Problem]]:
    """Spans for each text of each document, or None for a document on which the recogniser failed.

    All texts go in one call; if that fails, document by document.
    """
    together = [text for texts in documents for text in texts]
    try:
        flat = iter(called(recognise, together))
        return [[next(flat) for _ in texts] for texts in documents], []
    except Failed:
        out: list[list[Spans] | None] = []
        problems = []
        for doc_id, texts in zip(identities, documents, strict=True):
            try:
                out.append(called(recognise, texts) if texts else [])
            except Failed as error:
                out.append(None)
                problems.append(
                    Problem(
                        doc_id,
                        "repaired",
                        f"The recogniser failed on this document ({error}); its names are those of the builtin recogniser.",
                    )
                )
        return out, problems


def asked(recognise: Recognise, shard: Shard) -> tuple[list[Spans | None], list[Problem]]:
    """The spans of each document, as offsets into it; None where the recogniser failed."""
    stretches = [pieces(text, cuts) for text, cuts in zip(shard.texts, shard.sentences, strict=True)]
    parts = [[text[a:b] for a, b in cut] for text, cut in zip(shard.texts, stretches, strict=True)]
    given, problems = recognised(recognise, shard.identities, parts)
    out: list[Spans | None] = []
    for answers, cut in zip(given, stretches, strict=True):
        if answers is None:
            out.append(None)
        else:
            out.append(
                [(a + o, b + o, label) for spans, (o, _) in zip(answers, cut, strict=True) for a, b, label in spans]
            )
    return out, problems
