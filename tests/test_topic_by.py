"""Topics by group: shares and lifts as computed by hand, intervals that behave."""

import polars as pl
import pytest

import toolkit as tk

BOOK = {"Iran": ["Iran"], "France": ["France"]}


def made(*rows):
    articles = [{"outlet": outlet, "text": text, "published": day} for outlet, text, day in rows]
    return tk.load(articles, topics=BOOK, topic_model="seeds", recognizer="builtin", dedupe="off", progress=False)


@pytest.fixture(scope="module")
def corpus():
    return made(
        ("A", "Iran spoke first.", "2026-02-02"),
        ("A", "France spoke later on.", "2026-02-03"),
        ("B", "Iran kept its silence.", "2026-02-04"),
    )


def balanced(each):
    """`each` articles about Iran and as many about France, each of an outlet of its own, all equally long."""
    return made(
        *[(f"{topic} {number}", f"{topic} spoke first.", "2026-02-02") for number in range(each) for topic in BOOK]
    )


def by_hand(corpus, by, count):
    """Shares straight from the frames of the corpus, by another road: a mean of weights."""
    weights = corpus.topics.join(corpus.sentences, on=["doc_id", "sent_id"]).join(corpus.documents, on="doc_id")
    amount = pl.col("words") if count == "words" else pl.lit(1)
    mass = weights.group_by(by, "topic").agg(mass=(pl.col("weight") * amount).sum())
    return mass.with_columns(share=pl.col("mass") / pl.col("mass").sum().over(by))


@pytest.mark.parametrize("count", ["words", "sentences"])
def test_shares_are_of_the_count_of_the_group(corpus, count):
    frame = tk.analyses.topic_by(corpus, count=count).frame
    both = frame.filter(pl.col("share") > 0).join(
        by_hand(corpus, "outlet", count), on=["outlet", "topic"], suffix="_hand"
    )
    assert both.height == frame.filter(pl.col("share") > 0).height
    assert both["share"].to_list() == pytest.approx(both["share_hand"].to_list(), abs=1e-6)


def test_shares_of_each_group_sum_to_1_and_totals_are_the_words(corpus):
    frame = tk.analyses.topic_by(corpus).frame
    sums = frame.group_by("outlet", maintain_order=True).agg(
        pl.col("share").sum(), pl.col("total").first(), pl.col("articles").first()
    )
    assert sums["outlet"].to_list() == ["A", "B"]
    assert sums["share"].to_list() == pytest.approx([1, 1])
    assert sums.select("total", "articles").rows() == [(7, 2), (4, 1)]


def test_lift_is_the_share_against_the_whole(corpus):
    frame = tk.analyses.topic_by(corpus).frame
    whole = tk.analyses.topic_by(corpus, by="all").frame
    both = frame.join(whole, on="topic", suffix="_all")
    assert both["lift"].to_list() == pytest.approx((both["share"] / both["share_all"]).to_list())
    assert whole["lift"].to_list() == pytest.approx([1, 1, 1])


def test_few_articles_have_no_interval_and_the_note_says_so(corpus):
    result = tk.analyses.topic_by(corpus)
    assert result.frame["low"].null_count() == result.frame.height
    assert "2 of 2 groups have fewer than 5 articles" in result.note


def test_intervals_hold_the_share_narrow_with_articles_and_repeat():
    few, many = balanced(5), balanced(80)
    frames = [tk.analyses.topic_by(corpus, by="all").frame for corpus in (few, many)]
    width = [frame.filter(topic="Iran").select(pl.col("high") - pl.col("low")).item() for frame in frames]
    assert width[0] > 2 * width[1] > 0
    for frame in frames:
        assert (frame["low"] <= frame["share"] + 1e-9).all()
        assert (frame["share"] <= frame["high"] + 1e-9).all()
    again = balanced(5)
    assert tk.analyses.topic_by(again, by="all").frame.equals(frames[0])


def test_the_interval_is_that_of_the_binomial_when_every_article_is_about_one_topic():
    """A share of n equal articles is a proportion: its standard error is sqrt(p (1 - p) / n)."""
    corpus = balanced(50)
    held = tk.analyses.topic_by(corpus, by="all", count="articles", resamples=2000).frame
    iran, france = (held.filter(topic=topic).row(0, named=True) for topic in ("Iran", "France"))
    spread = (iran["share"] + france["share"]) * (0.5 * 0.5 / 100) ** 0.5
    assert iran["high"] - iran["low"] == pytest.approx(2 * 1.96 * spread, rel=0.15)


def test_the_largest_groups_are_kept_and_the_rest_counted(corpus):
    result = tk.analyses.topic_by(corpus, top=1)
    assert result.frame["outlet"].unique().to_list() == ["A"]
    assert "The 1 largest of 2 groups are shown." in result.note
    assert set(result.sentences()["outlet"]) == {"A"}


def test_the_evidence_of_a_cell_is_the_sentences_that_hold_its_topic(corpus):
    result = tk.analyses.topic_by(corpus)
    assert result.sentences(outlet="B", topic="Iran")["text"].to_list() == ["Iran kept its silence."]


@pytest.mark.parametrize("measure", ["share", "lift"])
def test_both_measures_are_drawn(corpus, measure):
    assert "<path" in tk.charts.svg(tk.analyses.topic_by(corpus, measure=measure).figure)
