"""Who hears of a case without being its reporter: followers, and those whose reports were merged into it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.messages import ProviderBusyError, ProviderUnwantedError
from chalicelib.domain.actor import REPORTER
from tests.builders import COORDINATOR, DBM, ENGINEER, LURAH, a_draft, given
from tests.flow import BUDI, SITI, Flow

RINA = {"email": "rina@example.id"}


@pytest.fixture
def flow() -> Flow:
    return Flow()


def follow(flow: Flow, number: str, contact: dict[str, str] | None = None) -> None:
    from chalicelib.application.handling.following import read_contact

    known, _ = read_contact(contact)
    assert flow.following(number, known, since=flow.complaints.rows[number].sequence, operation=None)


def told(flow: Flow, to: str) -> list[str]:
    return [sent.event for sent in (*flow.mail.sent, *flow.sms.sent) if sent.to == to]


def tell(flow: Flow, number: str) -> None:
    flow.notify_citizen(number)
    flow.tell_listeners(number)


def merge(flow: Flow, number: str, into: str) -> None:
    flow.act(number, "merge", LURAH, given(survivor=into, text="Sama", other=flow.complaints.rows[into]))


def coordinate(flow: Flow, number: str) -> None:
    flow.act(number, "coordinate", LURAH, unit=DBM)


def test_a_follower_hears_each_status_after_they_began_to_follow(flow: Flow) -> None:
    number = flow.lodge(None)
    coordinate(flow, number)
    follow(flow, number, RINA)
    flow.act(number, "start", ENGINEER)
    flow.act(number, "comment", ENGINEER, text="Kami berangkat")

    tell(flow, number)
    tell(flow, number)

    assert told(flow, RINA["email"]) == ["in_progress"]


def test_a_followers_letter_has_no_secret_no_category_and_no_place(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, RINA)
    coordinate(flow, number)

    tell(flow, number)

    (letter,) = flow.mail.sent
    assert f"#{number}" in letter.text
    assert not [
        word for word in ("~", "Gambir", "lubang", "Lubang") if word in letter.text + letter.html + letter.subject
    ]


def test_nobody_is_bombed_by_being_made_a_follower(flow: Flow) -> None:
    """The budget of an address that nobody has confirmed: three cases in a day, whoever wrote it into the form."""
    numbers = [flow.lodge(None, bits=bits) for bits in range(1, 6)]
    for number in numbers:
        follow(flow, number, RINA)
        coordinate(flow, number)

        tell(flow, number)

    assert told(flow, RINA["email"]) == ["coordinated"] * 3


def test_a_followers_letter_says_how_to_stop_it_and_stopping_works(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, RINA)
    coordinate(flow, number)
    tell(flow, number)
    found = re.search(r"/bukan-saya#(\S+)", flow.mail.sent[-1].text)
    assert found

    flow.confirming.suppress(found[1])
    flow.act(number, "start", ENGINEER)
    tell(flow, number)

    assert told(flow, RINA["email"]) == ["coordinated"]


def test_a_follower_whose_provider_says_that_they_want_nothing_gets_no_more(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, RINA)
    coordinate(flow, number)
    flow.mail.failures.append(ProviderUnwantedError("x"))
    tell(flow, number)

    flow.act(number, "start", ENGINEER)
    tell(flow, number)

    assert told(flow, RINA["email"]) == []


def test_nobody_hears_of_a_case_that_was_hidden_since(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, RINA)
    coordinate(flow, number)
    flow.act(number, "hide", COORDINATOR, legal_ground="minor", text="Menyebut anak")

    tell(flow, number)

    assert told(flow, RINA["email"]) == []


def test_the_reporter_of_a_merged_case_hears_every_later_status_of_the_other_with_their_own_link(flow: Flow) -> None:
    number, double = flow.lodge(SITI, bits=1), flow.lodge(BUDI, bits=2)
    coordinate(flow, number)
    merge(flow, double, number)
    flow.act(number, "start", ENGINEER)

    tell(flow, number)
    tell(flow, double)

    assert told(flow, str(BUDI.phone)) == ["in_progress", "waiting", "merged"]
    (sms,) = [sent for sent in flow.sms.sent if sent.event == "in_progress"]
    assert (sms.number, f"#{double}~" in sms.text) == (double, True)


def test_followers_of_a_merged_case_hear_it_too(flow: Flow) -> None:
    number, double = flow.lodge(None, bits=1), flow.lodge(None, bits=2)
    follow(flow, double, RINA)
    merge(flow, double, number)
    coordinate(flow, number)

    tell(flow, double)
    tell(flow, number)

    assert told(flow, RINA["email"]) == ["merged", "coordinated"]


def test_no_follower_hears_of_a_shielded_case_into_which_theirs_was_merged(flow: Flow) -> None:
    number, double = flow.lodge(None, bits=1), flow.lodge(SITI, bits=2)
    follow(flow, double, RINA)
    merge(flow, double, number)
    flow.complaints.rows[number] = replace(flow.complaints.rows[number], visibility="private")
    coordinate(flow, number)

    tell(flow, number)

    assert (told(flow, RINA["email"]), told(flow, str(SITI.email))) == ([], ["coordinated"])


@pytest.mark.parametrize("contact", [SITI, BUDI], ids=["mail", "sms"])
def test_no_message_names_the_case_that_goes_on(flow: Flow, contact: Contact) -> None:
    number, double = flow.lodge(None, bits=1), flow.lodge(contact, bits=2)
    merge(flow, double, number)
    coordinate(flow, number)

    tell(flow, number)

    (sent,) = (*flow.mail.sent, *flow.sms.sent)
    assert (sent.event, number in sent.subject + sent.text + sent.html) == ("coordinated", False)


def test_of_a_chain_of_merges_everybody_hears(flow: Flow) -> None:
    last, middle, first = (flow.lodge(None, bits=1), flow.lodge(None, bits=2), flow.lodge(SITI, bits=3))
    merge(flow, first, middle)
    merge(flow, middle, last)
    coordinate(flow, last)

    tell(flow, last)

    assert told(flow, str(SITI.email)) == ["coordinated"]


@pytest.mark.parametrize("out", ["unmerge", "object"])
def test_whose_report_was_taken_out_hears_of_the_other_no_more(flow: Flow, out: str) -> None:
    number, double = flow.lodge(None, bits=1), flow.lodge(SITI, bits=2)
    merge(flow, double, number)
    sent: Any = given(text="Berbeda", other=flow.complaints.rows[number])
    flow.act(double, out, LURAH if out == "unmerge" else REPORTER, sent)
    coordinate(flow, number)

    tell(flow, number)

    assert told(flow, str(SITI.email)) == []


def test_what_a_busy_provider_did_not_take_is_told_later_and_in_order(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, RINA)
    coordinate(flow, number)
    flow.act(number, "start", ENGINEER)
    flow.mail.failures = [ProviderBusyError()]
    tell(flow, number)
    assert told(flow, RINA["email"]) == []

    flow.pass_time(minutes=6)
    flow.sweep()
    flow.hand_over()

    assert told(flow, RINA["email"]) == ["coordinated", "in_progress"]


def test_the_same_address_follows_once(flow: Flow) -> None:
    number = flow.lodge(None)
    for contact in (RINA, {"email": "RINA@example.id"}, RINA):
        follow(flow, number, contact)

    assert flow.complaints.case_file(number).followers == 1  # type: ignore[union-attr]


def test_who_can_be_told_by_no_way_is_counted_and_not_told(flow: Flow) -> None:
    number = flow.lodge(None)
    follow(flow, number, {"phone": "021 3456789"})
    follow(flow, number)
    coordinate(flow, number)

    tell(flow, number)

    assert flow.complaints.case_file(number).followers == 2  # type: ignore[union-attr]
    assert (flow.mail.sent, flow.sms.sent) == ([], [])


def test_a_case_merged_into_another_is_projected_out_of_the_lists(flow: Flow) -> None:
    number, double = flow.lodge(None, bits=1), flow.lodge(None, bits=2, draft=a_draft())
    merge(flow, double, number)
    for event in flow.complaints.events(double):
        flow.project(double, event.sequence)

    assert flow.lists.kept[double].listed is None  # type: ignore[attr-defined]


def test_whose_report_was_merged_is_not_even_looked_for_before_there_is_news(flow: Flow, monkeypatch: Any) -> None:
    survivor, *others = (flow.lodge(SITI, bits=bits) for bits in range(1, 6))
    for number in others:
        merge(flow, number, survivor)
    load, loaded = flow.complaints.load, []

    def noted(number: str) -> Any:
        loaded.append(number)
        return load(number)

    monkeypatch.setattr(flow.complaints, "load", noted)
    flow.tell_listeners(survivor)
    assert not set(loaded) & set(others)

    coordinate(flow, survivor)
    flow.tell_listeners(survivor)
    assert set(others) <= set(loaded)
