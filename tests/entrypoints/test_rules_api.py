"""The routes of the rules: who may, what is refused and how, a second person, and what stays on record."""

import json
from datetime import timedelta

import pytest

from tests.builders import (
    ADMINISTRATOR,
    COORDINATOR,
    DSDA,
    INSPECTOR,
    KEL_GAMBIR,
    LURAH,
    MONAS,
    POTHOLE,
    VALIDATOR,
    an_actor,
)

RULE = {"rule": "pumps", "when": {"categories": [POTHOLE]}, "then": {"receiver": DSDA}}
NIGHT = {**RULE, "when": {"hours": {"from": "22:00", "to": "06:00"}, "weekdays": [6, 7]}}
PROPOSAL = {"rules": [RULE], "reason": "Musim hujan", "base": 0}
REPORT = {"category": POTHOLE, "description": "Lubang besar", "location": {"lat": MONAS[0], "lon": MONAS[1]}}


def proposed(http, by=ADMINISTRATOR, **differences):
    return http.put("/staff/rules", {**PROPOSAL, **differences}, as_=by)


def judged(http, version=1, by=COORDINATOR, approved=True, **more):
    return http.post("/staff/rules/verdicts", {"version": version, "approved": approved, **more}, as_=by)


def rules(http):
    return http.get("/staff/rules", as_=COORDINATOR).json_body


def fields(answer):
    return [error["field"] for error in answer.json_body["errors"]]


def test_a_city_begins_without_rules(http):
    assert rules(http) == {"version": 0, "rules": [], "off": [], "proposal": None, "history": []}


@pytest.mark.parametrize("rule", [RULE, NIGHT], ids=["a category", "nights and weekends"])
def test_what_one_person_proposes_and_another_approves_is_in_force(http, rule):
    waiting = proposed(http, rules=[rule])
    approved = judged(http)

    assert (waiting.status_code, waiting.json_body["version"], waiting.json_body["proposal"]["version"]) == (200, 0, 1)
    assert approved.status_code == 200
    assert (approved.json_body["version"], approved.json_body["rules"]) == (1, [rule])
    assert approved.json_body["proposal"] is None


def test_a_report_goes_by_the_rule_that_was_approved(http, city):
    proposed(http)
    before = http.post("/complaints", REPORT).json_body["unit"]["code"]
    judged(http)
    city.pass_time(timedelta(seconds=30))

    assert before == KEL_GAMBIR
    assert http.post("/complaints", REPORT).json_body["unit"]["code"] == DSDA


def test_nobody_approves_what_they_proposed(http):
    proposed(http)

    answer = judged(http, by=ADMINISTRATOR)

    assert answer.status_code == 403
    assert rules(http)["version"] == 0


def test_a_refusal_says_why_and_leaves_the_rules_as_they_were(http):
    proposed(http)

    silent, refused = judged(http, approved=False), judged(http, approved=False, answer="Dinas belum siap")

    assert (silent.status_code, fields(silent)) == (422, ["answer"])
    assert (refused.status_code, refused.json_body["version"], refused.json_body["proposal"]) == (200, 0, None)
    assert [(v["state"], v["answer"]) for v in refused.json_body["history"]] == [("refused", "Dinas belum siap")]


def test_every_version_stays_on_record_with_who_and_when_and_why(http):
    proposed(http)
    proposed(http, by=COORDINATOR, rules=[], reason="Tanpa aturan")
    judged(http, version=2, by=ADMINISTRATOR)

    history = rules(http)["history"]
    told = [(v["version"], v["state"], v["proposed_by"], v["decided_by"], v["reason"]) for v in history]
    assert told == [
        (2, "approved", COORDINATOR.id, ADMINISTRATOR.id, "Tanpa aturan"),
        (1, "replaced", ADMINISTRATOR.id, None, "Musim hujan"),
    ]
    assert http.get("/staff/rules?version=1", as_=COORDINATOR).json_body == history[1]
    assert http.get("/staff/rules?version=3", as_=COORDINATOR).status_code == 404


