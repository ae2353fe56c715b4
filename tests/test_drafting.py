"""A codebook in draft: what each edit wins and loses, and the workbench by the calls that the browser would make."""

from __future__ import annotations

import polars as pl
import pytest

import toolkit as tk
from toolkit.drafting import Draft
from toolkit.errors import SettingError

BOOK = tk.Codebook.read({"Talks": ["talks", "truce"], "Iran": ["Iran*"]})


@pytest.fixture
def bench(sample):
    made = tk.workbench(sample, BOOK)
    yield made
    made.close()


def shares(corpus, book):
    return dict(tk.analyses.topic_mix(corpus.retopic(book)).frame.select("topic", "share").iter_rows())


def test_a_draft_gives_the_shares_that_the_corpus_has_under_that_codebook(sample):
    draft = Draft(sample, BOOK)
    edited = BOOK.with_term("Iran", "Tehran").with_term("Talks", "pay talks", part="not").with_topic("Energy", "gas")
    draft.change(edited)
    told = dict(draft.mix.select("topic", "share").iter_rows())
    assert told == pytest.approx(shares(sample, edited), abs=1e-9)
    before = dict(draft.mix.filter(topic="Iran").select("topic", "before").iter_rows())
    assert before["Iran"] == pytest.approx(shares(sample, BOOK)["Iran"])


def test_what_a_word_wins_is_lost_again_when_it_is_struck(sample):
    draft = Draft(sample, BOOK)
    draft.change(BOOK.with_term("Iran", "gas"))
    won = draft.moved("Iran")
    assert set(won["change"]) == {"won"}
    row = won.filter(pl.col("text").str.contains("gas")).row(0, named=True)
    assert "gas" in [row["text"][mark["start"] : mark["end"]].lower() for mark in row["marks"]]
    assert draft.mix.filter(topic="Iran")["won"].item() == won.height
    draft.base = "last"
    draft.change(BOOK)
    assert set(draft.moved("Iran")["change"]) == {"lost"}
    assert draft.moved("Iran").height == won.height
    draft.undo()
    draft.redo()
    assert draft.codebook == BOOK


def test_two_codebooks_stand_side_by_side(sample):
    other = tk.Codebook.read({"Iran": ["Iran*", "Tehran"], "Sport": ["match", "cup"]})
    mix = Draft(sample, BOOK, other=other).mix
    assert mix["topic"].to_list() == ["Talks", "Iran", "Sport", "other"]
    assert mix.filter(topic="Talks")["before"].item() is None
    assert mix.filter(topic="Sport")["share"].item() is None
    with pytest.raises(SettingError, match="no other codebook"):
        Draft(sample, BOOK).base = "other"


@pytest.mark.parametrize(
    "book", [[], {"One": []}, {"A": ["talks"], "B": ["talks"]}, {f"T{n}": ["a"] for n in range(50)}]
)
def test_any_codebook_can_be_in_draft(corpus, empty, book):
    for articles in (corpus, empty):
        made = tk.workbench(articles, book)
        made.edit(lambda old: old.with_topic("New", "talks"))
        assert made.codebook.topics[-1] == "New"
        made.close()


def test_the_workbench_edits_says_what_cannot_be_and_saves(bench, tmp_path):
    bench.topic = "Iran"
    bench._word.value = "gas"
    bench._added()
    assert bench.codebook.entries[1].seeds == ("Iran*", "gas")
    assert "won by a topic" in bench._said.value
    assert bench._evidence.frame.height > 0
    bench.edit(lambda book: book.with_term("Iran", "gas"))
    assert "has &#x27;gas&#x27; already" in bench._said.value
    bench._suggest()
    term = bench._words.words[0][0]
    bench._words._answer(None, {"word": term}, [])
    assert term in bench.codebook.entries[1].seeds
    bench._seeds._answer(None, {"word": "gas"}, [])
    assert "gas" not in bench.codebook.entries[1].seeds
    bench.save(str(tmp_path / "mine.toml"))
    assert tk.Codebook.read(tmp_path / "mine.toml") == bench.codebook
    bench.save(str(tmp_path / "mine.toml" / "no.toml"))
    assert "cannot be written" in bench._said.value


def test_words_can_be_learned_anew_in_draft(sample):
    corpus = sample.retopic(BOOK)
    draft = Draft(corpus, BOOK)
    edited = BOOK.with_topic("Energy", "gas", "oil", "pipeline*")
    draft.change(edited)
    draft.learn()
    assert dict(draft.mix.select("topic", "share").iter_rows()) == pytest.approx(shares(corpus, edited), abs=1e-9)
