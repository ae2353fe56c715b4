"""The names that are known beforehand: countries, peoples, places, organisations, events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from toolkit.entities.lexicon import lexicon
from toolkit.entities.tokens import Hashes, Ints, Tokens, mixed, powers, tokenise

KINDS = (
    "country", "capital", "demonym", "group", "seat", "state", "county", "area", "site", "city", "town", "body", "agency", "outlet",
    "company", "team", "league", "competition", "event", "work", "prize", "product", "law",
)  # fmt: skip
"""What a known name may be, in the order of the bits and, where a name is several things, of preference."""

KIND_BIT = {kind: 1 << index for index, kind in enumerate(KINDS)}
LARGE = 100_000
"""Inhabitants from which a city is one that the world's news names without saying where it is."""

LONGEST = 7
FACTORS = powers(0xD6E8FEB86659FD93, 64)


class Entry(NamedTuple):
    """One thing that a name may mean."""

    name: str
    kind: str
    label: str
    entity: str
    entity_id: str | None
    country: str | None
    role: str
    lat: float | None
    lon: float | None
    geonames_id: int | None
    state: str | None
    population: int


class Matches(NamedTuple):
    """Where known names stand: first token, number of tokens, and which name."""

    start: Ints
    size: Ints
    key: Ints


@dataclass(frozen=True)
class Gazetteer:
    """Every known name by the hash of its tokens."""

    keys: Hashes
    kinds: npt.NDArray[np.uint32]
    capitals: npt.NDArray[np.int64]
    firsts: Hashes
    rows: dict[str, list[int]]
    columns: dict[str, list[Any]]
    read: dict[str, list[Entry]]
    """The meanings that were asked for, by name."""

    def match(self, tokens: Tokens, at: Ints) -> Matches:
        """All known names that begin at the tokens `at` and have their capitals; they may overlap."""
        lower, size = tokens.lower, len(tokens)
        at = at[self.firsts[np.minimum(np.searchsorted(self.firsts, lower[at]), len(self.firsts) - 1)] == lower[at]]
        upper = tokens.count(tokens.letters.upper)
        value = np.zeros(len(at), np.uint64)
        seen = np.zeros(len(at), np.int64)
        found: list[tuple[Ints, Ints, Ints]] = []
        for length in range(1, LONGEST + 1):
            inside = at + length <= size
            at, value, seen = at[inside], value[inside], seen[inside]
            if not len(at):
                break
            last = at + length - 1
            value = value + lower[last] * FACTORS[length - 1]
            seen = seen + upper[last]
            hashes = mixed(value)
            index = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
            hit = np.flatnonzero((self.keys[index] == hashes) & (seen >= self.capitals[index]))
            found.append((at[hit], np.full(len(hit), length, np.int64), index[hit].astype(np.int64)))
        if not found:
            nothing = np.zeros(0, np.int64)
            return Matches(nothing, nothing, nothing)
        return Matches(*(np.concatenate(part) for part in zip(*found, strict=True)))

    def meanings(self, name: str) -> list[Entry]:
        """What `name` may mean, the likelier first; empty if it is unknown."""
        name = folded(name)
        if name not in self.rows:
            return []
        if name not in self.read:
            columns = self.columns
            self.read[name] = [Entry(*(columns[field][row] for field in Entry._fields)) for row in self.rows[name]]
        return self.read[name]


def folded(name: str) -> str:
    """`name` as the gazetteer looks it up: white space and quotation marks made plain, case kept."""
    return " ".join(name.replace("’", "'").split())


def entries() -> pl.DataFrame:
    """Every name of the shipped tables with what it means, the likelier meaning first."""
    folder = files("toolkit") / "data" / "gazetteer"
    names = pl.read_parquet(str(folder / "names.parquet"))
    cities = pl.read_parquet(str(folder / "cities.parquet")).select(
        "name",
        kind=pl.when("capital")
        .then(pl.lit("capital"))
        .when(pl.col("population") >= LARGE)
        .then(pl.lit("city"))
        .otherwise(pl.lit("town")),
        label=pl.lit("GPE"),
        entity=pl.coalesce("entity", "name"),
        entity_id=pl.format("geonames:{}", "geonames_id"),
        country="country",
        role=pl.when(pl.col("entity").is_null()).then(pl.lit("name")).otherwise(pl.lit("alias")),
        lat=pl.col("lat").cast(pl.Float32) / 100,
        lon=pl.col("lon").cast(pl.Float32) / 100,
        geonames_id="geonames_id",
        state="state",
        population="population",
    )
    order = pl.col("kind").replace_strict({kind: index for index, kind in enumerate(KINDS)}, return_dtype=pl.Int32)
    return (
        pl.concat([names, cities], how="diagonal")
        .with_columns(pl.col("population").fill_null(0), order=order)
        .sort("order", "population", "geonames_id", "name", descending=[False, True, False, False], maintain_order=True)
        .select(Entry._fields)
    )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The names shipped with the toolkit, ready to be matched."""
    frame = entries()
    names = frame["name"].to_list()
    text = "\n".join(names)
    tokens = tokenise(text, lexicon())
    end = np.cumsum([len(name) + 1 for name in names], dtype=np.int64) - 1
    owner = np.searchsorted(end, tokens.start, side="right")
    first = np.searchsorted(owner, np.arange(len(names)))
    place = np.arange(len(tokens)) - first[owner]
    short = place < len(FACTORS)
    value = np.zeros(len(names), np.uint64)
    np.add.at(value, owner[short], tokens.lower[short] * FACTORS[place[short]])
    capitals = np.zeros(len(names), np.int64)
    np.add.at(capitals, owner, tokens.count(tokens.letters.upper))
    bits = frame["kind"].replace_strict(KIND_BIT, return_dtype=pl.UInt32).to_numpy()
    hashes = mixed(value)
    order = np.argsort(hashes, kind="stable")
    keys, begins = np.unique(hashes[order], return_index=True)
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(folded(name), []).append(row)
    return Gazetteer(
        keys,
        np.bitwise_or.reduceat(bits[order], begins),
        np.minimum.reduceat(capitals[order], begins),
        np.unique(tokens.lower[place == 0]),
        rows,
        {field: frame[field].to_list() for field in Entry._fields},
        {},
    )