@pytest.mark.parametrize("version", [1, 3], ids=["replaced", "of the future"])
def test_only_the_open_proposal_is_decided(http, version):
    proposed(http)
    proposed(http, reason="Kedua")

    answer = judged(http, version=version)

    assert (answer.status_code, answer.json_body["code"]) == (409, "version_conflict")


def test_what_was_decided_is_not_decided_again(http):
    proposed(http)
    judged(http)

    assert judged(http).status_code == 409


def test_a_proposal_from_older_rules_is_told_which_are_in_force(http):
    proposed(http)
    judged(http)

    answer = proposed(http)

    assert (answer.status_code, answer.json_body["code"], answer.json_body["version"]) == (409, "version_conflict", 1)


ROUTES = [
    ("GET", "/staff/rules", None),
    ("PUT", "/staff/rules", PROPOSAL),
    ("POST", "/staff/rules/verdicts", {}),
    ("POST", "/staff/rules/rehearsal", {}),
]


@pytest.mark.parametrize("actor", [LURAH, VALIDATOR, INSPECTOR, an_actor("opd_supervisor")], ids=lambda a: a.role)
@pytest.mark.parametrize(("method", "path", "body"), ROUTES, ids=lambda part: part if isinstance(part, str) else "")
def test_rules_are_for_administrators_and_coordinators(http, city, actor, method, path, body):
    from tests.city_in_memory import member

    city.staff.rows[actor.id] = member(actor)
    headers = {"Authorization": f"Bearer token-of-{actor.id}", "Content-Type": "application/json"}

    answer = http.client.http.request(method, path, headers=headers, body=json.dumps(body).encode() if body else b"{}")

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rules": None}, "rules"),
        ({"reason": "  "}, "reason"),
        ({"base": None}, "base"),
        ({"base": -1}, "base"),
        ({"extra": 1}, "extra"),
        ({"rules": [{**RULE, "rule": "Nama Besar"}]}, "rules.0.rule"),
        ({"rules": [RULE, RULE]}, "rules.0.rule"),
        ({"rules": [{"rule": "x", "when": {}}]}, "rules.0.then"),
        ({"rules": [{**RULE, "then": {"receiver": "NOPE"}}]}, "rules.0.then.receiver"),
        ({"rules": [{**RULE, "when": {"hours": {"from": "24:00", "to": "06:00"}}}]}, "rules.0.when.hours.from"),
        ({"rules": [{**RULE, "when": {"hours": {"from": "22:00"}}}]}, "rules.0.when.hours.to"),
        ({"rules": [{**RULE, "when": {"moon": "full"}}]}, "rules.0.when.moon"),
        ({"rules": [{**RULE, "rule": f"r{n}"} for n in range(51)]}, "rules"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_told_by_its_field(http, changes, field):
    answer = proposed(http, **changes)

    assert answer.status_code == 422
    assert field in fields(answer)
    assert rules(http)["proposal"] is None


def test_a_rehearsal_needs_no_reason_and_answers_counts(http, city):
    number = http.post("/complaints", REPORT).json_body["number"]
    city.project(number, 1)

    answer = http.post("/staff/rules/rehearsal", {"rules": [RULE]}, as_=ADMINISTRATOR)

    assert answer.status_code == 200
    assert (answer.json_body["looked_at"], answer.json_body["moved"]) == (1, 1)
    assert number not in answer.body.decode()


def test_a_rehearsal_of_broken_rules_is_refused(http):
    answer = http.post("/staff/rules/rehearsal", {"rules": [{**RULE, "then": {"receiver": "PLN"}}]}, as_=COORDINATOR)

    assert (answer.status_code, fields(answer)) == (422, ["rules.0.then.receiver"])


def test_a_rule_that_fell_is_shown_with_its_error(http, city):
    from chalicelib.application.ports.rules import Fallen

    proposed(http)
    judged(http)
    city.rule_store.switch_off(1, Fallen("pumps", "DSDA cannot hold a case", city.now()))

    assert rules(http)["off"] == [{"rule": "pumps", "error": "DSDA cannot hold a case", "at": city.now().isoformat()}]
