"""Shards that are kept by what they were built from: never built twice, never taken for what they are not."""

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import cache, schema
from toolkit.article import Article
from toolkit.shard import Numbered, Recipe


def load(source, **given):
    return tk.load(source, **{"progress": False, "executor": 1} | given)


def test_what_a_cache_keeps_is_not_done_again_and_half_of_a_shard_is(tmp_path):
    calls = []

    def counted(texts):
        calls.append(len(texts))
        return [[] for _ in texts]

    texts = ["The talks resumed in Geneva.", "France agreed."]
    first = load(texts, recognizer=counted, cache=tmp_path / "cache", executor=1)
    done = len(calls)
    again = load(texts, recognizer=counted, cache=tmp_path / "cache", executor=1)
    assert len(calls) == done > 0
    for name in schema.CORE:
        assert_frame_equal(again.frame(name), first.frame(name))
    [kept] = (tmp_path / "cache").iterdir()
    (kept / "entities.parquet").write_bytes(b"half")
    assert load(texts, recognizer=counted, cache=tmp_path / "cache", executor=1).sentences.equals(first.sentences)
    assert len(calls) == 2 * done
    load(texts, recognizer=counted, cache=tmp_path / "cache", executor=1)
    assert len(calls) == 2 * done
    assert len(load([*texts, "Iran did not."], recognizer=counted, cache=tmp_path / "cache", executor=1)) == 3


class Finds:
    """A recogniser that is an object."""

    def __init__(self, name):
        self.name = name

    def __call__(self, texts):
        return [
            [(t.index(self.name), t.index(self.name) + len(self.name), "ORG")] if self.name in t else [] for t in texts
        ]


def key(recipe, **fields):
    return cache.key([Numbered("a", Article("Gazette and Echo met.", **fields))], recipe)


def test_a_recogniser_that_is_an_object_is_known_by_what_it_holds(tmp_path):
    text = ["Then Frob met Blaf."]
    for name in ("Frob", "Blaf", "Frob"):
        assert name in load(text, recognizer=Finds(name), cache=tmp_path).entities["text"].to_list()
    assert key(Recipe(Finds("Frob"))) == key(Recipe(Finds("Frob"))) != key(Recipe(Finds("Blaf")))


@pytest.mark.parametrize(
    ("recipe", "fields"),
    [
        (Recipe("builtin", "fr"), {}),
        (Recipe(lambda texts: [[] for _ in texts]), {}),
        (Recipe("builtin"), {"outlet": "Gazette"}),
        (Recipe("builtin"), {"meta": {"boats": 3}}),
        (Recipe("builtin"), {"blocks": [("quote", 0, 7)]}),
    ],
)
def test_a_shard_of_other_articles_or_settings_is_another(recipe, fields):
    assert key(recipe, **fields) != key(Recipe("builtin"))


def test_a_shard_made_by_another_version_of_a_recogniser_is_not_taken(tmp_path, monkeypatch):
    before = key(Recipe("builtin"))
    monkeypatch.setattr("toolkit.entities.recognizers.VERSION", "next")
    assert key(Recipe("builtin")) != before
