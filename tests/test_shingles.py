"""Texts as sets of hashed word runs."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import shingles
from toolkit.shingles import folded, shingle

texts = st.lists(st.text(alphabet="abc ÄÖé’.,\n中文ไทย\U0001f600", max_size=40) | st.none(), max_size=12)


def runs_of(told: shingles.Shingles) -> list[list[int]]:
    return [part.tolist() for part in np.split(told.hashes, np.cumsum(told.kept)[:-1])] if len(told.kept) else []


def by_hand(text: str | None) -> set[tuple[str, ...]]:
    words = folded(pl.Series([text], dtype=pl.String)).item().split()
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The CAT — sat.", ["the", "cat", "sat"]),
        ("Ukraine’s “energy truce”\n", ["ukraine", "s", "energy", "truce"]),
        ("市长周二说", ["市", "长", "周", "二", "说"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("…—!", []),
        (None, []),
    ],
)
def test_case_and_punctuation_do_not_count_and_unspaced_scripts_are_cut_into_characters(text, words):
    assert folded(pl.Series([text], dtype=pl.String)).item().split() == words


@given(texts)
def test_each_text_has_as_many_hashes_as_distinct_runs_and_they_ascend(given_texts):
    told = shingle(pl.Series(given_texts, dtype=pl.String))
    expected = [by_hand(text) for text in given_texts]
    assert told.runs.tolist() == [len(runs) for runs in expected]
    assert all(runs == sorted(set(runs)) for runs in runs_of(told))


@given(texts)
def test_texts_share_hashes_where_they_share_runs(given_texts):
    hashes = runs_of(shingle(pl.Series(given_texts, dtype=pl.String)))
    runs = [by_hand(text) for text in given_texts]
    for i in range(len(runs)):
        for j in range(i):
            assert len(set(hashes[i]) & set(hashes[j])) == len(runs[i] & runs[j])


@given(texts, st.integers(1, 5))
def test_batches_and_neighbours_change_nothing(given_texts, size):
    column = pl.Series(given_texts, dtype=pl.String)
    whole = shingle(column)
    alone = [shingle(column[i : i + 1]) for i in range(len(column))]
    assert whole.whole.tolist() == [part.whole.item() for part in alone]
    assert whole.hashes.tolist() == [value for part in alone for value in part.hashes.tolist()]
    least = shingle(column, most=size)
    assert least.runs.tolist() == whole.runs.tolist()
    assert runs_of(least) == [runs[:size] for runs in runs_of(whole)]


def test_large_columns_are_done_in_batches_with_the_same_result(monkeypatch):
    column = pl.Series([f"word{i} and word{i + 1} were seen near word{i % 7}" for i in range(500)])
    at_once = shingle(column)
    monkeypatch.setattr(shingles, "BATCH_BYTES", 700)
    in_batches = shingle(column)
    assert at_once.hashes.tolist() == in_batches.hashes.tolist()
    assert at_once.whole.tolist() == in_batches.whole.tolist()


def test_order_of_words_counts_for_the_whole_and_a_seed_for_all():
    column = pl.Series(["a b c d", "d c b a"])
    told, other = shingle(column), shingle(column, seed=1)
    assert told.whole[0] != told.whole[1]
    assert set(told.whole.tolist()).isdisjoint(other.whole.tolist())
    assert set(told.hashes.tolist()).isdisjoint(other.hashes.tolist())


def test_hashes_are_the_same_in_another_process():
    code = "import polars as pl; from toolkit.shingles import shingle; print(shingle(pl.Series(['talks resumed in Geneva'])).hashes.tolist())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert done.stdout.strip() == str(shingle(pl.Series(["talks resumed in Geneva"])).hashes.tolist())


def test_what_is_drawn_depends_on_no_order_and_is_the_same_if_the_draw_is_given():
    frame = pl.DataFrame({"doc_id": [f"{word}{sign}{n}" for n in range(40) for word in ("a", "A") for sign in "-/"]})
    drawn = shingles.drawn(frame, 30)
    assert drawn.height == 30
    assert drawn["doc_id"].to_list() == [name for name in frame["doc_id"] if name in set(drawn["doc_id"])]
    assert set(shingles.drawn(frame.reverse(), 30)["doc_id"]) == set(drawn["doc_id"])
    told = frame.with_columns(shingles.draws(frame["doc_id"]))
    assert shingles.drawn(told, 30)["doc_id"].equals(drawn["doc_id"])
    whole = shingles.shingle(frame["doc_id"]).whole.tolist()
    named = sorted(zip(whole, frame["doc_id"], strict=True))[:30]
    assert {name for _, name in named} == set(drawn["doc_id"])
