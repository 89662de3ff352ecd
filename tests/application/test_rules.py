"""Rules in force decide where reports go; what they decided stays; what fails is switched off; changes can be
rehearsed."""

from datetime import timedelta

import pytest

from chalicelib.application.ports.rules import RuleVersion
from chalicelib.application.routing.rehearsal import MOST_OF_A_DAY
from chalicelib.application.routing.rule_changes import RulesInput, permit_rules
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError, UnavailableError
from chalicelib.domain.rules import BY_CATEGORY, RouteRecord, rules_of
from tests.builders import (
    ADMINISTRATOR,
    BUREAU,
    CITY,
    COORDINATOR,
    DBM,
    DESK,
    DSDA,
    GAMBIR,
    KEL_GAMBIR,
    POTHOLE,
    PUMP_OFFICER,
    STREET_LIGHT,
)
from tests.city_in_memory import CityInMemory

HALF_A_MINUTE = timedelta(seconds=30)
TO_PUMPS = {"rule": "pumps", "when": {"categories": [POTHOLE]}, "then": {"receiver": DSDA, "owners": [DSDA]}}
TO_ROADS = {"rule": "roads", "when": {"areas": ["31.71"]}, "then": {"receiver": DBM}}
BROKEN = {"rule": "gone", "when": {}, "then": {"receiver": "NOBODY"}}
BLOCKED = {"rule": "blocked", "when": {"answers": {"BLOCKS_ROAD": ["all"]}}, "then": {"receiver": DBM}}
NOWHERE = {"channel": "EMAIL", "area": None, "place": None}


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def in_force(city, *rules):
    """These rules from now on, as every container knows half a minute later."""
    store = city.rule_store
    number = store.current().last + 1
    store.force = RuleVersion(
        number, number - 1, rules_of(rules), "admin", city.now(), "uji", "approved", "koordinator"
    )
    city.pass_time(HALF_A_MINUTE)


def first_event(city, number):
    return city.complaints.event(number, 1)


def test_a_report_goes_where_the_rule_in_force_sends_it(city):
    in_force(city, TO_PUMPS)

    receipt = city.lodge()

    assert receipt["unit"]["code"] == DSDA
    assert {name: first_event(city, receipt["number"]).facts[name] for name in ("rule", "rules", "owners")} == {
        "rule": "pumps",
        "rules": 1,
        "owners": [DSDA],
    }


def test_without_rules_it_goes_where_its_category_sends_it(city):
    receipt = city.lodge()

    assert receipt["unit"]["code"] == KEL_GAMBIR
    assert first_event(city, receipt["number"]).facts["rule"] == BY_CATEGORY


def test_a_later_rule_moves_no_old_case_and_takes_no_right_away(city):
    in_force(city, TO_PUMPS)
    number = city.lodge()["number"]

    in_force(city, TO_ROADS)

    case = city.tracking.of_staff(number, PUMP_OFFICER)
    assert case["unit"]["code"] == DSDA
    assert "accept" in case["allowed_actions"]
    assert case["route"] == {"rule": "pumps", "version": 1}
    assert city.does(number, PUMP_OFFICER, "accept")["status"] == "assigned"
    assert city.lodge()["unit"]["code"] == DBM


def test_the_first_answer_is_the_same_after_the_rules_have_changed(city):
    in_force(city, TO_PUMPS)
    sent = {"key": "kunci-yang-sama-0001", "body": {"x": 1}}
    first = city.lodge(**sent)

    in_force(city, TO_ROADS)

    assert city.lodge(**sent) == first


def test_a_container_knows_a_new_version_within_half_a_minute_and_asks_no_more_often(city):
    in_force(city, TO_PUMPS)
    city.lodge()
    before = city.rule_store.reads
    city.lodge()
    city.lodge()

    assert city.rule_store.reads == before
    in_force(city, TO_ROADS)
    assert city.lodge()["unit"]["code"] == DBM


def test_a_store_that_does_not_answer_leaves_the_rules_that_are_known(city):
    in_force(city, TO_PUMPS)
    city.lodge()
    city.rule_store.down = True
    city.pass_time(timedelta(hours=1))

    assert city.lodge()["unit"]["code"] == DSDA


def test_no_report_is_routed_by_rules_that_were_never_read(city):
    city.rule_store.down = True

    with pytest.raises(UnavailableError):
        city.lodge()

    assert city.complaints.rows == {}


def test_a_rule_that_fails_is_switched_off_with_its_error_and_the_next_one_applies(city):
    in_force(city, BROKEN, TO_PUMPS)

    receipts = [city.lodge() for _ in range(3)]

    fallen = city.rule_store.current().fallen
    assert {receipt["unit"]["code"] for receipt in receipts} == {DSDA}
    assert {rule: one.error for rule, one in fallen.items()} == {"gone": "NOBODY cannot hold a case"}
    assert fallen["gone"].at == city.now()


