"""Over HTTP: anybody follows without an account, units share a case, and a report says what has come back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.case.complaint import Hidden
from tests.builders import COORDINATOR, DBM, DSDA, ENGINEER, LURAH, PUMP_OFFICER, SECOND_VALIDATOR, VALIDATOR, VIOLENCE
from tests.city_in_memory import KEY

HERE = {"lat": -6.1754, "lon": 106.8272}
DRAFT = {
    "category": "JLN_LUBANG",
    "description": "Jalan berlubang di depan pasar",
    "location": HERE,
}
FURTHER = {"lat": -6.1654, "lon": 106.8272}  # a kilometre to the north


@pytest.fixture
def number(http):
    return http.post("/complaints", DRAFT).json_body["number"]


def act(http, number, action, actor=None, version=1, **needs):
    return http.post(f"/complaints/{number}/actions/{action}", {"version": version, **needs}, as_=actor)


def shown(http, number, **who):
    return http.get(f"/complaints/{number}", **who).json_body


def test_anybody_follows_without_an_account_and_is_counted(http, number):
    answer = http.post(f"/complaints/{number}/actions/follow", {"contact": {"email": "rina@example.id"}})

    assert (answer.status_code, answer.json_body["followers"]) == (200, 1)
    assert answer.json_body["allowed_actions"] == ["follow"]
    assert len(answer.json_body["timeline"]) == 1


def test_one_key_is_one_follower(http, number):
    for _ in range(2):
        http.post(f"/complaints/{number}/actions/follow", {}, Idempotency_Key=KEY)

    assert shown(http, number)["followers"] == 1


SENT = [{}, {"contact": {"email": "rina@example.id"}}, {"contact": {"phone": "0812 3456 7890"}}]


@pytest.mark.parametrize(("first", "then"), [(a, b) for a in SENT for b in SENT if a != b], ids=str)
def test_under_one_key_nobody_follows_in_two_ways(http, number, first, then):
    path = f"/complaints/{number}/actions/follow"
    http.post(path, first, Idempotency_Key=KEY)

    answer = http.post(path, then, Idempotency_Key=KEY)

    assert (answer.status_code, answer.json_body["code"]) == (409, "key_reused")
    assert {"version", "allowed_actions"} <= set(answer.json_body)
    assert http.post(path, first, Idempotency_Key=KEY).json_body["followers"] == 1


def test_a_contact_that_reaches_nobody_is_told_by_its_field(http, number):
    answer = http.post(f"/complaints/{number}/actions/follow", {"contact": {"email": "bukan alamat"}})

    assert (answer.status_code, [e["field"] for e in answer.json_body["errors"]]) == (422, ["contact.email"])


def test_nobody_else_acts_without_credentials(http, number):
    assert act(http, number, "comment", text="Halo").status_code == 401


def test_a_shielded_case_is_followed_by_nobody(http):
    number = http.post("/complaints", {**DRAFT, "category": VIOLENCE}).json_body["number"]

    assert http.post(f"/complaints/{number}/actions/follow", {}).status_code == 403


def test_the_citizen_reads_who_works_on_it(http, number):
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "start", ENGINEER, version=2)
    act(http, number, "invite", ENGINEER, version=3, unit=DSDA, text="Mohon perbaiki saluran")
    done = act(http, number, "finish_part", PUMP_OFFICER, version=4, part="1", text="Saluran bersih")

    assert done.status_code == 200
    (part,) = shown(http, number)["parts"]
    assert (part["part"], part["unit"]["code"], part["text"], part["state"]) == (
        "1",
        DSDA,
        "Mohon perbaiki saluran",
        "done",
    )
    assert [line.get("part", {}).get("part") for line in shown(http, number)["timeline"]] == [
        None,
        None,
        None,
        "1",
        "1",
    ]


def test_words_of_a_part_that_name_somebody_are_not_public(http, number):
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Hubungi Budi di 0812 3456 7890")

    assert [part["text"] for part in shown(http, number)["parts"]] == [""]


def test_a_part_stands_in_the_list_of_its_unit(http, number):
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Mohon")

    answer = http.get("/staff/queue", as_=PUMP_OFFICER).json_body

    assert [(item["kind"], item["task_id"], item["number"]) for item in answer["items"]] == [("part", "1", number)]


def test_a_parts_row_says_when_the_part_is_due_and_a_cases_row_has_only_its_clocks(http, number):
    due_at = "2026-11-24T09:00:00+00:00"
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Mohon", due_at=due_at)

    rows = {item["kind"]: item for who in (PUMP_OFFICER, ENGINEER) for item in listed(http, who)}

    assert rows["part"]["due_at"] == due_at
    assert "due_at" not in rows["case"]


def test_a_part_is_found_as_late_by_its_own_time_while_its_case_has_time_left(http, city, number):
    act(http, number, "coordinate", LURAH, unit=DBM)
    due_at = (city.now() + timedelta(hours=1)).isoformat()
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Mohon", due_at=due_at)

    def found(late):
        rows = http.get(f"/staff/queue?queue=mine&late={late}", as_=PUMP_OFFICER).json_body["items"]
        return [("late" in row["flags"], row["task_id"]) for row in rows]

    before = found("true"), found("false")
    city.clock.advance(hours=2)

    assert before == ([], [(False, "1")])
    assert (found("true"), found("false")) == ([(True, "1")], [])


def listed(http, actor):
    return http.get("/staff/queue?queue=mine", as_=actor).json_body["items"]


def test_who_finishes_a_part_that_was_just_cancelled_is_told_what_happened(http, number):
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Mohon")
    act(http, number, "invite", ENGINEER, version=3, unit=DSDA, text="Mohon lagi")
    act(http, number, "cancel_part", ENGINEER, version=4, part="1", text="Tidak jadi")

    answer = act(http, number, "finish_part", PUMP_OFFICER, version=4, part="1", text="Bersih")

    assert (answer.status_code, answer.json_body["code"]) == (409, "version_conflict")
    assert [change["action"] for change in answer.json_body["changes"]] == ["cancel_part"]


def test_a_merged_case_says_into_which_and_who_may_not_see_that_one_is_told_nothing(http, number):
    double = http.post("/complaints", DRAFT).json_body["number"]
    secret = http.post("/complaints", {**DRAFT, "category": VIOLENCE}).json_body["number"]

    refused = act(http, double, "merge", LURAH, survivor=secret, text="Sama")
    nobody = act(http, double, "merge", LURAH, survivor="JKT-0000-0009-J", text="Sama")
    merged = act(http, double, "merge", LURAH, survivor=number.lower(), text="Sama")

    assert (refused.status_code, refused.json_body["errors"]) == (422, nobody.json_body["errors"])
    assert (merged.json_body["status"], shown(http, double)["merged_into"]) == ("merged", number)
    assert shown(http, number)["version"] == 1


SHIELDS = {
    "private": lambda city, number: replace(city.complaints.rows[number], visibility="private"),
    "sensitive": lambda city, number: replace(city.complaints.rows[number], category=VIOLENCE),
    "about an officer": lambda city, number: replace(city.complaints.rows[number], category="PPSU"),
    "hidden": lambda city, number: replace(city.complaints.rows[number], hidden=Hidden("minor", city.now())),
    "not sorted yet": lambda city, number: replace(city.complaints.rows[number], unsorted=True),
}


def shield(city, number, why):
    city.complaints.rows[number] = SHIELDS[why](city, number)


@pytest.mark.parametrize("why", SHIELDS)
def test_a_merged_report_tells_strangers_and_its_reporter_nothing_of_a_shielded_one(http, city, number, why):
    double = http.post("/complaints", DRAFT).json_body
    act(http, double["number"], "merge", LURAH, survivor=number, text="Sama")
    before = shown(http, double["number"], secret=double["secret"])["merged_into"]

    shield(city, number, why)

    views = [shown(http, double["number"]), shown(http, double["number"], secret=double["secret"])]
    assert (before, [number in json.dumps(view) for view in views]) == (number, [False, False])
    assert shown(http, double["number"], as_=COORDINATOR)["merged_into"] == number


@pytest.mark.parametrize("why", SHIELDS)
def test_a_shielded_report_does_not_say_to_strangers_which_open_one_has_its_words_and_place(http, city, number, why):
    double = http.post("/complaints", DRAFT).json_body
    act(http, double["number"], "merge", LURAH, survivor=number, text="Sama")

    shield(city, double["number"], why)

    assert number not in json.dumps(shown(http, double["number"]))
    assert shown(http, double["number"], secret=double["secret"])["merged_into"] == number


def test_a_hidden_case_leaves_a_tombstone_without_words(http, number):
    act(http, number, "hide", COORDINATOR, legal_ground="minor", text="Menyebut anak bernama X")
    view = shown(http, number)

    assert view["hidden"]["legal_ground"] == "minor"
    assert (view["description"], view["place"], view["photos"], view["allowed_actions"]) == (None, None, [], [])
    assert "X" not in [line.get("text", "") for line in view["timeline"]]
    assert "anak" not in str(view)


# What has come back


def drawn_judge(city, number):
    judge = city.complaints.rows[number].validator
    return next(actor for actor in (VALIDATOR, SECOND_VALIDATOR) if actor.id == judge)


def closed(http, city):
    created = http.post("/complaints", DRAFT).json_body
    number, secret = created["number"], created["secret"]
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "start", ENGINEER, version=2)
    act(http, number, "propose_done", ENGINEER, version=3, text="Sudah", outcome="cannot", reason_code="no_budget")
    act(http, number, "validate", drawn_judge(city, number), version=4)
    http.post(f"/complaints/{number}/actions/confirm", {"version": 5}, secret=secret)
    return number


def test_a_report_says_which_closed_case_has_come_back_and_that_is_on_record(http, city):
    earlier = closed(http, city)

    again = http.post("/complaints", {**DRAFT, "returns": earlier}).json_body

    assert shown(http, again["number"], secret=again["secret"])["returns"] == earlier
    assert city.complaints.events(again["number"])[0].facts["returns"] == earlier


@pytest.mark.parametrize(
    ("days", "where", "accepted"),
    [
        (0, HERE, True),
        (89, HERE, True),
        (90, HERE, False),
        (0, FURTHER, False),
    ],
)
def test_what_comes_back_was_closed_lately_and_at_this_spot(http, city, days, where, accepted):
    earlier = closed(http, city)
    city.pass_time(timedelta(days=days))

    answer = http.post("/complaints", {**DRAFT, "location": where, "returns": earlier})

    assert answer.status_code == (201 if accepted else 422)
    assert accepted or [fault["field"] for fault in answer.json_body["errors"]] == ["returns"]


def test_an_open_case_has_not_come_back(http, number):
    for typed in (number, "JKT-0000-0009-J", "apa saja"):
        assert http.post("/complaints", {**DRAFT, "returns": typed}).status_code == 422


# What officers write among themselves


def test_units_that_share_a_case_write_to_each_other_and_nobody_else_reads_it(http):
    created = http.post("/complaints", DRAFT).json_body
    number, secret = created["number"], created["secret"]
    act(http, number, "coordinate", LURAH, unit=DBM)
    act(http, number, "invite", ENGINEER, version=2, unit=DSDA, text="Mohon")

    answer = act(http, number, "comment", PUMP_OFFICER, text="Kami datang besok", internal=True)

    assert answer.status_code == 200
    assert "besok" in str(http.get(f"/staff/complaints/{number}", as_=ENGINEER).json_body)
    assert "besok" not in str(shown(http, number))
    assert "besok" not in str(shown(http, number, secret=secret))
