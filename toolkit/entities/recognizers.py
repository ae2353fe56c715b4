"""Which recogniser is asked, and its answer as spans of a page."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from toolkit.article import Problem
from toolkit.entities import spacy_pipeline
from toolkit.entities.builtin import VERSION, modelled
from toolkit.entities.labels import AMOUNTS
from toolkit.entities.lexicon import hashed
from toolkit.entities.outside import Recognise, Shard, Spans, asked
from toolkit.entities.page import Page
from toolkit.entities.span import Span
from toolkit.entities.tagger import trained
from toolkit.entities.tokens import Ints
from toolkit.entities.tongues import believed
from toolkit.errors import MissingExtra, SettingError

Recognizer = str | Recognise


class Chosen(NamedTuple):
    """What is asked besides the builtin recogniser, and how a log calls the two together."""

    recognise: Recognise | None
    weighed: bool
    """Its names are weighed by a model that was trained with them; else they are taken as they are."""
    used: str


def chosen(recognizer: Recognizer) -> Chosen:
    """The recogniser of this name, or the function given."""
    if callable(recognizer):
        name = getattr(recognizer, "__name__", type(recognizer).__name__)
        return Chosen(recognizer, False, f"{name} + builtin {VERSION}")
    if recognizer not in ("auto", "builtin", "spacy"):
        raise SettingError(f"recognizer is {recognizer!r}; it may be 'auto', 'builtin', 'spacy' or a function.")
    pipeline = spacy_pipeline.installed() if recognizer != "builtin" else None
    if pipeline:
        return Chosen(
            spacy_pipeline.recognise, trained("spacy"), f"{spacy_pipeline.version(pipeline)} + builtin {VERSION}"
        )
    if recognizer == "spacy":
        raise MissingExtra("recognizer='spacy'", "spacy")
    return Chosen(None, False, f"builtin {VERSION}")


def called(recognizer: Recognizer) -> str:
    """How a log calls what this recogniser is here and now, with its version."""
    return chosen(recognizer).used


class Names(NamedTuple):
    """The names a model or stranger found, and the labels that the stranger gave to stretches of tokens."""

    spans: list[Span]
    told: dict[tuple[int, int], str]
    problems: list[Problem]


def names(choice: Chosen, shard: Shard, sheet: Page, offset: Ints) -> Names:
    """The names of a page by the chosen recogniser; a document on which it fails gets those of the builtin one."""
    if choice.recognise is None:
        return Names(believed(sheet, modelled(sheet), shard.languages), {}, [])
    answers, problems = asked(choice.recognise, shard)
    told = given(sheet, answers, offset)
    labels = {(span.first, span.end): span.label for span in told}
    found = believed(sheet, modelled(sheet, told), shard.languages) if choice.weighed else told
    failed = np.array([answer is None for answer in answers])
    if failed.any():
        document = sheet.document
        own = [span for span in believed(sheet, modelled(sheet), shard.languages) if failed[document[span.first]]]
        found = sorted([*own, *(span for span in found if not failed[document[span.first]])])
    return Names(found, labels, problems)


def given(sheet: Page, answers: list[Spans | None], offset: Ints) -> list[Span]:
    """Spans of characters as spans of tokens; of two that touch one token the first stays."""
    out: list[Span] = []
    for spans, begin in zip(answers, offset.tolist(), strict=True):
        for start, end, label in spans or ():
            span = snapped(sheet, start + begin, end + begin, label)
            if span.first < span.end and (not out or out[-1].end <= span.first):
                out.append(span)
    return out


def snapped(sheet: Page, start: int, end: int, label: str) -> Span:
    """The tokens that a stretch of characters touches; a name without the articles and possessives at its ends."""
    first = int(np.searchsorted(sheet.tokens.end, start, side="right"))
    last = int(np.searchsorted(sheet.tokens.start, end, side="left"))
    if label not in AMOUNTS:
        lower = sheet.tokens.lower
        articles, possessives = edges()
        while last - first > 1 and int(lower[first]) in articles:
            first += 1
        while last - first > 1 and int(lower[last - 1]) in possessives:
            last -= 1
    return Span(first, last, label, 0.8, "model")


@lru_cache(maxsize=1)
def edges() -> tuple[frozenset[int], frozenset[int]]:
    """Hashes of articles and of possessives."""
    return frozenset(hashed(["the", "a", "an"]).tolist()), frozenset(hashed(["'s", "'"]).tolist())
