"""Resampling takes no more memory than it says, and its ends are the percentiles that it promises."""

import numpy as np
import polars as pl
import pytest

from toolkit import resampling


def test_no_more_draws_are_made_at_a_time_than_the_bound_says(monkeypatch):
    monkeypatch.setattr(resampling, "MOST", 100)
    sizes = []

    def mean(drawn):
        sizes.append(drawn.shape)
        return drawn @ np.arange(7.0) / drawn.sum(axis=1)

    resampling.bootstrap(mean, 7, resamples=50)
    assert sizes[1:] == [(14, 7), (14, 7), (14, 7), (8, 7)]


def test_the_ends_are_the_percentiles_of_what_the_draws_gave():
    given = []

    def mean(drawn):
        given.append(drawn @ np.arange(7.0) / drawn.sum(axis=1))
        return given[-1]

    low, high = resampling.bootstrap(mean, 7, resamples=400)
    values = np.sort(np.concatenate(given[1:]))
    assert len(values) == 400
    assert (low, high) == pytest.approx((np.percentile(values, 2.5), np.percentile(values, 97.5)), abs=1e-9)


def test_few_articles_are_drawn_one_by_one():
    rows = pl.DataFrame({"doc_id": ["b", "a", "b"], "outlet": ["x", "y", "z"]})
    assert resampling.numbered(rows).rows() == [("b", 0), ("a", 1)]
    assert resampling.numbered(rows, ["doc_id", "outlet"])["article"].to_list() == [0, 1, 2]


def test_many_articles_are_drawn_in_groups_of_one_size_that_do_not_follow_their_order():
    articles = pl.DataFrame({"doc_id": [f"{number:06}" for number in range(3 * resampling.UNITS)]})
    groups = resampling.numbered(articles)
    assert groups["doc_id"].to_list() == articles["doc_id"].to_list()
    assert groups["article"].value_counts()["count"].unique().to_list() == [3]
    assert groups["article"].n_unique() == resampling.UNITS
    assert abs(np.corrcoef(np.arange(groups.height), groups["article"])[0, 1]) < 0.02
    assert resampling.numbered(articles).equals(groups)


@pytest.mark.parametrize("articles", [2_000, 60_000])
def test_the_interval_of_a_share_is_as_wide_as_the_formula_says_whether_articles_or_groups_are_drawn(articles):
    named = np.random.default_rng(3).random(articles) < 0.3
    rows = resampling.numbered(pl.DataFrame({"doc_id": range(articles)})).with_columns(named=named, all=0)
    some, every = (resampling.summed(rows.with_columns(n=n), "all", 1) for n in (pl.col("named").cast(int), 1))
    low, high = resampling.bootstrap(
        lambda drawn: some(drawn) / every(drawn), rows["article"].n_unique(), resamples=1000
    )
    share = named.mean()
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(share * (1 - share) / articles), rel=0.1)
    assert low < share < high
