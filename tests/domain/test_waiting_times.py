"""How long people wait, from counters: against examples worked out by hand, and against single cases."""

import itertools
import random
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.case.waiting_times import DAY, ERROR, HOUR, TARGETS, WaitingTimes, bin_of, middle

YEAR = 365 * DAY
# Freireich and others, Blood 21 (1963) 699: remission in weeks under 6-mercaptopurine, the example of most textbooks.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
STILL_WELL = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
WEEK = 7 * DAY


def times(answered=(), left=(), waiting=()):
    return WaitingTimes(
        answered=Counter(map(bin_of, answered)),
        left=Counter(map(bin_of, left)),
        waiting=[(age, 1) for age in waiting],
        seconds=sum(answered),
    )


def test_the_textbooks_curve_comes_out():
    studied = times([week * WEEK for week in RELAPSED], waiting=[week * WEEK for week in STILL_WELL])

    shares = [1 - studied.answered_within(week * WEEK * 1.04) for week in (6, 7, 13, 16, 23)]

    assert pytest.approx(shares, abs=0.0005) == [0.857, 0.807, 0.690, 0.627, 0.448]
    assert studied.quantile(0.5) == pytest.approx(23 * WEEK, rel=ERROR)


def test_by_hand_one_answered_one_waiting_longer_one_shorter():
    """3 at risk at 1 h: 2/3 wait longer. One leaves at 2 h. Of the one left at 3 h none: 0."""
    few = times([HOUR, 3 * HOUR], left=[2 * HOUR])

    assert [few.answered_within(hours * HOUR) for hours in (1, 2, 3)] == pytest.approx([1 / 3, 1 / 3, 1])
    assert few.quantile(0.5) == pytest.approx(3 * HOUR, rel=ERROR)


def test_answers_of_minutes_do_not_hide_those_who_wait_for_days():
    """What the page used to say of these: half of them within ten minutes."""
    honest = times([600] * 10, waiting=[5 * DAY] * 52)

    assert honest.quantile(0.5) is None
    assert honest.answered_within(6 * HOUR) == pytest.approx(10 / 62)


def test_what_left_unanswered_neither_flatters_nor_blames():
    assert times([HOUR] * 5, left=[60] * 100).answered_within(6 * HOUR) == 1


def test_nothing_is_said_of_a_time_that_nobody_has_lived_to_see():
    assert times([60], waiting=[HOUR, 2 * HOUR]).answered_within(6 * HOUR) is None
    assert times([60, 70]).answered_within(6 * HOUR) == 1


def test_where_nothing_was_counted_nothing_is_claimed():
    nothing = times()

    assert (nothing.mean, nothing.quantile(0.5), nothing.answered_within(HOUR)) == (None, None, None)


def test_the_mean_is_exact():
    assert times([1, 2, 6]).mean == 3


@pytest.mark.parametrize("target", TARGETS.values())
def test_a_case_that_is_answered_at_the_target_is_within_it_and_one_a_second_later_is_not(target):
    assert times([target], waiting=[YEAR]).answered_within(target) == 0.5
    assert times([target + 1], waiting=[YEAR]).answered_within(target) == 0


@given(st.integers(1, 10 * YEAR))
def test_a_bin_stands_for_its_seconds_within_the_stated_error(seconds):
    assert middle(bin_of(seconds)) == pytest.approx(seconds, rel=ERROR)


@given(st.lists(st.integers(0, 10 * YEAR), min_size=2, max_size=30))
def test_longer_times_never_come_into_smaller_bins(seconds):
    assert [bin_of(s) for s in sorted(seconds)] == sorted(map(bin_of, seconds))


def exact(cases):
    """The estimator over single cases: (seconds, answered) → [(seconds, share that waits longer)]."""
    curve, share, at_risk = [], 1.0, len(cases)
    for seconds, group in itertools.groupby(sorted(cases), key=lambda case: case[0]):
        ended = [answered for _, answered in group]
        share *= 1 - sum(ended) / at_risk
        at_risk -= len(ended)
        curve.append((seconds, share))
    return curve


@given(seed=st.integers(0, 2**32), often=st.floats(0.2, 1))
def test_of_a_simulated_city_the_median_is_that_of_its_single_cases_within_the_error(seed, often):
    """Work that takes about two days, cases received over 90 days, some of which leave."""
    chooser = random.Random(seed)
    cases = [_simulated(chooser, often) for _ in range(400)]
    simulated = times(
        [seconds for seconds, how in cases if how == "answered"],
        left=[seconds for seconds, how in cases if how == "left"],
        waiting=[seconds for seconds, how in cases if how == "waiting"],
    )
    curve = exact([(seconds, how == "answered") for seconds, how in cases])

    low, high = (next((s for s, share in curve if share <= part), None) for part in (0.52, 0.48))

    assume(low is not None and high is not None)
    assert low * (1 - ERROR) <= simulated.quantile(0.5) <= high * (1 + ERROR)


def _simulated(chooser, often):
    """Seconds, and how the case stands after them."""
    work = int(chooser.lognormvariate(12, 1.2))
    leaves = int(chooser.expovariate(1 / (20 * DAY))) if chooser.random() > often else YEAR
    age = chooser.randrange(90 * DAY)
    return min((work, "answered"), (leaves, "left"), (age, "waiting"))


@given(seed=st.integers(0, 2**32))
def test_hours_of_receipt_never_flatter(seed):
    """Who waits is counted from the beginning of the hour: the share answered is at most what single cases say."""
    chooser = random.Random(seed)
    cases = [_simulated(chooser, 1) for _ in range(200)]
    answered = [seconds for seconds, how in cases if how == "answered"]
    ages = [seconds for seconds, how in cases if how == "waiting"]

    by_the_hour = times(answered, waiting=[age // HOUR * HOUR + HOUR for age in ages]).answered_within(7 * DAY)

    assert by_the_hour <= times(answered, waiting=ages).answered_within(7 * DAY) + 1e-9
