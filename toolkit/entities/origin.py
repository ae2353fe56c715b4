"""The state that a longer name points to by a place or people in it: the Russian Foreign Ministry, the Ohio Senate."""

from __future__ import annotations

from collections import Counter

from toolkit.entities.gazetteer import LARGE, Entry, Gazetteer
from toolkit.entities.lexicon import BIT, hashed, lexicon
from toolkit.entities.location import PLACES, choose

LONGEST = 3
DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "greater", "downtown"]
)
STATES = frozenset({"country", "demonym", "state", "county"})


def country(name: str, names: Gazetteer, nearby: Counter[str]) -> str | None:
    """The alpha-3 code of the one state that is named in `name`; None if none or several are.

    A place counts at the beginning, a direction aside, and after `of`, so that no person's name is taken for one. A city
    counts if it is large or its country is named `nearby`, and is nobody's name.
    """
    words = name.split()
    after_of = [place for place in range(1, len(words)) if "of" in words[max(place - 2, 0) : place]]
    begins = [int(words[0].casefold() in DIRECTIONS), *after_of]
    found: set[str] = set()
    for begin in begins:
        for size in range(min(LONGEST, len(words) - begin), 0, -1):
            entry = state(" ".join(words[begin : begin + size]).removesuffix("'s").removesuffix("’s"), names, nearby)
            if entry and entry.country:
                found.add(entry.country)
                break
    return found.pop() if len(found) == 1 else None


def state(name: str, names: Gazetteer, nearby: Counter[str]) -> Entry | None:
    """The place or people that `name` surely means."""
    meanings = names.meanings(name)
    people = next((entry for entry in meanings if entry.kind == "demonym"), None)
    place = people or choose([entry for entry in meanings if entry.kind in PLACES], nearby)
    if place is None or " " in name or place.kind == "demonym":
        return place
    known = int(lexicon().of(hashed([name.casefold()]))[0])
    if known & (BIT["given"] | BIT["surname"] | BIT["common"]):
        return None
    sure = place.kind in STATES or place.population >= LARGE or nearby[place.country or ""] > 0
    return place if sure else None
