"""What the names of one document mean: looked up in the gazetteer, with the rest of the document as context."""

from __future__ import annotations

from collections import Counter

from toolkit.entities.gazetteer import Entry, Gazetteer, gazetteer
from toolkit.entities.labels import AMOUNTS
from toolkit.entities.location import PLACES, choose
from toolkit.entities.mention import Mention
from toolkit.entities.origin import country

GOVERNED = frozenset({*PLACES, "seat", "demonym", "agency"})
"""Kinds of names that point to a state."""

WRITTEN_OUT = {
    "Mt.": "Mount", "Ft.": "Fort", "St.": "Saint", "Saint": "St.", "N.": "North", "S.": "South", "E.": "East", "W.": "West",
}  # fmt: skip
"""First words of places that are written in two ways."""

COMPOSED = frozenset({"ORG", "FAC", "LOC", "GPE", "EVENT", "LAW", "OTHER"})
"""Labels of names that may hold the name of a state."""


def meanings(mentions: list[Mention], text: str) -> None:
    """Give the mentions that the gazetteer knows their entity, id, country and role, in place."""
    names = gazetteer()
    found = [lookup(mention, names) for mention in mentions]
    nearby = countries(mentions, found)
    for index, (mention, entries) in enumerate(zip(mentions, found, strict=True)):
        if not entries:
            if mention.entity is None:
                mention.entity = " ".join(mention.text.split()).removeprefix("The ") or mention.text
            if mention.label in COMPOSED and " " in mention.entity:
                mention.country = country(mention.entity, names, nearby)
            continue
        place = None
        if mention.label in ("GPE", "LOC", "FAC"):
            place = choose(entries, nearby, within(mentions, found, index, text))
        settle(mention, place or entries[0])


def lookup(mention: Mention, names: Gazetteer) -> list[Entry]:
    """What the mention's name may mean, given its label."""
    if mention.label in AMOUNTS or mention.label == "PERSON":
        return []
    text = " ".join(mention.text.split())
    entries = names.meanings(text)
    if not entries and text.isupper():
        entries = names.meanings(text.title())
    if not entries and (first := text.split()[0]) in WRITTEN_OUT:
        entries = names.meanings(text.replace(first, WRITTEN_OUT[first], 1))
    if not entries and mention.entity:
        entries = names.meanings(mention.entity)
    same = [entry for entry in entries if entry.label == mention.label]
    if not same and mention.label in ("GPE", "LOC", "FAC"):
        same = [entry for entry in entries if entry.kind in PLACES or entry.kind == "demonym"]
    return same


def countries(mentions: list[Mention], found: list[list[Entry]]) -> Counter[str]:
    """How often the document names each state, by names that can mean no other."""
    nearby: Counter[str] = Counter()
    for mention, entries in zip(mentions, found, strict=True):
        if mention.label not in AMOUNTS:
            states = {entry.country for entry in entries if entry.kind in GOVERNED}
            if len(states) == 1:
                nearby.update(state for state in states if state)
    return nearby


def within(mentions: list[Mention], found: list[list[Entry]], index: int, text: str) -> str | None:
    """The code of the state that is named right after a place, as in `Paris, Texas` or `Odessa ( Ukraine )`."""
    if index + 1 >= len(mentions):
        return None
    between = text[mentions[index].end : mentions[index + 1].start].strip()
    if between not in (",", "(", ""):
        return None
    for entry in found[index + 1]:
        if entry.kind == "state" and entry.entity_id and entry.entity_id.startswith("region:US-"):
            return f"USA-{entry.entity_id.removeprefix('region:US-')}"
        if entry.kind in ("country", "state"):
            return entry.country
    return None


def settle(mention: Mention, entry: Entry) -> None:
    """Take over what the gazetteer says of a name; a people's name stays itself."""
    text = " ".join(mention.text.split())
    people = entry.role == "demonym"
    mention.entity = (text.title() if text.isupper() else text) if people else entry.entity
    mention.entity_id = entry.entity_id
    mention.country = entry.country if entry.kind in GOVERNED else None
    same = text.casefold() == entry.entity.casefold()
    mention.role = entry.role if entry.role in ("demonym", "metonym") else "name" if same else "alias"
    mention.label = entry.label
