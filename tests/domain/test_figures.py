"""A histogram instead of a list of durations: small, and never wrong by more than 1 %."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.case.figures import Distribution, bucket, middle

YEAR = 365 * 24 * 3600


def distribution(seconds):
    return Distribution(len(seconds), sum(seconds), dict(Counter(map(bucket, seconds))))


@given(st.lists(st.integers(0, YEAR), min_size=1, max_size=60), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_percentile_is_within_one_percent_of_the_nearest_rank(seconds, share):
    true = sorted(seconds)[max(1, math.ceil(share * len(seconds))) - 1]

    assert distribution(seconds).percentile(share) == pytest.approx(true, rel=0.01)


@given(st.integers(1, YEAR))
def test_a_bucket_stands_for_its_seconds_within_one_percent(seconds):
    assert middle(bucket(seconds)) == pytest.approx(seconds, rel=0.01)


def test_the_mean_is_exact():
    assert distribution([1, 2, 6]).mean == 3


def test_where_nothing_was_counted_nothing_is_claimed():
    nothing = distribution([])

    assert (nothing.mean, nothing.percentile(0.5)) == (None, None)


def test_longer_durations_never_come_into_smaller_buckets():
    assert [bucket(s) for s in (0, 1, 2, 3600, YEAR)] == sorted(bucket(s) for s in (0, 1, 2, 3600, YEAR))
