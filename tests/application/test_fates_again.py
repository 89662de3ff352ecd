"""What is kept of a provider's words, where the ledger could not be written, does later what they would have done."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.handling.following import read_contact
from chalicelib.domain.messages import FOLLOWER, MERGED, split_key
from chalicelib.domain.pseudonyms import pseudonym
from tests.application import test_fates as letters
from tests.application import test_sms_fates as sms
from tests.builders import DBM, LURAH, given
from tests.flow import BUDI, Flow

BY_EMAIL = {
    "no mailbox": letters.NO_MAILBOX,
    "full": letters.FULL,
    "undetermined": letters.UNDETERMINED,
    "unwanted": letters.UNWANTED,
    "rejected": letters.REJECTED,
}
BY_SMS = [kind for kind, (state, *_) in sms.FATES.items() if state != "sent"]


def kept(flow: Flow, told: dict[str, Any]) -> dict[str, Any]:
    """As the dead letters hold it."""
    read: dict[str, Any] = json.loads(json.dumps(flow.note_fate.redacted(told)))
    assert flow.note_fate.redacted(read) == read
    return read


def noted(flow: Flow, told: dict[str, Any], *, again: bool) -> str:
    return flow.note_fate.note_again(kept(flow, told)) if again else flow.note_fate(told)


def a_letter_to(flow: Flow, kind: str) -> Any:
    """A letter of a case that Siti reported, Rina follows, and into which Budi's was merged."""
    number = flow.lodge(letters.SITI_AT_HOME)
    known, _ = read_contact(letters.RINA)
    flow.following(number, known, since=flow.complaints.rows[number].sequence, operation=None)
    if kind == MERGED:
        survivor = flow.lodge(BUDI, bits=2)
        flow.act(number, "merge", LURAH, given(survivor=survivor, text="Sama", other=flow.complaints.rows[survivor]))
        flow.complaints.rows[survivor] = replace(flow.complaints.rows[survivor], merged=(number,))
        number = survivor
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.tell(number)
    found = flow.notices_ledger.rows.values()
    return next(one for one in found if one.number == number and split_key(one.key)[1].kind == kind)


def after_a_letter(kind: str, event: dict[str, Any], *, again: bool) -> Any:
    flow = Flow()
    outcome = noted(flow, letters.about(event, a_letter_to(flow, kind).message_id), again=again)
    return outcome, sorted(map(repr, flow.notices_ledger.rows.values())), dict(flow.standings.rows)


@pytest.mark.parametrize("event", BY_EMAIL)
@pytest.mark.parametrize("kind", ["reporter", FOLLOWER, MERGED])
def test_a_letter_that_came_back_is_noted_from_what_was_kept_as_from_the_whole(kind: str, event: str) -> None:
    assert after_a_letter(kind, BY_EMAIL[event], again=True) == after_a_letter(kind, BY_EMAIL[event], again=False)


@pytest.mark.parametrize("kind", BY_SMS)
def test_the_fate_of_an_sms_is_noted_from_what_was_kept(kind: str) -> None:
    state, reason, is_written_to = sms.FATES[kind]
    flow = Flow()
    number = flow.lodge(sms.BUDI_AT_HOME)
    flow.tell(number)
    notice = sms.sms_of(flow, number)

    noted(flow, sms.about(kind, notice.message_id), again=True)

    assert sms.sms_of(flow, number) == replace(notice, state=state, reason=reason)
    assert flow.standings.find(pseudonym(sms.BUDI_AT_HOME.token)).suppressed is not is_written_to


@pytest.mark.parametrize("told", [letters.about(letters.NO_MAILBOX, "siti@example.id"), {"eventType": "Delivery"}, {}])
def test_of_what_is_not_about_a_message_of_ours_nothing_is_kept(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"ours|fate"):
        Flow().note_fate.redacted(told)
