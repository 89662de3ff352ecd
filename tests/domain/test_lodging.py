"""The first event: who receives the case, what runs, what is private, what can be told again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import clocks, routing
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.lodging import clocks_at_lodge
from tests.builders import CITY, DESK, GAMBIR, HOUR, JAKI, KEL_GAMBIR, NOW, NUMBER, POTHOLE, VIOLENCE, a_life

CATEGORIES = st.sampled_from(sorted(CITY.categories))
NOWHERE = {"area": None, "place": None, "channel": "EMAIL"}


def first(actor=REPORTER, **differences):
    life = a_life(actor, **differences)
    return life.complaint, life.events[0]


def test_a_report_waits_with_its_first_receiver():
    case, event = first()

    assert (case.number, case.status, case.version, case.sequence) == (NUMBER, "waiting", 1, 1)
    assert (case.unit, event.unit, event.before, event.moved) == (KEL_GAMBIR, KEL_GAMBIR, None, True)


def test_coordination_and_resolution_run_from_the_receipt():
    case, _ = first()

    assert {kind: clock.due_at for kind, clock in case.clocks.items()} == {
        "coordination": NOW + 6 * HOUR,
        "resolution": NOW + 72 * HOUR,
    }


@given(CATEGORIES, st.booleans())
def test_a_location_clock_runs_exactly_while_the_receiver_depends_on_the_place(category, located):
    case, _ = first(DESK, category=category, **({} if located else NOWHERE))
    depends = routing.place_decides(CITY, category=category)

    assert ("location" in case.clocks) is (depends and not located)


@given(CATEGORIES)
def test_a_place_is_to_be_found_in_three_hours_and_in_half_of_coordination_at_most(category):
    case, _ = first(DESK, category=category, **NOWHERE)
    location, coordination = case.clocks.get("location"), case.clocks["coordination"]

    assert location is None or location.due_at - NOW <= min(3 * HOUR, (coordination.due_at - NOW) / 2)


@given(CATEGORIES, st.sampled_from(["public", "private"]))
def test_a_sensitive_case_is_private_another_is_what_was_asked(category, visibility):
    case, event = first(category=category, visibility=visibility)

    assert case.visibility == ("private" if CITY.categories[category].sensitive else visibility)
    assert event.facts.get("visibility", "public") == case.visibility


@pytest.mark.parametrize(("actor", "typed_by"), [(REPORTER, None), (DESK, DESK.id), (JAKI, JAKI.id)])
def test_who_typed_it_for_somebody_else_is_on_record(actor, typed_by):
    case, _ = first(actor)

    assert case.lodging.typed_by == typed_by


@given(CATEGORIES)
def test_the_first_clocks_can_be_told_again_from_the_first_event(category):
    case, event = first(category=category)

    assert clocks_at_lodge(event.facts["clocks"], event.at) == case.clocks


def test_the_facts_hold_no_words_and_the_exact_place_is_one():
    _, event = first()

    assert event.facts == {
        "category": POTHOLE,
        "channel": "WEB",
        "area": GAMBIR,
        "clocks": {"coordination": 6 * 3600, "resolution": 72 * 3600},
        "rule": "default",
        "rules": 0,
    }
    assert set(event.words) == {"description", "location"}


def test_the_first_alarm_is_the_earliest_reminder():
    case, _ = first(category=VIOLENCE)

    assert clocks.next_alarm(case.clocks.values())[2] == "reminder_50"
