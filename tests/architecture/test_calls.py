"""Every right has a call that needs it, and every call its right."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tools.infra import calls
from tools.infra.calls import Call, approved, granted, recorded, text

Json = dict[str, Any]
# Rights that AWS asks for and the emulator does not, or whose case no test makes: statement, action, and why.
MISSING = "S3 answers 404 instead of 403 for an object that is gone only to whoever may list; it is no call of its own."
HEADERS = "Whether SES judges a letter with headers of its own as a raw one could not be tried without an account."
DOMAIN = "Where the domain is verified and not the address, SES judges by the domain's identity; here the address is."
CONFIGURED = "SES judges by the configuration set too, the emulator by the sender alone."
AGAIN = "Somebody who has an account already: played in memory (tests/entrypoints/test_administration.py)."
FETCHED = "A picture that a messenger's provider has: played in memory (tests/channels/test_pictures.py)."
CHANNEL = "The erasure of a case that came by a channel: played in memory (tests/application/test_erasing.py)."
WITHOUT_A_CALL: dict[Call, str] = {
    **{
        (function, "MissingIsToldAsMissing", "s3:ListBucket"): MISSING
        for function in ("api_handler", "notify_citizen", "process_photo", "read_message")
    },
    **{("notify_citizen", f"Mail[{place}]", "ses:SendRawEmail"): HEADERS for place in range(3)},
    ("notify_citizen", "Mail[1]", "ses:SendEmail"): DOMAIN,
    ("notify_citizen", "Mail[2]", "ses:SendEmail"): CONFIGURED,
    ("administer", "Accounts", "cognito-idp:AdminEnableUser"): AGAIN,
    ("administer", "Accounts", "cognito-idp:AdminSetUserPassword"): AGAIN,
    ("erase", "MessengersPictures", "s3:DeleteObject"): CHANNEL,
    ("api_handler", "MessengersPictures", "s3:GetObject"): FETCHED,
}


def by_lambda(documents: Json) -> set[Call]:
    """What Lambda does with a function's role."""
    return {
        call
        for call in granted(documents)
        for name, actions in calls.BY_LAMBDA.items()
        if call[1] == name and call[2] in actions
    }


def unused(documents: Json) -> set[Call]:
    return granted(documents) - approved() - by_lambda(documents) - WITHOUT_A_CALL.keys()


def missing(documents: Json) -> set[Call]:
    return approved() - granted(documents)


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
