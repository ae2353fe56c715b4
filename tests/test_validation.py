"""What people judge by hand becomes precision and recall, kept with the corpus and told on receipts."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit as tk
from toolkit.judging import alpha, scores, wilson
from toolkit.schema import HOLDS
from toolkit.validation.sampling import items


def rated(*units):
    return pl.DataFrame(
        [(number, answer) for number, answers in enumerate(units) for answer in answers],
        schema={"unit": pl.Int64, "answer": pl.String},
        orient="row",
    )


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (["yy", "nn", "yn"], 0.444),
        (["yy", "nn"], 1.0),
        (["yn", "ny"], -0.5),
        (["yy", "yy"], 1.0),
        (["y", "n"], None),
        # Krippendorff (2011), section C: four observers, twelve units, missing answers, nominal
        (["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"], 0.743),
    ],
)  # fmt: skip
def test_alpha_is_krippendorffs(units, expected):
    found = alpha(rated(*units))
    assert found == (None if expected is None else pytest.approx(expected, abs=0.001))


@given(st.integers(1, 400), st.integers(0, 400))
def test_a_wilson_interval_holds_its_share_and_stays_within_0_and_1(n, k):
    share = min(k, n) / n
    low, high = pl.select(
        *(end.alias(name) for name, end in zip("ab", wilson(pl.lit(share), pl.lit(n)), strict=True))
    ).row(0)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def row(doc, answer, found, weight=1.0, coder="", group="Iran"):
    return ("topics", group, doc, 0, None, None, weight, coder, answer, found)


def judged(*rows):
    schema = {**tk.schema.JUDGEMENTS.schema, "found": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_recall_counts_what_was_missed_by_how_many_sentences_it_stands_for():
    made = scores(judged(
        row("a", "yes", True, 10), row("b", "yes", True, 10), row("c", "no", True, 10),
        row("d", "yes", False, 20), row("e", "no", False, 100), row("f", "skip", False, 100),
    )).row(0, named=True)  # fmt: skip
    assert made["precision"] == pytest.approx(2 / 3)
    assert made["recall"] == pytest.approx(20 / 40)
    assert made["judged"] == 5
    assert made["recall_low"] < 0.5 < made["recall_high"]


def test_of_two_coders_both_count_and_their_agreement_is_told():
    made = scores(judged(
        row("a", "yes", True, coder="A"), row("a", "yes", True, coder="B"), row("b", "no", True, coder="A"),
        row("b", "no", True, coder="B"), row("c", "yes", True, coder="A"), row("c", "no", True, coder="B"),
    )).row(0, named=True)  # fmt: skip
    assert (made["coders"], made["judged"]) == (2, 3)
    assert made["precision"] == pytest.approx(2 / 3)
    assert made["alpha"] == pytest.approx(0.444, abs=0.001)


def test_an_estimate_from_a_sample_is_what_the_whole_would_give(sample):
    corpus = sample.retopic({"Iran": ["Iran*"], "Gas": ["gas"]})
    truth = corpus.sentences.select("doc_id", "sent_id", iran=pl.col("text").str.contains("(?i)iran|tehran|uranium"))
    asked = items(corpus, "topics", 1200).join(truth, on=["doc_id", "sent_id"]).filter(group="Iran")
    held = corpus.topics.filter(pl.col("topic") == "Iran", pl.col("weight") >= HOLDS).select(
        "doc_id", "sent_id", found=True
    )
    both = truth.join(held, on=["doc_id", "sent_id"], how="left").fill_null(False)
    both = both.join(corpus.topics.select("doc_id", "sent_id").unique(), on=["doc_id", "sent_id"])
    recall = both.filter("iran", "found").height / both.filter("iran").height
    precision = both.filter("iran", "found").height / both.filter("found").height
    answers = asked.join(held, on=["doc_id", "sent_id"], how="left").fill_null(False)
    answers = answers.with_columns(coder=pl.lit(""), answer=pl.when("iran").then(pl.lit("yes")).otherwise(pl.lit("no")))
    made = scores(answers).row(0, named=True)
    assert made["precision_low"] <= precision <= made["precision_high"]
    assert made["recall_low"] <= recall <= made["recall_high"]


def test_the_sample_is_the_same_for_every_coder_and_half_of_it_holds_its_topic(sample):
    one, two = items(sample, "topics", 60), items(sample, "topics", 60)
    assert one.equals(two)
    held = sample.topics.filter(pl.col("weight") >= HOLDS).select("doc_id", "sent_id", group="topic")
    assert 20 <= one.join(held, on=["doc_id", "sent_id", "group"]).height <= 40


@pytest.mark.parametrize("what", ["topics", "entities", "quotes"])
def test_answers_are_kept_with_the_corpus_and_told_on_receipts(sample, tmp_path, what):
    corpus = tk.open(sample.save(tmp_path / "corpus"))
    check = tk.validate(corpus, what, n=30, coder="A", folder=tmp_path / "corpus")
    asked = len(check.items)
    for _ in range(asked - 1):
        check.answer(random.Random(check.at).choice(["yes", "yes", "no"]))
    check.answer("no")
    check.back()
    check.answer("skip")
    assert check._ask.item == {}
    second = tk.validate(tk.open(tmp_path / "corpus"), what, n=30, coder="B", folder=tmp_path / "corpus")
    assert len(second.items) == asked
    for _ in range(asked):
        second.answer("yes")
    again = tk.open(tmp_path / "corpus")
    assert set(again.judgements["coder"]) == {"A", "B"}
    told = again.validated.filter(what=what, group="all").row(0, named=True)
    assert told["coders"] == 2
    assert told["alpha"] is not None
    assert len(tk.validate(again, what, n=30, coder="A").items) == 0
    if what == "topics":
        receipt = tk.analyses.topic_mix(again).receipt
        assert "topics, all (" in receipt.validated
        assert any(line.startswith("Checked by hand: ") for line in receipt.told)
        assert tk.analyses.topic_mix(corpus).receipt.validated == ""
        assert "Iran" not in again.retopic(["France"]).validated["group"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda corpus: tk.validate(corpus, "titles"), "'titles' cannot be validated; topics, entities, quotes can"),
        (lambda corpus: tk.validate(corpus.retopic(["zzyzx"]), "topics"), "nothing to validate"),
        (lambda corpus: tk.validate(corpus, "topics").answer("maybe"), "'maybe' is no answer"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(sample, call, says):
    with pytest.raises(tk.SettingError, match=says):
        call(sample)


def test_an_empty_corpus_has_nothing_to_validate(empty):
    for what in ("topics", "entities", "quotes"):
        with pytest.raises(tk.SettingError, match="nothing to validate"):
            tk.validate(empty, what)
