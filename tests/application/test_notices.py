"""Who is told what, once and in the order of the case, whatever the queues do."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from chalicelib.application.messages.delivery import CLAIM_LIFE
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import DamagedError
from tests.builders import (
    BUREAU,
    COORDINATOR,
    DBM,
    ENGINEER,
    ILLEGAL_LEVY,
    INSPECTORATE,
    KEL_GAMBIR,
    KOTA_PUSAT,
    LURAH,
    VIOLENCE,
    a_draft,
    given,
)
from tests.flow import BUDI, SITI, Flow, shuffled_twice

WHOLE_LIFE = ["waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "resolved", "closed"]


@pytest.fixture
def flow() -> Flow:
    return Flow()


def alerts(flow: Flow, number: str) -> list[tuple[str, str]]:
    return [(sent.to, sent.event) for sent in flow.alerts.sent if sent.number == number]


# ------------------------------------------------------------------------------------------------ the day's order
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("contact", [SITI, BUDI], ids=["e-mail", "SMS"])
def test_messages_told_twice_and_shuffled_reach_everybody_once_and_the_reporter_in_order(
    flow: Flow, contact: object, seed: int
) -> None:
    numbers = [flow.lodge(contact, bits=bits) for bits in range(3)]  # type: ignore[arg-type]
    for number in numbers:
        flow.live(number)
    events = [event for number in numbers for event in flow.complaints.events(number)]
    calls = [partial(flow.notify_citizen, event.number) for event in events]
    calls += [partial(flow.alert_unit, event.number, event.sequence) for event in events]  # type: ignore[misc]

    for call in shuffled_twice(calls, seed):  # type: ignore[arg-type]
        call()

    assert [flow.told(number) for number in numbers] == [WHOLE_LIFE] * 3
    assert set(Counter(sent.message_id for sent in flow.alerts.sent).values()) == {1}


@pytest.mark.parametrize("interrupted", range(7))
def test_two_workers_at_once_send_each_message_once_and_in_order(flow: Flow, interrupted: int) -> None:
    number = flow.lodge()
    flow.live(number)
    usual = flow.mail.send

    def send(to: str, subject: str, text: str, html: str, **named: str) -> None:
        if len(flow.mail.sent) == interrupted and not second:
            second.append(flow.notify_citizen(number)[-1])
        usual(to, subject, text, html, **named)

    second: list[str] = []
    flow.mail.send = send  # type: ignore[assignment, method-assign]

    flow.notify_citizen(number)

    assert second == ["claimed"]
    assert flow.told(number) == WHOLE_LIFE


def test_what_happens_while_a_message_is_sent_is_told_by_the_same_worker(flow: Flow) -> None:
    number = flow.lodge()
    usual = flow.mail.send

    def send(to: str, subject: str, text: str, html: str, **named: str) -> None:
        if not flow.mail.sent:
            flow.act(number, "coordinate", LURAH, unit=DBM)
            flow.notify_citizen(number)  # its own message, told meanwhile: finds the first one claimed and leaves
        usual(to, subject, text, html, **named)

    flow.mail.send = send  # type: ignore[assignment, method-assign]
    flow.notify_citizen(number)

    assert flow.told(number) == ["waiting", "coordinated"]


@pytest.mark.parametrize(("action", "reads"), [("propose_done", 0), ("validate", 1)])
def test_an_outcome_that_an_event_tells_itself_is_not_looked_for_in_others(
    flow: Flow, monkeypatch: pytest.MonkeyPatch, action: str, reads: int
) -> None:
    number = flow.lodge(None)
    flow.live(number, steps=5)
    events, read = flow.complaints.events(number), list[str]()
    event = next(event for event in events if event.action == action)
    found = flow.complaints.event_file(number, event.sequence)
    monkeypatch.setattr(flow.complaints, "event_file", lambda _number, _sequence: found)
    monkeypatch.setattr(flow.complaints, "events", lambda number: read.append(number) or events)

    flow.alert_unit(number, event.sequence)

    assert alerts(flow, number)
    assert len(read) == reads


# ------------------------------------------------------------------------------------------------ failures
@pytest.mark.parametrize("failure", [ProviderRefusedError(), ProviderUnclearError()], ids=["refused", "unclear"])
def test_an_sms_that_failed_does_not_hold_up_the_next(flow: Flow, failure: Exception) -> None:
    number = flow.lodge(BUDI)
    flow.live(number, steps=2)
    flow.sms.failures = [failure]

    flow.notify_citizen(number)

    assert flow.told(number) == ["coordinated", "assigned"]


def test_a_busy_provider_holds_the_order_and_the_sweeper_catches_up(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=2)
    flow.mail.failures = [ProviderBusyError()]

    assert flow.notify_citizen(number) == ["deferred"]
    assert flow.notify_citizen(number) == ["deferred"]
    assert flow.told(number) == []

    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
    flow.sweep()
    flow.hand_over()

    assert flow.told(number) == ["waiting", "coordinated", "assigned"]


def test_a_claim_that_fell_due_is_taken_over_when_it_is_handed_back_and_the_rest_follows(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=2)
    flow.mail.failures = [ProviderUnclearError()]  # sent, perhaps; nobody will know
    flow.notify_citizen(number)
    assert flow.told(number) == []

    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
    flow.sweep()
    flow.hand_over()

    assert flow.told(number) == ["waiting", "coordinated", "assigned"]
    assert flow.mail.sent[0].message_id == f"{number}_000001_reporter"


def test_an_alert_that_fell_due_is_published_again_once_under_its_id(flow: Flow) -> None:
    number = flow.lodge()
    flow.alerts.failures = [ProviderUnclearError()]
    assert flow.alert_unit(number, 1) == ["claimed"]

    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
    for _ in range(2):
        flow.sweep()
        flow.hand_over()

    assert [sent.message_id for sent in flow.alerts.sent] == [f"{number}_000001_{KEL_GAMBIR.replace('.', '-')}"]


def test_an_erased_reporter_is_told_nothing_more(flow: Flow) -> None:
    number = flow.lodge()
    flow.notify_citizen(number)
    flow.vault.erase(number)
    flow.act(number, "coordinate", LURAH, unit=DBM)

    assert flow.notify_citizen(number) == []
    assert flow.told(number) == ["waiting"]


def test_a_reporter_whose_contact_is_damaged_has_every_message_recorded_as_failed(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=2)
    flow.vault.damaged.add(number)

    for _ in range(2):
        with pytest.raises(DamagedError):
            flow.notify_citizen(number)

    assert flow.told(number) == []
    assert [notice.state for notice in flow.table.notices.of(number)] == ["failed"] * 3


def test_a_claim_on_a_contact_that_was_damaged_since_is_settled_by_the_sweeper(flow: Flow) -> None:
    number = flow.lodge()
    flow.mail.failures = [ProviderUnclearError()]
    flow.notify_citizen(number)
    flow.vault.damaged.add(number)

    flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
    flow.sweep()
    with pytest.raises(DamagedError):
        flow.hand_over()

    assert [notice.state for notice in flow.table.notices.of(number)] == ["failed"]


def test_a_report_without_contact_and_one_that_is_gone_are_nobodys_to_tell(flow: Flow) -> None:
    number = flow.lodge(contact=None)

    assert flow.notify_citizen(number) == []
    assert flow.notify_citizen("JKT-0000-0000-0") == []
    assert flow.alert_unit("JKT-0000-0000-0", 1) == []


# ------------------------------------------------------------------------------------------------ who is told
def test_an_officers_reply_reaches_the_reporter_and_an_internal_note_does_not(flow: Flow) -> None:
    number = flow.lodge()
    flow.act(number, "comment", LURAH, given(text="Kami cek sore ini"))
    flow.act(number, "comment", LURAH, given(text="Cek arsip dulu", internal=True))

    flow.tell(number)

    assert flow.told(number) == ["waiting", "reply"]
    assert "Kami cek sore ini" in flow.mail.sent[-1].text


@pytest.mark.parametrize(("by", "ways"), [("sms", (0, 1)), ("email", (1, 0)), (None, (1, 0))])
def test_a_reporter_with_both_is_told_by_the_one_that_they_chose(
    flow: Flow, by: str | None, ways: tuple[int, int]
) -> None:
    number = flow.lodge(replace(SITI, phone=BUDI.phone, by=by))

    flow.tell(number)

    assert (len(flow.mail.sent), len(flow.sms.sent)) == ways


def test_the_reporters_comment_reaches_the_holder_alone(flow: Flow) -> None:
    number = flow.lodge()
    flow.act(number, "comment", REPORTER, given(text="Masih ada lubang lain"))

    flow.tell(number)

    assert flow.told(number) == ["waiting"]
    assert alerts(flow, number) == [(KEL_GAMBIR, "alert"), (KEL_GAMBIR, "reply")]


def test_the_end_of_a_rejections_window_tells_the_reporter_nothing_and_the_holder_once(flow: Flow) -> None:
    number = flow.lodge()
    flow.act(number, "reject", LURAH, given(reason_code="not_a_complaint", text="Bukan aduan"))
    flow.pass_time(hours=73)
    flow.ring(number)

    flow.tell(number)
    flow.tell(number)

    assert flow.complaints.rows[number].status == "rejected"
    assert flow.told(number) == ["waiting", "rejected"]
    assert alerts(flow, number) == [(KEL_GAMBIR, "alert"), (KEL_GAMBIR, "rejected")]


def test_rungs_climb_the_ladder_from_the_holder_to_the_regional_secretary(flow: Flow) -> None:
    number = flow.lodge()
    flow.pass_time(days=8)
    flow.ring(number)

    flow.tell(number)

    assert set(alerts(flow, number)[1:]) == {
        (KEL_GAMBIR, "breach"), (KOTA_PUSAT, "escalation"), (BUREAU, "escalation"), ("SEKDA", "escalation"),
    }  # fmt: skip
    assert flow.told(number) == ["waiting", "escalation"]


def test_the_holder_the_validators_and_the_holder_again_hear_of_the_proof(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number)

    flow.tell(number)

    assert alerts(flow, number) == [
        (KEL_GAMBIR, "alert"),
        (DBM, "alert"),
        (DBM, "alert"),
        (BUREAU, "alert"),
        (DBM, "resolved"),
        (DBM, "closed"),
    ]
    assert ENGINEER.unit == DBM


def test_a_case_about_an_officer_never_alerts_a_kelurahan(flow: Flow) -> None:
    number = flow.lodge(draft=a_draft(category=ILLEGAL_LEVY))

    flow.tell(number)

    assert alerts(flow, number) == [(INSPECTORATE, "alert")]


@pytest.mark.parametrize("category", [VIOLENCE, ILLEGAL_LEVY])
@pytest.mark.parametrize("contact", [SITI, BUDI], ids=["e-mail", "SMS"])
def test_messages_of_a_shielded_category_name_neither_category_nor_place(
    flow: Flow, category: str, contact: object
) -> None:
    number = flow.lodge(contact, draft=a_draft(category=category))  # type: ignore[arg-type]
    flow.act(number, "comment", COORDINATOR, given(text="Kami dampingi"))
    flow.pass_time(hours=5)
    flow.ring(number)

    flow.tell(number)

    sent_out = (*flow.mail.sent, *flow.sms.sent, *flow.alerts.sent)
    assert sent_out
    for sent in sent_out:
        said = (sent.subject + sent.text + sent.html).lower()
        assert not [word for word in ("gambir", "kekerasan", "pungutan", "pungli", "kdrt") if word in said]
