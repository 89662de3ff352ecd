"""What the front door does to a call that takes the short way: the same as to every other one of the application."""

import asyncio
import json
from typing import Any

import pytest

from local.front.edge import Response
from local.front.front_door import FrontDoor
from local.front.sdk_call import SdkCall
from tests.local.door import KEY, Recorded, in_a_loop

LETTER = {
    "FromEmailAddress": "city@example.com",
    "Destination": {"ToAddresses": ["w@example.com"]},
    "Content": {"Simple": {"Subject": {"Data": "Laporan"}, "Body": {"Text": {"Data": "Terima kasih"}}}},
}
PUT = {"service": "dynamodb", "operation": "PutItem"}


def call(service: str = "dynamodb", key: str = KEY, path: str = "/", body: bytes = b"{}") -> SdkCall:
    scope = f"AWS4-HMAC-SHA256 Credential={key}/20260101/ap-southeast-3/{service}/aws4_request"
    target = {b"x-amz-target": b"DynamoDB_20120810.PutItem"} if service == "dynamodb" else {}
    return SdkCall(path, {b"authorization": scope.encode(), **target}, body)


MAIL = call("ses", path="/v2/email/outbound-emails", body=json.dumps(LETTER).encode())


def told(door: FrontDoor, sent: SdkCall, *, leaves: bool = False) -> Response:
    async def asked() -> Response:
        gone = asyncio.Event()
        if leaves:
            gone.set()
        return await door.called(sent, gone.wait)

    return in_a_loop(asked())


def test_a_call_of_the_application_is_answered_and_counted_as_a_change(door: FrontDoor, behind: Recorded) -> None:
    assert told(door, call()) == (200, [], b"cloud")
    assert behind.writes == 1


def test_a_key_that_nobody_was_given_is_refused_before_the_emulator(door: FrontDoor, behind: Recorded) -> None:
    assert told(door, call(key="ASIA9999999999999999"))[0] == 403
    assert (behind.asked, behind.writes) == ([], 0)


FAULTS: dict[str, tuple[dict[str, Any], bool, int, list[str]]] = {
    "before": ({**PUT, "probability": 1}, False, 500, []),
    "after": ({**PUT, "probability": 1, "when": "after"}, False, 500, ["cloud"]),
    "of another operation": ({**PUT, "operation": "GetItem", "probability": 1}, False, 200, ["cloud"]),
    "of another service": ({"service": "sns", "probability": 1}, False, 200, ["cloud"]),
    "held until its caller has left": ({**PUT, "probability": 1, "hold": 600}, True, 500, []),
    "held, and its time is over": ({**PUT, "probability": 1, "hold": 0.001}, False, 200, ["cloud"]),
    "done, and held until its caller has left": (
        {**PUT, "probability": 1, "when": "after", "hold": 600},
        True,
        500,
        ["cloud"],
    ),
}


@pytest.mark.parametrize(("fault", "leaves", "status", "asked"), FAULTS.values(), ids=FAULTS)
def test_faults_hit_it_as_they_hit_others(
    door: FrontDoor, behind: Recorded, fault: dict[str, Any], leaves: bool, status: int, asked: list[str]
) -> None:
    door._faults.switch(fault)

    answer = told(door, call(), leaves=leaves)

    assert (answer[0], behind.asked, door._faults.held) == (status, asked, 0)


@pytest.mark.parametrize(("status", "letters"), [(200, ["w@example.com"]), (400, [])], ids=["accepted", "refused"])
def test_a_mail_that_was_accepted_is_in_the_mailbox(
    door: FrontDoor, behind: Recorded, status: int, letters: list[str]
) -> None:
    door._mailbox._now = lambda: door._now()
    behind.status, behind.says = status, b'{"MessageId": "1"}'

    told(door, MAIL)

    assert [item["to"] for item in door._mailbox.items] == letters
