"""Why a message did not arrive, as the coordinator reads it on the case."""

from datetime import datetime

import pytest

from chalicelib.adapters.messengers.chats import REFUSED, X_REFUSED
from chalicelib.adapters.ses_events import fate_of
from chalicelib.adapters.sms.events import KINDS
from chalicelib.adapters.sms.voice import CODES
from chalicelib.application.messages.reasons import REASONS, UNKNOWN, why
from chalicelib.application.ports.messages import Notice, ProviderRefusedError
from chalicelib.application.reading.view_parts import notice_view
from tests.builders import NOW, NUMBER

CODED = {
    "": "",
    "window_over": "window_over",
    "OptedOut": "opted_out",
    "EndpointDisabled": "not_reachable",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": "opted_out",
    "the contact can never be opened": "unopened",
    "ValidationException": UNKNOWN,
    "410": UNKNOWN,
    "a code that comes next year": UNKNOWN,
}


@pytest.mark.parametrize("code", CODED)
def test_every_code_is_read_as_a_reason_that_has_words(code: str) -> None:
    assert why(code) == CODED[code]


@pytest.mark.parametrize("code", sorted({*REFUSED.values(), *X_REFUSED.values()}))
def test_what_messengers_say_is_told_as_they_say_it(code: str) -> None:
    assert why(code) == code


@pytest.mark.parametrize("kind", ["Permanent", "Transient"])
def test_a_letter_that_came_back_says_so(kind: str) -> None:
    mail = {"tags": {"Tanggap-Notice": ["x"]}}
    fate = fate_of({"eventType": "Bounce", "mail": mail, "bounce": {"bounceType": kind}})

    assert fate is not None
    assert why(fate.reason) == fate.reason


def test_a_number_that_refuses_messages_is_told_apart_from_one_that_is_none() -> None:
    final = [code for code, error in CODES.items() if issubclass(error, ProviderRefusedError)]

    assert {why(code) for code in final} <= set(REASONS)
    assert why("DESTINATION_PHONE_NUMBER_OPTED_OUT") != why("ValidationException")


@pytest.mark.parametrize("kind", [kind for kind, (arrived, _, _) in KINDS.items() if arrived is False])
def test_an_sms_that_did_not_come_says_why(kind: str) -> None:
    assert why(KINDS[kind][2]) in REASONS


def a_notice(state: str, reason: str = "", at: datetime = NOW) -> Notice:
    return Notice(NUMBER, "000001#reporter", "waiting", "email", state, at, at, at, reason=reason)


def test_the_coordinator_reads_why_and_nothing_where_the_state_says_it_all() -> None:
    failed, sent = notice_view(a_notice("failed", "no_mailbox")), notice_view(a_notice("sent"))

    assert failed == {"event": "waiting", "kind": "email", "state": "failed", "reason": "no_mailbox"}
    assert "reason" not in sent
