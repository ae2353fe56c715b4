"""Which of the places of one name is meant."""

from __future__ import annotations

import math
from collections import Counter

from toolkit.entities.gazetteer import Entry

PLACES = frozenset({"country", "capital", "state", "county", "city", "town", "area", "site"})
WEIGHT = {"country": 8.5, "state": 6.5, "area": 6.5, "site": 6.0, "county": 4.0}
"""What a kind of place weighs, as the logarithm of its inhabitants; a city weighs its own."""

CAPITAL = 1.0
SHARE, NAMED, INSIDE = 2.0, 1.0, 6.0
"""What speaks for a place besides: its country's share of the countries named, that its country is named at all, and
that the place is followed by the name of its state or country."""


def weight(entry: Entry) -> float:
    """How well known a place is."""
    own = WEIGHT.get(entry.kind)
    return own if own is not None else math.log10(max(entry.population, 1000)) + CAPITAL * (entry.kind == "capital")


def choose(meanings: list[Entry], nearby: Counter[str], within: str | None = None) -> Entry | None:
    """The place that is most likely meant, or None if none of `meanings` is a place.

    Counts for a place: its inhabitants, how often its country (`nearby`, by alpha-3 code) is named in the document, and
    above all the state or country named right after it (`within`, an alpha-3 code or USA-TX).
    """
    places = [entry for entry in meanings if entry.kind in PLACES]
    total = sum(nearby.values())

    def score(entry: Entry) -> float:
        value = weight(entry)
        if entry.country and nearby[entry.country]:
            value += NAMED + SHARE * nearby[entry.country] / total
        if within and within in (entry.country, f"{entry.country}-{entry.state}"):
            value += INSIDE
        return value

    return max(places, key=lambda entry: (score(entry), -(entry.geonames_id or 0)), default=None)