def test_a_new_version_of_a_rule_that_fell_is_tried_again(city):
    in_force(city, BROKEN)
    city.lodge()

    in_force(city, {**BROKEN, "then": {"receiver": DSDA}})

    assert city.lodge()["unit"]["code"] == DSDA


def test_a_report_is_taken_in_when_the_failure_of_a_rule_cannot_be_recorded(city, monkeypatch):
    in_force(city, BROKEN)
    city.lodge()
    city.rule_store.fallen.clear()
    monkeypatch.setattr(city.rule_store, "switch_off", lambda *_: (_ for _ in ()).throw(UnavailableError("dynamodb")))

    assert city.lodge()["unit"]["code"] == KEL_GAMBIR


def test_answers_that_were_chosen_count_and_stand_in_the_first_event(city):
    in_force(city, BLOCKED)
    words = {"description": "Lubang", "answers": {"BLOCKS_ROAD": "all", "SIZE": "besar"}}

    receipt = city.lodge(draft={"words": words})

    assert receipt["unit"]["code"] == DBM
    assert first_event(city, receipt["number"]).facts["asked"] == {"BLOCKS_ROAD": ["all"]}


def test_a_case_whose_place_is_found_goes_by_the_rules_and_says_so(city):
    in_force(city, {**TO_PUMPS, "when": {"areas": ["31.71"]}})
    receipt = city.lodge(draft=NOWHERE, actor=DESK)
    number = receipt["number"]

    city.does(number, COORDINATOR, "locate", location={"kelurahan": GAMBIR})

    located = city.complaints.event(number, 2)
    assert (receipt["unit"]["code"], located.unit) == (BUREAU, DSDA)
    assert (located.facts["rule"], located.facts["rules"]) == ("pumps", 1)
    assert city.complaints.rows[number].route.owners == (DSDA,)


def recategorised(city, number, actor, category):
    seen = city.complaints.rows[number].version
    city.does(number, actor, "recategorise", seen, category=category, text="Salah kategori")
    case = city.complaints.rows[number]
    return city.complaints.event(number, case.sequence), case


def test_a_case_of_another_category_goes_by_the_rules_of_that_one_and_says_so(city):
    number = city.lodge(draft={"category": STREET_LIGHT})["number"]
    in_force(city, TO_PUMPS)

    event, case = recategorised(city, number, COORDINATOR, POTHOLE)

    assert (case.status, case.unit, case.route) == ("waiting", DSDA, RouteRecord(POTHOLE, DSDA, (DSDA,)))
    assert {name: event.facts[name] for name in ("rule", "rules", "owners")} == {
        "rule": "pumps",
        "rules": 1,
        "owners": [DSDA],
    }


def test_a_case_that_somebody_works_on_goes_to_the_lead_that_the_rule_names(city):
    number = city.lodge(draft={"category": STREET_LIGHT})["number"]
    city.does(number, COORDINATOR, "coordinate", unit=DBM)
    in_force(city, {**TO_PUMPS, "then": {"receiver": "KEL", "owners": [DSDA]}})

    _, case = recategorised(city, number, COORDINATOR, POTHOLE)

    assert (case.status, case.unit) == ("coordinated", DSDA)


def test_a_case_of_another_category_keeps_nothing_of_the_rule_for_the_old_one(city):
    in_force(city, TO_PUMPS)
    number = city.lodge()["number"]

    _, case = recategorised(city, number, COORDINATOR, STREET_LIGHT)

    assert (case.unit, case.route) == (KEL_GAMBIR, None)


@pytest.mark.parametrize("category", ["NO_SUCH", POTHOLE], ids=["unknown", "the same"])
def test_the_rules_are_asked_of_no_category_that_is_refused(city, category):
    in_force(city, TO_PUMPS)
    number = city.lodge()["number"]

    with pytest.raises(InvalidError):
        recategorised(city, number, COORDINATOR, category)


# Who changes them


def proposal(*rules, base=0):
    return RulesInput(rules_of(rules), "uji", base)


@pytest.mark.parametrize("actor", [DESK, PUMP_OFFICER])
def test_only_administrators_and_coordinators_touch_rules(actor):
    with pytest.raises(NotAllowedError):
        permit_rules(actor)


def test_of_two_proposals_made_at_once_one_is_told_of_the_other(city):
    changes, admin = city.rule_changes, permit_rules(ADMINISTRATOR)
    stale = city.rule_store.current()
    changes.propose(admin, proposal(TO_PUMPS))
    city.rule_store.current = lambda: stale

    with pytest.raises(ConflictError):
        changes.propose(permit_rules(COORDINATOR), proposal(TO_ROADS))


@pytest.mark.parametrize(
    ("proposer", "reader", "waiting"),
    [
        pytest.param(ADMINISTRATOR, COORDINATOR, {"rules": 1, "rules_off": 0}, id="another one's proposal"),
        pytest.param(COORDINATOR, COORDINATOR, {"rules": 0, "rules_off": 0}, id="one's own proposal"),
        pytest.param(ADMINISTRATOR, DESK, {}, id="who changes no rules"),
    ],
)
def test_a_proposal_waits_for_a_second_person_and_for_nobody_else(city, proposer, reader, waiting):
    city.rule_changes.propose(permit_rules(proposer), proposal(TO_PUMPS))

    assert city.rule_changes.waiting(reader) == waiting


