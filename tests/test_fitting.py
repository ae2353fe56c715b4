"""A corpus grows without its old rows changing, and fitting it anew is the same as one load of everything."""

import importlib.util
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import fitting, schema, shard

STORY = (
    "The delegations met for six hours in the old customs house on Tuesday and agreed to exchange lists of prisoners before the week "
    "is out, according to two people who were in the room and a short note that was read to reporters at the door."
)
PLEA = "Sign up for our morning letter and never miss a story again."
ARTICLES = [
    {"id": "a", "text": STORY, "outlet": "North", "published": "2026-02-03T08:00:00Z"},
    {"id": "b", "text": STORY + " More follows.", "outlet": "South", "published": "2026-02-03T09:00:00Z"},
    {"id": "c", "text": "Iran said the inspectors may return. Behnam Rastegari spoke in Tehran.", "outlet": "South", "published": "2026-02-04"},
    {"id": "d", "text": "Rastegari said France had asked for talks.", "outlet": "North", "published": "2026-02-05"},
    {"id": "e", "text": STORY.replace("Tuesday", "Monday"), "outlet": "West", "published": "2026-02-02"},
]  # fmt: skip


def load(articles, **given) -> tk.Corpus:
    return tk.load(articles, **{"recognizer": "builtin", "progress": False} | given)


