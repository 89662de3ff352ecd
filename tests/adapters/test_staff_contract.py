"""One contract of the people's rows, for those in memory and for DynamoDB, here and on the city."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.people.staff import DynamoStaff
from chalicelib.application.ports.people import StaffMember
from chalicelib.domain.errors import UnavailableError


@pytest.fixture
def lurah(number: str) -> StaffMember:
    """Of a unit that nobody else has: the city has people of its own."""
    return StaffMember(f"lurah-{number}", "Siti Rahma", "kelurahan_officer", f"KEL-{number}")


@pytest.fixture
def desk(number: str) -> StaffMember:
    return StaffMember(f"loket-{number}", "Dewi Anggraini", "desk", f"BIRO-{number}", ("EMAIL", "SMS"), on_duty=False)


def test_a_person_is_found_by_username(staff: Any, lurah: StaffMember, desk: StaffMember) -> None:
    staff.put(lurah)
    staff.put(desk)

    assert (staff.member(lurah.username), staff.member(desk.username)) == (lurah, desk)


def test_a_stranger_is_none(staff: Any, number: str) -> None:
    assert staff.member(f"siapa-{number}") is None
    assert staff.members([f"UNIT-{number}"]) == []


def test_a_change_counts_at_once(staff: Any, lurah: StaffMember) -> None:
    staff.put(lurah)
    staff.put(replace(lurah, disabled=True))

    assert staff.member(lurah.username).disabled
    assert [member.disabled for member in staff.members([lurah.unit])] == [True]


def test_the_people_of_units_are_listed_by_unit_and_name(staff: Any, lurah: StaffMember) -> None:
    people = [
        replace(lurah, username=f"{name}-{lurah.username}", unit=f"{unit}-{lurah.unit}")
        for unit, name in (("DBM", "adi"), ("DBM", "sari"), ("DSDA", "a"))
    ]
    for member in reversed(people):
        staff.put(member)

    roads, water = people[0].unit, people[-1].unit
    assert staff.members([roads, water, roads]) == people


def test_who_moves_to_another_unit_leaves_the_former_one(staff: Any, lurah: StaffMember) -> None:
    staff.put(lurah)
    moved = replace(lurah, unit=f"{lurah.unit}-2")
    staff.put(moved)

    assert staff.members([lurah.unit, moved.unit]) == [moved]


def test_everybody_is_listed_by_username_page_after_page(staff: Any, lurah: StaffMember, number: str) -> None:
    people = [replace(lurah, username=f"~{name}-{number.lower()}") for name in ("adi", "budi", "sari")]
    for member in reversed(people):
        staff.put(member)
    staff.put(replace(people[0], unit=f"{lurah.unit}-2", disabled=True))
    before = f"~{number[-2:]}"[:1]

    first = staff.everybody(before, 100)
    mine = [member for member in first if member.username.endswith(number.lower())]

    assert [member.username for member in mine] == [member.username for member in people]
    assert mine[0].disabled
    assert people[2] in staff.everybody(people[1].username, 1)


FUNCTIONS = ("api", "notify_citizen", "alert_unit", "arm", "project", "process_photo", "ring", "sweep")
READ = {"Key": raw.typed({"pk": "STAFF#kepala", "sk": "STAFF"})}
WRITTEN = {"Item": raw.typed({"pk": "STAFF#kepala", "sk": "STAFF", "role": "coordinator"})}
MOVED = {**READ, "UpdateExpression": "SET #r = :r", "ExpressionAttributeNames": {"#r": "role"}}


@pytest.mark.city
@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_but_administer_makes_anybody_a_coordinator_and_the_api_reads_who_is_one(
    become: Any, city: Any, function: str
) -> None:
    people = {"TableName": city.environment("api")["PEOPLE_TABLE_NAME"]}
    calls = {
        "PutItem": WRITTEN,
        "UpdateItem": MOVED | {"ExpressionAttributeValues": raw.typed({":r": "coordinator"})},
        "DeleteItem": READ,
        "GetItem": READ,
    }

    become(function).complaints.load("JKT-0000-0001-2")
    refused = {operation for operation, request in calls.items() if is_refused(operation, people | request)}

    assert refused == set(calls) - ({"GetItem"} if function == "api" else set())


def is_refused(operation: str, request: Any) -> bool:
    try:
        raw.call(operation, request)
    except UnavailableError as error:
        return "AccessDenied" in str(error.__cause__)
    return False


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda staff, lurah: staff.member(lurah.username)),
        ("Query", lambda staff, lurah: staff.members([lurah.unit])),
        ("TransactWriteItems", lambda staff, lurah: staff.put(lurah)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    table: Any, wire: Any, lurah: StaffMember, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(DynamoStaff(), lurah)
