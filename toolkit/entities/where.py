"""Where the places lie that are known by name."""

from __future__ import annotations

import polars as pl

from toolkit.entities.gazetteer import entries
from toolkit.entities.location import CAPITAL, PLACES, WEIGHT


def known_places() -> pl.DataFrame:
    """Every place the toolkit knows, a row for each name that it has: countries, states, cities, seas and sites.

    `name`, `entity` (its canonical name), `kind` (country, capital, state, county, city, town, area, site), `entity_id` as in `entities`, `country`
    (ISO 3166 alpha-3), `state` (of a city), `lat` and `lon` (of a country or state: where its people live, on average),
    `geonames_id`, and `weight`: how well known it is, the logarithm of a city's inhabitants, one more for a capital.
    Cities of 15,000 people and more, from GeoNames (CC BY 4.0).

    >>> known_places().filter(name="Timbuktu").select("kind", "country").rows()
    [('town', 'MLI')]
    """
    own = pl.col("population").clip(1000).log10() + CAPITAL * (pl.col("kind") == "capital")
    weight = pl.coalesce(pl.col("kind").replace_strict(WEIGHT, default=None, return_dtype=pl.Float64), own)
    return (
        entries()
        .filter(pl.col("kind").is_in(list(PLACES)) & pl.col("entity_id").is_not_null())
        .select(
            "name", "entity", "kind", "entity_id", "country", "state", pl.col("lat", "lon").cast(pl.Float64),
            pl.col("geonames_id").cast(pl.Int64), weight=weight,
        )
    )  # fmt: skip
