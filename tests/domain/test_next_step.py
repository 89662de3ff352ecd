"""What happens next, by whom, until when: one answer for every status, and for every time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import clocks
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.next_step import QUESTIONS, STEPS, NextStep, next_step, next_step_after, questions_in
from tests.builders import (
    BUREAU,
    CITY,
    DBM,
    ENGINEER,
    HOUR,
    INSPECTORATE,
    KEC_GAMBIR,
    KEL_GAMBIR,
    LURAH,
    NOW,
    POTHOLE,
    STREET_SWEEPERS,
    VALIDATOR,
    a_complaint,
    a_life,
    unlocated,
)

LATER = NOW + 2 * HOUR


def step_of(case, at=LATER):
    return next_step(case, CITY.categories[case.category], at)


def test_every_status_has_its_step():
    assert set(STEPS) == set(STATUSES)
    assert {kind for step in STEPS.values() for group in step.clocks for kind in group} == set(clocks.KINDS)


@pytest.mark.parametrize(
    ("case", "sentence", "unit", "clock"),
    [
        pytest.param(a_complaint(), "waiting", KEL_GAMBIR, "coordination", id="waiting: the kelurahan answers"),
        pytest.param(a_complaint("coordinated"), "coordinated", DBM, "resolution", id="coordinated"),
        pytest.param(a_complaint("assigned"), "assigned", DBM, "resolution", id="assigned"),
        pytest.param(a_complaint("in_progress"), "in_progress", DBM, "resolution", id="in progress"),
        pytest.param(
            a_complaint("awaiting_validation"), "awaiting_validation", BUREAU, "validation", id="the validators check"
        ),
        pytest.param(
            a_complaint("awaiting_validation", KEC_GAMBIR, category=STREET_SWEEPERS),
            "awaiting_validation", INSPECTORATE, "validation", id="about officers: the inspectorate checks",
        ),
        pytest.param(a_complaint("resolved"), "resolved", DBM, "confirmation", id="resolved: the reporter answers"),
        pytest.param(a_complaint("rejected"), "rejected", KEL_GAMBIR, "confirmation", id="rejected: they may object"),
        pytest.param(a_complaint("reopened"), "reopened", DBM, "rework", id="reopened: rework, not the first clock"),
        pytest.param(a_complaint("closed"), "closed", DBM, None, id="closed: nothing"),
        pytest.param(a_complaint("withdrawn"), "withdrawn", DBM, None, id="withdrawn: nothing"),
    ],
)  # fmt: skip
def test_each_status_says_who_acts_and_until_when(case, sentence, unit, clock):
    due = case.clocks[clock].due_at if clock else None

    assert step_of(case) == NextStep(sentence, unit, due)


def test_while_a_place_is_looked_for_that_comes_first():
    case = unlocated(category=POTHOLE)
    sought = replace(case, clocks={**case.clocks, "location": clocks.start("location", NOW, 3 * 3600)})

    assert step_of(sought) == NextStep("place", BUREAU, sought.clocks["location"].due_at)


def test_a_time_that_has_passed_is_said_as_late_from_its_next_moment_on():
    case = a_complaint()
    due = case.clocks["coordination"].due_at

    assert [step_of(case, at).form for at in (due, due + timedelta(microseconds=1))] == ["due", "late"]


def test_a_clock_that_stands_says_no_time():
    case = a_complaint("in_progress")
    paused = replace(case, clocks={"resolution": clocks.pause(case.clocks["resolution"], LATER)})

    assert step_of(paused) == NextStep("in_progress", DBM)


def test_a_late_message_says_what_was_next_when_it_happened():
    life = a_life().passes(hours=1).does(LURAH, "coordinate", unit=DBM).passes(hours=1).does(ENGINEER, "start")
    life.passes(hours=1).proves(ENGINEER).passes(hours=1).does(VALIDATOR, "validate")
    life.passes(hours=1).does(REPORTER, "confirm")
    category, case = CITY.categories[POTHOLE], life.complaint

    steps = [next_step_after(event, case, category) for event in life.events]

    work, first = case.clocks["resolution"].due_at, case.clocks["coordination"].due_at
    checked, confirmed = case.clocks["validation"].due_at, case.clocks["confirmation"].due_at
    assert [(step.sentence, step.unit, step.due_at) for step in steps] == [
        ("waiting", KEL_GAMBIR, first),
        ("coordinated", DBM, work),
        ("in_progress", DBM, work),
        ("awaiting_validation", BUREAU, checked),
        ("resolved", DBM, confirmed),
        ("closed", DBM, None),
    ]


@pytest.mark.parametrize("status", STATUSES)
def test_a_reporter_is_asked_only_what_is_built_and_theirs(status):
    asked = questions_in(status)

    assert all(ROWS[action].built and status in ROWS[action].sources for action in asked)
    assert set(asked) <= set(QUESTIONS)


def test_a_result_asks_for_yes_or_not_yet_and_a_rejection_for_an_objection():
    assert questions_in("resolved") == ("confirm", "object")
    assert questions_in("rejected") == ("object",)
    assert questions_in("in_progress") == ()
