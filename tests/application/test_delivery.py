"""One message: claimed, sent, recorded; and what becomes of it when any of the three fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.messages.delivery import CLAIM_LIFE, LEASE, LONGEST_LIFE, MOST_TRIES, Delivery
from chalicelib.application.ports.messages import Notice, ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.domain.ways import WAYS
from tests.fakes import FrozenClock, MemoryLedger

NUMBER, KEY = "JKT-7K3M-9QXR-B", "000002#reporter"


class Desk:
    """A delivery with two clocks that stand, a ledger in memory, and a provider that fails as it is told."""

    def __init__(self) -> None:
        self.now, self.machine, self.ledger = FrozenClock(), FrozenClock(), MemoryLedger()
        self.sent: list[str] = []
        self.failures: list[Exception] = []
        self.pauses = 0
        self.meanwhile: Callable[[], None] = lambda: None
        self.delivery = Delivery(ledger=self.ledger, now=self.now, machine_now=self.machine, pause=self._pause)

    def _pause(self, seconds: float) -> None:
        self.pauses += 1
        self.machine.advance(seconds=seconds)
        self.meanwhile()

    def pass_time(self, span: timedelta) -> None:
        self.now.advance(span)
        self.machine.advance(span)

    def send(self, notice: Notice) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(notice.message_id)

    def deliver(self, kind: str = "email", send: Callable[[Notice], None] | None = None) -> str:
        return self.delivery.deliver(NUMBER, KEY, event="coordinated", way=WAYS[kind], send=send or self.send)

    def die(self, kind: str = "email") -> None:
        """A worker that claims, and is heard of no more."""

        def never_returns(notice: Notice) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            self.deliver(kind, never_returns)

    @property
    def notice(self) -> Notice:
        found = self.ledger.find(NUMBER, KEY)
        assert found
        return found


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_message_is_claimed_before_it_is_sent_and_recorded_after(desk: Desk) -> None:
    states: list[str] = []

    assert desk.deliver(send=lambda notice: states.append(desk.notice.state)) == "sent"
    assert [*states, desk.notice.state] == ["claimed", "sent"]


def test_what_was_sent_is_not_sent_again(desk: Desk) -> None:
    assert [desk.deliver(), desk.deliver(), desk.deliver()] == ["sent"] * 3
    assert desk.sent == ["JKT-7K3M-9QXR-B_000002_reporter"]


@pytest.mark.parametrize("kind", ["email", "sms", "alert"])
def test_while_somebody_is_at_it_it_is_left_to_him(desk: Desk, kind: str) -> None:
    desk.die(kind)

    assert desk.deliver(kind) == "claimed"
    assert (desk.sent, desk.pauses) == ([], 0)


@pytest.mark.parametrize("kind", ["email", "alert"])
def test_a_claim_without_a_record_is_sent_again_once_under_the_same_id(desk: Desk, kind: str) -> None:
    desk.die(kind)
    desk.pass_time(CLAIM_LIFE)

    assert [desk.deliver(kind), desk.deliver(kind)] == ["sent", "sent"]
    assert desk.sent == ["JKT-7K3M-9QXR-B_000002_reporter"]


def test_an_sms_claimed_without_a_record_becomes_unknown_and_is_not_repeated(desk: Desk) -> None:
    desk.die("sms")
    desk.pass_time(CLAIM_LIFE)

    assert [desk.deliver("sms"), desk.deliver("sms")] == ["unknown", "unknown"]
    assert desk.sent == []


def test_after_a_jump_of_the_domains_clock_a_living_worker_is_waited_for(desk: Desk) -> None:
    desk.die()
    desk.now.advance(days=3)
    desk.meanwhile = lambda: desk.ledger.record(replace(desk.notice, state="sent"))

    assert desk.deliver() == "sent"
    assert (desk.sent, desk.pauses) == ([], 1)


def test_after_a_jump_a_dead_workers_claim_is_taken_over_when_its_lease_is_out(desk: Desk) -> None:
    desk.die()
    desk.now.advance(days=3)

    assert desk.deliver() == "sent"
    assert desk.pauses * 0.25 == LEASE.total_seconds()


def test_of_two_who_take_over_one_sends(desk: Desk) -> None:
    desk.die()
    desk.pass_time(CLAIM_LIFE)
    others: list[str] = []

    def send(notice: Notice) -> None:
        others.append(desk.deliver())
        desk.send(notice)

    assert (desk.deliver(send=send), others) == ("sent", ["claimed"])
    assert len(desk.sent) == 1


@pytest.mark.parametrize("kind", ["email", "sms", "alert"])
def test_a_refusal_is_final_and_is_not_repeated(desk: Desk, kind: str) -> None:
    desk.failures = [ProviderRefusedError()]

    assert [desk.deliver(kind), desk.deliver(kind)] == ["failed", "failed"]
    assert desk.sent == []


@pytest.mark.parametrize("kind", ["email", "sms", "alert"])
def test_a_busy_provider_is_asked_again_when_the_promise_is_due(desk: Desk, kind: str) -> None:
    desk.failures = [ProviderBusyError()]

    assert desk.deliver(kind) == "deferred"
    desk.pass_time(CLAIM_LIFE)
    assert desk.deliver(kind) == "sent"


@pytest.mark.parametrize("kind", ["email", "sms", "alert"])
def test_a_busy_provider_is_left_alone_until_then(desk: Desk, kind: str) -> None:
    desk.failures = [ProviderBusyError()]
    desk.deliver(kind)
    desk.pass_time(CLAIM_LIFE / 2)

    assert [desk.deliver(kind), desk.deliver(kind)] == ["deferred", "deferred"]
    assert (desk.sent, desk.notice.tries) == ([], 1)


def test_an_unclear_answer_leaves_an_email_to_its_promise(desk: Desk) -> None:
    desk.failures = [ProviderUnclearError()]

    assert [desk.deliver(), desk.notice.state] == ["claimed", "claimed"]
    desk.pass_time(CLAIM_LIFE)
    assert desk.deliver() == "sent"


def test_an_unclear_answer_makes_an_sms_unknown_at_once(desk: Desk) -> None:
    desk.failures = [ProviderUnclearError()]

    assert [desk.deliver("sms"), desk.deliver("sms")] == ["unknown", "unknown"]


def test_every_try_waits_longer_and_none_longer_than_six_hours(desk: Desk) -> None:
    waits = []
    for _ in range(10):
        desk.failures = [ProviderUnclearError()]
        desk.deliver()
        waits.append(desk.notice.due_at - desk.now())
        desk.now.at = desk.machine.at = desk.notice.due_at

    assert waits[:3] == [CLAIM_LIFE, CLAIM_LIFE * 2, CLAIM_LIFE * 4]
    assert max(waits) == LONGEST_LIFE


@pytest.mark.parametrize(("failure", "state"), [(ProviderBusyError(), "failed"), (ProviderUnclearError(), "unknown")])
def test_after_three_days_of_tries_it_is_given_up_so_that_later_messages_go_on(
    desk: Desk, failure: Exception, state: str
) -> None:
    for _ in range(MOST_TRIES + 1):
        desk.failures = [failure]
        desk.deliver()
        desk.now.at = desk.machine.at = desk.notice.due_at

    assert desk.notice.state == state
