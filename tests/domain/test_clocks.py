"""The promises with a time: on time is decided in one place, and no due ever moves later by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import clocks
from chalicelib.domain.clocks import ENDING, EXACT, KINDS, LADDER
from tests.builders import CITY, HOUR, NOW, clocks_in

SECOND = timedelta(seconds=1)
LIMITS = st.integers(1, 30 * 24 * 3600)
WAITS = st.integers(0, 60 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
SIX_HOURS = 6 * 3600


def a_clock(kind="coordination", limit=SIX_HOURS):
    return clocks.start(kind, NOW, limit)


# On time


@pytest.mark.parametrize(
    ("passed", "running", "stopped"),
    [(0 * HOUR, "running", "met"), (6 * HOUR, "running", "met"), (6 * HOUR + SECOND, "late", "missed")],
    ids=["at once", "at the due instant", "a second later"],
)
def test_on_time_means_at_the_due_instant_at_the_latest(passed, running, stopped):
    clock = a_clock()

    assert clock.state(NOW + passed) == running
    assert clocks.stop(clock, NOW + passed).state(NOW + 30 * HOUR) == stopped


def test_a_paused_clock_is_judged_by_when_it_was_paused():
    paused = replace(a_clock(), paused_at=NOW + HOUR)
    paused_late = replace(a_clock(), paused_at=NOW + 7 * HOUR)

    assert (paused.state(NOW + 30 * HOUR), paused_late.state(NOW + 30 * HOUR)) == ("paused", "late")


def test_a_clock_starts_on_the_whole_second():
    clock = clocks.start("rework", NOW + timedelta(microseconds=999_999), 60)

    assert (clock.started_at, clock.due_at) == (NOW, NOW + timedelta(seconds=60))


def test_the_first_stop_counts():
    stopped = clocks.stop(a_clock(), NOW + HOUR)

    assert clocks.stop(stopped, NOW + 9 * HOUR) == stopped


@given(LIMITS, WAITS)
def test_a_clock_that_was_stopped_and_resumed_is_as_if_never_stopped(limit, passed):
    clock = a_clock("resolution", limit)

    assert clocks.resume(clocks.stop(clock, NOW + passed), NOW + 2 * passed) == clock


# The ladder


def test_the_ladder_of_six_hours():
    assert clocks.rung_times(a_clock()) == [
        (NOW + 3 * HOUR, "reminder_50"),
        (NOW + 4.8 * HOUR, "reminder_80"),
        (NOW + 6 * HOUR, "breach"),
        (NOW + 30 * HOUR, "escalation_1"),
        (NOW + 78 * HOUR, "escalation_2"),
        (NOW + 174 * HOUR, "escalation_3"),
    ]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(LADDER) - set(ENDING)))
def test_place_and_validation_have_one_reminder_and_one_breach(kind):
    assert [rung for _, rung in clocks.rung_times(a_clock(kind))] == ["reminder_80", "breach"]


@pytest.mark.parametrize("kind", ENDING)
def test_a_window_rings_no_ladder_and_ends_once(kind):
    clock = a_clock(kind)

    assert clocks.rung_times(clock) == []
    assert clocks.next_rung(clock) == (clock.due_at, "end")


@given(st.sampled_from(sorted(set(KINDS) - set(ENDING))), LIMITS)
def test_rungs_come_in_order_each_once(kind, limit):
    times = clocks.rung_times(a_clock(kind, limit))

    assert times == sorted(times, key=lambda rung: rung[0])
    assert len({rung for _, rung in times}) == len(times)


@given(st.sampled_from(LADDER), LIMITS)
def test_every_rung_rings_once_and_then_there_is_silence(kind, limit):
    clock, rung = a_clock(kind, limit), []
    while (due := clocks.next_rung(clock)) and len(rung) < 10:
        rung.append(due[1])
        clock = replace(clock, rungs=(*clock.rungs, due[1]))

    assert rung == [name for _, name in clocks.rung_times(a_clock(kind, limit))]


@pytest.mark.parametrize("change", [{"stopped_at": NOW}, {"paused_at": NOW}], ids=["stopped", "paused"])
def test_a_clock_that_does_not_run_rings_nothing(change):
    assert clocks.next_rung(replace(a_clock(), **change)) is None


def test_a_breach_is_due_after_its_instant_everything_else_at_it():
    due = [clocks.is_due(NOW, rung, NOW) for rung in ("breach", "reminder_50", "escalation_1", "end")]

    assert due == [False, True, True, True]
    assert clocks.is_due(NOW, "breach", NOW + SECOND)


@given(st.sampled_from(["waiting", "in_progress", "awaiting_validation", "resolved", "reopened"]))
def test_the_next_alarm_is_the_earliest_of_all(status):
    running = clocks_in(status).values()

    at, clock, rung = clocks.next_alarm(running)

    assert at == min(due[0] for each in running if (due := clocks.next_rung(each)))
    assert clocks.next_rung(clock) == (at, rung)


def test_nothing_rings_where_nothing_runs():
    assert clocks.next_alarm(clocks_in("closed").values()) is None


# What the timer meets to the second


def test_the_timer_wakes_at_the_next_breach_of_a_clock_it_answers_for():
    running = clocks_in("waiting")

    assert clocks.next_exact(running) == running["coordination"].due_at


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(EXACT)))
def test_validation_and_windows_are_left_to_the_sweeper(kind):
    assert clocks.next_exact({kind: a_clock(kind)}) is None


def test_after_its_breach_the_timer_has_nothing_left_to_do():
    rung = replace(a_clock(), rungs=("reminder_50", "reminder_80", "breach"))

    assert clocks.next_exact({"coordination": rung}) is None


# The city's limits


@pytest.mark.parametrize("category", CITY.categories.values(), ids=lambda category: category.code)
def test_no_limit_of_a_category_contradicts_another(category):
    assert 0 < category.coordination_limit <= min(SIX_HOURS, category.resolution_limit / 2)
    assert 0 < category.rework_limit <= min(72 * 3600, category.resolution_limit)
