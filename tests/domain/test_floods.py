"""Flood mode: which reports become one incident, which of them leads, and what stays by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.data import flood_rules
from chalicelib.domain import floods
from chalicelib.domain.actions.duplicates import Merge
from chalicelib.domain.actor import SYSTEM
from chalicelib.domain.case.complaint import Hidden
from chalicelib.domain.decide import ActionRequest, decide
from chalicelib.domain.floods import Flood, FloodRule, Report, groups, hour_of, may_join, may_lead, switch_faults
from chalicelib.domain.rules import Conditions, Rule
from chalicelib.domain.situation import Named
from tests.builders import (
    ANOTHER,
    CIDENG,
    CITY,
    COORDINATOR,
    DBM,
    DSDA,
    GAMBIR,
    KEC_GAMBIR,
    KEL_CIDENG,
    KEL_GAMBIR,
    NOW,
    POTHOLE,
    STREET_LIGHT,
    VIOLENCE,
    a_complaint,
)

RULE = FloodRule(reports=3, span=timedelta(hours=1), merged=5, hours=12)
CATEGORY = CITY.categories[POTHOLE]
WAITING = replace(a_complaint("waiting"), version=1)


def a_flood(**differences):
    known = {"category": POTHOLE, "area": GAMBIR, "since": NOW, "until": NOW + timedelta(hours=2)}
    return Flood(**{"flood_id": "1-a", "switched_by": COORDINATOR.id, **known, **differences})


def report(number, minutes=0, area=GAMBIR):
    return Report(number, area, NOW + timedelta(minutes=minutes))


def test_reports_of_one_kelurahan_and_hour_stand_together_the_first_received_first():
    found = groups([report("C", 59), report("B", 1), report("A", 1), report("D", 60), report("E", 5, CIDENG)], RULE)

    assert found == {
        (GAMBIR, NOW): ["A", "B", "C"],
        (GAMBIR, NOW + timedelta(hours=1)): ["D"],
        (CIDENG, NOW): ["E"],
    }


def test_everybody_who_sorts_the_same_reports_finds_the_same_first_one():
    reports = [report(name, minute) for name, minute in (("C", 3), ("A", 3), ("B", 7))]

    assert groups(reports, RULE) == groups(reversed(reports), RULE)


def test_an_hour_is_cut_by_the_clock_and_not_by_a_switch():
    assert hour_of(NOW + timedelta(minutes=59, seconds=59), RULE) == NOW
    assert hour_of(NOW + timedelta(hours=1), RULE) == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("differences", "joins"),
    [
        ({}, True),
        ({"version": 2}, False),  # somebody decided, or it was taken out of an incident
        ({"status": "coordinated"}, False),
        ({"status": "merged"}, False),
        ({"area": None}, False),
        ({"visibility": "private"}, False),
        ({"hidden": Hidden("minor", NOW)}, False),
        ({"merged": (ANOTHER,)}, False),
    ],
)
def test_only_an_untouched_public_report_of_a_place_is_merged(differences, joins):
    assert may_join(replace(WAITING, **differences), CATEGORY) is joins


def test_a_report_of_a_sensitive_matter_is_never_merged_and_never_leads():
    sensitive = replace(WAITING, category=VIOLENCE)

    assert not may_join(sensitive, CITY.categories[VIOLENCE])
    assert not may_lead(sensitive, CITY.categories[VIOLENCE], RULE)


@pytest.mark.parametrize(
    ("differences", "leads"),
    [
        ({}, True),
        ({"status": "in_progress", "version": 7}, True),
        ({"status": "resolved"}, False),
        ({"status": "merged"}, False),
        ({"visibility": "private"}, False),
        ({"hidden": Hidden("minor", NOW)}, False),
        ({"merged": tuple("ABCD")}, True),
        ({"merged": tuple("ABCDE")}, False),  # full
        ({"category": VIOLENCE}, False),  # it turned out to be another matter
    ],
)
def test_a_lead_is_open_public_not_full_and_of_its_first_category(differences, leads):
    assert may_lead(replace(WAITING, **differences), CATEGORY, RULE) is leads


def test_the_system_merges_without_a_version_for_the_lead_and_stops_the_clocks_of_the_other():
    lead = replace(a_complaint("in_progress"), number=ANOTHER, version=6, sequence=9)
    request = ActionRequest("merge", SYSTEM, Merge(text="Sama", survivor=ANOTHER), named=Named(other=lead))

    decision = decide(WAITING, request, reference=CITY, now=NOW, salt="garam")

    merged, after = decision.complaint, decision.case(ANOTHER)
    assert (merged.status, merged.merged_into, merged.version) == ("merged", ANOTHER, 2)
    assert all(clock.stopped_at for clock in merged.clocks.values())
    assert (after.version, after.status, after.merged, after.clocks) == (6, lead.status, (merged.number,), lead.clocks)
    assert {change.event.role for change in decision.changes} == {"system"}


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [(GAMBIR, GAMBIR, CIDENG), ("31.71.01", CIDENG, "31.71.02.1001"), ("31.71", GAMBIR, "31.72.01.1001")],
)
def test_an_area_is_a_kelurahan_a_kecamatan_or_a_kota(code, inside, outside):
    flood = a_flood(area=code)

    assert flood.covers(inside)
    assert not flood.covers(outside)
    assert inside in floods.areas_in(code, CITY)
    assert all(map(flood.covers, floods.areas_in(code, CITY)))


@pytest.mark.parametrize(
    ("category", "area", "hours", "wrong"),
    [
        (POTHOLE, GAMBIR, 1, []),
        (POTHOLE, "31.71", 12, []),
        ("NOTHING", GAMBIR, 1, ["category"]),
        (VIOLENCE, GAMBIR, 1, ["category"]),
        ("PUNGLI", GAMBIR, 1, ["category"]),
        (POTHOLE, "31", 1, ["area"]),
        (POTHOLE, "", 1, ["area"]),
        (POTHOLE, GAMBIR, 0, ["hours"]),
        (POTHOLE, GAMBIR, 13, ["hours"]),
        ("", "", 99, ["category", "area", "hours"]),
    ],
)
def test_a_switch_names_a_public_category_a_place_and_hours_within_the_rule(category, area, hours, wrong):
    faults = switch_faults(category, area, hours, CITY, floods.FloodRules(RULE))

    assert [fault.field for fault in faults] == wrong


@pytest.mark.parametrize(
    ("flood", "after", "on", "seen_to"),
    [
        (a_flood(), timedelta(hours=1), True, True),
        (a_flood(), timedelta(hours=2), False, True),  # its last reports are joined still
        (a_flood(), timedelta(hours=2) + floods.LATE, False, False),
        (a_flood(off_at=NOW), timedelta(hours=1), False, False),
    ],
)
def test_off_means_off_and_an_end_still_gets_its_last_reports(flood, after, on, seen_to):
    assert (flood.is_on(NOW + after), flood.is_seen_to(NOW + after)) == (on, seen_to)


def test_the_thresholds_are_data_that_a_lead_can_hold():
    rules = flood_rules()

    assert set(rules.own) <= set(CITY.categories)
    for rule in (rules.usual, *rules.own.values()):
        assert rule.reports >= 2
        assert rule.reports <= rule.merged
        assert 1 <= rule.hours <= 48


def test_the_units_that_may_have_a_report_are_the_first_receivers_and_those_of_rules_that_may_fit():
    rules = (
        Rule("semua", Conditions(), "KEC"),
        Rule("lubang", Conditions((POTHOLE,)), DBM),
        Rule("lampu", Conditions((STREET_LIGHT,)), DSDA),
    )

    assert floods.receivers(POTHOLE, (GAMBIR, CIDENG), (), CITY) == (KEL_GAMBIR, KEL_CIDENG)
    assert floods.receivers(POTHOLE, (GAMBIR,), rules, CITY) == (KEL_GAMBIR, KEC_GAMBIR, DBM)


@pytest.mark.parametrize("calendar", ["calendar", "working_days", "working_hours"])
def test_a_later_report_is_never_due_earlier_whatever_its_category_counts(calendar):
    category = replace(CATEGORY, calendar=calendar)
    received = [NOW + timedelta(minutes=47 * step) for step in range(300)]

    due = [floods.first_due(category, at, CITY) for at in received]

    assert due == sorted(due)
    assert all(end > at.timestamp() for at, end in zip(received, due, strict=True))
