"""Coverage: who names what, counted by hand; shares with intervals; nothing dropped in silence."""

import numpy as np
import polars as pl
import pytest

import toolkit as tk

BOOK = {"Iran": ["Iran"], "France": ["France"]}


def made(*rows):
    articles = [{"outlet": outlet, "text": text, "published": day} for outlet, text, day in rows]
    return tk.load(articles, topics=BOOK, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def three():
    return made(
        ("A", "Iran spoke first. Iran and France spoke again. Nobody else did.", "2026-02-02"),
        ("A", "France spoke later on.", "2026-02-03"),
        ("B", "Nobody spoke at all today.", None),
    )


@pytest.mark.parametrize(
    ("count", "iran", "france", "total"),
    [("sentences", 2, 2, 5), ("articles", 1, 2, 3), ("stories", 1, 2, 3), ("words", 8, 9, 20)],
)
def test_amounts_are_of_what_names_the_thing(three, count, iran, france, total):
    frame = tk.analyses.entity_ranking(three, count=count).frame
    found = {row["entity"]: row for row in frame.iter_rows(named=True)}
    assert (found["Iran"]["amount"], found["France"]["amount"]) == (iran, france)
    assert found["Iran"]["total"] == total
    assert found["Iran"]["share"] == pytest.approx(iran / total)


def test_every_group_has_every_thing_and_the_group_without_a_date_is_kept(three):
    frame = tk.analyses.entity_ranking(three, by="day").frame
    assert frame.group_by("day", maintain_order=True).len()["len"].to_list() == [2, 2, 2]
    assert frame["day"].to_list()[-1] is None
    assert frame.filter(pl.col("day").is_null())["amount"].to_list() == [0, 0]


def test_by_topic_a_sentence_counts_by_its_weights(three):
    rows = three.grouped("topic", "sentences").collect()
    whole = three.grouped("all", "sentences").collect()
    assert rows["amount"].sum() == pytest.approx(whole["amount"].sum())
    frame = tk.analyses.entity_ranking(three, by="topic").frame
    weights = three.topics.join(three.mentions().collect(), on=["doc_id", "sent_id"], how="inner")
    by_hand = weights.filter(topic="Iran", entity="Iran").unique(["doc_id", "sent_id"])["weight"].sum()
    assert frame.filter(topic="Iran", entity="Iran")["amount"].item() == pytest.approx(by_hand)


def test_topics_by_topic_are_refused(three):
    for name in ("topic_by", "topic_mix"):
        with pytest.raises(tk.SettingError, match="topic"):
            tk.analyses[name](three, by="topic")


def test_the_evidence_of_a_bar_is_the_sentences_that_name_it(three):
    result = tk.analyses.entity_ranking(three)
    assert result.sentences(entity="Iran")["text"].to_list() == ["Iran spoke first.", "Iran and France spoke again."]


def test_the_interval_is_that_of_the_binomial_for_a_share_of_articles():
    corpus = made(
        *[(f"outlet {number}", f"{name} spoke.", "2026-02-02") for number, name in enumerate(["Iran", "France"] * 50)]
    )
    row = tk.analyses.entity_ranking(corpus, count="articles", resamples=2000).frame.row(0, named=True)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * (0.5 * 0.5 / 100) ** 0.5, rel=0.1)


def test_few_articles_have_no_interval_and_the_note_says_so(three):
    result = tk.analyses.entity_ranking(three)
    assert result.frame["low"].null_count() == result.frame.height
    assert result.note == "From 3 articles: too few for intervals."


def test_groups_beyond_the_largest_are_told():
    corpus = made(*[(f"outlet {number}", "Iran spoke.", "2026-02-02") for number in range(14)])
    result = tk.analyses.entity_ranking(corpus, by="outlet")
    assert result.frame["outlet"].n_unique() == 12
    assert "The 12 largest of 14 groups are shown." in result.note


def test_a_kind_of_names_is_one_that_exists(three):
    with pytest.raises(tk.SettingError, match="no names of the kind 'cats'"):
        three.mentions("cats")


@pytest.mark.parametrize("by", ["all", "outlet", "document", ["outlet", "week"]])
def test_every_grouping_is_drawn(three, by):
    assert "<path" in tk.charts.svg(tk.analyses.entity_ranking(three, by=by).figure)


def test_nothing_named_gives_an_empty_frame(empty):
    for corpus in (empty, made(("A", "Nobody spoke at all today.", None))):
        result = tk.analyses.entity_ranking(corpus)
        assert result.frame.is_empty()
        assert "Nothing to draw" in str(result.figure)


def test_without_resamples_or_articles_the_bootstrap_has_no_range():
    for articles, resamples in ((0, 10), (3, 0)):
        low, high = tk.bootstrap(lambda drawn: drawn.sum(axis=1), articles, resamples=resamples)
        assert np.isnan([low, high]).all()


def test_the_bootstrap_is_the_same_however_its_draws_are_cut(monkeypatch):
    values = np.arange(40.0)
    ends = [tk.bootstrap(lambda drawn: drawn @ values, 40, resamples=50)]
    monkeypatch.setattr("toolkit.resampling.MOST", 100)
    ends.append(tk.bootstrap(lambda drawn: drawn @ values, 40, resamples=50))
    assert ends[0] == ends[1]
