"""Letters that came back: what the reporter's case says of them, and who is written to no more."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.handling.following import read_contact
from chalicelib.domain.messages import split_key
from chalicelib.domain.pseudonyms import pseudonym
from tests.builders import DBM, LURAH, given
from tests.flow import BUDI, SITI, Flow

SITI_AT_HOME = replace(SITI, token="token-of-siti")
RINA = {"email": "rina@example.id"}
NO_MAILBOX = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bounceSubType": "General"}}
FULL = {"eventType": "Bounce", "bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}}
UNDETERMINED = {"eventType": "Bounce", "bounce": {"bounceType": "Undetermined"}}
UNWANTED = {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "abuse"}}
UNWANTED_WITHOUT_KIND: dict[str, Any] = {"eventType": "Complaint", "complaint": {}}
TAKEN_BACK = {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "not-spam"}}
REJECTED = {"eventType": "Reject", "reject": {"reason": "Bad content"}}


def about(event: dict[str, Any], message_id: str) -> dict[str, Any]:
    """As SES tells it, with the address that must go no further."""
    mail = {
        "destination": ["siti@example.id"],
        "tags": {"Tanggap-Notice": [message_id], "ses:operation": ["SendEmail"]},
    }
    return {**event, "mail": mail}


@pytest.fixture
def flow() -> Flow:
    return Flow()


@pytest.fixture
def number(flow: Flow) -> str:
    """A case whose reporter got a letter."""
    made = flow.lodge(SITI_AT_HOME)
    flow.tell(made)
    return made


def letter_of(flow: Flow, number: str, kind: str = "reporter") -> Any:
    return next(n for n in flow.notices_ledger.rows.values() if n.number == number and split_key(n.key)[1].kind == kind)


def is_written_to(flow: Flow, token: str = SITI_AT_HOME.token) -> bool:
    return not flow.standings.find(pseudonym(token)).suppressed


@pytest.mark.parametrize(
    ("event", "state", "reason", "written_to"),
    [
        (NO_MAILBOX, "failed", "no_mailbox", False),
        (FULL, "failed", "returned", True),
        (UNDETERMINED, "failed", "returned", True),
        (UNWANTED, "sent", "unwanted", False),
        (UNWANTED_WITHOUT_KIND, "sent", "unwanted", False),
        (TAKEN_BACK, "sent", "", True),
        (REJECTED, "failed", "refused", True),
        ({"eventType": "Delivery"}, "sent", "", True),
        ({"eventType": "Kind of tomorrow"}, "sent", "", True),
        ({"eventType": "Bounce", "bounce": None}, "failed", "returned", True),
    ],
)
def test_what_became_of_a_letter_is_noted(
    flow: Flow, number: str, event: dict[str, Any], state: str, reason: str, written_to: bool
) -> None:
    letter = letter_of(flow, number)

    assert flow.note_fate(about(event, letter.message_id)) == reason

    assert letter_of(flow, number) == replace(letter, state=state, reason=reason)
    assert is_written_to(flow) is written_to


def test_a_fate_that_is_told_twice_and_late_changes_nothing_more(flow: Flow, number: str) -> None:
    letter = letter_of(flow, number)
    for event in (NO_MAILBOX, NO_MAILBOX, REJECTED, UNWANTED):
        flow.note_fate(about(event, letter.message_id))

    assert letter_of(flow, number).reason == "no_mailbox"


def test_a_letter_that_came_back_before_its_worker_could_write_is_not_called_sent(flow: Flow, number: str) -> None:
    sent = letter_of(flow, number)
    flow.notices_ledger.rows[sent.number, sent.key] = replace(sent, state="claimed")

    flow.note_fate(about(NO_MAILBOX, sent.message_id))
    flow.notices_ledger.record(sent)

    assert letter_of(flow, number).state == "failed"


def test_after_a_letter_came_back_for_good_no_other_leaves(flow: Flow, number: str) -> None:
    flow.note_fate(about(NO_MAILBOX, letter_of(flow, number).message_id))
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.tell(number)

    assert flow.told(number) == ["waiting"]


def test_the_follower_whose_letter_came_back_is_left_alone_and_the_reporter_is_not(flow: Flow, number: str) -> None:
    known, _ = read_contact(RINA)
    flow.following(number, known, since=flow.complaints.rows[number].sequence, operation=None)
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.tell(number)
    (rina,) = flow.followers.told(number)

    flow.note_fate(about(NO_MAILBOX, letter_of(flow, number, "follower").message_id))

    assert rina.contact
    assert not is_written_to(flow, flow.vault.unseal(rina.name, rina.contact).token)
    assert is_written_to(flow)


def test_of_a_merged_case_its_own_reporter_is_left_alone(flow: Flow, number: str) -> None:
    survivor = flow.lodge(BUDI, bits=2)
    into = given(survivor=survivor, text="Sama", other=flow.complaints.rows[survivor])
    flow.act(number, "merge", LURAH, into)
    flow.complaints.rows[survivor] = replace(flow.complaints.rows[survivor], merged=(number,))
    flow.act(survivor, "coordinate", LURAH, unit=DBM)
    flow.tell(survivor)

    flow.note_fate(about(NO_MAILBOX, letter_of(flow, survivor, "merged").message_id))

    assert not is_written_to(flow)


@pytest.mark.parametrize("message_id", ["", "x", "JKT-0000-0000-0_000001_reporter", "JKT-0000-0000-1_000001_x", "🙂"])
def test_a_letter_that_is_not_ours_is_none_of_our_business(flow: Flow, number: str, message_id: str) -> None:
    assert flow.note_fate(about(NO_MAILBOX, message_id)) == ""
    assert letter_of(flow, number).state == "sent"


@pytest.mark.parametrize(
    "told", [{}, {"mail": None}, {"mail": {"tags": None}}, {"mail": {"tags": {"Tanggap-Notice": []}}}]
)
def test_an_event_without_our_tag_is_none_of_our_business(flow: Flow, told: dict[str, Any]) -> None:
    assert flow.note_fate({**NO_MAILBOX, **told}) == ""
