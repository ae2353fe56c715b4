"""A profile of a name: shares by hand, intervals over articles, evidence behind each item, and what is missing said."""

import json
from datetime import date

import polars as pl
import pytest
import toolkit_entity_profile

import toolkit as tk

CODEBOOK = {"Talks": ["talks"], "Gas": ["gas"]}
ROWS = [
    ("Iran and France held talks. Iran sold gas.", "2026-02-02"),
    ("Iran sold gas. France did not.", "2026-02-04"),
    ("France held talks.", "2026-02-04"),
]


def made(rows, **settings):
    articles = [
        {"text": text, "published": day, "outlet": "A", "title": f"Report {n}"} for n, (text, day) in enumerate(rows)
    ]
    given = {"topic_model": "seeds", "topics": CODEBOOK, **settings}
    return tk.load(articles, recognizer="builtin", dedupe="off", progress=False, **given)


@pytest.fixture(scope="module")
def three():
    return made(ROWS)


@pytest.fixture(scope="module")
def iran(three):
    return tk.analyses.entity_profile(three, entity="Iran", per="day")


@pytest.fixture(scope="module")
def person(sample):
    return tk.analyses.entity_profile(sample, entity="Oksana Hrynchak")


def aspect(result, name):
    return result.frame.filter(aspect=name)


def test_it_says_with_whom_by_its_sentences_and_what_is_usual(iran):
    row = aspect(iran, "named with").row(0, named=True)
    assert (row["item"], row["amount"], row["articles"], row["of_articles"]) == ("France", 1, 1, 2)
    assert row["share"] == pytest.approx(1 / 3)  # one of its three sentences
    assert row["usual"] == pytest.approx(3 / 5)  # France is in three of all five


def test_topics_sum_to_one_with_other_and_stand_in_the_codebook_s_order(three, iran):
    topics = aspect(iran, "topic")
    assert topics["item"].to_list() == ["Talks", "Gas", "other"]
    assert topics["share"].sum() == pytest.approx(1)
    weights = three.topics.join(three.sentences.filter(pl.col("text").str.contains("Iran")), on=["doc_id", "sent_id"])
    by_hand = weights.filter(topic="Gas")["weight"].sum() / 3
    assert topics.filter(item="Gas")["share"].item() == pytest.approx(by_hand)


def test_days_are_shares_of_the_day_s_articles_and_a_day_without_any_is_no_zero(iran):
    days = aspect(iran, "when")
    assert days["day"].to_list() == [date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4)]
    assert days["share"].to_list() == [1, None, 0.5]


def test_ways_of_writing_are_shares_of_the_mentions(person, sample):
    written = aspect(person, "written")
    mentions = sample.mentions().filter(pl.col("entity") == "Oksana Hrynchak").collect()
    assert written["share"].sum() == pytest.approx(1)
    whole = mentions.filter(pl.col("text") == "Oksana Hrynchak").height / mentions.height
    assert written.filter(item="Oksana Hrynchak")["share"].item() == pytest.approx(whole)


def test_what_was_said_is_each_quotation_once_with_its_article(person, sample):
    said = aspect(person, "said")
    quotes = sample.frame("quotes").filter(pl.col("speaker_entity") == "Oksana Hrynchak")
    assert set(said["item"]) <= set(quotes["text"])
    assert said["item"].is_unique().all()
    assert said["title"].null_count() == said["outlet"].null_count() == said["share"].count() == 0
    for text in said["item"]:
        first = person.sentences(aspect="said", item=text)["text"][0]  # a quotation may go on in the next sentence
        assert text[:20] in first


def test_the_evidence_of_an_item_is_sentences_that_name_both(three, iran):
    both = iran.sentences(aspect="named with", item="France")["text"].to_list()
    assert both == ["Iran and France held talks."]
    assert iran.sentences(aspect="when", item="2026-02-04")["text"].to_list() == ["Iran sold gas."]
    assert set(iran.sentences(aspect="topic", item="Gas")["text"]) == {"Iran sold gas."}


def test_intervals_are_there_from_five_articles_on_and_hold_the_share(person, iran):
    rows = person.frame.filter(pl.col("aspect").is_in(["named with", "topic", "written"]))
    assert rows.filter(pl.col("low").is_null()).is_empty()
    assert rows.filter(~pl.col("share").is_between(pl.col("low") - 1e-9, pl.col("high") + 1e-9)).is_empty()
    assert rows.filter(pl.col("high") > pl.col("low")).height > 5
    assert iran.frame["low"].null_count() == iran.frame.height
    assert "Fewer than 5 articles: too few for intervals." in iran.note


def test_without_a_name_it_is_the_person_named_most(sample):
    people = sample.mentions("people").group_by("entity").len().sort("len", descending=True).collect()
    assert tk.analyses.entity_profile(sample).frame["entity"][0] == people["entity"][0]


def test_an_id_is_a_name_too_and_an_unknown_name_is_told_with_those_like_it(three, iran):
    assert tk.analyses.entity_profile(three, entity="country:IRN", per="day").frame.equals(iran.frame)
    with pytest.raises(tk.SettingError, match="entity='Irann', which no sentence names; most like it are 'Iran'"):
        tk.analyses.entity_profile(three, entity="Irann")


def test_without_dates_there_are_no_periods_and_the_note_counts_the_articles():
    result = tk.analyses.entity_profile(made([("Iran sold gas to France.", None)]), entity="Iran")
    assert aspect(result, "when").is_empty()
    assert aspect(result, "named with")["item"].to_list() == ["France"]
    assert "1 of these articles without a date is in no period." in result.note
    assert "<path" in tk.charts.svg(result.figure)


def test_nothing_named_and_a_filter_that_leaves_nothing_are_empty_answers(three, empty):
    for result in (
        tk.analyses.entity_profile(empty),
        tk.analyses.entity_profile(made([("nobody spoke.", None)])),
        tk.analyses.entity_profile(three, where={"outlet": "B"}),
    ):
        assert result.frame.is_empty()
        assert result.frame.columns[:3] == ["entity", "aspect", "item"]
        assert "No name is found" in result.note


def test_its_figure_names_it_is_small_and_is_drawn_beside_another(person, sample):
    assert person.words.title.startswith("Oksana Hrynchak")
    assert len(json.dumps(person._repr_mimebundle_()[0]["application/vnd.vega.v5+json"])) < 300_000
    both = tk.analyses.entity_profile(
        sample, entity="Ukraine", compare={"A": {"outlet": "Corvane Wire"}, "B": {"outlet": "Pellhaven Echo"}}
    )
    assert both.frame["corpus"].unique().sort().to_list() == ["A", "B"]
    assert "<path" in tk.charts.svg(both.figure)


@pytest.mark.long
def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_entity_profile)
