"""Voices: who is quoted, how much, how few make up most of it; and the quotations themselves."""

import math

import polars as pl
import pytest

import toolkit as tk

BOOK = {"Weather": ["rain", "snow", "storm"], "Money": ["prices", "budget"]}
ROWS = [
    ("A", "Ann Lee was there. “It will rain and rain all day long,” Ann Lee said.", "2026-02-02"),
    ("A", "Bob Ray was there. “The budget is far too small,” Bob Ray said.", "2026-02-03"),
    ("B", "Ann Lee was there. “Prices will rise,” Ann Lee said. “A storm will come,” a neighbour said.", None),
    ("B", "Nobody spoke at all today.", "2026-02-03"),
]


def made(rows):
    articles = [{"outlet": outlet, "text": text, "published": day} for outlet, text, day in rows]
    return tk.load(articles, topics=BOOK, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def four():
    return made(ROWS)


def amounts(result):
    return dict(result.frame.select("speaker", "amount").iter_rows())


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("words", {"Ann Lee": 11, "Bob Ray": 6, "not named": 4}),
        ("sentences", {"Ann Lee": 2, "Bob Ray": 1, "not named": 1}),
        ("articles", {"Ann Lee": 1.5, "Bob Ray": 1, "not named": 0.5}),
    ],
)
def test_each_speaker_has_what_is_quoted_of_them(four, count, expected):
    result = tk.analyses.said_by(four, count=count)
    assert amounts(result) == expected
    assert result.frame["share"].sum() == pytest.approx(1)
    assert result.frame["of_articles"].unique().to_list() == [3]


@pytest.mark.parametrize("by", ["outlet", "topic", "week", ["outlet", "week"]])
def test_shares_sum_to_one_in_each_group(four, by):
    frame = tk.analyses.said_by(four, by=by).frame
    groups = [by] if isinstance(by, str) else by
    assert frame.group_by(groups).agg(pl.col("share").sum())["share"].to_list() == pytest.approx(
        [1.0] * len(frame.unique(groups))
    )


def test_speakers_beyond_the_top_are_other(four):
    frame = tk.analyses.said_by(four, top=1).frame
    assert frame["speaker"].to_list() == ["Ann Lee", "not named", "other"]
    assert frame["share"].sum() == pytest.approx(1)


def test_by_topic_a_quotation_counts_for_what_its_sentence_is_about(four):
    frame = tk.analyses.said_by(four, by="topic").frame
    first = frame.filter(pl.col("share") == pl.col("share").max().over("topic"))
    assert dict(first.select("topic", "speaker").iter_rows())["Weather"] == "Ann Lee"
    assert tk.analyses.said_by(four, by="topic").sentences(topic="Weather", speaker="Ann Lee").height == 1


def test_the_evidence_of_a_voice_is_the_sentences_it_is_quoted_in(four):
    sentences = tk.analyses.said_by(four).sentences(speaker="Ann Lee")["text"].to_list()
    assert len(sentences) == 2
    assert all("Ann Lee said" in text for text in sentences)


def test_a_topic_keeps_what_is_said_on_it_and_the_evidence_has_the_words(four):
    said = tk.analyses.said_by(four, topic="Money")
    assert sorted(said.frame["speaker"]) == ["Ann Lee", "Bob Ray"]
    assert said.sentences(speaker="Bob Ray")["quote"].to_list() == ["The budget is far too small"]
    assert tk.analyses.said_by(four, topic="Weather").note.startswith("1 of 2 quotations on Weather name no speaker.")
    with pytest.raises(tk.SettingError, match="no topic 'Sport'"):
        tk.analyses.said_by(four, topic="Sport")


def test_speakers_with_a_name_come_first(four):
    frame = tk.analyses.said_by(four, by="outlet", top=1).frame
    assert frame["speaker"].to_list() == ["Ann Lee", "not named", "other"] * 2


def test_a_corpus_without_quotations_says_so(empty):
    for corpus in (empty, made(ROWS[3:])):
        assert tk.analyses.said_by(corpus).frame.is_empty()
        assert tk.analyses.said_by(corpus).note == "Nobody is quoted."
        assert tk.analyses.voice_concentration(corpus).note == "Nobody is quoted."
        assert "no quotation" in tk.analyses.quote_list(corpus).note


