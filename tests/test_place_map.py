"""The map: countries and places counted by hand, drawn offline, what lies nowhere told."""

import json

import polars as pl
import pytest
from toolkit_place_map import WORLD, countries

import toolkit as tk

TEXTS = [
    "Paris was calm. France and Iran met in Paris.",
    "French officials spoke in Singapore.",
    "Nobody met in Qwertyham.",
]


def made(texts):
    return tk.load(texts, recognizer="builtin", topic_model="seeds", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def three():
    return made(TEXTS)


def test_a_country_counts_by_name_people_and_places_in_it(three):
    frame = tk.analyses.place_map(three).frame.filter(kind="country")
    assert dict(frame.select("country", "amount").iter_rows())["FRA"] == 3
    row = frame.filter(country="FRA").row(0, named=True)
    assert (row["place"], row["share"], row["mentions"], row["articles"]) == ("France", 3 / 4, 4, 2)


def test_places_are_points_with_coordinates_and_countries_are_not_among_them(three):
    places = tk.analyses.place_map(three).frame.filter(kind="place")
    paris = places.filter(place="Paris").row(0, named=True)
    assert (paris["amount"], paris["country"]) == (2, "FRA")
    assert paris["lat"] == pytest.approx(48.85, abs=0.1)
    assert not {"France", "Iran"} & set(places["place"])


def test_the_evidence_of_a_country_and_of_a_place(three):
    result = tk.analyses.place_map(three)
    assert result.sentences(kind="country", country="FRA").height == 3
    assert result.sentences(kind="place", place="Paris")["text"].to_list() == [
        "Paris was calm.",
        "France and Iran met in Paris.",
    ]


def test_states_too_small_for_the_outlines_are_points(three):
    spec = json.dumps(tk.analyses.place_map(three).chart.to_dict())
    assert '["SGP"]' in spec.replace("\\", "")
    assert "<path" in tk.charts.svg(tk.analyses.place_map(three).figure)


def test_outlines_are_of_known_countries_and_small_enough_for_a_notebook(sample):
    world = json.loads(WORLD.read_text())
    codes = [place["id"] for place in world["objects"]["countries"]["geometries"]]
    assert set(codes) <= set(countries()["country"])
    assert len(codes) > 170
    assert len(json.dumps(tk.analyses.place_map(sample).figure, default=str)) < 300_000


def test_ambiguous_names_are_left_out_if_only_sure_ones_are_wanted(sample):
    every, sure = (tk.analyses.place_map(sample, sure=sure).frame.filter(kind="place") for sure in (False, True))
    assert sure["mentions"].sum() < every["mentions"].sum()


def test_an_answer_without_places_says_so(empty):
    for corpus in (empty, made(["Nobody spoke at all."])):
        result = tk.analyses.place_map(corpus)
        assert result.frame.is_empty()
        assert result.note == "No place is named."


def test_what_lies_nowhere_is_told(sample):
    result = tk.analyses.place_map(sample)
    assert "lie nowhere that is known" in result.note
    assert result.frame.select(pl.col("lat", "lon").null_count()).row(0) == (0, 0)
