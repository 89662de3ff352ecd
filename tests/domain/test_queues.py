"""Where a case stands, how urgent it is there, and whose list shows it."""

import pytest

from chalicelib.domain import rights
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import ENDED, STATUSES
from chalicelib.domain.case.queues import POOLS
from tests.builders import (
    ADMINISTRATOR,
    BUREAU,
    BUREAU_OFFICER,
    CITY,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    ENGINEER,
    HEAD,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    KEC_GAMBIR,
    KEL_GAMBIR,
    LURAH,
    NOW,
    STAFF,
    STREET_SWEEPERS,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    a_complaint,
    a_life,
    an_actor,
    unlocated,
)

UNLOCATED, RESTRICTED, VALIDATION, INTERNAL, APPROVAL, INTERNAL_APPROVAL = POOLS
LISTS = ("mine", "unlocated", "validation")
CASES = [
    *(a_complaint(status, unit) for status in STATUSES for unit in (KEL_GAMBIR, DBM, SUDIN)),
    *(a_complaint(status, KEC_GAMBIR, category=STREET_SWEEPERS) for status in STATUSES),
    *(a_complaint(status, INSPECTORATE, category=ILLEGAL_LEVY) for status in STATUSES),
    *(a_complaint(status, "PPAPP", category=VIOLENCE) for status in STATUSES),
    *(unlocated(status, category=category) for status in STATUSES for category in ("JLN_LUBANG", STREET_SWEEPERS)),
]


def queue_of(case):
    placed = queues.place_in(case, CITY)
    return placed and placed[0]


def due_of(case):
    return queues.place_in(case, CITY)[1]


# Where it stands


@pytest.mark.parametrize("status", sorted(ENDED))
def test_a_case_that_ended_stands_nowhere(status):
    assert queues.place_in(a_complaint(status), CITY) is None


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in ENDED])
def test_an_open_case_stands_with_its_holder_or_in_the_pool_of_proofs(status):
    assert queue_of(a_complaint(status, DBM)) == (VALIDATION if status == "awaiting_validation" else DBM)


@pytest.mark.parametrize(
    ("case", "queue"),
    [
        pytest.param(a_complaint("awaiting_validation", KEC_GAMBIR, category=STREET_SWEEPERS), INTERNAL,
                     id="a proof about officers: inside the inspectorate"),
        pytest.param(unlocated(), UNLOCATED, id="no place: the unlocated queue"),
        pytest.param(unlocated(category=STREET_SWEEPERS), RESTRICTED,
                     id="no place and about officers: the restricted one"),
        pytest.param(unlocated(unit="PPAPP", category=VIOLENCE), "PPAPP", id="no place, but a named lead: the lead"),
        pytest.param(a_complaint(unit=BUREAU), BUREAU, id="the bureau's own, with a place: the bureau"),
    ],
)  # fmt: skip
def test_what_stands_apart(case, queue):
    assert queue_of(case) == queue


# How urgent it is


def test_while_it_waits_coordination_says_how_urgent_it_is():
    case = a_complaint()

    assert due_of(case) == case.clocks["coordination"].due_at


def test_a_case_without_a_place_is_as_urgent_as_its_coordination_not_as_its_place():
    case = a_life(DESK, area=None, place=None, channel="EMAIL").complaint

    assert case.clocks["location"].due_at < due_of(case) == case.clocks["coordination"].due_at


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("in_progress", "resolution"),
        ("awaiting_validation", "validation"),
        ("rework", "resolution"),
        ("reopened", "rework"),
    ],
)
def test_afterwards_what_runs_says_it(status, kind):
    case = a_complaint(status)

    assert due_of(case) == case.clocks[kind].due_at


# Whose list shows it


