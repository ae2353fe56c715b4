"""Topics by what their seeds mean, from sentence embeddings."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import toolkit as tk
from toolkit.topics import minilm

BOOK = {"Sport": ["football"], "Law": ["court"], "France": ["country:FRA"]}


def test_without_the_extra_the_reader_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr(minilm, "PACKAGE", "no_such_package")
    minilm._loaded.cache_clear()
    with pytest.raises(tk.MissingExtra, match="embed"):
        tk.load(["The striker scored."], topics=BOOK, topic_model="embed", progress=False)
    minilm._loaded.cache_clear()


@pytest.fixture(scope="module")
def corpus():
    pytest.importorskip(minilm.PACKAGE, reason="the extra embed is not installed")
    texts = {
        "goal": "The striker scored a late goal. The crowd sang.",
        "jail": "The judge sent him to prison for life.",
    }
    rows = [{"id": name, "text": text} for name, text in texts.items()]
    return tk.load(rows, topics=BOOK, topic_model="embed", recognizer="builtin", progress=False)


def test_a_sentence_without_a_seed_speaks_of_what_is_near_in_meaning(corpus):
    shares = corpus.frame("document_topics").filter(pl.col("topic") != "other").sort("share")
    best = dict(shares.group_by("doc_id").last().select("doc_id", "topic").iter_rows())
    assert best == {"goal": "Sport", "jail": "Law"}
    assert "model" in corpus.topics["found_by"]


def test_its_weights_can_be_taken_apart_and_saved(corpus, tmp_path):
    parts = corpus.explain("goal", 0)
    weights = dict(corpus.topics.filter(doc_id="goal", sent_id=0).select("topic", "weight").iter_rows())
    sums = dict(parts.group_by("topic").agg(pl.col("amount").sum()).iter_rows())
    assert {topic: pytest.approx(sums.get(topic, 0)) for topic in weights} == weights
    again = tk.open(corpus.save(tmp_path / "corpus"))
    assert again.fit.topic_model.fingerprint == corpus.fit.topic_model.fingerprint
    assert again.add(["A penalty in extra time."], progress=False).topics.height > corpus.topics.height


def test_a_texts_vector_does_not_depend_on_the_texts_beside_it(corpus):
    one = minilm.embed(["The judge ruled."])
    many = minilm.embed(
        ["The judge ruled.", "Rain fell.", "The court sat.", "A long text of quite another length stands here."]
    )
    assert np.allclose(one[0], many[0], atol=1e-4)
    assert np.allclose(np.linalg.norm(many, axis=1), 1, atol=1e-3)