def test_a_rule_that_was_switched_off_shows_in_the_coordinators_counts_until_there_are_others(city):
    in_force(city, BROKEN)
    city.lodge()

    assert city.worklists.counts(COORDINATOR)["counts"]["rules_off"] == 1
    assert [fallen.rule for fallen in city.rule_changes.switched_off()] == ["gone"]
    in_force(city, TO_PUMPS)
    assert city.worklists.counts(COORDINATOR)["counts"]["rules_off"] == 0
    assert city.rule_changes.switched_off() == []


# Rehearsal


def rehearsed(city, *rules):
    return city.rehearsal(permit_rules(COORDINATOR), RulesInput(rules_of(rules)))


def reported(city, count=1, **differences):
    for _ in range(count):
        number = city.lodge(**differences)["number"]
        city.project(number, 1)


def units(answer):
    return {u["unit"]["code"]: (u["received"], u["would_receive"]) for u in answer["units"]}


def test_a_rehearsal_answers_who_would_have_received_what(city):
    reported(city, 3)
    reported(city, 2, draft={"category": STREET_LIGHT})

    answer = rehearsed(city, TO_PUMPS)

    assert units(answer) == {KEL_GAMBIR: (5, 2), DSDA: (0, 3)}
    assert (answer["looked_at"], answer["moved"], answer["complete"]) == (5, 3, True)
    assert answer["moves"] == [
        {
            "from": {"code": KEL_GAMBIR, "name": CITY.units[KEL_GAMBIR].name},
            "to": {"code": DSDA, "name": CITY.units[DSDA].name},
            "rule": "pumps",
            "cases": 3,
        }
    ]
    assert [(rule["rule"], rule["cases"]) for rule in answer["rules"]] == [("pumps", 3), (BY_CATEGORY, 2)]


def test_a_rehearsal_names_no_case_and_changes_nothing(city):
    reported(city)
    before = dict(city.complaints.rows)

    answer = rehearsed(city, TO_PUMPS)

    assert "JKT-" not in str(answer)
    assert city.complaints.rows == before
    assert city.rule_store.current().version == 0


def test_a_rehearsal_looks_back_a_month(city):
    reported(city)
    city.pass_time(timedelta(days=32))
    reported(city)

    assert rehearsed(city, TO_PUMPS)["looked_at"] == 1


def test_a_rehearsal_says_which_rule_would_fail(city, monkeypatch):
    """The check before it finds what it can; what fails all the same is told."""
    reported(city, 2)
    monkeypatch.setattr("chalicelib.application.routing.rule_changes.rule_faults", lambda *_: [])

    answer = rehearsed(city, BROKEN, TO_PUMPS)

    assert [(rule["rule"], rule["cases"], rule["error"]) for rule in answer["rules"]] == [
        ("gone", 0, "NOBODY cannot hold a case"),
        ("pumps", 2, None),
        (BY_CATEGORY, 0, None),
    ]


def test_a_rehearsal_follows_answers_and_the_place_that_was_found(city):
    words = {"description": "Lubang", "answers": {"BLOCKS_ROAD": "all"}}
    reported(city, draft={"words": words})
    number = city.lodge(draft=NOWHERE, actor=DESK)["number"]
    city.does(number, COORDINATOR, "locate", location={"kelurahan": GAMBIR})
    city.project(number, 2)

    assert units(rehearsed(city, BLOCKED)) == {KEL_GAMBIR: (2, 1), DBM: (0, 1)}
    assert units(rehearsed(city, TO_ROADS)) == {KEL_GAMBIR: (2, 0), DBM: (0, 2)}


def test_a_rehearsal_counts_a_case_as_what_it_was_called_last_while_it_waited(city):
    number = city.lodge(draft={"category": STREET_LIGHT})["number"]
    recategorised(city, number, COORDINATOR, POTHOLE)
    city.project(number, 2)

    assert units(rehearsed(city, TO_PUMPS)) == {KEL_GAMBIR: (1, 0), DSDA: (0, 1)}


def test_a_rehearsal_reads_no_more_than_so_many_reports_of_a_day(city):
    asked = []
    rehearsal = city.rehearsal
    city.lists.routed = lambda day, limit: asked.append((day, limit)) or []

    answer = rehearsed(city)

    assert rehearsal.routed is city.lists
    assert len({day for day, _ in asked}) == len(asked) == 31
    assert {limit for _, limit in asked} == {MOST_OF_A_DAY + 1}
    assert answer["complete"]


def test_a_day_of_more_reports_than_are_looked_at_is_told(city):
    reported(city)
    (case,) = city.lists.routed(city.now().date().isoformat(), 1)
    city.lists.routed = lambda _day, limit: [case] * limit

    answer = rehearsed(city, TO_PUMPS)

    assert (answer["looked_at"], answer["complete"]) == (20_000, False)
