"""A corpus of another version: it says what is stale, and no more than that is made anew."""

import json
import warnings

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import cache, entities, schema, sentences, stages, topics
from toolkit.shard import Recipe

STORY = "The talks in Geneva ended on Monday after nine hours without a word on the ferry to Oslo."
ARTICLES = [
    {"id": "a", "text": f"# Talks\n\n{STORY} Anna Lind spoke.\n\n> We go on.", "outlet": "Echo"},
    {"id": "b", "text": f"{STORY} Lind spoke.", "outlet": "Gazette", "published": "2026-02-03"},
    {"id": "c", "text": "Iran sold its gas. France did not buy it.\n\nBy Ada Berg", "outlet": "Echo"},
]


@pytest.fixture(scope="module")
def corpus():
    return tk.load(ARTICLES, recognizer="builtin", progress=False)


@pytest.fixture
def older(corpus, tmp_path):
    """A function that gives the corpus as if it had been saved when some stages had other numbers."""

    def saved(*old):
        folder = corpus.save(tmp_path / "corpus")
        told = json.loads((folder / "corpus.json").read_text("utf8"))
        told["stages"] |= dict.fromkeys(old, 0)
        (folder / "corpus.json").write_text(json.dumps(told), "utf8")
        return folder

    return saved


def counted(monkeypatch):
    """How often each stage's function is called from here on."""
    calls = []
    for module, name in ((sentences, "split"), (entities, "find"), (entities, "fit"), (topics, "score")):
        before = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, _n=name, _b=before, **k: calls.append(_n) or _b(*a, **k))
    return calls


def test_a_corpus_of_this_version_is_not_stale_and_renewing_it_does_nothing(corpus, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opened = tk.open(corpus.save(tmp_path / "corpus"))
    assert opened.stale == ""
    assert opened.renew() is opened
    assert opened.fingerprint == corpus.fingerprint


@pytest.mark.parametrize(
    ("old", "frames", "done"),
    [
        ("topics", "topics", ["score"]),
        ("names", "entities, topics", ["fit", "score"]),
        ("mentions", "entities, topics", ["find", "fit", "score"]),
        ("sentences", "sentences, entities, topics", ["split", "find", "fit", "score"]),
        ("copies", "documents, sentences, entities, topics", ["fit", "score"]),
    ],
)
def test_opening_says_what_is_stale_and_renewing_makes_that_and_no_more(corpus, older, monkeypatch, old, frames, done):
    with pytest.warns(UserWarning, match=rf"does otherwise: {frames}\. corpus\.renew\(\) makes them anew"):
        opened = tk.open(older(old))
    assert "corpus.renew()" in repr(opened)
    assert opened.fingerprint != corpus.fingerprint
    calls = counted(monkeypatch)
    again = opened.renew()
    assert calls == done
    assert again.stale == ""
    assert again.fingerprint == corpus.fingerprint
    for name in schema.CORE:
        assert_frame_equal(again.frame(name), corpus.frame(name))


def test_what_is_renewed_is_what_the_stage_gives_now(older, monkeypatch):
    with pytest.warns(UserWarning, match=r"renew\(\)"):
        opened = tk.open(older("sentences"))
    whole = lambda documents, blocks: schema.SENTENCES.conform(  # noqa: E731
        blocks.join(documents.select("doc_id", "text"), on="doc_id").with_columns(sent_id="paragraph", words=1)
    )
    monkeypatch.setattr(sentences, "split", whole)
    assert opened.renew().sentences.filter(doc_id="c")["sent_id"].to_list() == [0, 1]


def test_an_older_way_of_reading_articles_asks_for_their_sources(older):
    with pytest.warns(UserWarning, match=r"Load the sources again with tk\.load"):
        opened = tk.open(older("articles"))
    with pytest.raises(tk.ToolkitError, match=r"tk\.load"):
        opened.renew()


def test_what_is_added_to_a_stale_corpus_does_not_hide_that_it_is(older):
    with pytest.warns(UserWarning, match=r"renew\(\)"):
        opened = tk.open(older("names"))
    assert "corpus.renew()" in opened.add(["The ferry came."], progress=False).stale


def test_a_corpus_without_numbers_has_the_first_ones(corpus, tmp_path):
    folder = corpus.save(tmp_path / "corpus")
    told = json.loads((folder / "corpus.json").read_text("utf8"))
    del told["stages"]
    (folder / "corpus.json").write_text(json.dumps(told), "utf8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert tk.open(folder).stages == stages.FIRST


def test_a_cache_is_good_for_any_version_that_raises_no_number_of_a_shard(monkeypatch):
    before = cache.versions(Recipe("builtin"))
    monkeypatch.setattr("toolkit.log.toolkit_version", lambda: "9.9")
    monkeypatch.setattr(stages, "VERSIONS", {**stages.VERSIONS, "topics": 99})
    assert cache.versions(Recipe("builtin")) == before
    monkeypatch.setattr(stages, "VERSIONS", {**stages.VERSIONS, "mentions": 99})
    assert cache.versions(Recipe("builtin")) != before


def test_a_stage_is_written_after_those_it_is_built_on_and_no_stage_is_forgotten():
    names = list(stages.VERSIONS)
    assert set(stages.BUILT_ON) == set(names) == {*stages.SHARD, *stages.FITTED}
    assert all(names.index(before) < names.index(stage) for stage, all_ in stages.BUILT_ON.items() for before in all_)
