"""Near copies among sets of hashes."""

from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import copies
from toolkit.copies import Sets, stars


def sets_of(groups: list[set[int]], most: int = 256) -> Sets:
    """Sets of numbers as sets of well-spread hashes, of each the `most` least."""
    spread = [sorted(n * 0x9E3779B97F4A7C15 % 2**48 for n in group) for group in groups]
    lists = pl.Series([hashes[:most] for hashes in spread], dtype=pl.List(pl.UInt64))
    return Sets.of(lists, np.array([len(group) for group in groups]))


def copied(a: set[int], b: set[int]) -> bool:
    small, large = sorted([a, b], key=len)
    both = len(a & b)
    contained = both >= copies.CONTAINED * len(small) and len(small) >= copies.SMALLEST * len(large)
    return both > 0 and (both >= copies.JACCARD * len(a | b) or contained)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (range(100), range(100), True),
        (range(100), range(33, 133), True),  # Jaccard 0.5
        (range(100), range(40, 140), False),
        (range(100), range(30), True),  # contained
        (range(100), range(15), False),  # too small a part
        (range(100), [*range(30), *range(500, 520)], False),  # 0.6 of it contained
        (range(100), range(200, 300), False),
        (range(2000), range(600, 2600), True),  # estimated
        (range(2000), range(1000, 3000), False),
        (range(2000), range(600), True),
    ],
)
def test_sets_are_copies_by_what_they_share(a, b, expected):
    assert (stars(sets_of([set(a), set(b)])).tolist() == [0, 0]) is expected


small_sets = st.lists(st.sets(st.integers(0, 60), min_size=1, max_size=40), min_size=1, max_size=8)


@given(small_sets)
@settings(max_examples=150)
def test_every_cluster_hangs_together_by_verified_copies(groups):
    found = stars(sets_of(groups)).tolist()
    assert all(found[least] == least <= n for n, least in enumerate(found))
    for least in set(found):
        members = [n for n, other in enumerate(found) if other == least]
        hubs = [n for n in members if all(len(groups[n]) >= len(groups[m]) for m in members)]
        near = {n for n in members for hub in hubs if copied(groups[n], groups[hub])}
        assert all(n in near or any(copied(groups[n], groups[m]) for m in near) for n in members)


numbers = st.sets(st.integers(0, 60), min_size=1, max_size=40)


@given(numbers, numbers)
def test_equal_sets_are_together_whatever_is_between_them(a, b):
    found = stars(sets_of([a, b, a, b])).tolist()
    assert found[0] == found[2] == 0
    assert found[1] == found[3]


def test_a_chain_of_small_steps_is_not_one_cluster():
    windows = [set(range(start, start + 100)) for start in range(0, 400, 20)]
    found = stars(sets_of(windows)).tolist()
    assert 1 < len(set(found)) < len(windows)
    assert found[0] != found[-1]


def test_excerpts_of_one_text_are_copies_through_it():
    text = set(range(200))
    assert stars(sets_of([set(range(60)), set(range(20, 120)), set(range(90)), text])).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("digests", [1, 3])
def test_a_digest_joins_neither_the_stories_that_stand_in_it_nor_them_to_itself(digests):
    stories = [set(range(start, start + 60)) for start in (0, 100, 200)]
    digest = set.union(*stories)
    found = stars(sets_of([*stories, *stories, *([digest] * digests)])).tolist()
    assert found == [0, 1, 2, 0, 1, 2, *([6] * digests)]


def test_a_story_with_another_added_to_it_does_not_join_the_two():
    story, other = set(range(90)), set(range(100, 150))
    assert stars(sets_of([story, other, story | other])).tolist() == [0, 1, 0]


def test_two_copies_with_different_additions_are_copies_through_the_text_added_to():
    text = set(range(100))
    assert stars(sets_of([text, text | set(range(200, 260)), text | set(range(300, 350))])).tolist() == [0, 0, 0]


def test_two_long_texts_that_share_an_excerpt_are_not_copies():
    excerpt = set(range(60))
    found = stars(sets_of([excerpt | set(range(100, 300)), excerpt | set(range(300, 480)), excerpt])).tolist()
    assert found == [0, 1, 0]


def test_many_copies_cost_no_more_than_a_pair_for_each(monkeypatch):
    checked = []
    counts = copies._counts
    monkeypatch.setattr(copies, "_counts", lambda sets, a, b: checked.append(len(a)) or counts(sets, a, b))
    groups = [set(range(50)) | {1000 + n} for n in range(2000)]
    assert set(stars(sets_of(groups)).tolist()) == {0}
    assert sum(checked) < 35 * len(groups)


def test_no_sets_and_empty_sets_are_nobodys_copies():
    assert stars(sets_of([])).tolist() == []
    assert stars(sets_of([set(), set(), {1, 2}])).tolist() == [0, 1, 2]


def test_how_many_are_looked_at_together_changes_nothing(monkeypatch):
    random = Random(1)
    texts = [set(random.sample(range(400), random.randint(5, 60))) for _ in range(60)]
    texts += [text ^ set(random.sample(range(400), random.randint(0, 12))) for text in texts]
    groups = sets_of(texts, most=30)
    usual = stars(groups).tolist()
    assert len(set(usual)) < 100
    for name in ("TOGETHER", "PAIRS", "REMEMBERED"):
        monkeypatch.setattr(copies, name, 3)
        assert stars(groups).tolist() == usual