def script(path: str):
    """A script of the project's, as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, Path(__file__).parents[1] / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same(one: tk.Corpus, other: tk.Corpus) -> None:
    """The same frames, sorted by key; where an article was read is not part of it."""
    for name, table in schema.CORE.items():
        left, right = (c.frame(name).sort(table.key).drop("source", strict=False) for c in (one, other))
        assert_frame_equal(left, right)


def test_copies_are_marked_dropped_or_left_alone():
    told = {
        how: dict(load(ARTICLES, dedupe=how).documents.select("doc_id", "duplicate_of").iter_rows())
        for how in ("mark", "drop", "off")
    }
    assert told["mark"] == {"a": "e", "b": "e", "c": None, "d": None, "e": None}
    assert set(told["drop"]) == {"c", "d", "e"}
    assert set(told["off"].values()) == {None}


def test_copies_are_described_and_may_be_counted_once_in_the_corpus_or_in_each_outlet():
    corpus = load([*ARTICLES, {**ARTICLES[0], "id": "f", "published": "2026-02-06"}])
    [story] = corpus.frame("copies").iter_rows(named=True)
    assert (story["doc_id"], story["copies"], story["outlets"], story["first_outlet"]) == ("e", 4, 3, "West")
    assert set(corpus.without_copies().documents["doc_id"]) == {"c", "d", "e"}
    assert set(corpus.without_copies(per="outlet").documents["doc_id"]) == {"a", "b", "c", "d", "e"}


def test_adding_changes_no_old_row_and_takes_only_what_is_new():
    first = load(ARTICLES[:3])
    grown = first.add(ARTICLES[2:], progress=False)
    assert grown.documents["doc_id"].to_list() == ["a", "b", "c", "d", "e"]
    for name in schema.CORE:
        old = grown.frame(name).filter(pl.col("doc_id").is_in(["a", "b", "c"]))
        assert_frame_equal(old, first.frame(name))
    assert dict(grown.documents.select("doc_id", "duplicate_of").iter_rows())["e"] == "a"


def test_adding_what_is_there_already_changes_nothing():
    first = load(ARTICLES)
    same(first.add(ARTICLES, progress=False), first)


def test_copies_are_dropped_from_what_is_added_too():
    grown = load(ARTICLES[:3], dedupe="drop").add([*ARTICLES[3:], {"text": STORY + " That is all."}], progress=False)
    assert grown.documents["doc_id"].to_list() == ["a", "c", "d"]
    assert set(grown.sentences["doc_id"]) == {"a", "c", "d"}


@given(order=st.permutations(range(len(ARTICLES))), cut=st.integers(0, len(ARTICLES)))
@settings(max_examples=6, deadline=None)
def test_loading_in_any_order_or_in_pieces_then_fitting_anew_is_one_load(order, cut):
    shuffled = [ARTICLES[i] for i in order]
    pieces, whole = load(shuffled[:cut]).add(shuffled[cut:], progress=False).refit(), load(ARTICLES)
    same(pieces, whole)
    assert pieces.fingerprint == whole.fingerprint


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_so_it_is_for_hundreds_of_articles_with_copies_a_learned_model_and_a_corpus_that_was_saved(seed, tmp_path):
    generated = script("benchmarks/generate.py").articles(700, words=60, seed=seed)
    articles = [{name: value for name, value in row.items() if name != "truth"} for row in generated]
    whole = load(articles)
    assert whole.fit.topic_model is not None
    assert whole.documents["duplicate_of"].drop_nulls().len() > 20
    random = Random(seed)
    random.shuffle(articles)
    first, second = sorted(random.sample(range(700), 2))
    pieces = load(articles[:first]).add(articles[first:second], progress=False)
    pieces = tk.open(pieces.save(tmp_path / "pieces")).add(articles[second:], progress=False).refit()
    same(pieces, whole)
    assert pieces.fingerprint == whole.fingerprint


def test_a_line_that_repeats_across_an_outlets_stories_is_set_aside_and_comes_back_when_fitted_without_them():
    texts = [f"{subject} was in the news on day {n}, and people in {place} spoke of little else.\n\n{PLEA}"
             for n, (subject, place) in enumerate((s, p) for s in ("Rain", "Bread", "Chess", "Gas", "Snow") for p in ("Ulm", "Bern", "Graz", "Lund", "Metz"))]  # fmt: skip
    corpus = load(
        [{"text": text, "outlet": "Echo", "published": f"2026-02-{n % 27 + 1:02}"} for n, text in enumerate(texts)],
        dedupe="off",
    )
    pleas = corpus.sentences.filter(pl.col("text") == PLEA)
    assert set(pleas["kind"].cast(pl.String)) == {"other"}
    assert corpus.sentences.filter(pl.col("kind") != "other").height == len(texts)


def test_dates_are_set_by_hand_and_said_to_be(tmp_path):
    corpus = load(["One text.", {"id": "x", "text": "Two texts."}]).with_dates({"x": "2026-02-04"})
    row = corpus.documents.filter(pl.col("doc_id") == "x").row(0, named=True)
    assert (str(row["published"]), row["date_source"]) == ("2026-02-04 00:00:00+00:00", "user")
    with pytest.raises(tk.SettingError, match="no document 'y'"):
        corpus.with_dates({"y": "2026-02-04"})
    with pytest.raises(tk.SettingError, match="'soon' is no date"):
        corpus.with_dates({"x": "soon"})


def test_the_doctor_names_what_is_wrong_and_what_to_do():
    found = load(["Short.", {"text": "", "title": "Nothing below"}]).check()
    told = {row["check"]: row for row in found.frame.iter_rows(named=True)}
    assert any(row["severity"] != "fine" and row["advice"] for row in told.values())
    assert found.figure


def test_a_grown_corpus_is_saved_and_opened_with_its_fit(tmp_path):
    again = tk.open(load(ARTICLES[:3]).save(tmp_path / "c")).add(ARTICLES[3:], progress=False)
    same(again, load(ARTICLES[:3]).add(ARTICLES[3:], progress=False))
    same(again.refit(), load(ARTICLES))


def test_adding_costs_what_is_new_and_a_codebook_or_a_ledger_what_depends_on_it(monkeypatch):
    done = dict.fromkeys(("sentences", "names", "topics", "sketches"), 0)

    def counted(where, name, what, size):
        before = getattr(where, name)

        def counting(*given, **settings):
            done[what] += size(given)
            return before(*given, **settings)

        monkeypatch.setattr(where, name, counting)

    corpus = load(
        [
            {"id": f"x{n}", "text": f"Ferry {n} to {'Bern' if n % 2 else 'Oslo'} is late, Ms Dorn said."}
            for n in range(40)
        ]
    )
    whole = corpus.merge("Bern", "Oslo")
    rows = lambda given: given[0].height  # noqa: E731
    counted(shard.sentences, "split", "sentences", rows)
    counted(shard.entities, "find", "names", rows)
    counted(fitting.topics, "score", "topics", rows)
    counted(fitting.duplicates, "sketch", "sketches", rows)

    def cost(work):
        done.update(dict.fromkeys(done, 0))
        work()
        return dict(done)

    again = [
        {"id": f"x{n}", "text": f"Ferry {n} to {'Bern' if n % 2 else 'Oslo'} is late, Ms Dorn said."} for n in range(30)
    ]
    new = [{"id": f"y{n}", "text": f"Tram {n} runs again to Lund."} for n in range(3)]
    for held in (corpus, whole):
        assert cost(lambda held=held: held.add([*again, *new], progress=False)) == dict.fromkeys(done, 3)
    assert cost(lambda: corpus.add(again, progress=False)) == dict.fromkeys(done, 0)
    assert cost(lambda: corpus.retopic({"Ferries": ["ferry"]})) == {
        "sentences": 0,
        "names": 0,
        "topics": 40,
        "sketches": 0,
    }
    assert cost(lambda: corpus.merge("Bern", "Oslo")) == {"sentences": 0, "names": 0, "topics": 20, "sketches": 0}


def test_an_article_of_the_same_id_with_other_words_is_new():
    corpus = load(ARTICLES[:3]).add([{"id": "a", "text": "The ferry is late."}, ARTICLES[0]], progress=False)
    assert corpus.documents["doc_id"].to_list() == ["a", "b", "c", "a-2"]


def test_a_corpus_saved_without_what_copies_are_found_by_still_grows(tmp_path):
    folder = load(ARTICLES[:3]).save(tmp_path / "old")
    (folder / "sketches.parquet").unlink()
    same(tk.open(folder).add(ARTICLES[3:], progress=False), load(ARTICLES[:3]).add(ARTICLES[3:], progress=False))
    same(tk.open(folder).refit(), load(ARTICLES[:3]))
