"""Nobody is pumped or bombed: what strangers' addresses get, what is held for them, and what they are told later."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.messages.letters import asks
from chalicelib.application.messages.sending import NotifyCitizen
from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.pseudonyms import pseudonym
from tests.application.test_letters import LANGUAGES, LONGEST_SITE, an_event, gsm_length, outcomes
from tests.builders import LURAH, a_complaint, given
from tests.flow import BUDI, SITI, Flow, letters

MAIL, SMS = replace(SITI, token="surelBudiSurelXx"), replace(BUDI, token="smsToken")
WAYS = pytest.mark.parametrize("contact", [MAIL, SMS], ids=["e-mail", "SMS"])
LIFE = ["waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "resolved", "closed"]


@pytest.fixture
def flow() -> Flow:
    return Flow()


def states(flow: Flow, number: str) -> list[str]:
    return [notice.state for notice in flow.notices_ledger.of(number) if notice.kind != "alert"]


def report(flow: Flow, contact: Contact, cases: int, steps: int = 0) -> list[str]:
    numbers = [flow.lodge(contact, bits=bits) for bits in range(1, cases + 1)]
    for number in numbers:
        flow.notify_citizen(number)
        flow.live(number, steps=steps)
        flow.notify_citizen(number)
    return numbers


def confirm(flow: Flow, contact: Contact, number: str) -> None:
    flow.confirming.confirm(number, contact.token)
    flow.sweep()
    flow.hand_over()


@pytest.mark.parametrize(("contact", "cases", "heard_of"), [(MAIL, 13, 3), (SMS, 12, 2)], ids=["e-mail", "SMS"])
def test_a_stranger_named_in_many_reports_hears_of_few(flow: Flow, contact: Contact, cases: int, heard_of: int) -> None:
    numbers = report(flow, contact, cases)

    assert [flow.told(number) for number in numbers] == [["waiting"]] * heard_of + [[]] * (cases - heard_of)
    assert [states(flow, number) for number in numbers[heard_of:]] == [["held"]] * (cases - heard_of)


@pytest.mark.parametrize(("contact", "most"), [(MAIL, 12), (SMS, 8)], ids=["e-mail", "SMS"])
def test_a_stranger_gets_few_messages_whatever_happens_to_the_reports(flow: Flow, contact: Contact, most: int) -> None:
    numbers = report(flow, contact, 5, steps=6)

    told = Counter(flow.told(number).count("waiting") for number in numbers)
    assert sum(len(flow.told(number)) for number in numbers) <= most
    assert told[1] == (3 if contact is MAIL else 2)


@WAYS
def test_the_next_day_there_is_room_again_for_what_is_new(flow: Flow, contact: Contact) -> None:
    *_, last = report(flow, contact, 4)
    flow.pass_time(hours=24)
    flow.live(last, steps=1)

    flow.notify_citizen(last)

    assert flow.told(last) == ["coordinated"]
    assert states(flow, last) == ["held", "sent"]


@WAYS
def test_once_the_link_was_opened_each_held_case_is_told_how_it_stands_once(flow: Flow, contact: Contact) -> None:
    first, *_, last = report(flow, contact, 4, steps=3)
    assert flow.told(last) == []

    confirm(flow, contact, first)
    confirm(flow, contact, first)

    assert flow.told(last) == ["in_progress"]
    assert states(flow, last) == ["superseded"] * 3 + ["sent"]


@WAYS
def test_a_confirmed_address_hears_of_everything(flow: Flow, contact: Contact) -> None:
    first = flow.lodge(contact, bits=1)
    flow.notify_citizen(first)
    confirm(flow, contact, first)

    others = [flow.lodge(contact, bits=bits) for bits in range(2, 8)]
    for number in others:
        flow.live(number)
        flow.notify_citizen(number)

    assert [flow.told(number) for number in others] == [LIFE] * 6


def test_what_was_held_is_told_by_whoever_comes_first_and_then_not_by_the_sweeper(flow: Flow) -> None:
    first, *_, last = report(flow, MAIL, 4)
    flow.confirming.confirm(first, MAIL.token)
    flow.live(last, steps=1)
    flow.notify_citizen(last)

    flow.sweep()
    flow.hand_over()

    assert flow.told(last) == ["coordinated"]
    assert states(flow, last) == ["superseded", "sent"]
    assert flow.standings.held(pseudonym(MAIL.token), 10) == []


def test_a_reply_alone_that_was_held_is_told(flow: Flow) -> None:
    numbers = report(flow, MAIL, 3, steps=6)
    first = numbers[0]
    flow.act(first, "comment", LURAH, given(text="Terima kasih"))
    flow.notify_citizen(first)
    assert states(flow, first)[-1] == "held"

    before = len(flow.told(first))
    confirm(flow, MAIL, first)

    assert flow.told(first)[before:] == ["reply"]


def test_the_promise_lasts_until_the_case_was_told(flow: Flow) -> None:
    first, *_, last = report(flow, MAIL, 4)
    flow.confirming.confirm(first, MAIL.token)
    flow.sweep()
    flow.hand_back.given = []  # lost on the way

    flow.pass_time(minutes=5)
    flow.sweep()
    flow.hand_over()
    flow.pass_time(minutes=5)
    flow.sweep()

    assert flow.told(last) == ["waiting"]
    assert not [alarm for alarm in flow.queues.alarms(flow.now() + timedelta(days=1), 99) if alarm.kind == "standing"]


def test_a_promise_that_nobody_can_keep_ends_after_three_days(flow: Flow) -> None:
    first, *_, last = report(flow, MAIL, 4)
    flow.confirming.confirm(first, MAIL.token)
    flow.vault.erase(last)

    for _ in range(4):
        flow.pass_time(days=1)
        flow.sweep()
        flow.hand_over()

    assert not [alarm for alarm in flow.queues.alarms(flow.now() + timedelta(days=9), 99) if alarm.kind == "standing"]


def test_a_confirmation_between_the_look_and_the_note_is_not_lost(flow: Flow) -> None:
    first, *_ = report(flow, MAIL, 3)
    late = flow.lodge(MAIL, bits=9)
    usual = flow.standings.hold

    def hold(name: str, number: str) -> None:
        flow.confirming.confirm(first, MAIL.token)
        flow.sweep()  # before the case stands among those that are held
        usual(name, number)

    flow.standings.hold = hold  # type: ignore[method-assign]

    assert flow.notify_citizen(late) == ["sent"]
    assert flow.told(late) == ["waiting"]


@WAYS
def test_who_wants_no_messages_gets_none_even_when_confirmed(flow: Flow, contact: Contact) -> None:
    first = flow.lodge(contact, bits=1)
    flow.notify_citizen(first)
    flow.confirming.suppress(contact.token)
    flow.confirming.confirm(first, contact.token)
    second = flow.lodge(contact, bits=2)
    flow.live(first, steps=1)

    for number in (first, second):
        flow.notify_citizen(number)

    assert (flow.told(first), flow.told(second)) == (["waiting"], [])
    assert (states(flow, first), states(flow, second)) == (["sent", "suppressed"], ["suppressed"])


@pytest.mark.parametrize("token", ["", "x", "surelBudiSurelXy", SMS.token, "\udc80", "a" * 500])
def test_a_token_that_is_not_the_address_s_changes_nothing(flow: Flow, token: str) -> None:
    first, *_, last = report(flow, MAIL, 4)

    flow.confirming.confirm(first, token)
    flow.confirming.suppress(token)
    flow.sweep()
    flow.hand_over()

    assert flow.told(last) == []
    assert not flow.standings.find(pseudonym(MAIL.token)).suppressed


def test_a_token_confirms_through_a_report_of_its_own_address_alone(flow: Flow) -> None:
    mine, other = flow.lodge(MAIL, bits=1), flow.lodge(SMS, bits=2)
    for number in (mine, other):
        flow.notify_citizen(number)

    flow.confirming.confirm(other, MAIL.token)

    assert not flow.standings.find(pseudonym(MAIL.token)).confirmed


def test_letters_carry_the_proof_until_the_address_is_confirmed(flow: Flow) -> None:
    number = flow.lodge(MAIL)
    flow.notify_citizen(number)
    confirm(flow, MAIL, number)
    flow.live(number, steps=1)
    flow.notify_citizen(number)

    before, after = flow.mail.sent
    for said in (before.text, before.html):
        assert f"#{number}~{MAIL.secret}~{MAIL.token}" in said
        assert f"/bukan-saya#{MAIL.token}" in said
    assert MAIL.token not in after.text + after.html
    assert "bukan-saya" not in after.text + after.html


def test_an_sms_carries_the_proof_in_its_link(flow: Flow) -> None:
    number = flow.lodge(SMS)
    flow.notify_citizen(number)

    assert flow.sms.sent[0].text.endswith(f"#{number}~{SMS.secret}~{SMS.token}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_an_sms_with_its_proof_fits_into_one_message_at_any_site(status: str, language: str) -> None:
    contact = replace(SMS, language=language, secret="x" * 22)
    event = an_event(status, "referred" if status != "referred" else "waiting")

    for outcome in outcomes():
        text = letters(LONGEST_SITE).sms(event, a_complaint(), contact, outcome)
        assert text.endswith(f"~{SMS.token}") or asks(event)  # a question's link is a proof of its own
        assert gsm_length(text) <= 160


def test_a_message_that_is_tried_again_costs_the_budget_nothing(flow: Flow) -> None:
    number = flow.lodge(MAIL)
    flow.mail.failures = [ProviderBusyError()] * 5
    for _ in range(6):
        flow.notify_citizen(number)
        flow.pass_time(hours=2)

    assert flow.told(number) == ["waiting"]
    assert len(flow.standings.find(pseudonym(MAIL.token)).sends) == 1


# ------------------------------------------------------------------------------------------------ what it costs
def counted(flow: Flow) -> list[str]:
    """The calls about the address's standing, from now on."""
    calls: list[str] = []
    for name in ("take", "find", "note"):
        inner = getattr(flow.standings, name)

        def call(*given: object, name: str = name, inner: Callable[..., object] = inner, **named: object) -> object:
            calls.append(name)
            return inner(*given, **named)

        setattr(flow.standings, name, call)
    return calls


