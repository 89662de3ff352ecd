"""One contract of the ledger of messages, for the one in memory and for DynamoDB, here and on the city (by who
tells citizens)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.ports.messages import Notice
from chalicelib.domain.errors import UnavailableError

LATER = timedelta(minutes=6)


def taken_over(notice: Notice) -> Notice:
    return replace(
        notice,
        state="claimed",
        tries=notice.tries + 1,
        claimed_at=notice.claimed_at + LATER,
        due_at=notice.due_at + LATER,
        lease_until=notice.lease_until + LATER,
    )


def test_a_message_is_claimed_by_one(rows: Any, a_notice: Notice) -> None:
    assert rows.notices.claim(a_notice, None)
    assert not rows.notices.claim(a_notice, None)
    assert rows.notices.find(a_notice.number, a_notice.key) == a_notice


def test_an_unknown_message_is_none(rows: Any, a_notice: Notice) -> None:
    assert rows.notices.find(a_notice.number, a_notice.key) is None


def test_each_recipient_of_an_event_has_a_message_of_its_own(rows: Any, a_notice: Notice) -> None:
    other = replace(a_notice, key="000001#KEL_31.71.01.1001", kind="alert")

    assert rows.notices.claim(a_notice, None)
    assert rows.notices.claim(other, None)
    assert rows.notices.find(a_notice.number, other.key) == other


def test_a_claim_is_taken_over_by_one(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    again = taken_over(a_notice)

    assert rows.notices.claim(again, a_notice)
    assert not rows.notices.claim(again, a_notice)
    assert not rows.notices.claim(taken_over(again), a_notice)
    assert rows.notices.find(a_notice.number, a_notice.key) == again


def test_what_was_recorded_meanwhile_is_not_taken_over(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    rows.notices.record(replace(a_notice, state="sent"))

    assert not rows.notices.claim(taken_over(a_notice), a_notice)


def test_a_deferred_message_is_claimed_again(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    deferred = replace(a_notice, state="deferred")
    rows.notices.record(deferred)

    assert rows.notices.find(a_notice.number, a_notice.key) == deferred
    assert rows.notices.claim(taken_over(deferred), deferred)


@pytest.mark.parametrize("state", ["sent", "failed", "unknown"])
def test_what_is_settled_stays_settled(rows: Any, a_notice: Notice, state: str) -> None:
    rows.notices.claim(a_notice, None)
    settled = replace(a_notice, state=state)
    rows.notices.record(settled)
    rows.notices.record(replace(a_notice, state="deferred"))
    rows.notices.record(replace(a_notice, state="failed" if state == "sent" else "sent"))

    assert rows.notices.find(a_notice.number, a_notice.key) == settled


def test_a_worker_that_wakes_late_does_not_defer_another_s_claim(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    again = taken_over(a_notice)
    rows.notices.claim(again, a_notice)

    rows.notices.record(replace(a_notice, state="deferred"))

    assert rows.notices.find(a_notice.number, a_notice.key) == again


def test_a_worker_that_wakes_late_still_tells_that_it_sent(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    rows.notices.claim(taken_over(a_notice), a_notice)

    rows.notices.record(replace(a_notice, state="sent"))

    assert rows.notices.find(a_notice.number, a_notice.key).state == "sent"


@pytest.mark.parametrize("state", ["sent", "deferred"])
@pytest.mark.parametrize("is_awaited", [True, False], ids=["awaited", "not awaited"])
def test_a_record_says_whether_the_claim_was_awaited(rows: Any, a_notice: Notice, state: str, is_awaited: bool) -> None:
    rows.notices.claim(a_notice, None)
    awaited = replace(a_notice, awaited=True)
    if is_awaited:
        assert rows.notices.claim(awaited, a_notice)

    assert rows.notices.record(replace(a_notice, state=state)) is is_awaited
    assert not rows.notices.claim(awaited, a_notice)


def test_a_record_that_meets_another_may_have_been_awaited(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    rows.notices.amend(replace(a_notice, state="delivered"))

    assert rows.notices.record(replace(a_notice, state="sent"))


def test_a_claim_that_is_awaited_is_not_taken_over_by_who_does_not_know_it(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    awaited = replace(a_notice, awaited=True)
    rows.notices.claim(awaited, a_notice)

    assert not rows.notices.claim(taken_over(a_notice), a_notice)
    assert rows.notices.claim(taken_over(awaited), awaited)
    assert rows.notices.find(a_notice.number, a_notice.key).awaited


@pytest.mark.parametrize("state", ["claimed", "sent", "unknown"])
def test_what_left_and_came_back_is_failed_and_stays_so(rows: Any, a_notice: Notice, state: str) -> None:
    rows.notices.claim(a_notice, None)
    if state != "claimed":
        rows.notices.record(replace(a_notice, state=state))
    returned = replace(a_notice, state="failed", reason="no_mailbox")

    rows.notices.amend(returned)
    rows.notices.amend(replace(a_notice, state="sent", reason="unwanted"))
    rows.notices.record(replace(a_notice, state="sent"))

    assert rows.notices.find(a_notice.number, a_notice.key) == returned


@pytest.mark.parametrize("state", ["failed", "delivered", "deferred", "held", "suppressed", "superseded"])
def test_what_never_left_or_arrived_cannot_come_back(rows: Any, a_notice: Notice, state: str) -> None:
    kept = replace(a_notice, state=state)
    rows.notices.claim(kept, None)

    rows.notices.amend(replace(a_notice, state="failed", reason="no_mailbox"))

    assert rows.notices.find(a_notice.number, a_notice.key) == kept


@pytest.mark.parametrize("state", ["claimed", "sent", "unknown"])
def test_what_arrived_is_delivered_and_stays_so(rows: Any, a_notice: Notice, state: str) -> None:
    rows.notices.claim(a_notice, None)
    if state != "claimed":
        rows.notices.record(replace(a_notice, state=state))
    arrived = replace(a_notice, state="delivered")

    rows.notices.amend(arrived)
    rows.notices.amend(replace(a_notice, state="failed", reason="returned"))
    rows.notices.record(replace(a_notice, state="sent"))

    assert rows.notices.find(a_notice.number, a_notice.key) == arrived


def test_what_was_erased_does_not_come_back_with_its_letter(rows: Any, a_notice: Notice) -> None:
    rows.notices.amend(replace(a_notice, state="failed", reason="no_mailbox"))

    assert rows.notices.find(a_notice.number, a_notice.key) is None


def test_a_record_does_not_bring_back_what_was_erased(rows: Any, a_notice: Notice) -> None:
    rows.notices.record(replace(a_notice, state="sent"))

    assert rows.notices.find(a_notice.number, a_notice.key) is None


def test_a_claim_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, a_notice: Notice) -> None:
    wire.loses_the_answer_of("PutItem")

    assert dynamo.notices.claim(a_notice, None)


def test_a_take_over_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, a_notice: Notice) -> None:
    dynamo.notices.claim(a_notice, None)
    wire.loses_the_answer_of("PutItem")

    assert dynamo.notices.claim(taken_over(a_notice), a_notice)


def test_the_same_claim_by_two_in_one_millisecond_is_one_s(dynamo: Any, wire: Any, a_notice: Notice) -> None:
    """Their rows differ in the mark of the call alone."""
    dynamo.notices.claim(a_notice, None)
    wire.loses_the_answer_of("PutItem")

    assert not dynamo.notices.claim(a_notice, None)


def test_a_record_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, a_notice: Notice) -> None:
    dynamo.notices.claim(a_notice, None)
    wire.loses_the_answer_of("PutItem")

    dynamo.notices.record(replace(a_notice, state="sent"))

    assert dynamo.notices.find(a_notice.number, a_notice.key).state == "sent"


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda notices, notice: notices.find(notice.number, notice.key)),
        ("PutItem", lambda notices, notice: notices.claim(notice, None)),
        ("PutItem", lambda notices, notice: notices.record(notice)),
        ("PutItem", lambda notices, notice: notices.amend(notice)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, a_notice: Notice, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo.notices, a_notice)


@pytest.fixture
def a_digest(a_notice: Notice) -> Notice:
    """Of a day of its own."""
    return replace(a_notice, number="digest", key=a_notice.claimed_at.date().isoformat(), event="digest", kind="alert")


def test_a_digest_is_claimed_by_one_recorded_once_and_no_promise_of_the_sweeper(rows: Any, a_digest: Notice) -> None:
    assert rows.digests.find(a_digest.number, a_digest.key) is None
    assert rows.digests.claim(a_digest, None)
    assert not rows.digests.claim(a_digest, None)

    again = taken_over(a_digest)
    assert rows.digests.claim(again, a_digest)
    assert rows.digests.find(a_digest.number, a_digest.key) == again

    rows.digests.record(replace(again, state="sent"))
    assert rows.digests.find(a_digest.number, a_digest.key).state == "sent"
    promised = rows.queues.alarms(again.due_at + LATER, 10_000)
    assert not [alarm for alarm in promised if a_digest.key in (alarm.id or "")]
