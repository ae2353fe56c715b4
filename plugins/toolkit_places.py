"""Where the places lie that the articles name."""

from __future__ import annotations

import polars as pl

from toolkit import Corpus, annotator, known_places, schema

Column = schema.Column
PLACES = schema.Table(
    "places",
    "One row per mention of a place (GPE, LOC or FAC in `entities`), those included that are not known.",
    ("doc_id", "start"),
    (
        Column("doc_id", pl.String, "the document"),
        Column("sent_id", pl.Int64, "the sentence it begins in"),
        Column("start", pl.Int64, "first character in `documents.text`"),
        Column("end", pl.Int64, "one past the last character"),
        Column("text", pl.String, "the mention, `documents.text[start:end]`"),
        Column("country", pl.String, "ISO 3166 alpha-3 of the state it lies in; null if unknown, or in none"),
        Column("lat", pl.Float64, "degrees north; of a country or state, where its people live; null if unknown"),
        Column("lon", pl.Float64, "degrees east; null if unknown"),
        Column("geonames_id", pl.Int64, "its number in GeoNames; null if unknown"),
        Column("ambiguous", pl.Boolean, "another place of this name could be meant"),
    ),
)

FAR = 1.5
"""Degrees apart from which two places of one name are two: a city and the state around it are one."""
LESS = 2.0
"""How much less known (as a logarithm: with a hundredth of the inhabitants) a place still could be meant."""


@annotator
def places(corpus: Corpus) -> pl.DataFrame:
    """Where the places lie that the articles name: country, coordinates and GeoNames id of each mention.

    Gives a row for each mention that `entities` labels GPE, LOC or FAC. Which place of a name is meant was decided when
    the names were resolved: by its inhabitants, the countries that the article names, and the state or country named right
    after it. `ambiguous` says that the decision could have gone otherwise: some other place of the name, elsewhere, is
    better known or has at least a hundredth of the inhabitants. What is not in the gazetteer (streets, small towns, a
    name mistaken for a place) has nulls.
    """
    known = known_places()
    best = known.sort("weight", descending=True, maintain_order=True).unique("entity_id", maintain_order=True)
    where = best.select("entity_id", "lat", "lon", "geonames_id", "weight", lies_in="country")
    entities = corpus.entities.filter(pl.col("label").cast(pl.String).is_in(["GPE", "LOC", "FAC"]))
    found = entities.with_columns(name=folded(pl.col("text"))).join(
        where, on="entity_id", how="left", maintain_order="left"
    )
    asked = found.select("name", "entity_id", "lat", "lon", "weight").unique()
    others = known.select(folded(pl.col("name")), "entity_id", "lat", "lon", "weight")
    rivals = asked.join(others, on="name", suffix="_other").filter(
        (pl.col("entity_id") != pl.col("entity_id_other"))
        & (pl.col("weight_other") >= pl.col("weight") - LESS)
        & ((_apart("lat") > FAR) | (_apart("lon") > FAR))
    )
    rivals = rivals.select("name", "entity_id", ambiguous=True).unique()
    return PLACES.conform(
        found.join(rivals, on=["name", "entity_id"], how="left", maintain_order="left")
        .with_columns(pl.col("ambiguous").fill_null(False), country=pl.coalesce("country", "lies_in"))
        .select(PLACES.schema.names())
    )


def folded(name: pl.Expr) -> pl.Expr:
    """A name as it is compared: lower case, white space and apostrophes plain."""
    return name.str.to_lowercase().str.replace_all("’", "'").str.replace_all(r"\s+", " ")


def _apart(column: str) -> pl.Expr:
    """Degrees between two places; across the date line they are counted the short way."""
    degrees = (pl.col(column) - pl.col(f"{column}_other")).abs()
    return pl.min_horizontal(degrees, 360 - degrees)
