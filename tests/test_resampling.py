"""Resampling takes no more memory than it says, and its ends are the percentiles that it promises."""

import numpy as np
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
