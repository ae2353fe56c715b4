"""Measures of association are those that the field's libraries and papers give."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import association


def one(measure, *numbers):
    return (
        pl.DataFrame({f"c{n}": [number] for n, number in enumerate(numbers)})
        .select(measure(*[pl.col(f"c{n}") for n in range(len(numbers))]))
        .item()
    )


@st.composite
def tables(draw):
    """Counts of two things: together, each, and of all there is."""
    both, only_first, only_second = (draw(st.integers(1, 5000)) for _ in range(3))
    neither = draw(st.integers(1, 1_000_000))
    return both, both + only_first, both + only_second, both + only_first + only_second + neither


@settings(deadline=None)
@given(tables())
def test_measures_of_pairs_are_nltks(table):
    measures = pytest.importorskip("nltk.metrics.association").BigramAssocMeasures
    both, first, second, every = table
    marginals = (both, (first, second), every)
    assert one(association.log_likelihood, *table) == pytest.approx(
        measures.likelihood_ratio(*marginals), rel=1e-6, abs=1e-4
    )
    assert one(association.mutual_information, *table) == pytest.approx(measures.pmi(*marginals))
    assert one(association.log_dice, both, first, second) == pytest.approx(14 + math.log2(measures.dice(*marginals)))


@settings(deadline=None)
@given(st.floats(0, 600))
def test_the_tail_of_chi_squared_is_right_to_six_digits(statistic):
    assert one(association.p_value, statistic) == pytest.approx(math.erfc(math.sqrt(statistic / 2)), rel=2e-7)


def test_log_likelihood_is_that_of_dunnings_table_and_0_where_there_is_no_association():
    assert one(association.log_likelihood, 110, 2552, 221, 31777) == pytest.approx(270.72, abs=0.01)
    assert one(association.log_likelihood, 50, 100, 500, 1000) == pytest.approx(0)


def test_log_ratio_counts_doublings_and_bears_a_zero():
    assert one(association.log_ratio, 80, 1000, 10, 1000) == 3
    assert one(association.log_ratio, 10, 1000, 80, 1000) == -3
    assert one(association.log_ratio, 8, 1000, 0, 1000) == 4


def test_corrected_values_are_benjamini_and_hochbergs():
    """The example of their paper: of fifteen values the four least hold at 0.05."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    shuffled = pl.DataFrame({"p": p}).sample(fraction=1, shuffle=True, seed=1)
    corrected = shuffled.with_columns(q=association.adjusted(pl.col("p"))).sort("p")
    assert (corrected["q"] <= 0.05).sum() == 4
    by_hand = [min(p[j] * len(p) / (j + 1) for j in range(i, len(p))) for i in range(len(p))]
    assert corrected["q"].to_list() == pytest.approx(by_hand)


@settings(deadline=None)
@given(tables())
def test_npmi_is_mutual_information_by_its_greatest_value(table):
    both, _, _, every = table
    greatest = -math.log2(both / every)
    assert one(association.npmi, *table) == pytest.approx(one(association.mutual_information, *table) / greatest)
    assert -1 <= one(association.npmi, *table) <= 1


def test_npmi_is_null_where_both_always_occur():
    assert one(association.npmi, 5, 5, 5, 5) is None


@pytest.mark.parametrize("never", [(0, 10, 20, 100), (10, 10, 20, 100), (10, 20, 10, 100), (5, 60, 45, 100)])
def test_log_likelihood_bears_empty_cells(never):
    both, first, second, every = never
    seen = [(both, first, second), (first - both, first, every - second), (second - both, every - first, second),
            (every - first - second + both, every - first, every - second)]  # fmt: skip
    by_hand = 2 * sum(n * math.log(n * every / (row * column)) for n, row, column in seen if n)
    assert one(association.log_likelihood, *never) == pytest.approx(by_hand)


def test_a_negative_statistic_has_a_chance_of_one():
    assert one(association.p_value, -3.0) == pytest.approx(1.0, abs=1e-6)


def test_log_ratio_takes_none_for_a_half_on_either_side():
    assert one(association.log_ratio, 0, 1000, 8, 1000) == -4
    assert one(association.log_ratio, 0, 500, 0, 1000) == 1
