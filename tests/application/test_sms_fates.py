"""What became of an SMS: what the reporter's case says of it, and which telephone is written to no more."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.sms.events import KINDS
from chalicelib.application.ports.messages import ProviderUnwantedError
from chalicelib.domain.pseudonyms import pseudonym
from tests.builders import DBM, LURAH
from tests.flow import BUDI, Flow

BUDI_AT_HOME = replace(BUDI, token="token-of-budi")
FATES: dict[str, tuple[str, str, bool]] = {  # state, reason, whether the telephone is written to again
    "TEXT_DELIVERED": ("delivered", "", True),
    "TEXT_UNKNOWN": ("unknown", "", True),
    "TEXT_INVALID": ("failed", "no_such_number", False),
    "TEXT_BLOCKED": ("failed", "opted_out", False),
    "TEXT_UNREACHABLE": ("failed", "not_reachable", True),
    "TEXT_CARRIER_UNREACHABLE": ("failed", "returned", True),
    "TEXT_TTL_EXPIRED": ("failed", "returned", True),
    "TEXT_CARRIER_BLOCKED": ("failed", "refused", True),
    "TEXT_SPAM": ("failed", "refused", True),
    "TEXT_INVALID_MESSAGE": ("failed", "refused", True),
    "TEXT_PROTECT_BLOCKED": ("failed", "refused", True),
    "TEXT_QUEUED": ("sent", "", True),
    "TEXT_SENT": ("sent", "", True),
    "TEXT_PENDING": ("sent", "", True),
    "TEXT_SUCCESSFUL": ("sent", "", True),
    "TEXT_OF_TOMORROW": ("sent", "", True),
    "MEDIA_INVALID": ("sent", "", True),
}


def about(kind: str, message_id: Any, **more: Any) -> dict[str, Any]:
    """As End User Messaging tells it, with the number that must go no further."""
    context = {"notice": message_id, "event": "waiting"}
    return {
        "eventType": kind,
        "isFinal": True,
        "destinationPhoneNumber": BUDI_AT_HOME.phone,
        "context": context,
        **more,
    }


@pytest.fixture
def flow() -> Flow:
    return Flow()


@pytest.fixture
def number(flow: Flow) -> str:
    """A case whose reporter got an SMS."""
    made = flow.lodge(BUDI_AT_HOME)
    flow.tell(made)
    return made


def sms_of(flow: Flow, number: str) -> Any:
    return next(notice for notice in flow.notices_ledger.of(number) if notice.kind == "sms")


def is_written_to(flow: Flow) -> bool:
    return not flow.standings.find(pseudonym(BUDI_AT_HOME.token)).suppressed


def test_every_kind_that_we_ask_for_stands_in_this_table() -> None:
    assert KINDS.keys() <= FATES.keys()


@pytest.mark.parametrize("kind", FATES)
def test_what_became_of_an_sms_is_noted(flow: Flow, number: str, kind: str) -> None:
    sms = sms_of(flow, number)
    state, reason, written_to = FATES[kind]

    outcomes = [flow.note_fate(about(kind, sms.message_id)) for _ in range(2)]  # any number of times

    assert sms_of(flow, number) == replace(sms, state=state, reason=reason)
    assert outcomes == [reason or (state if kind in KINDS else "")] * 2
    assert is_written_to(flow) is written_to


@pytest.mark.parametrize("later", KINDS)
def test_what_was_delivered_stays_so(flow: Flow, number: str, later: str) -> None:
    sms = sms_of(flow, number)
    for kind in ("TEXT_DELIVERED", later):
        flow.note_fate(about(kind, sms.message_id))

    assert sms_of(flow, number) == replace(sms, state="delivered")


def test_an_sms_that_arrived_before_its_worker_could_write_is_delivered(flow: Flow, number: str) -> None:
    sms = sms_of(flow, number)
    flow.notices_ledger.rows[sms.number, sms.key] = replace(sms, state="claimed")

    flow.note_fate(about("TEXT_DELIVERED", sms.message_id))
    flow.notices_ledger.record(sms)

    assert sms_of(flow, number).state == "delivered"


def test_what_nobody_knew_is_known_when_the_carrier_tells(flow: Flow, number: str) -> None:
    sms = sms_of(flow, number)
    for kind in ("TEXT_UNKNOWN", "TEXT_DELIVERED"):
        flow.note_fate(about(kind, sms.message_id))

    assert sms_of(flow, number).state == "delivered"


def test_what_is_not_final_yet_changes_nothing(flow: Flow, number: str) -> None:
    sms = sms_of(flow, number)

    assert flow.note_fate(about("TEXT_UNREACHABLE", sms.message_id, isFinal=False)) == ""
    assert sms_of(flow, number) == sms


@pytest.mark.parametrize("context", [None, [], "x", {}, {"notice": None}, {"notice": 7}, {"notice": "x"}])
def test_an_event_without_our_notice_is_none_of_our_business(flow: Flow, number: str, context: Any) -> None:
    assert flow.note_fate({**about("TEXT_INVALID", "x"), "context": context}) == ""
    assert sms_of(flow, number).state == "sent"


def test_a_letter_is_not_failed_by_what_is_said_of_sms(flow: Flow) -> None:
    number = flow.lodge()
    flow.tell(number)
    kept = flow.notices_ledger.of(number)

    for notice in kept:
        flow.note_fate(about("TEXT_INVALID", notice.message_id))

    assert flow.notices_ledger.of(number) == kept


def test_after_a_number_turned_out_to_be_nobodys_no_other_sms_leaves(flow: Flow, number: str) -> None:
    flow.note_fate(about("TEXT_INVALID", sms_of(flow, number).message_id))
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.tell(number)

    assert len(flow.sms.sent) == 1


def test_a_telephone_that_opted_out_is_sent_one_message_and_no_more(flow: Flow) -> None:
    flow.sms.failures.append(ProviderUnwantedError("DESTINATION_PHONE_NUMBER_OPTED_OUT"))
    number = flow.lodge(BUDI_AT_HOME)
    flow.tell(number)
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.tell(number)

    states = [notice.state for notice in flow.notices_ledger.of(number) if notice.kind == "sms"]
    assert states == ["failed", "suppressed"]
    assert (flow.sms.sent, is_written_to(flow)) == ([], False)
