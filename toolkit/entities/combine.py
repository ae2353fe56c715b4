"""The model's names and the gazetteer's made one list, each with its label."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from toolkit.entities.gazetteer import KIND_BIT, KINDS, gazetteer
from toolkit.entities.labels import AMOUNTS, COARSE, fine
from toolkit.entities.lexicon import BIT, USUAL
from toolkit.entities.page import Page
from toolkit.entities.span import Span

LABEL = {
    "country": "GPE", "capital": "GPE", "state": "GPE", "county": "GPE", "city": "GPE", "town": "GPE", "demonym": "NORP",
    "group": "NORP", "area": "LOC", "site": "FAC", "competition": "EVENT", "event": "EVENT", "work": "WORK", "prize": "OTHER",
    "product": "PRODUCT", "law": "LAW", "seat": "ORG", "body": "ORG", "agency": "ORG", "outlet": "ORG", "company": "ORG",
    "team": "ORG", "league": "ORG",
}  # fmt: skip
SURE = sum(
    KIND_BIT[kind]
    for kind in ("country", "capital", "demonym", "group", "seat", "state", "area", "city", "body", "agency", "outlet")
)
"""Kinds of known names that are taken even where the model sees nothing."""

STATES = KIND_BIT["country"] | KIND_BIT["demonym"]
Place = tuple[int, int]


def known(page: Page) -> list[Span]:
    """The names of the gazetteer that are safe to take without the model: the longest first, none overlapping.

    Not safe is a single word that is a common one, somebody's name, or all capitals among capitals - unless it is a
    country or people.
    """
    start, size, key = page.matches
    kinds = gazetteer().kinds[key]
    classes = page.classes[start]
    single = size == 1
    state = (kinds & STATES) != 0
    named = (classes & (BIT["given"] | BIT["surname"] | BIT["month"] | BIT["weekday"])) != 0
    doubtful = single & ~state & (named | ((classes & USUAL) != 0) | page.shouted[start])
    doubtful |= single & state & ((classes & (BIT["common"] | BIT["given"])) != 0)
    take = np.flatnonzero(((kinds & SURE) != 0) & ~doubtful)
    order = take[np.lexsort((start[take], -size[take]))]
    out: list[Span] = []
    taken: set[int] = set()
    for first, count, bits in zip(start[order].tolist(), size[order].tolist(), kinds[order].tolist(), strict=True):
        if taken.isdisjoint(range(first, first + count)):
            taken.update(range(first, first + count))
            out.append(Span(first, first + count, LABEL[first_kind(bits & SURE)], 0.9, "gazetteer"))
    return sorted(out)


def first_kind(bits: int) -> str:
    return KINDS[(bits & -bits).bit_length() - 1]


def combined(page: Page, model: list[Span], told: Mapping[Place, str]) -> list[Span]:
    """`model` with our labels, and what of the gazetteer it does not cover.

    `told` are labels that another recogniser gave; they are taken where they agree in kind.
    """
    safe = known(page)
    firm = {(span.first, span.end) for span in safe}
    start, size, key = page.matches
    bits = {
        (first, first + count): kinds
        for first, count, kinds in zip(start.tolist(), size.tolist(), gazetteer().kinds[key].tolist(), strict=True)
    }
    out = []
    for span in named_after_places(page, cut_at_dashes(page, model)):
        if span.label in AMOUNTS:
            continue
        span = without_title(page, span)
        place = span.first, span.end
        listed = by_list(span.label, bits.get(place, 0), place in firm)
        if listed:
            out.append(span._replace(label=listed, found_by="gazetteer"))
        elif COARSE.get(told.get(place, "")) == coarse(span.label):
            out.append(span._replace(label=told[place]))
        elif span.label in COARSE:
            out.append(span)
        else:
            out.append(span._replace(label=fine(page, span)))
    taken = {token for span in out for token in range(span.first, span.end)}
    out += [span for span in safe if taken.isdisjoint(range(span.first, span.end))]
    return sorted(out)


def coarse(label: str) -> str:
    return COARSE.get(label, label)


def by_list(label: str, bits: int, firm: bool) -> str | None:
    """The label of a name that the gazetteer has, if it fits what the model says or outweighs it."""
    if not bits:
        return None
    kinds = [kind for kind in KINDS if bits & KIND_BIT[kind]]
    fitting = next((LABEL[kind] for kind in kinds if coarse(LABEL[kind]) == coarse(label)), None)
    if fitting:
        return fitting
    if firm and bits & STATES:
        return LABEL[kinds[0]]
    # The model places or classes it, the list knows better which; persons and teams called like places stay.
    if kinds[0] == "county":
        return LABEL["county"]
    return LABEL[kinds[0]] if coarse(label) in ("LOC", "MISC") and kinds[0] != "town" else None


def without_title(page: Page, span: Span) -> Span:
    """A person's name without the titles before it, and without the office that has the title (`U.S. President`)."""
    if coarse(span.label) != "PER" or span.end - span.first < 2:
        return span
    classes = page.classes[span.first : span.end].tolist()
    named = BIT["title"] | BIT["given"] | BIT["surname"]
    cut = max((place for place, own in enumerate(classes[:-2], 1) if own & named == BIT["title"]), default=0)
    while cut < len(classes) - 1 and classes[cut] & BIT["title"]:
        cut += 1
    return span._replace(first=span.first + cut)


def cut_at_dashes(page: Page, spans: list[Span]) -> list[Span]:
    """`spans` cut where a long dash, or one between blanks, parts what a name may not join: `MOSCOW — Police`."""
    tokens = page.tokens
    dash = tokens.first == ord("–")
    if not dash.any():
        return spans
    blank = np.append(tokens.start[1:] > tokens.end[:-1], True)
    parting = dash & ((tokens.letters.codes[tokens.start] == ord("—")) | (blank & np.append(True, blank[:-1])))
    out: list[Span] = []
    for span in spans:
        first = span.first
        for place in (*(span.first + np.flatnonzero(parting[span.first : span.end])).tolist(), span.end):
            if place > first:
                out.append(span._replace(first=first, end=place))
            first = place + 1
    return out


def named_after_places(page: Page, spans: list[Span]) -> list[Span]:
    """A place that is a first name too, right before a person's name, belongs to that name: Vladimir Putin."""
    out: list[Span] = []
    for span in spans:
        before = out[-1] if out else None
        if (
            before
            and before.end == span.first
            and before.end - before.first == 1
            and coarse(span.label) == "PER"
            and coarse(before.label) == "LOC"
            and page.classes[before.first] & BIT["given"]
            and page.sentence[before.first] == page.sentence[span.first]
        ):
            out[-1] = span._replace(first=before.first)
        else:
            out.append(span)
    return out


def with_amounts(names: list[Span], found: list[Span]) -> list[Span]:
    """Names, and the dates and amounts that do not overlap them."""
    taken = {token for span in names for token in range(span.first, span.end)}
    return sorted([*names, *(span for span in found if taken.isdisjoint(range(span.first, span.end)))])