@WAYS
def test_a_strangers_letter_costs_one_call_for_standing_and_budget(flow: Flow, contact: Contact) -> None:
    calls = counted(flow)

    report(flow, contact, 1, steps=5)

    assert calls == ["take"] * 6


def speak(flow: Flow, number: str, what: str) -> None:
    if what == "confirmed":
        confirm(flow, MAIL, number)
    elif what == "suppressed":
        flow.confirming.suppress(MAIL.token)
    else:
        report(flow, MAIL, 3, steps=6)


@pytest.mark.parametrize("what", ["confirmed", "suppressed", "held"])
def test_what_the_last_message_says_will_be_refused_is_read_and_not_tried(flow: Flow, what: str) -> None:
    number = flow.lodge(MAIL, bits=9)
    flow.notify_citizen(number)
    speak(flow, number, what)
    flow.live(number, steps=1)
    flow.notify_citizen(number)  # the first to hear of it, and to note it
    flow.act(number, "comment", LURAH, given(text="Terima kasih"))
    calls = counted(flow)

    flow.notify_citizen(number)

    assert calls
    assert "take" not in calls


def test_after_a_day_of_many_messages_the_row_is_tidied_and_has_room(flow: Flow) -> None:
    report(flow, MAIL, 2, steps=4)
    flow.pass_time(hours=24)
    late = flow.lodge(MAIL, bits=9)
    flow.live(late, steps=3)

    flow.notify_citizen(late)

    assert flow.told(late) == LIFE[:4]
    assert {send.number for send in flow.standings.find(pseudonym(MAIL.token)).sends} == {late}


