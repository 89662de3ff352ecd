"""The sweeper: with timers, queues and workers dead, it keeps every promise from the rows alone."""

from contextlib import suppress
from datetime import timedelta

import pytest

from chalicelib.application.clocks import sweeping
from chalicelib.application.messages.delivery import CLAIM_LIFE
from chalicelib.application.ports.messages import ProviderUnclearError
from chalicelib.application.ports.queues import Alarm
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.messages import THE_REPORTER, unit
from tests.builders import LURAH, given
from tests.flow import BUDI, SITI, Flow


@pytest.fixture
def flow() -> Flow:
    return Flow()


def a_photo(flow: Flow, number: str, photo_id: str = "SETELAH") -> Photo:
    return Photo(photo_id, number, "after", "staff", LURAH.id, "pending", "image/jpeg", 9, flow.now())


def rungs(flow: Flow, number: str) -> list[str]:
    return [event.facts["rung"] for event in flow.complaints.events(number) if event.action == "ring"]


def test_with_everything_else_dead_the_sweeper_alone_keeps_every_promise(flow: Flow) -> None:
    numbers = [flow.lodge(SITI if bits % 2 else BUDI, bits=bits) for bits in range(6)]
    for number in numbers:
        flow.table.photos.announce(a_photo(flow, number))

    for _ in range(12 * 7):  # seven hours, a sweep every five minutes, and nothing else
        flow.pass_time(minutes=5)
        flow.sweep()

    for number in numbers:
        assert rungs(flow, number)[:3] == ["reminder_50", "reminder_80", "breach"]
        photo = flow.table.photos.photo(number, "SETELAH")
        assert photo
        assert photo.state == "expired"


def test_a_rung_rings_at_the_first_sweep_after_it_is_due(flow: Flow) -> None:
    number = flow.lodge()
    half = flow.now() + (flow.complaints.rows[number].clocks["coordination"].due_at - flow.now()) / 2
    flow.now.at = half - timedelta(seconds=1)
    flow.sweep()
    assert rungs(flow, number) == []

    flow.now.at = half
    flow.sweep()

    assert rungs(flow, number) == ["reminder_50"]


def test_the_confirmation_window_is_closed_by_the_sweeper_alone(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=5)
    flow.pass_time(hours=72)

    flow.sweep()

    assert flow.complaints.rows[number].status == "closed"


def test_a_photo_that_came_is_left_alone_and_one_that_never_came_expires(flow: Flow) -> None:
    number = flow.lodge()
    flow.table.photos.announce(a_photo(flow, number))
    flow.pass_time(minutes=64)
    assert flow.sweep().kept["photo"] == 0

    flow.pass_time(minutes=1)

    assert flow.sweep().kept["photo"] == 1
    assert flow.sweep().kept["photo"] == 0


@pytest.mark.parametrize("contact", [SITI, BUDI], ids=["e-mail", "SMS"])
def test_a_notice_is_handed_back_when_its_claim_falls_due_and_not_before(flow: Flow, contact: object) -> None:
    number = flow.lodge(contact)  # type: ignore[arg-type]
    flow.mail.failures = [ProviderUnclearError()]
    flow.sms.failures = [KeyboardInterrupt()]  # type: ignore[list-item]
    with suppress(KeyboardInterrupt):  # the worker of the SMS is killed
        flow.notify_citizen(number)

    flow.sweep()
    assert flow.hand_back.given == []
    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
    flow.sweep()

    assert flow.hand_back.given == [(flow.complaints.events(number)[0], THE_REPORTER)]
    flow.hand_over()
    flow.pass_time(days=1)
    flow.sweep()
    assert [notice.state for notice in flow.table.notices.of(number)] == ["sent" if contact == SITI else "unknown"]


def test_an_alert_is_handed_back_to_those_who_alert_units(flow: Flow) -> None:
    number = flow.lodge()
    flow.alerts.failures = [ProviderUnclearError()]
    flow.alert_unit(number, 1)
    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())

    flow.sweep()

    assert flow.hand_back.given == [(flow.complaints.events(number)[0], unit(flow.complaints.rows[number].unit))]


def test_one_promise_that_fails_is_named_and_stops_no_other(flow: Flow) -> None:
    numbers = [flow.lodge(bits=bits) for bits in range(3)]
    flow.pass_time(hours=4)
    usual = flow.complaints.load
    flow.complaints.load = lambda number: usual(number) if number != numbers[1] else broken()  # type: ignore[method-assign]

    swept = flow.sweep()

    assert [(alarm.number, type(error)) for alarm, error in swept.failed] == [(numbers[1], UnavailableError)]
    assert [bool(rungs(flow, number)) for number in numbers] == [True, False, True]


def broken() -> None:
    raise UnavailableError("dynamodb")


def test_promises_that_stay_due_do_not_hide_those_behind_them(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 2)
    stuck = [Alarm("photo", f"JKT-{n}", "A", flow.now()) for n in range(5)]
    number = flow.lodge()
    flow.pass_time(hours=4)
    usual = flow.table.queues.alarms
    flow.table.queues.alarms = lambda until, limit: [*stuck, *usual(until, 99)][:limit]  # type: ignore[method-assign]
    flow.table.photos.photo = lambda number, photo_id: broken()  # type: ignore[assignment, method-assign]

    swept = flow.sweep()

    assert (len(swept.failed), swept.kept["complaint"]) == (5, 1)
    assert rungs(flow, number)


def test_a_sweep_ends_in_time_and_says_that_it_was_not_done(flow: Flow) -> None:
    numbers = [flow.lodge(bits=bits) for bits in range(5)]
    flow.pass_time(hours=4)
    usual = flow.complaints.load

    def slowly(number: str) -> object:
        flow.machine.advance(seconds=40)
        return usual(number)

    flow.complaints.load = slowly  # type: ignore[assignment, method-assign]
    swept = flow.sweep()

    assert swept.unfinished
    assert sum(bool(rungs(flow, number)) for number in numbers) == swept.kept["complaint"] == 3
    flow.sweep()
    assert all(rungs(flow, number) for number in numbers)


def test_a_case_that_was_acted_on_in_time_is_not_rung(flow: Flow) -> None:
    number = flow.lodge()
    flow.act(number, "coordinate", LURAH, given(unit="DBM"))
    flow.pass_time(hours=7)

    flow.sweep()

    assert "breach" not in rungs(flow, number)
