"""Topics that nobody named: found, judged, kept by id, renamed and merged again."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

import toolkit as tk
from toolkit.discovery import quality

FARM = "tractor harvest wheat cattle barn milk plough crop sheep orchard hay barley"
SUBJECTS = {
    "sport": "striker goal referee league penalty stadium keeper coach pitch tackle derby fixture",
    "court": "judge jury verdict prison lawyer appeal trial charge witness sentence prosecutor bail",
    "weather": "storm rain flood wind river snow frost gale cloud sunshine drizzle thunder",
}


def written(count: int, subjects=SUBJECTS, first: int = 0) -> list[dict]:
    """Articles on each subject in turn, and on talks, each of some of its words."""
    rows = []
    for number in range(first, first + count):
        for name, words in {
            "talks": "talks truce envoys delegates mediators ceasefire summit accord pledge border treaty peace",
            **subjects,
        }.items():
            drawn = np.random.default_rng(number).permutation(words.split())[:8]
            text = f"{' '.join(drawn).capitalize()} were seen. {' '.join(drawn[::-1]).capitalize()} came again."
            day = date(2026, 1, 1) + timedelta(days=number)
            rows.append({"id": f"{name}-{number:03}", "text": text, "published": day.isoformat()})
    return rows


def loaded(rows):
    return tk.load(rows, topics={"Talks": ["talks", "truce"]}, recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def corpus():
    return loaded(written(20))


@pytest.fixture(scope="module")
def found(corpus):
    return tk.discover(corpus, extra=3)


def subject_of(words):
    return next((name for name, told in SUBJECTS.items() if set(told.split()) >= set(words[:3])), None)


def test_each_subject_that_has_no_name_is_found_beside_the_one_that_has(found):
    topics = found.topics
    assert topics["topic"][0] == "Talks"
    assert {subject_of(words) for words in topics.filter("found")["words"]} == set(SUBJECTS)
    assert set(topics["words"][0]) >= {"talks", "truce", "envoys"}
    for words, sentence in topics.select("words", "sentence").iter_rows():
        assert any(word in sentence.lower() for word in words)
    main = found.shares.sort("share").group_by("doc_id").last()
    right = main.with_columns(words=pl.col("topic").str.split(", "))
    for doc_id, topic, words in right.select("doc_id", "topic", "words").iter_rows():
        assert doc_id.startswith("talks" if topic == "Talks" else str(subject_of(words)))


def test_the_same_articles_in_any_order_give_the_same_topics(corpus, found):
    again = tk.discover(loaded(written(20)[::-1]), extra=3)
    assert again.topics.drop("sentence", "doc_id", "sent_id").equals(found.topics.drop("sentence", "doc_id", "sent_id"))


def test_ids_stay_and_steps_are_done_again_when_articles_are_added(corpus, found):
    by_subject = {
        subject_of(words): id_ for id_, words in found.topics.filter("found").select("id", "words").iter_rows()
    }
    named = found.rename(by_subject["sport"], "Football").merge(by_subject["court"], by_subject["weather"])
    assert "Football" in named.names
    assert len(named.ids) == 3
    grown = corpus.add(written(10, {**SUBJECTS, "farm": FARM}, first=20), progress=False)
    again = named.again(grown)
    rows = {row["topic"]: row for row in again.topics.iter_rows(named=True)}
    assert rows["Football"]["id"] == by_subject["sport"]
    assert subject_of(rows["Football"]["words"]) == "sport"
    assert by_subject["court"] not in again.ids
    assert again.steps == named.steps
    assert named.again(corpus).topics["topic"].to_list() == named.topics["topic"].to_list()


def test_found_topics_become_a_codebook_that_holds_for_their_articles(corpus, found):
    scored = corpus.retopic(found.codebook)
    assert found.codebook.topics[0] == "Talks"
    assert found.codebook.entries[0] == corpus.codebook.entries[0]
    mix = tk.analyses.topic_mix(scored).frame
    assert mix.filter(pl.col("topic") == "other")["share"].item() < 0.3


def test_a_topic_that_holds_together_is_told_from_one_that_does_not():
    from toolkit.topics.words import bags, forms, vocabulary

    texts = pl.DataFrame(
        {"at": range(8), "text": ["alpha beta gamma", "delta omega sigma"] * 4}, schema_overrides={"at": pl.UInt32}
    )
    words = forms(texts)
    known = vocabulary(words, 8)
    known = type(known)(pl.Series(["alpha", "beta", "delta", "gamma", "omega", "sigma"]), np.ones(6))
    held = bags(words, 8, known)
    close, far = quality.coherence(held, np.array([[0, 1, 3], [0, 2, 4]]))
    assert close == pytest.approx(1.0)
    assert far < 0
    assert quality.diversity(np.array([[0, 1], [1, 2]])).tolist() == [0.5, 0.5]


def test_cards_tell_coverage_coherence_diversity_and_stability(found):
    card = found.quality
    assert card["topic"].to_list() == list(found.names)
    assert (card["coverage"] > 0.2).all()
    assert (card["coherence"] > 0).all()
    assert (card["stability"] > 0.9).all()


def test_a_topic_that_comes_up_is_emerging(corpus):
    rows = written(20, {"court": SUBJECTS["court"]}) + written(10, {"farm": FARM}, first=20)
    made = tk.discover(loaded(rows), extra=1, since="2026-01-21")
    first = made.emerging.row(0, named=True)
    assert set(FARM.split()) >= set(first["topic"].split(", "))
    assert (first["before"], first["p"] < 0.05, first["first"] >= date(2026, 1, 21)) == (0.0, True, True)


def test_the_charts_of_quality_and_of_what_emerges_lead_to_sentences(sample):
    for name in ("topic_quality", "emerging_topics"):
        result = tk.analyses[name](sample, extra=3)
        topic = result.frame["topic"][0]
        assert result.sentences(topic=topic).height > 0
        assert result.frame["topic"].n_unique() == result.frame.height


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda corpus, found: tk.discover(corpus, extra=0), "0 topics cannot be found"),
        (lambda corpus, found: tk.discover(corpus.where(text="zzyzx")), "this corpus has 0 with text"),
        (lambda corpus, found: tk.discover(corpus, since="2030-01-01"), "0 with text since 2030-01-01"),
        (lambda corpus, found: found.rename("Talks", "Peace"), "no found topic 'Talks'"),
        (lambda corpus, found: found.rename("found-1", "Talks"), "cannot be called 'Talks'"),
        (lambda corpus, found: found.rename("found-1", " other "), "cannot be called 'other'"),
        (lambda corpus, found: found.merge("found-1", "found-1"), "are one topic"),
        (lambda corpus, found: found.emerging, "Give a day"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(corpus, found, call, says):
    with pytest.raises(tk.SettingError, match=says):
        call(corpus, found)


def test_a_corpus_without_a_codebook_is_discovered_too(corpus):
    made = tk.discover(corpus.retopic([]), extra=4)
    assert len(made.ids) == 4
    assert made.quality.height == 4
