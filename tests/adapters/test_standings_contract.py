"""One contract for what is known of addresses: the fake in memory, DynamoDB played here, and the city. On the city the
sending functions use it, the API when people speak for an address, and the sweeper."""

import json
import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bench.sizes import item_size
from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.application.ports.cases import SealedContact
from chalicelib.application.ports.queues import Alarm
from chalicelib.application.ports.standings import Standing
from chalicelib.domain.budgets import BUDGETS, Budget, Send
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


RECEIPTS, OTHERS = Budget(2, 3), Budget(0, 3)  # room for what is told first of a case, and for the rest


def test_a_send_is_taken_in_one_step_while_there_is_room(rows: Any, name: str, send: Send) -> None:
    second, third, fourth = (replace(send, key=f"00000{step}#reporter") for step in (2, 3, 4))

    assert rows.standings.take(name, send, RECEIPTS) is None
    assert rows.standings.take(name, second, OTHERS) is None
    assert rows.standings.take(name, third, OTHERS) is None
    assert rows.standings.take(name, fourth, OTHERS) == Standing(name, sends=(send, second, third))
    assert rows.standings.find(name).sends == (send, second, third)


def test_a_send_is_taken_once(rows: Any, name: str, send: Send) -> None:
    rows.standings.take(name, send, RECEIPTS)

    assert rows.standings.take(name, send, RECEIPTS) == Standing(name, sends=(send,))


def test_cases_are_taken_while_there_is_room_and_by_their_receipts(rows: Any, name: str, send: Send) -> None:
    second, third = replace(send, number="JKT-0000-0001-2"), replace(send, number="JKT-0000-0002-4")

    assert rows.standings.take(name, send, OTHERS) == Standing(name)
    assert rows.standings.take(name, send, RECEIPTS) is None
    assert rows.standings.take(name, second, RECEIPTS) is None
    assert set(rows.standings.take(name, third, RECEIPTS).sends) == {send, second}


@pytest.mark.parametrize("speak", ["confirm", "suppress"])
def test_of_an_address_that_is_confirmed_or_wants_none_nothing_is_taken(
    rows: Any, now: datetime, known: Standing, send: Send, speak: str
) -> None:
    if speak == "confirm":
        rows.standings.confirm(known.pseudonym, now)
    else:
        rows.standings.suppress(known.pseudonym)

    against = rows.standings.take(known.pseudonym, replace(send, key="000002#reporter"), OTHERS)

    assert (against.confirmed, against.suppressed) == (speak == "confirm", speak == "suppress")
    assert rows.standings.find(known.pseudonym) == against


def test_who_looked_before_another_took_notes_nothing(rows: Any, known: Standing, send: Send) -> None:
    second, third = (replace(send, key=f"00000{step}#reporter") for step in (2, 3))
    assert rows.standings.take(known.pseudonym, second, OTHERS) is None

    assert not rows.standings.note(known, (send, third))
    assert rows.standings.note(rows.standings.find(known.pseudonym), (third,))
    assert rows.standings.find(known.pseudonym).sends == (third,)
    assert rows.standings.take(known.pseudonym, send, OTHERS) is None


def test_sends_of_a_release_before_count_until_they_are_noted_anew(dynamo: Any, name: str, send: Send) -> None:
    text = json.dumps([[int(send.at.timestamp() * 1000), send.number, send.key]])
    raw.update(keys.standing(name), keys.STANDING, "SET sends = :sends", {":sends": text})
    second, third = (replace(send, key=f"00000{step}#reporter") for step in (2, 3))
    now = replace(send, at=send.at.replace(microsecond=send.at.microsecond // 1000 * 1000))

    against = dynamo.standings.take(name, second, RECEIPTS)
    assert against == Standing(name, sends=(now,))
    assert dynamo.standings.note(against, (now, second))
    assert dynamo.standings.take(name, third, OTHERS) is None
    assert dynamo.standings.find(name).sends == (now, second, third)


def test_an_address_at_its_limit_is_a_row_of_one_unit(dynamo: Any, name: str, send: Send) -> None:
    budget = BUDGETS["email"]
    for step in range(budget.messages):
        one = replace(send, number=f"JKT-0000-000{step % budget.cases}-2", key=f"{step:06d}#reporter")
        room = Budget(budget.cases if step < budget.cases else 0, budget.messages)
        assert dynamo.standings.take(name, one, room) is None
    dynamo.standings.confirm(name, send.at)

    item = raw.call("GetItem", {"Key": raw.typed({"pk": keys.standing(name), "sk": keys.STANDING})})["Item"]
    assert item_size(item) <= 1024


def test_a_take_whose_answer_was_lost_is_found(dynamo: Any, wire: Any, name: str, send: Send) -> None:
    """It says that this was sent before, and so it may leave."""
    wire.loses_the_answer_of("UpdateItem")

    assert dynamo.standings.take(name, send, RECEIPTS) == Standing(name, sends=(send,))


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
        lambda rows, name, now: rows.standings.take(name, Send(now, "JKT-0000-0001-2", "000001#reporter"), RECEIPTS),
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
