"""Rules decide in their order who receives a report; what one cannot decide, the next does, at last the category."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import rights, routing
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case import lodging
from chalicelib.domain.routing_rules import by_category, chosen, route
from chalicelib.domain.rule_faults import rule_faults
from chalicelib.domain.rules import BY_CATEGORY, MOST_RULES, Inputs, RuleSet, as_json, rule_of, rules_of
from tests.builders import (
    BUREAU,
    CITY,
    DBM,
    DSDA,
    GAMBIR,
    ILLEGAL_LEVY,
    KEL_CIDENG,
    KEL_GAMBIR,
    KOTA_PUSAT,
    NOW,
    POTHOLE,
    POWER,
    PUMP_OFFICER,
    STREET_LIGHT,
    SUDIN,
    VIOLENCE,
    a_complaint,
    a_draft,
    a_life,
    an_actor,
    offered,
)

CATEGORIES = st.sampled_from(sorted(CITY.categories))
AREAS = st.sampled_from(sorted(CITY.areas))
BLOCKS = "BLOCKS_ROAD"


def a_rule(code="sda", receiver=DSDA, owners=(), **when):
    then = {"receiver": receiver} | ({"owners": list(owners)} if owners else {})
    return rule_of({"rule": code, "when": when, "then": then})


def asked(category=POTHOLE, area=GAMBIR, channel="WEB", at=NOW, **answers):
    return Inputs(category, area, channel, at, answers)


def routed(*rules, **inputs):
    return route(RuleSet(7, rules), asked(**inputs), CITY)


def at(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute, tzinfo=WIB)  # the second is a Monday


NIGHT = {"from": "22:00", "to": "06:00"}


@pytest.mark.parametrize(
    ("when", "inputs", "fits"),
    [
        pytest.param({}, {}, True, id="no condition: every report"),
        pytest.param({"categories": [POTHOLE]}, {}, True, id="its category"),
        pytest.param({"categories": [STREET_LIGHT]}, {}, False, id="another category"),
        pytest.param({"areas": [GAMBIR]}, {}, True, id="its kelurahan"),
        pytest.param({"areas": ["31.71.01"]}, {}, True, id="its kecamatan"),
        pytest.param({"areas": ["31.71"]}, {}, True, id="its kota"),
        pytest.param({"areas": ["31.7"]}, {}, False, id="half a code is no area"),
        pytest.param({"areas": ["31.74", GAMBIR]}, {}, True, id="one of several areas"),
        pytest.param({"areas": ["31.74"]}, {}, False, id="another kota"),
        pytest.param({"areas": ["31.71"]}, {"area": None}, False, id="a place that nobody knows"),
        pytest.param({"channels": ["EMAIL"]}, {}, False, id="another channel"),
        pytest.param({"channels": ["EMAIL", "WEB"]}, {}, True, id="its channel"),
        pytest.param({"answers": {BLOCKS: ["all"]}}, {BLOCKS: ("all",)}, True, id="the answer"),
        pytest.param({"answers": {BLOCKS: ["all"]}}, {BLOCKS: ("no",)}, False, id="another answer"),
        pytest.param({"answers": {BLOCKS: ["all"]}}, {}, False, id="no answer"),
        pytest.param({"answers": {BLOCKS: ["all", "lane"]}}, {BLOCKS: ("lane",)}, True, id="one of several answers"),
        pytest.param({"weekdays": [1]}, {"at": at(0)}, True, id="a Monday in Jakarta, a Sunday in UTC"),
        pytest.param({"weekdays": [6, 7]}, {"at": at(12)}, False, id="another day"),
        pytest.param({"hours": NIGHT}, {"at": at(22)}, True, id="as the night begins"),
        pytest.param({"hours": NIGHT}, {"at": at(5, 59)}, True, id="as the night ends"),
        pytest.param({"hours": NIGHT}, {"at": at(6)}, False, id="in the morning"),
        pytest.param({"hours": {"from": "08:00", "to": "16:00"}}, {"at": at(7, 59)}, False, id="before the day"),
        pytest.param({"categories": [POTHOLE], "channels": ["SMS"]}, {}, False, id="one of two conditions"),
    ],
)
def test_a_rule_fits_when_all_its_conditions_hold(when, inputs, fits):
    found = routed(a_rule(**when), **inputs)

    assert found.rule == ("sda" if fits else BY_CATEGORY)
    assert (found.receiver == DSDA) is fits


def test_the_first_rule_that_fits_decides():
    assert routed(a_rule("other", DBM, channels=["SMS"]), a_rule("first", DSDA), a_rule("second", DBM)).rule == "first"


@given(CATEGORIES, AREAS | st.none())
def test_without_rules_the_category_decides_as_ever(category, area):
    found = route(RuleSet(), asked(category, area), CITY)

    assert found == by_category(CITY, category=category, area=area)
    assert found.receiver == routing.first_receiver(CITY, category=category, area=area)
    assert found.awaits_place is (area is None and routing.place_decides(CITY, category=category))
    assert (found.record, found.rule) == (None, BY_CATEGORY)


@pytest.mark.parametrize("category", [VIOLENCE, ILLEGAL_LEVY])
def test_a_rule_for_everything_is_none_for_delicate_matters(category):
    everything, named = a_rule("all", DBM), a_rule("named", BUREAU, categories=[category])

    assert routed(everything, category=category).rule == BY_CATEGORY
    assert routed(everything, named, category=category).receiver == BUREAU


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        pytest.param(a_rule("bad", "NOBODY"), "NOBODY cannot hold a case", id="a unit that is gone"),
        pytest.param(a_rule("bad", "PLN"), "PLN cannot hold a case", id="a unit outside the city"),
        pytest.param(a_rule("bad", owners=["NOBODY"]), "no unit NOBODY", id="an owner that is gone"),
        pytest.param(replace(a_rule("bad"), owners=3), "TypeError", id="data that no program wrote"),
    ],
)
def test_a_rule_that_fails_is_named_with_its_error_and_the_next_one_applies(broken, error):
    found = routed(broken, a_rule("next", DBM))

    assert (found.receiver, found.rule, found.failed) == (DBM, "next", {"bad": error})


def test_nobody_who_may_not_read_it_receives_a_report():
    found = routed(a_rule("bad", "KEL", categories=[VIOLENCE]), category=VIOLENCE)

    assert (found.receiver, list(found.failed)) == ("PPAPP", ["bad"])


def test_a_rule_that_was_switched_off_fits_nothing():
    found = route(RuleSet(7, (a_rule(),), {"sda": "no unit"}), asked(), CITY)

    assert (found.rule, found.failed) == (BY_CATEGORY, {})


@pytest.mark.parametrize(("receiver", "unit"), [("KEL", KEL_GAMBIR), ("KOTA", KOTA_PUSAT), (DSDA, DSDA)])
def test_a_rule_may_mean_the_unit_of_the_place(receiver, unit):
    assert routed(a_rule(receiver=receiver)).receiver == unit


def test_without_its_place_such_a_rule_leaves_the_case_with_the_bureau():
    found = routed(a_rule(receiver="KOTA"), area=None)

    assert (found.receiver, found.awaits_place) == (BUREAU, True)
    assert routed(a_rule(), area=None).awaits_place is False


# What stays on record


def lodged(*rules, **differences):
    draft = a_draft(**differences)
    decided = route(RuleSet(7, rules), lodging.inputs(draft, CITY, NOW), CITY)
    life = a_life(route=decided, **differences)
    return life.complaint, life.events[0]


def test_the_first_event_says_which_rule_of_which_version_decided_and_from_which_answers():
    words = {"description": "Lubang", "answers": {BLOCKS: "all", "SIZE": "sebesar meja saya"}}

    case, event = lodged(a_rule(answers={BLOCKS: ["all"]}, categories=[POTHOLE]), words=words)

    told = {name: event.facts[name] for name in ("rule", "rules", "asked", "category", "area", "channel")}
    assert told == {
        "rule": "sda", "rules": 7, "asked": {BLOCKS: ["all"]}, "category": POTHOLE, "area": GAMBIR, "channel": "WEB",
    }  # fmt: skip
    assert (case.unit, event.unit) == (DSDA, DSDA)


def test_what_somebody_typed_is_no_input_of_a_rule():
    assert chosen(CITY.categories[POTHOLE], {"SIZE": "Jalan Mawar 3", BLOCKS: "all"}) == {BLOCKS: ("all",)}


@pytest.mark.parametrize("answer", [None, 3, "", "elsewhere", ["all", 3], {"all": 1}])
def test_an_answer_in_no_form_of_ours_keeps_nobody_from_reporting(answer):
    case, _ = lodged(a_rule(answers={BLOCKS: ["lane"]}), words={"description": "x", "answers": {BLOCKS: answer}})

    assert case.unit == KEL_GAMBIR


def test_the_owners_that_a_rule_named_may_close_and_are_coordinated_to():
    case, event = lodged(a_rule(owners=[DSDA, "KEL"]))

    assert event.facts["owners"] == [DSDA, "KEL"]
    assert {"accept"} <= set(offered(case, PUMP_OFFICER))
    assert rights.may_close(replace(case, unit=KEL_GAMBIR), CITY)
    assert not rights.may_close(replace(case, unit=DBM), CITY)


def test_a_receiver_without_authority_coordinates_to_the_categorys_owners():
    case, _ = lodged(a_rule(categories=[POTHOLE]))

    assert "accept" not in offered(case, PUMP_OFFICER)
    assert rights.may_close(replace(case, unit=DBM), CITY)


def test_the_receiver_of_what_is_led_from_outside_may_close_it():
    case, _ = lodged(a_rule(categories=[POWER]), category=POWER)

    assert "accept" in offered(case, PUMP_OFFICER)
    assert not rights.may_close(replace(case, unit=KEL_CIDENG), CITY)


def test_what_a_rule_said_ends_with_the_category_that_it_saw():
    case, _ = lodged(a_rule(owners=[DSDA]))

    moved = replace(case, category=STREET_LIGHT)

    assert (rights.may_close(case, CITY), rights.may_close(moved, CITY)) == (True, False)
    assert rights.may_close(replace(moved, unit=DBM), CITY)


def test_without_a_rule_the_right_to_close_is_the_categorys():
    assert rights.may_close(a_complaint("coordinated", SUDIN), CITY)
    assert "accept" not in offered(a_complaint(), an_actor("opd_officer", DSDA))


# Rules as people write them

FULL = {
    "rule": "banjir-malam",
    "when": {
        "categories": [POTHOLE],
        "areas": ["31.71"],
        "channels": ["WEB"],
        "answers": {BLOCKS: ["all"]},
        "weekdays": [6, 7],
        "hours": NIGHT,
    },
    "then": {"receiver": DSDA, "owners": [DSDA, "KEL"]},
    "note": "Piket malam",
}


@pytest.mark.parametrize("written", [FULL, {"rule": "all", "when": {}, "then": {"receiver": "KEL"}}])
def test_a_rule_is_kept_as_it_was_written(written):
    assert as_json(rule_of(written)) == written


def test_a_rule_that_names_what_the_city_has_has_no_fault():
    assert rule_faults(rules_of([FULL]), CITY) == []


def changed(part, **values):
    return {**FULL, part: {**FULL[part], **values}}


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (changed("when", categories=[POTHOLE, "NOPE"]), "rules.0.when.categories"),
        (changed("when", areas=["31.7"]), "rules.0.when.areas"),
        (changed("when", areas=["99.99"]), "rules.0.when.areas"),
        (changed("when", channels=["PIGEON"]), "rules.0.when.channels"),
        (changed("when", answers={"SIZE": ["big"]}), "rules.0.when.answers.SIZE"),
        (changed("when", answers={"NOPE": ["all"]}), "rules.0.when.answers.NOPE"),
        (changed("when", answers={BLOCKS: ["sideways"]}), f"rules.0.when.answers.{BLOCKS}"),
        (changed("when", answers={BLOCKS: []}), f"rules.0.when.answers.{BLOCKS}"),
        (changed("when", weekdays=[0]), "rules.0.when.weekdays"),
        (changed("when", weekdays=[8]), "rules.0.when.weekdays"),
        (changed("when", hours={"from": "06:00", "to": "06:00"}), "rules.0.when.hours"),
        (changed("when", hours={"from": "25:00", "to": "06:00"}), "rules.0.when.hours"),
        (changed("then", receiver="NOPE"), "rules.0.then.receiver"),
        (changed("then", receiver="PLN"), "rules.0.then.receiver"),
        (changed("then", owners=["NOPE"]), "rules.0.then.owners"),
        (changed("then", owners=["PLN"]), "rules.0.then.owners"),
        (changed("then", owners=[DBM, DBM]), "rules.0.then.owners"),
        ({**FULL, "rule": BY_CATEGORY}, "rules.0.rule"),
        ({"rule": "x", "when": {"categories": [VIOLENCE]}, "then": {"receiver": "KEL"}}, "rules.0.then.receiver"),
        ({"rule": "x", "when": {"categories": [VIOLENCE]}, "then": {"receiver": KEL_GAMBIR}}, "rules.0.then.receiver"),
    ],
)
def test_what_a_rule_names_wrongly_is_told_by_its_field(written, field):
    assert [fault.field for fault in rule_faults([rule_of(written)], CITY)] == [field]


def test_names_of_rules_are_their_own_and_their_number_is_bounded():
    many = [rule_of({**FULL, "rule": f"r{n}"}) for n in range(MOST_RULES + 1)]

    assert [fault.field for fault in rule_faults(many, CITY)] == ["rules"]
    assert {fault.field for fault in rule_faults(many[:1] * 2, CITY)} == {"rules.0.rule", "rules.1.rule"}


@given(CATEGORIES, AREAS | st.none(), st.sampled_from(sorted(CITY.units)))
def test_whatever_a_rule_says_a_report_is_received_by_a_unit_that_can_read_it(category, area, receiver):
    rule = a_rule(receiver=receiver, categories=[category])

    found = routed(rule, category=category, area=area)

    assert routing.can_hold(CITY, found.receiver)
    assert rights.has_readers(found.receiver, CITY.categories[category], CITY)
