"""Pairs: what is named together, and how much more often than by chance."""

import math
import re
from itertools import combinations

import polars as pl
import pytest
from toolkit_entity_network import layout

import toolkit as tk

BOOK = {"Iran": ["Iran"], "France": ["France"], "Sport": ["football"]}
TEXTS = [
    "Iran met France. Iran spoke.",
    "France met Iran. Italy won.",
    "Italy met Iran. Spain won. Spain lost.",
    "Nobody met.",
]


def made(texts, **more):
    articles = [{"text": text, "published": "2026-02-02"} for text in texts]
    return tk.load(articles, topics=BOOK, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def four():
    return made(TEXTS)


def test_pairs_in_a_sentence_are_counted_by_hand(four):
    found = tk.pairs(four, four.mentions(), key="entity", least=1)
    assert found.every == 8
    assert dict(found.things.iter_rows()) == {"Iran": 4, "France": 2, "Italy": 2, "Spain": 2}
    row = found.frame.filter(entity="France", other="Iran").row(0, named=True)
    assert (row["together"], row["articles"], row["count"], row["other_count"]) == (2, 2, 2, 4)
    assert row["npmi"] == pytest.approx(math.log(2 * 8 / (2 * 4)) / -math.log(2 / 8))


def test_a_pair_is_given_in_both_directions_with_the_same_numbers(four):
    frame = tk.pairs(four, four.mentions(), key="entity", least=1).frame
    turned = frame.rename({"entity": "other", "other": "entity", "count": "other_count", "other_count": "count"})
    order = ["entity", "other"]
    assert frame.sort(order).equals(turned.select(frame.columns).sort(order))


def test_within_articles_the_unit_is_the_article(four):
    found = tk.pairs(four, four.mentions(), key="entity", within="article", least=1)
    assert found.every == 4
    assert found.frame.filter(entity="Italy", other="Spain")["together"].item() == 1
    said = found.evidence.filter(entity="Italy", other="Spain").collect()
    assert said["sent_id"].to_list() == [0, 1, 2]


def test_the_evidence_of_a_pair_is_the_sentences_that_name_both(four):
    found = tk.pairs(four, four.mentions(), key="entity", least=1)
    assert found.evidence.filter(entity="Iran", other="France").collect()["sent_id"].to_list() == [0, 0]


@pytest.mark.parametrize(("settings", "pairs"), [({"least": 2}, 1), ({"least": 3}, 0), ({"top": 2, "least": 1}, 1)])
def test_rare_pairs_and_rare_names_are_left_out(four, settings, pairs):
    assert tk.pairs(four, four.mentions(), key="entity", **settings).frame.height == 2 * pairs


def test_the_interval_holds_the_measure_and_pairs_in_few_articles_have_none():
    many = made([f"Iran met France {'often' * (n % 2)} . Italy won." for n in range(10)] + ["Iran spoke."] * 10 + TEXTS)
    frame = tk.pairs(many, many.mentions(), key="entity", least=1, resamples=300).frame
    met = frame.filter(entity="Iran", other="France").row(0, named=True)
    assert met["low"] < met["npmi"] < met["high"]
    assert frame.filter(entity="Iran", other="Italy")["low"].item() is None


@pytest.mark.parametrize(("both", "first", "second", "every", "expected"), [(5, 5, 5, 100, 1.0), (1, 10, 10, 100, 0.0)])
def test_npmi_is_one_if_always_and_nothing_if_by_chance(both, first, second, every, expected):
    value = tk.association.npmi(*map(pl.lit, (both, first, second, every)))
    assert pl.select(value).item() == pytest.approx(expected)


def test_npmi_of_what_is_always_there_is_not_known():
    assert pl.select(tk.association.npmi(*map(pl.lit, (5, 5, 5, 5)))).item() is None


def test_topics_overlap_in_articles_and_what_is_not_found_is_told(four):
    result = tk.analyses.topic_overlap(four)
    row = result.frame.filter(topic="France", other="Iran").row(0, named=True)
    assert (row["together"], row["count"], row["other_count"], row["share"]) == (2, 2, 3, 1.0)
    assert "1 of 3 topics of the codebook were not found" in result.note
    assert result.sentences(topic="France", other="Iran").height >= 2


def test_no_overlap_is_an_empty_answer(empty):
    for corpus in (empty, made(["Nobody met."])):
        result = tk.analyses.topic_overlap(corpus)
        assert result.frame.is_empty()
        assert "No two topics" in result.note


def test_overlap_is_drawn(sample):
    assert "<path" in tk.charts.svg(tk.analyses.topic_overlap(sample).figure)


def test_the_network_has_places_and_communities_of_those_named_together(sample):
    frame = tk.analyses.entity_network(sample, resamples=0).frame
    assert frame.select(pl.col("x", "y", "other_x", "other_y").is_between(0, 1).all()).row(0) == (True,) * 4
    iran = frame.filter(entity="Iran")["community"][0]
    assert frame.filter(entity="Tehran")["community"][0] == iran
    assert frame.filter(entity="Paris")["community"][0] != iran


def test_the_network_is_the_same_each_time(four):
    one, two = (tk.analyses.entity_network(four.where(), least=1, seed=3).frame for _ in range(2))
    assert one.equals(two)


def test_communities_are_those_that_modularity_finds():
    texts = [
        f"{a} met {b}."
        for group in (("Iran", "France", "Spain"), ("Japan", "Brazil", "Kenya"))
        for a in group
        for b in group
        if a < b
    ]
    frame = tk.analyses.entity_network(made(texts * 2 + ["Spain met Japan."]), least=1).frame
    groups = frame.group_by("community").agg(pl.col("entity").unique().sort())["entity"].to_list()
    assert sorted(groups) == [["Brazil", "Japan", "Kenya"], ["France", "Iran", "Spain"]]


@pytest.mark.parametrize("suffix", ["gexf", "graphml"])
def test_a_network_is_saved_for_other_programs(four, tmp_path, suffix):
    import networkx as nx

    result = tk.analyses.entity_network(four, least=1)
    read = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[suffix](result.save(tmp_path / f"net.{suffix}"))
    assert set(read.nodes) == set(result.frame["entity"])
    assert read.edges["France", "Iran"]["together"] == 2
    with pytest.raises(tk.SettingError, match="holds networks"):
        tk.analyses.topic_mix(four).save(tmp_path / f"mix.{suffix}")


@pytest.mark.parametrize(
    "names", [["Kyiv", "Oslo"], ["Kyiv", "Abu Dhabi", "the Ministry of Foreign Affairs"], list("abcdefghij")]
)
def test_points_that_coincide_are_drawn_apart_with_their_names_and_the_same_each_time(names):
    found = pl.DataFrame({"entity": names}).with_columns(x=0.5, y=0.5)
    x, y = layout.apart(found, [3] * len(names))
    again = layout.apart(found, [3] * len(names))
    assert (x.tolist(), y.tolist()) == tuple(end.tolist() for end in again)
    assert 0 <= min(*x, *y) <= max(*x, *y) <= 1
    across, up = x * layout.NARROW / 1.16, y * layout.HEIGHT / 1.16
    for one, two in combinations(range(len(names)), 2):
        letters = (len(names[one]) + len(names[two])) / 2
        assert abs(across[one] - across[two]) > 6 * letters or abs(up[one] - up[two]) > 14


def test_of_more_names_than_there_is_room_for_none_is_pushed_to_the_edge_by_the_others():
    count = 100
    found = pl.DataFrame({"entity": [f"Somebody Named {n}" for n in range(count)]}).with_columns(
        x=pl.int_range(count) * 37 % count / count, y=pl.int_range(count) / count
    )
    x, y = layout.apart(found, [3] * count)
    edges = (x < 0.001) | (x > 0.999) | (y < 0.001) | (y > 0.999)
    assert edges.sum() < count / 3


def test_points_that_have_room_stay_where_they_are():
    found = pl.DataFrame({"entity": ["Kyiv", "Oslo"], "x": [0.1, 0.9], "y": [0.2, 0.8]})
    x, y = layout.apart(found, [3, 1])
    assert [*x, *y] == pytest.approx([0.1, 0.9, 0.2, 0.8])


@pytest.mark.parametrize(("look", "page"), [("house", "#ffffff"), ("dark", "#16181d")])
def test_a_name_has_a_halo_of_the_colour_of_the_page(sample, look, page, tmp_path):
    result = tk.analyses.entity_network(sample, resamples=0)
    drawn = result.save(tmp_path / "a.svg", theme=look).read_text("utf8")
    written = re.findall(r"<text[^>]*>Ukraine</text>", drawn)
    assert [f'stroke="{page}"' in one for one in written] == [True, False]


@pytest.mark.parametrize("show", ["network", "matrix"])
def test_the_network_is_drawn(sample, show):
    assert "<path" in tk.charts.svg(tk.analyses.entity_network(sample, show=show, resamples=0).figure)


def test_nobody_named_together_is_said(empty):
    for corpus in (empty, made(["Iran spoke."])):
        for show in ("network", "matrix"):
            result = tk.analyses.entity_network(corpus, show=show)
            assert result.frame.is_empty()
            assert "No two entities" in result.note


def test_without_networkx_the_extra_is_named(four, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    with pytest.raises(tk.MissingExtra, match="network"):
        tk.analyses.entity_network(four, least=1, seed=77)
