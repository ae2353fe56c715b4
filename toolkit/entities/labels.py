"""From the four kinds of the shared tasks to our labels, and back."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from toolkit.entities.lexicon import BIT, hashed
from toolkit.entities.page import Page, among
from toolkit.entities.span import Span
from toolkit.entities.tokens import Hashes
from toolkit.schema import LABELS

ALIASES = {
    "PER": "PERSON", "LOC": "LOC", "ORG": "ORG", "MISC": "OTHER", "WORK_OF_ART": "WORK", "TIME": "DATE", "CARDINAL": None,
    "ORDINAL": None, "LANGUAGE": "OTHER", "FACILITY": "FAC", "LOCATION": "LOC", "ORGANIZATION": "ORG", "ORGANISATION": "ORG",
}  # fmt: skip
"""What other recognisers call our labels; None is a label that is dropped."""

COARSE = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC", "WORK": "MISC",
    "PRODUCT": "MISC", "LAW": "MISC", "OTHER": "MISC",
}  # fmt: skip
"""The kind of the shared tasks that each label belongs to; dates and amounts have none."""

AMOUNTS = frozenset({"DATE", "MONEY", "PERCENT", "QUANTITY"})
NATURE = frozenset(
    [
        "river",
        "lake",
        "sea",
        "ocean",
        "bay",
        "gulf",
        "strait",
        "straits",
        "channel",
        "island",
        "islands",
        "isle",
        "isles",
        "peninsula",
        "cape",
        "mount",
        "mountain",
        "mountains",
        "hill",
        "hills",
        "valley",
        "desert",
        "forest",
        "creek",
        "canyon",
        "glacier",
        "coast",
        "beach",
        "basin",
        "delta",
        "plateau",
        "plain",
        "plains",
        "reef",
        "falls",
        "canal",
        "heights",
    ]
)
"""First or last words of the names of places that no one governs."""


def ours(label: str) -> str | None:
    """Our label for another recogniser's; None if it is to be dropped. Raises ValueError if it is unknown."""
    label = label.upper()
    if label in ALIASES:
        return ALIASES[label]
    if label in LABELS:
        return label
    raise ValueError(f"The recogniser gave the label {label!r}; known are {', '.join((*LABELS, *ALIASES))}.")


def fine(page: Page, span: Span) -> str:
    """Our label for a name that the model calls PER, ORG, LOC or MISC."""
    if span.label in ("PER", "ORG"):
        return "PERSON" if span.label == "PER" else "ORG"
    several = span.end - span.first > 1
    last = int(page.classes[span.end - 1])
    if span.label == "LOC":
        ends = page.tokens.lower[[span.first, span.end - 1]]
        if among(ends, nature()).any():
            return "LOC"
        return "FAC" if several and last & BIT["facility"] else "GPE"
    if several and last & BIT["event"]:
        return "EVENT"
    return "LAW" if several and last & BIT["law"] else "OTHER"


@lru_cache(maxsize=1)
def nature() -> Hashes:
    return np.unique(hashed(sorted(NATURE)))
