"""The coordinator reads the fate of each SMS. A number that nobody has gets no more of them."""

import random

import pytest

from tests.city import COORDINATOR, LURAH, Case, City, Document, a_phone, eventually


def nowhere(digit: int) -> str:
    """A telephone number that nobody has: its SMS fail as this digit says (local/played/text_messages.py)."""
    return f"+628990{digit}{random.randrange(10**6):06d}"


def by_sms(case: Case) -> list[Document]:
    return [message for message in case.staff(COORDINATOR)["messages"] if message["kind"] == "sms"]


def settled(case: Case, count: int = 1) -> list[Document]:
    """The SMS of a case, once the provider has told the fate of each."""
    return eventually(
        lambda: by_sms(case),
        lambda found: len(found) == count and not {"claimed", "sent"} & {message["state"] for message in found},
        what="the fate of the SMS",
    )


@pytest.mark.parametrize(
    ("digit", "told"),
    [
        (1, {"state": "failed", "reason": "returned"}),
        (4, {"state": "failed", "reason": "not_taken"}),
        (5, {"state": "unknown"}),
    ],
    ids=["the carrier could not be reached", "the carrier refused it", "nobody knows"],
)
def test_an_sms_that_did_not_come_says_why_and_the_next_one_is_tried(
    city: City, digit: int, told: dict[str, str]
) -> None:
    case = city.lodge(contact={"phone": nowhere(digit)})

    assert settled(case) == [{"event": "waiting", "kind": "sms", **told}]

    case.act("coordinate", LURAH, unit="DBM")
    assert [message["state"] for message in settled(case, 2)] == [told["state"]] * 2


def test_an_sms_that_arrived_is_delivered(city: City) -> None:
    case = city.lodge(contact={"phone": a_phone()})

    assert settled(case) == [{"event": "waiting", "kind": "sms", "state": "delivered"}]


@pytest.mark.parametrize(
    ("digit", "reason"), [(2, "no_such_number"), (3, "opted_out"), (9, "opted_out")], ids=["nobody's", "blocks", "left"]
)
def test_a_telephone_that_takes_nothing_is_sent_no_second_message(city: City, digit: int, reason: str) -> None:
    phone = nowhere(digit)
    case = city.lodge(contact={"phone": phone})
    assert settled(case) == [{"event": "waiting", "kind": "sms", "state": "failed", "reason": reason}]
    left = len(city.mailbox(to=phone))

    case.act("coordinate", LURAH, unit="DBM")

    assert [message["state"] for message in settled(case, 2)] == ["failed", "suppressed"]
    assert len(city.mailbox(to=phone)) == left


def test_an_sms_beyond_the_months_limit_waits_for_its_next_try(city: City) -> None:
    case = city.lodge(contact={"phone": nowhere(8)})

    assert settled(case) == [{"event": "waiting", "kind": "sms", "state": "deferred"}]
