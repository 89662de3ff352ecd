"""Every right has a call that needs it, and every call its right."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tools.infra import calls
from tools.infra.calls import approved, granted, recorded, text
from tools.infra.rights import WITHOUT_A_CALL, missing, unused

Json = dict[str, Any]


def test_no_function_has_a_right_that_nothing_needs(policies: Json) -> None:
    assert unused(policies) == set()


def test_no_function_makes_a_call_that_its_policy_does_not_allow(policies: Json) -> None:
    assert missing(policies) == set()


def test_what_has_no_call_has_a_reason_and_is_still_granted(policies: Json) -> None:
    assert WITHOUT_A_CALL.keys() <= granted(policies)
    assert not WITHOUT_A_CALL.keys() & approved()
    assert all(len(reason) > 20 for reason in WITHOUT_A_CALL.values())


def statement(documents: Json, function: str, sid: str) -> Json:
    (found,) = [said for said in documents[function]["Statement"] if said["Sid"] == sid]
    chosen: Json = found
    return chosen


def without_reading_rows(documents: Json) -> None:
    statement(documents, "arm", "Table")["Action"].remove("dynamodb:GetItem")


def without_a_statement(documents: Json) -> None:
    documents["relay"]["Statement"] = [said for said in documents["relay"]["Statement"] if said["Sid"] != "Publish"]


def with_more_than_is_needed(documents: Json) -> None:
    statement(documents, "arm", "Table")["Action"].append("dynamodb:DeleteItem")


def with_one_more_index(documents: Json) -> None:
    statement(documents, "sweep", "Indexes")["Resource"] = ["alarm", "queue", "people"]


@pytest.mark.parametrize("broken", [without_reading_rows, without_a_statement])
def test_a_right_that_is_taken_away_is_missed(broken: Callable[[Json], None], policies: Json) -> None:
    changed = copy.deepcopy(policies)
    broken(changed)

    assert missing(changed)


@pytest.mark.parametrize("broken", [with_more_than_is_needed, with_one_more_index])
def test_a_right_too_many_is_seen(broken: Callable[[Json], None], policies: Json) -> None:
    changed = copy.deepcopy(policies)
    broken(changed)

    assert unused(changed)


def test_what_a_city_wrote_becomes_calls_of_functions_by_their_own_policies() -> None:
    lines = (
        "ApiHandlerRole People dynamodb:GetItem\nRelayRole RelayPublishes sns:Publish\nRelayRole Publish sns:Publish\n"
    )

    assert recorded(lines) == {("api_handler", "People", "dynamodb:GetItem"), ("relay", "Publish", "sns:Publish")}


def test_the_approved_list_is_as_the_command_writes_it() -> None:
    assert calls.APPROVED.read_text() == text(approved())