def test_a_kind_of_quotation_is_one_that_exists(four):
    with pytest.raises(tk.SettingError, match="'sung'"):
        tk.voices(four, kind="sung")


def gini(values):
    """The definition: the mean difference of all pairs, over twice the mean."""
    pairs = [abs(one - other) for one in values for other in values]
    return sum(pairs) / len(pairs) / (2 * sum(values) / len(values))


def test_concentration_is_that_of_the_definition(four):
    row = tk.analyses.voice_concentration(four, by="all", top=1).frame.row(0, named=True)
    assert row["top_share"] == pytest.approx(11 / 17)
    assert row["gini"] == pytest.approx(gini([11, 6]))
    assert (row["speakers"], row["total"], row["articles"]) == (2, 21, 3)
    assert row["named"] == pytest.approx(17 / 21)


def test_few_articles_have_no_interval_and_many_have_one_around_the_measure(four, sample):
    assert tk.analyses.voice_concentration(four).frame["low"].null_count() == 2
    frame = tk.analyses.voice_concentration(sample).frame
    assert (frame["low"] < frame["top_share"]).all()
    assert (frame["top_share"] < frame["high"]).all()
    assert (frame["gini_low"] < frame["gini"]).all()


def test_quotations_are_listed_in_the_order_that_is_asked_for(four):
    newest, oldest = (tk.analyses.quote_list(four, order=order).frame for order in ("newest", "oldest"))
    assert newest["text"][0] == "The budget is far too small"
    assert oldest["text"][0] == "It will rain and rain all day long"
    assert newest["published"][-1] is None
    assert oldest["published"][-1] is None


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({"speaker": "Bob Ray"}, ["The budget is far too small"]),
        ({"topic": "Money"}, ["The budget is far too small", "Prices will rise"]),
        ({"speaker": "Nobody"}, []),
        ({"least": 1.0}, []),
    ],
)
def test_quotations_of_a_speaker_or_a_topic_alone(four, asked, texts):
    assert sorted(tk.analyses.quote_list(four, **asked).frame["text"]) == sorted(texts)


def test_a_topic_that_is_not_in_the_codebook_is_named(four):
    with pytest.raises(tk.SettingError, match="no topic 'Sport'"):
        tk.analyses.quote_list(four, topic="Sport")


def test_what_is_quoted_stands_in_the_text(four):
    frame = tk.analyses.quote_list(four).frame.join(four.documents.select("doc_id", whole="text"), on="doc_id")
    assert all(row["whole"][row["start"] : row["end"]] == row["text"] for row in frame.iter_rows(named=True))


def test_topics_of_a_name_sum_to_one_and_all_are_given(four):
    frame = tk.analyses.entity_topic(four, kind="people").frame
    assert frame.group_by("entity").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1.0, 1.0])
    assert frame.group_by("entity").len()["len"].to_list() == [3, 3]
    by_hand = four.topics.join(
        four.mentions("people").collect().unique(["doc_id", "sent_id"]), on=["doc_id", "sent_id"]
    )
    ann = by_hand.filter(entity="Ann Lee", topic="Weather")["weight"].sum()
    assert frame.filter(entity="Ann Lee", topic="Weather")["amount"].item() == pytest.approx(ann, abs=1e-5)
    held = tk.analyses.entity_topic(four, kind="people").sentences(entity="Ann Lee", topic="Weather")
    assert held.height == frame.filter(entity="Ann Lee", topic="Weather")["mentions"].item()


def test_names_without_any_topic_are_an_empty_answer(empty):
    assert tk.analyses.entity_topic(empty).frame.is_empty()


@pytest.mark.parametrize("name", ["said_by", "voice_concentration", "quote_list", "entity_topic"])
def test_voices_are_drawn(sample, name):
    result = tk.analyses[name](sample)
    assert "<path" in tk.charts.svg(result.figure)
    assert math.isfinite(sum(result.frame.select(pl.selectors.numeric()).sum().row(0)))
