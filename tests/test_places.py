"""Places: where the named places lie, and whether another of the name could be meant."""

import polars as pl
import pytest
import toolkit_places

import toolkit as tk


def places(*texts):
    return tk.load(list(texts), recognizer="builtin", progress=False).frame("places")


@pytest.mark.parametrize(
    ("text", "name", "country", "lat", "ambiguous"),
    [
        ("Ministers met in Timbuktu on Monday.", "Timbuktu", "MLI", 16.8, False),
        ("MOSCOW (Reuters) - Talks resumed.", "MOSCOW", "RUS", 55.8, False),
        ("The film opened in Paris, Texas, last week.", "Paris", "USA", 33.7, True),
        ("Officials in Washington denied it.", "Washington", "USA", 38.9, True),
        ("France and Germany agreed.", "France", "FRA", 47.1, False),
        ("It rained in New York.", "New York", "USA", 40.7, False),
        ("Georgia and Armenia signed. Tbilisi was pleased with Georgia.", "Georgia", "GEO", 41.9, True),
    ],
)
def test_a_place_is_where_it_lies_and_says_if_another_could_be_meant(text, name, country, lat, ambiguous):
    row = places(text).filter(text=name).row(0, named=True)
    assert (row["country"], row["ambiguous"]) == (country, ambiguous)
    assert row["lat"] == pytest.approx(lat, abs=0.8)


def test_a_place_that_is_not_known_keeps_its_row_without_coordinates():
    text = "Crowds gathered in Gorlby."
    corpus = tk.load(
        [text], recognizer=lambda texts: [[(own.index("Gorlby"), len(own) - 1, "LOC")] for own in texts], progress=False
    )
    assert corpus.frame("places").drop("doc_id").rows() == [(0, 19, 25, "Gorlby", None, None, None, None, False)]
    assert corpus.frame("places").schema == toolkit_places.PLACES.schema


def test_places_are_the_mentions_of_places_in_order():
    corpus = tk.sample()
    mentions = corpus.entities.filter(pl.col("label").cast(pl.String).is_in(["GPE", "LOC", "FAC"]))
    own = ["doc_id", "sent_id", "start", "end", "text"]
    assert corpus.frame("places").select(own).equals(mentions.select(own))


def test_every_known_place_that_has_one_coordinate_has_two():
    known = tk.known_places()
    assert known.filter(pl.col("lat").is_null() != pl.col("lon").is_null()).is_empty()
    assert known["lat"].is_between(-90, 90).all()
    assert known["lon"].is_between(-180, 180).all()


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_places)
