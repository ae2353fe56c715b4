"""Topics carried along a document: the fast solutions are those of the plain equations."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.topics import chain
from toolkit.topics.chain import FIRST, HEADING, PARAGRAPH, SAME, Chain


def of(*documents):
    """A chain of documents, each given by what lies before its second, third ... sentence."""
    links = [link for document in documents for link in (FIRST, *document)]
    begins = np.cumsum([0, *(len(document) + 1 for document in documents)])[:-1]
    return Chain(np.array(begins, dtype=np.int64), np.array(links, dtype=np.int64))


DOCUMENTS = st.lists(st.lists(st.sampled_from([HEADING, PARAGRAPH, SAME]), max_size=4), min_size=1, max_size=4)


def numbers(seed, *shape):
    return np.random.default_rng(seed).uniform(0.05, 2.0, shape)


def test_a_chain_knows_its_documents():
    both = of([SAME, SAME], [], [PARAGRAPH])
    values = np.arange(6, dtype=float)[:, None]
    assert both.lengths.tolist() == [3, 1, 2]
    assert both.of_documents(values).tolist() == [[3], [3], [9]]
    assert both.to_sentences(np.array([[1.0], [2.0], [3.0]])).ravel().tolist() == [1, 1, 1, 2, 3, 3]
    assert [sorted(place.tolist()) for place in both.places()] == [[0, 3, 4], [1, 5], [2]]


def test_no_documents_are_no_places_and_no_sums():
    none = Chain(np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert none.places() == []
    assert none.of_documents(np.zeros((0, 2))).shape == (0, 2)


@given(DOCUMENTS, st.integers(0, 99))
def test_the_solution_is_that_of_the_equations_written_as_a_matrix(documents, seed):
    along = of(*documents)
    size = len(along.links)
    made = chain.system(along, numbers(seed, size), numbers(seed + 1, size))
    amounts = numbers(seed + 2, size, 3)
    for system, before, after in ((made, made.before, made.after), (made.turned(), *_transposed(made))):
        matrix = np.diag(made.rates)
        for at in range(1, size):
            if along.links[at] != FIRST:
                matrix[at, at - 1] -= before[at]
                matrix[at - 1, at] -= after[at - 1]
        assert system.solved(amounts.copy()) == pytest.approx(np.linalg.solve(matrix, amounts))


def _transposed(system):
    """What each sentence is held by: of the one before it (its `after`), of the one after it (its `before`)."""
    return np.append(0.0, system.after[:-1]), np.append(system.before[1:], 0.0)


def test_how_firmly_sentences_hold_to_each_other():
    made = chain.system(of([SAME, PARAGRAPH, HEADING]), np.array([1.0, 0, 0, 2]), np.array([0.0, 1, 0, 0]))
    assert made.before.tolist() == pytest.approx([0, 2 / 3, 0.5, 0.05])
    assert made.after.tolist() == pytest.approx([1, 0.25 / 3, 0.025, 0])
    assert made.rates.tolist() == pytest.approx([1 + 1 + 0.25, 2 / 3 + 0.25 / 3 + 0.25, 0.525 + 0.25, 2 + 0.05 + 0.25])


@given(DOCUMENTS, st.integers(0, 99))
def test_lasting_topics_are_those_of_every_path_weighed(documents, seed):
    """Forward-backward against the sum over all ways in which topics can follow one another."""
    along = of(*documents)
    likely, prior = numbers(seed, len(along.links), 2), chain.normal(numbers(seed + 1, 1, 2))[0]
    found = chain.lasting(along, likely, prior)
    for begin, length in zip(along.begins, along.lengths, strict=True):
        weights = np.zeros((length, 2))
        for path in itertools.product(range(2), repeat=int(length)):
            chance = prior[path[0]] * likely[begin, path[0]]
            for at in range(1, length):
                stay = chain.STAY[along.links[begin + at]]
                goes_on = stay * (path[at] == path[at - 1]) + (1 - stay) * prior[path[at]]
                chance *= goes_on * likely[begin + at, path[at]]
            weights[range(length), path] += chance
        assert found[begin : begin + length] == pytest.approx(chain.normal(weights))


def test_rows_are_made_to_sum_to_one():
    assert chain.normal(np.array([[1.0, 3.0], [2.0, 2.0]])).tolist() == [[0.25, 0.75], [0.5, 0.5]]


def test_the_closer_two_sentences_stand_the_more_firmly_they_hold_and_the_surer_a_topic_goes_on():
    for firm in (chain.HOLD, chain.STAY):
        assert firm[FIRST] == 0 < firm[HEADING] < firm[PARAGRAPH] < firm[SAME]
    assert chain.STAY.max() < 1
