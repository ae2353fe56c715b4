"""What of an English model's names to believe in a text of another language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from toolkit.entities.lexicon import BIT, hashed
from toolkit.entities.page import Page
from toolkit.entities.span import Span
from toolkit.words import function_words

NOUNS = ("de", "lb")
"""Languages that write every noun with a capital, so that a capital says nothing of names."""


def believed(page: Page, spans: list[Span], languages: Sequence[str | None]) -> list[Span]:
    """The spans that also stand in the language of their document, given for each; those of English texts as they are.

    A function word that opens a sentence, such as an article, is cut off. Where nouns have capitals only places are
    believed, and persons from a known first name on; what the gazetteer knows is found without the model.
    """
    foreign = {place: code[:2] for place, code in enumerate(languages) if code and code[:2] != "en"}
    if not foreign:
        return spans
    out: list[Span] = []
    for span in spans:
        code = foreign.get(int(page.document[span.first]))
        if code:
            span = _opened(page, span, code)
            span = _person(page, span) if code in NOUNS and span.label != "LOC" else span
        if span.first < span.end:
            out.append(span)
    return out


def _opened(page: Page, span: Span, code: str) -> Span:
    """The span without the function words that open its sentence."""
    first, sentence = span.first, page.sentence
    if first and sentence[first - 1] == sentence[first]:
        return span
    while first < span.end and int(page.tokens.lower[first]) in _common(code):
        first += 1
    return span._replace(first=first)


def _person(page: Page, span: Span) -> Span:
    """The span from its first known first name on; empty if there is none, or nothing after it."""
    classes = page.classes[span.first : span.end - 1]
    known = np.flatnonzero((classes & BIT["given"] != 0) & (classes & BIT["particle"] == 0))
    return span._replace(first=span.first + int(known[0]) if len(known) and span.label == "PER" else span.end)


@cache
def _common(code: str) -> frozenset[int]:
    """Hashes of the function words of a language."""
    return frozenset(hashed(sorted(function_words(code))).tolist())
