"""Calling an analysis adds what its author should not have to write."""

import inspect

import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import NeedsError, PluginError, SettingError


def test_tab_lists_the_analyses_and_each_shows_signature_and_docstring():
    assert {"topic_mix", "entity_ranking", "top_words"} <= set(dir(tk.analyses))
    mix = tk.analyses.topic_mix
    settings = ["by", "measure", "count", "resamples", "seed"]
    assert list(inspect.signature(mix).parameters) == ["corpus", *settings, "where", "dedupe", "compare"]
    assert mix.__doc__.startswith("How much of the corpus is about each topic.")


def test_an_unknown_analysis_says_what_there_is():
    with pytest.raises(AttributeError, match=r"no analysis 'topic_mixx'; there are .*topic_mix"):
        _ = tk.analyses.topic_mixx


def test_a_result_carries_its_receipt(corpus):
    receipt = tk.analyses.topic_mix(corpus, by="document").receipt
    assert receipt.plugin == "topic_mix"
    assert receipt.settings == {"by": "document", "measure": "share", "count": "words", "resamples": 200, "seed": 0}
    assert receipt.documents == 1
    assert receipt.fingerprint == corpus.fingerprint
    assert receipt.source.startswith("Source: 1 article")


def test_the_same_call_is_answered_from_what_was_kept_and_another_is_not(corpus, own_registry):
    calls = []

    @tk.analysis
    def counted(corpus, *, least: int = 0):
        """Counts."""
        calls.append(least)
        return tk.Result(corpus.documents.select("doc_id"))

    own_registry.use(counted)
    first = tk.analyses.counted(corpus)
    assert tk.analyses.counted(corpus, least=0) is first
    tk.analyses.counted(corpus, least=1)
    tk.analyses.counted(corpus.where(text="no such words"))
    assert calls == [0, 1, 0]


def test_conditions_change_the_corpus_before_the_call_and_are_in_the_source_line(sample):
    part = tk.analyses.topic_mix(sample, where={"text": "Geneva"})
    assert part.receipt.documents < len(sample)
    assert "Only text Geneva." in part.receipt.source
    once = tk.analyses.topic_mix(sample, dedupe="stories")
    assert once.receipt.documents == len(sample) - 12
    assert "Copies left out." in once.receipt.source


def test_a_condition_that_leaves_nothing_is_in_the_note(sample):
    nothing = tk.analyses.top_words(sample, where={"outlet": "No such paper"})
    assert nothing.frame.is_empty()
    assert nothing.note == "No article is left: only outlet No such paper."


def test_what_an_analysis_needs_is_checked_and_said(own_registry):
    @tk.analysis(needs=("documents.published",))
    def trend(corpus):
        """A trend."""
        return tk.Result(corpus.documents.select("published"))

    own_registry.use(trend)
    undated = tk.load(["One.", "Two."], recognizer="builtin", progress=False)
    with pytest.raises(
        NeedsError, match=r"trend needs documents with a date; 0 of 2 have one\. Set it with corpus\.with_dates"
    ):
        tk.analyses.trend(undated)


def test_what_is_no_result_is_refused(corpus, own_registry):
    @tk.analysis
    def odd(corpus):
        """Odd."""
        return pl.DataFrame()

    own_registry.use(odd)
    with pytest.raises(PluginError, match=r"odd gave DataFrame; it must give a tk\.Result"):
        tk.analyses.odd(corpus)


def test_a_wrong_setting_is_refused_before_anything_is_computed(corpus):
    with pytest.raises(SettingError, match="topic_mix has no setting 'group'"):
        tk.analyses.topic_mix(corpus, group="outlet")


def test_every_analysis_answers_for_an_empty_corpus(empty):
    for name in ("topic_mix", "entity_ranking", "top_words"):
        result = tk.analyses[name](empty)
        assert isinstance(result.frame, pl.DataFrame)
        assert result._repr_mimebundle_()[0]["text/plain"]


def test_that_no_article_is_left_is_said_once_though_an_analysis_asks_another(sample):
    assert tk.analyses.topic_trend(sample.where(text="zzzz")).note.count("No article is left") == 1
