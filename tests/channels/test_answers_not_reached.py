"""An officer answered a message, and the provider says later that the answer did not come: the message stands in the
inbox again, and says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.steps import StepInput
from chalicelib.domain.errors import UnavailableError
from tests.builders import DESK
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import mail, sms, whatsapp
from tests.channels.test_not_reached import a_report, a_status

ANSWER = "Mohon tulis lokasinya."


def by_ses(kind: str, **parts: Any) -> Callable[[CityWithChannels, str], Any]:
    """As SES tells it of the letter with this tag."""

    def tells(city: CityWithChannels, notice: str) -> None:
        city.note_fate({"eventType": kind, "mail": {"tags": {"Tanggap-Notice": [notice]}}, **parts})

    return tells


def by_whatsapp(code: int = 131026, status: str = "failed") -> Callable[[CityWithChannels, str], Any]:
    return lambda city, notice: city.hears("WHATSAPP", a_status(notice, status, code))


def by_sms(status: str) -> Callable[[CityWithChannels, str], Any]:
    return lambda city, notice: city.hears("SMS", a_report(notice, status))


SAYS: dict[str, list[bytes]] = {
    "WHATSAPP": [whatsapp("m1", type="audio", audio={"id": "1"})],
    "SMS": [sms("m1", "halo"), sms("m2", "halo")],
    "EMAIL": [mail("m1", "")],
}


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def answered(city: CityWithChannels, channel: str) -> tuple[str, str]:
    """The message whose answer has left, and what its provider was given to name it by."""
    for raw in SAYS[channel]:
        city.hears(channel, raw, "message/rfc822" if channel == "EMAIL" else "application/json")
    ((task_id, task),) = city.message_tasks.open.items()
    sent = StepInput("hash", version=task.version, text=ANSWER)
    city.inbox.reply(city.inbox.permit(DESK), task_id, sent)
    answer_id = city.message_tasks.rows[task_id].answer_id
    assert city.answer_message(task_id) == "answered"
    return task_id, answer_id


def by_end_user_messaging(kind: str) -> Callable[[CityWithChannels, str], Any]:
    return lambda city, notice: city.note_fate({"eventType": kind, "context": {"notice": notice}})


FAILS: dict[str, tuple[str, Callable[[CityWithChannels, str], Any], str | None]] = {
    "WhatsApp does not reach them": ("WHATSAPP", by_whatsapp(), "not_reachable"),
    "WhatsApp's window was over": ("WHATSAPP", by_whatsapp(131047), "window_over"),
    "a code of tomorrow": ("WHATSAPP", by_whatsapp(1), "returned"),
    "an SMS that cannot come": ("SMS", by_sms("undeliverable"), "not_reachable"),
    "an SMS that was refused": ("SMS", by_sms("rejected"), "not_taken"),
    "an SMS to a number that is nobody's": ("SMS", by_end_user_messaging("TEXT_INVALID"), "no_such_number"),
    "an SMS of which nobody knows": ("SMS", by_end_user_messaging("TEXT_UNKNOWN"), None),
    "no such mailbox": ("EMAIL", by_ses("Bounce", bounce={"bounceType": "Permanent"}), "no_mailbox"),
    "a full mailbox": ("EMAIL", by_ses("Bounce", bounce={"bounceType": "Transient"}), "returned"),
    "a letter that SES does not send": ("EMAIL", by_ses("Reject"), "not_taken"),
}
EACH = pytest.mark.parametrize(("channel", "fails", "reason"), FAILS.values(), ids=FAILS)


@EACH
def test_an_answer_that_did_not_come_is_at_the_desk_again_and_says_why(
    city: CityWithChannels, channel: str, fails: Any, reason: str | None
) -> None:
    task_id, answer_id = answered(city, channel)
    city.pass_time(timedelta(hours=2))

    for _ in range(2):
        fails(city, answer_id)

    view = city.inbox.show(city.inbox.permit(DESK), task_id)
    steps = [(step["action"], step["by"], step["reason_code"]) for step in view["trail"]]
    assert steps == [("reply", DESK.id, None), ("sent", None, None), ("returned", None, reason)]
    assert (view["state"], view["allowed_actions"]) == ("open", ["case", "reply", "close"])
    assert view["due_at"] == city.now().isoformat(), "whoever wrote waits already"


@EACH
def test_the_failure_of_an_answer_may_be_told_before_it_was_recorded_as_sent(
    city: CityWithChannels, channel: str, fails: Any, reason: str | None
) -> None:
    task_id, answer_id = answered(city, channel)
    sent = city.message_tasks.rows[task_id]
    before = next(step for step in sent.trail if step.action == "reply")
    sending = city.message_tasks.rows[task_id] = _as_written(sent, before)

    fails(city, answer_id)

    returned = city.message_tasks.rows[task_id]
    assert (returned.state, returned.trail[-1].reason_code or None) == ("open", reason)
    assert not city.message_tasks.save(sending.answered(city.now()), sending), "it cannot be recorded as sent any more"


def _as_written(task: Any, step: Any) -> Any:
    return replace(task, state="sending", version=task.version - 1, trail=(step,))


def test_who_reads_the_list_sees_again_what_it_is_about(city: CityWithChannels) -> None:
    task_id, answer_id = answered(city, "SMS")
    assert city.message_tasks.rows[task_id].text == ""

    by_sms("failed")(city, answer_id)

    assert city.message_tasks.rows[task_id].text == "halo"


def test_a_second_answer_that_comes_ends_it(city: CityWithChannels) -> None:
    task_id, first = answered(city, "SMS")
    by_sms("failed")(city, first)
    again = StepInput("other", version=city.message_tasks.rows[task_id].version, text=ANSWER)
    city.inbox.reply(city.inbox.permit(DESK), task_id, again)
    city.answer_message(task_id)

    by_sms("failed")(city, first)

    assert city.message_tasks.rows[task_id].state == "answered"


NO_NEWS: dict[str, tuple[str, Callable[[CityWithChannels, str], Any]]] = {
    "it was read": ("WHATSAPP", by_whatsapp(status="read")),
    "it came": ("SMS", by_sms("delivered")),
    "another provider says so": ("SMS", by_whatsapp()),
    "somebody called it spam": ("EMAIL", by_ses("Complaint", complaint={"complaintFeedbackType": "abuse"})),
    "of another answer": ("SMS", lambda city, notice: by_sms("failed")(city, f"{notice}0")),
    "of another message": ("SMS", lambda city, notice: by_sms("failed")(city, "0" * 24 + notice[24:])),
    "of nothing that we know": ("SMS", lambda city, notice: by_sms("failed")(city, notice[:-2])),
}


@pytest.mark.parametrize(("channel", "tells"), NO_NEWS.values(), ids=NO_NEWS)
def test_what_is_no_failure_of_this_answer_opens_nothing(city: CityWithChannels, channel: str, tells: Any) -> None:
    task_id, answer_id = answered(city, channel)

    tells(city, answer_id)

    assert city.message_tasks.rows[task_id].state == "answered"


def test_a_failure_that_always_meets_somebody_faster_comes_again(
    city: CityWithChannels, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, answer_id = answered(city, "SMS")
    monkeypatch.setattr(city.message_tasks, "save", lambda *_: False)

    with pytest.raises(UnavailableError):
        by_sms("failed")(city, answer_id)
