"""One contract of what is known of addresses, for the one in memory and for DynamoDB, here and on the city (by those
who send, by the API where people speak for an address, by the sweeper)."""

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.application.ports.cases import SealedContact
from chalicelib.application.ports.queues import Alarm
from chalicelib.application.ports.standings import Standing
from chalicelib.domain.budgets import Send
from chalicelib.domain.errors import UnavailableError
from tests.builders import Life, as_decision

SECOND = timedelta(seconds=1)


@pytest.fixture
def name() -> str:
    """The pseudonym of an address of nobody else."""
    return secrets.token_hex(16)


@pytest.fixture
def send(number: str, now: datetime) -> Send:
    return Send(now, number, "000001#reporter")


@pytest.fixture
def known(rows: Any, name: str, send: Send) -> Standing:
    """An address that was written to."""
    assert rows.standings.note(Standing(name), (send,))
    found: Standing = rows.standings.find(name)
    return found


def promises(rows: Any, until: datetime, name: str) -> list[Alarm]:
    """Of this address; the index follows."""
    return [alarm for alarm in rows.queues.alarms(until, 1000) if alarm.id == name]


def test_an_address_that_nobody_wrote_to_has_no_standing(rows: Any, name: str) -> None:
    assert rows.standings.find(name) == Standing(name)


def test_a_send_is_noted_once_by_one(rows: Any, name: str, send: Send, known: Standing) -> None:
    second = replace(send, key="000002#reporter")

    assert known == Standing(name, sends=(send,))
    assert not rows.standings.note(Standing(name), (second,))
    assert rows.standings.note(known, (send, second))
    assert not rows.standings.note(known, (second,))
    assert rows.standings.find(name).sends == (send, second)


def test_a_confirmation_is_kept_beside_the_sends_and_promised(rows: Any, now: datetime, known: Standing) -> None:
    rows.standings.confirm(known.pseudonym, now)
    rows.standings.confirm(known.pseudonym, now + SECOND)

    assert rows.standings.find(known.pseudonym) == replace(known, confirmed_at=now)
    assert promises(rows, now, known.pseudonym) == [Alarm("standing", "", known.pseudonym, now)]


def test_an_address_that_nobody_wrote_to_cannot_be_spoken_for(rows: Any, name: str, now: datetime) -> None:
    rows.standings.confirm(name, now)
    rows.standings.suppress(name)

    assert rows.standings.find(name) == Standing(name)


def test_who_wants_no_messages_is_known_whatever_comes_after(rows: Any, now: datetime, known: Standing) -> None:
    rows.standings.suppress(known.pseudonym)
    rows.standings.confirm(known.pseudonym, now)

    assert rows.standings.find(known.pseudonym) == replace(known, suppressed=True, confirmed_at=now)


def test_an_address_that_its_provider_proves_is_confirmed_though_nobody_wrote_to_it(
    rows: Any, name: str, now: datetime
) -> None:
    rows.standings.prove(name, now)

    assert rows.standings.find(name).confirmed
    assert promises(rows, now + SECOND, name)


def test_who_wants_messages_again_gets_them(rows: Any, name: str, now: datetime) -> None:
    rows.standings.prove(name, now)
    rows.standings.suppress(name)
    rows.standings.resume(name)

    found = rows.standings.find(name)
    assert (found.suppressed, found.confirmed) == (False, True)


def test_held_cases_are_known_until_they_were_told(rows: Any, name: str, number: str) -> None:
    for held in (number, "JKT-0000-0001-2", number):
        rows.standings.hold(name, held)

    assert rows.standings.held(name, 10) == sorted([number, "JKT-0000-0001-2"])
    assert len(rows.standings.held(name, 1)) == 1
    for _ in range(2):
        rows.standings.release(name, number)
    assert rows.standings.held(name, 10) == ["JKT-0000-0001-2"]
    assert rows.standings.find(name) == Standing(name)


def test_a_promise_is_put_off_and_kept(rows: Any, now: datetime, known: Standing) -> None:
    rows.standings.confirm(known.pseudonym, now)

    rows.standings.put_off(known.pseudonym, now + 5 * SECOND)
    assert [alarm.at for alarm in promises(rows, now + 9 * SECOND, known.pseudonym)] == [now + 5 * SECOND]
    rows.standings.put_off(known.pseudonym, None)
    assert promises(rows, now + 9 * SECOND, known.pseudonym) == []
    assert rows.standings.find(known.pseudonym).confirmed


def test_an_officer_confirms_with_the_report_even_who_wanted_no_messages(
    rows: Any, life: Life, now: datetime, known: Standing
) -> None:
    rows.standings.suppress(known.pseudonym)
    contact = SealedContact({"name": "S***"}, b"sealed", b"key", known.pseudonym, confirmed=True)

    rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), contact)

    assert rows.standings.find(known.pseudonym) == replace(known, confirmed_at=life.complaint.received_at)
    assert rows.complaints.case_file(life.complaint.number).pseudonym == known.pseudonym


def test_an_officer_confirms_an_address_that_nobody_wrote_to(rows: Any, life: Life, name: str) -> None:
    rows.complaints.lodge(
        as_decision(None, life.complaint, life.events[0]), SealedContact({}, b"sealed", b"key", name, confirmed=True)
    )

    assert rows.standings.find(name).confirmed


def test_a_days_messages_are_counted_up_to_the_ceiling(rows: Any, now: datetime) -> None:
    day = date.fromordinal(now.toordinal() + secrets.randbelow(100_000))

    assert [rows.day_counts.count(day, "sms", 2) for _ in range(4)] == [True, True, False, False]
    assert rows.day_counts.counted(day, "sms") == 2
    assert rows.day_counts.count(day, "sms", None)
    assert (rows.day_counts.counted(day, "sms"), rows.day_counts.counted(day, "email")) == (3, 0)
    assert rows.day_counts.count(day, "email", 2, 8)
    assert not rows.day_counts.count(day, "email", 8, 8)
    assert rows.day_counts.counted(day, "email") == 8


def test_a_note_whose_answer_was_lost_is_found(dynamo: Any, wire: Any, name: str, send: Send) -> None:
    """It says no, and who looks again sees that the send stands there."""
    wire.loses_the_answer_of("UpdateItem")

    dynamo.standings.note(Standing(name), (send,))

    assert dynamo.standings.find(name).sends == (send,)


@pytest.mark.parametrize(
    "call",
    [
        lambda rows, name, now: rows.standings.confirm(name, now),
        lambda rows, name, _: rows.standings.suppress(name),
        lambda rows, name, _: rows.standings.note(Standing(name), ()),
        lambda rows, name, _: rows.standings.hold(name, "JKT-0000-0001-2"),
        lambda rows, _, now: rows.day_counts.count(now.date(), "sms", 1),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, name: str, now: datetime, call: Any
) -> None:
    wire.is_cut("UpdateItem")

    with pytest.raises(UnavailableError):
        call(dynamo, name, now)