# ------------------------------------------------------------------------------------------------ the city's day
def with_ceiling(flow: Flow, most: int) -> NotifyCitizen:
    flow.ceilings = {"email": most, "sms": most}
    return flow.notify_citizen


@pytest.mark.parametrize("contact", [SITI, BUDI, MAIL, SMS], ids=["old e-mail", "old SMS", "e-mail", "SMS"])
def test_beyond_the_citys_day_receipts_and_results_go_and_the_rest_waits_until_midnight(
    flow: Flow, contact: Contact
) -> None:
    notify = with_ceiling(flow, 1)
    number = flow.lodge(contact)
    flow.live(number)
    notify(number)
    assert flow.told(number) == ["waiting", "resolved", "closed"]

    flow.pass_time(hours=24)
    flow.sweep()
    flow.hand_over()

    assert flow.told(number) == ["waiting", "resolved", "closed"]  # what waited says less than what was told
    assert Counter(states(flow, number)) == {"sent": 3, "superseded": 4}


def test_what_waited_for_midnight_is_told_as_it_stands_then(flow: Flow) -> None:
    notify = with_ceiling(flow, 1)
    number = flow.lodge(MAIL)
    flow.live(number, steps=3)
    notify(number)
    assert flow.told(number) == ["waiting"]

    flow.pass_time(hours=16)  # eight in the morning → midnight
    flow.sweep()
    flow.hand_over()

    assert flow.told(number) == ["waiting", "in_progress"]
    assert states(flow, number) == ["sent", "superseded", "superseded", "sent"]


@pytest.mark.parametrize(("sent", "near"), [(79, []), (80, ["email"]), (120, ["email"])])
def test_four_fifths_of_a_day_are_near_its_ceiling(flow: Flow, sent: int, near: list[str]) -> None:
    flow.ceilings = {"email": 100, "sms": 100}
    for _ in range(sent):
        flow.day_counts.count(flow.now().date(), "email", None)

    assert flow.share_of_day.near_the_ceiling() == near