@pytest.mark.parametrize(
    ("actor", "mine"),
    [
        (LURAH, (KEL_GAMBIR,)),
        (ENGINEER, (DBM,)),
        (CREW, (SUDIN,)),
        (COORDINATOR, (BUREAU, UNLOCATED, RESTRICTED, APPROVAL)),
        (BUREAU_OFFICER, (BUREAU, UNLOCATED)),
        (INSPECTOR, (INSPECTORATE, INTERNAL, INTERNAL_APPROVAL)),
        (DESK, None),
        (VALIDATOR, None),
        (ADMINISTRATOR, None),
        (REPORTER, None),
    ],
    ids=lambda named: getattr(named, "id", ""),
)
def test_what_stands_in_ones_own_list(actor, mine):
    assert queues.visible(actor, "mine", CITY) == mine


def test_a_supervisors_list_merges_the_units_of_their_opd():
    mine = queues.visible(HEAD, "mine", CITY)

    assert {DBM, SUDIN} < set(mine)
    assert mine[-1] == f"{queues.APPROVALS}{DBM}"
    assert all(unit == DBM or CITY.units[unit].parent == DBM for unit in mine[:-1])


EVERY_INBOX = tuple(
    f"INBOX_{channel}" for channel in ("EMAIL", "SMS", "WHATSAPP", "X", "FB", "MEDSOSGUB", "JAKI", "QLUE", "LAPOR1708")
)


@pytest.mark.parametrize(
    ("queue", "lists"),
    [
        ("unlocated", {DESK: (UNLOCATED,), COORDINATOR: (UNLOCATED, RESTRICTED)}),
        ("validation", {VALIDATOR: (VALIDATION,)}),
        ("inbox", {DESK: ("INBOX_EMAIL", "INBOX_SMS", "INBOX_WHATSAPP"), COORDINATOR: EVERY_INBOX}),
    ],
)
def test_a_pool_is_for_the_roles_that_empty_it(queue, lists):
    people = (LURAH, ENGINEER, DESK, VALIDATOR, COORDINATOR, INSPECTOR)
    shown = {actor: queues.visible(actor, queue, CITY) for actor in people}

    assert {actor: names for actor, names in shown.items() if names is not None} == lists


@pytest.mark.parametrize("queue", ["mine", "unlocated", "validation", "overdue", "inbox"])
def test_the_administrator_has_no_list(queue):
    assert queues.visible(ADMINISTRATOR, queue, CITY) is None


def test_each_role_begins_with_its_own_list():
    own = {actor.role: queues.default_list(actor.role) for actor in STAFF}

    assert (own["desk"], own["validator"], own["kelurahan_officer"]) == ("unlocated", "validation", "mine")
    assert all(queues.visible(actor, own[actor.role], CITY) for actor in STAFF if actor is not ADMINISTRATOR)


WITHOUT_A_CASE = {"lurah-cideng", "tirta-sda", ADMINISTRATOR.id}  # none of CASES is theirs


@pytest.mark.parametrize("actor", STAFF, ids=lambda actor: actor.id)
def test_a_list_shows_nobody_a_case_that_they_may_not_open(actor):
    lists = [queues.visible(actor, queue, CITY) or () for queue in LISTS]
    shown = [case for case in CASES if any(queue_of(case) in names for names in lists)]

    assert [case for case in shown if not rights.sees(actor, case, CITY, NOW + HOUR)] == []
    assert bool(shown) is (actor.id not in WITHOUT_A_CASE)


def test_every_open_case_stands_in_somebodys_list():
    officers = [an_actor("opd_officer", unit) for unit in (KEC_GAMBIR, "PPAPP")]
    lists = [queues.visible(actor, queue, CITY) for actor in (*STAFF, *officers) for queue in LISTS]

    assert {queue_of(case) for case in CASES} - {None} <= {name for names in lists if names for name in names}


def test_pools_and_flood_units_are_spread_over_eight():
    flood = next(unit.code for unit in CITY.units.values() if unit.flood)

    assert [queues.shards(name, CITY) for name in (VALIDATION, UNLOCATED, flood, KEL_GAMBIR)] == [8, 8, 8, 1]
