"""Builds the map of the world that `place_map` draws on: the countries, simplified, by ISO 3166 alpha-3.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_world.py package/countries-110m.json

The outlines are those of Natural Earth (public domain), as the package world-atlas (ISC) has them. Antarctica is left out.
"""

import json
import sys
from pathlib import Path

import polars as pl

import toolkit as tk

OUT = Path(__file__).parents[1] / "plugins" / "toolkit_place_map" / "world.json"
NAMES = {
    "Bosnia and Herz.": "BIH", "Central African Rep.": "CAF", "Congo": "COG", "Czechia": "CZE", "Côte d'Ivoire": "CIV",
    "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM", "Eq. Guinea": "GNQ", "Falkland Is.": "FLK", "Fr. S. Antarctic Lands": "ATF",
    "Kosovo": "XKX", "Macedonia": "MKD", "Myanmar": "MMR", "N. Cyprus": "CYP", "New Caledonia": "NCL", "North Korea": "PRK",
    "Palestine": "PSE", "S. Sudan": "SSD", "Solomon Is.": "SLB", "Somaliland": "SOM", "South Korea": "KOR", "Taiwan": "TWN",
    "Timor-Leste": "TLS", "Turkey": "TUR", "United States of America": "USA", "W. Sahara": "ESH", "eSwatini": "SWZ",
    "Puerto Rico": "PRI", "Greenland": "GRL",
}  # fmt: skip


def main(path: str) -> None:
    atlas = json.loads(Path(path).read_text(encoding="utf8"))
    known = tk.known_places().filter(kind="country").select("name", "country")
    codes = dict(known.iter_rows()) | NAMES
    places = []
    for place in atlas["objects"]["countries"]["geometries"]:
        name = place["properties"]["name"]
        if name == "Antarctica":
            continue
        if name not in codes:
            raise SystemExit(f"There is no country code for {name!r}; add it to NAMES.")
        places.append({"type": place["type"], "arcs": place["arcs"], "id": codes[name]})
    used = sorted({arc if arc >= 0 else ~arc for place in places for arc in _flat(place["arcs"])})
    turn = {arc: number for number, arc in enumerate(used)}
    for place in places:
        place["arcs"] = _renumbered(place["arcs"], turn)
    countries = {"type": "GeometryCollection", "geometries": places}
    world = {
        "type": "Topology",
        "transform": atlas["transform"],
        "arcs": [atlas["arcs"][arc] for arc in used],
        "objects": {"countries": countries},
    }
    OUT.write_text(json.dumps(world, separators=(",", ":")), encoding="utf8")
    missing = pl.DataFrame({"country": [place["id"] for place in places]}).join(known, on="country", how="anti")
    print(
        f"{len(places)} countries, {OUT.stat().st_size:,} bytes; unknown to the gazetteer: {missing['country'].to_list()}"
    )


def _flat(arcs: list) -> list:
    return [arc for part in arcs for arc in (_flat(part) if isinstance(part, list) else [part])]


def _renumbered(arcs: list, turn: dict) -> list:
    return [_renumbered(a, turn) if isinstance(a, list) else turn[a] if a >= 0 else ~turn[~a] for a in arcs]


if __name__ == "__main__":
    main(*sys.argv[1:])
