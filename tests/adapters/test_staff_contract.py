"""One contract of the people's rows, for those in memory and for DynamoDB."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.staff import DynamoStaff
from chalicelib.application.ports import StaffMember
from chalicelib.domain.errors import UnavailableError

LURAH = StaffMember("lurah-gambir", "Siti Rahma", "kelurahan_officer", "KEL_31.71.01.1001")
DESK = StaffMember("dewi-loket", "Dewi Anggraini", "desk", "BIRO_PEM", ("EMAIL", "SMS"), on_duty=False)


def test_a_person_is_found_by_username(staff: Any) -> None:
    staff.put(LURAH)
    staff.put(DESK)

    assert (staff.member("lurah-gambir"), staff.member("dewi-loket")) == (LURAH, DESK)


def test_a_stranger_is_none(staff: Any) -> None:
    assert staff.member("siapa") is None
    assert staff.members(["BIRO_PEM"]) == []


def test_a_change_counts_at_once(staff: Any) -> None:
    staff.put(LURAH)
    staff.put(replace(LURAH, disabled=True))

    assert staff.member(LURAH.username).disabled
    assert [member.disabled for member in staff.members([LURAH.unit])] == [True]


def test_the_people_of_units_are_listed_by_unit_and_name(staff: Any) -> None:
    people = [
        replace(LURAH, username=name, unit=unit) for unit, name in (("DBM", "adi"), ("DBM", "sari"), ("DSDA", "a"))
    ]
    for member in reversed(people):
        staff.put(member)

    assert staff.members(["DBM", "DSDA", "DBM"]) == people


def test_who_moves_to_another_unit_leaves_the_former_one(staff: Any) -> None:
    staff.put(LURAH)
    moved = replace(LURAH, unit="KEL_31.71.01.1002")
    staff.put(moved)

    assert staff.members([LURAH.unit, moved.unit]) == [moved]


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda staff: staff.member("lurah-gambir")),
        ("Query", lambda staff: staff.members(["DBM"])),
        ("TransactWriteItems", lambda staff: staff.put(LURAH)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(table: Any, wire: Any, operation: str, call: Any) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(DynamoStaff())
