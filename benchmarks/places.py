"""How many of the places that news names are found, and how many lie in the right country.

    TOOLKIT_GOLD=... python benchmarks/places.py

The set is LGL, built of ambiguous names from local newspapers. A place is resolved if a mention with the same ends
has a country; `country` is the share of the resolved whose country is right, `within 161 km` the share of those with
coordinates that lie within 100 miles. `resolved, any` counts a mention that overlaps, as Athens in Athens Police
Department. `names given` is handed the labelled places by a recogniser that knows them. The peer takes for each name that
spaCy calls GPE, LOC or NORP the place with most inhabitants.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import gold
import polars as pl
from bench import Row, Target, shown

import toolkit as tk

TARGETS = [
    Target("toolkit, names given", "resolved", 88),
    Target("toolkit, names given", "country", 92),
    Target("toolkit, builtin", "resolved", 88),
    Target("toolkit, builtin", "country", 92),
    Target("toolkit, spacy", "resolved", 88),
    Target("toolkit, spacy", "country", 92),
]
NAMES = {"Palestinian Territory": "PSE", "": None}


def code(country: str) -> str | None:
    """The alpha-3 code of a country's name in the gold data."""
    from toolkit.entities.gazetteer import gazetteer

    if country in NAMES:
        return NAMES[country]
    return next((entry.country for entry in gazetteer().meanings(country) if entry.kind == "country"), None)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two places given as latitude and longitude."""
    la, lb = math.radians(a[0]), math.radians(b[0])
    turn = math.radians(a[1] - b[1])
    return 6371 * math.acos(max(-1, min(1, math.sin(la) * math.sin(lb) + math.cos(la) * math.cos(lb) * math.cos(turn))))


Found = dict[str, list[Row]]


def ours(rows: list[Row], recognizer: Any) -> Found:
    """Every mention with a country, demonyms and seats of power included; coordinates are those of the annotator."""
    articles = [{"id": row["id"], "text": row["text"]} for row in rows]
    corpus = tk.load(articles, recognizer=recognizer, dedupe="off", progress=False)
    where = corpus.frame("places").select("doc_id", "start", "lat", "lon")
    placed = corpus.entities.filter(pl.col("country").is_not_null())
    placed = placed.join(where, on=["doc_id", "start"], how="left", maintain_order="left")
    out: Found = {}
    for row in placed.select("doc_id", "start", "end", "country", "lat", "lon").iter_rows(named=True):
        out.setdefault(row["doc_id"], []).append(row)
    return out


def most_populous(rows: list[Row]) -> Found:
    from toolkit.entities import spacy_pipeline
    from toolkit.entities.gazetteer import gazetteer
    from toolkit.entities.location import PLACES, choose

    known = gazetteer()
    out: Found = {}
    for row, spans in zip(rows, spacy_pipeline.recognise([row["text"] for row in rows]), strict=True):
        for start, end, label in spans:
            if label not in ("GPE", "LOC", "NORP"):
                continue
            meanings = known.meanings(row["text"][start:end])
            place = (
                choose([m for m in meanings if m.kind in PLACES], Counter())
                if label != "NORP"
                else next(iter(meanings), None)
            )
            if place and place.country:
                own = {"start": start, "end": end, "country": place.country, "lat": place.lat, "lon": place.lon}
                out.setdefault(row["id"], []).append(own)
    return out


def score(rows: list[Row], found: Found) -> dict[str, float]:
    total = touched = resolved = right = placed = near = 0
    for row in rows:
        own = found.get(row["id"], [])
        exact = {(mention["start"], mention["end"]): mention for mention in own}
        for place in row["places"]:
            country = code(place["country"])
            if country is None:
                continue
            total += 1
            touched += any(m["start"] < place["end"] and place["start"] < m["end"] for m in own)
            mention = exact.get((place["start"], place["end"]))
            if mention is None:
                continue
            resolved += 1
            right += mention["country"] == country
            if mention["lat"] is not None and place["lat"] is not None:
                placed += 1
                near += kilometres((mention["lat"], mention["lon"]), (place["lat"], place["lon"])) <= 161
    return {
        "resolved": round(100 * resolved / total, 1),
        "resolved, any": round(100 * touched / total, 1),
        "country": round(100 * right / max(resolved, 1), 1),
        "within 161 km": round(100 * near / max(placed, 1), 1),
    }


def run(quick: bool = False) -> list[Row]:
    """A row for each way of placing names."""
    rows = gold.rows("places/lgl")[: 60 if quick else None]
    given = gold.recogniser({
        row["text"]: sorted((p["start"], p["end"], "GPE") for p in row["places"]) for row in rows
    })  # fmt: skip
    ways = {"toolkit, names given": ours(rows, given), "toolkit, builtin": ours(rows, "builtin")}
    try:
        ways["toolkit, spacy"] = ours(rows, "spacy")
        ways["spaCy, most inhabitants"] = most_populous(rows)
    except ImportError:
        pass
    return [{"places": name, **score(rows, found)} for name, found in ways.items()]


if __name__ == "__main__":
    shown(run)
