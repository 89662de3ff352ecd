"""Telling the reporter, in the order of the case. May be called for any event, any number of times, in any order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.application.messages.allowance import LEAVES, Allowance, Verdict, last_to
from chalicelib.application.messages.backlog import Backlog, Due
from chalicelib.application.messages.case_in_hand import CaseInHand
from chalicelib.application.messages.delivery import NOTHING, Behind, Delivery
from chalicelib.application.messages.letters import Letters
from chalicelib.application.messages.outcomes import OutcomeFacts
from chalicelib.application.messages.windows import Windows
from chalicelib.application.ports.cases import CaseFile, Complaints, Contact, Vault
from chalicelib.application.ports.messages import Chats, Mail, Notice, ProviderRefusedError, Sms
from chalicelib.application.ports.reporters import OwnCases
from chalicelib.domain.budgets import is_receipt
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import DamagedError
from chalicelib.domain.messages import THE_REPORTER
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS, Way


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message to the reporter is about, and whom it goes to."""

    event: Event
    complaint: Complaint
    contact: Contact
    outcome: OutcomeFacts | None


Sender = Callable[[Subject, Notice], None]  # composes and sends by one way; raises the Provider errors


def by_email(letters: Letters, mail: Mail) -> Sender:
    def send(about: Subject, notice: Notice) -> None:
        letter = letters.letter(about.event, about.complaint, about.contact, about.outcome)
        to, reply_to = str(about.contact.email), letters.answered_at(about.complaint)
        mail.send(to, letter.subject, letter.text, letter.html, **named(notice), reply_to=reply_to)

    return send


def by_sms(letters: Letters, sms: Sms) -> Sender:
    def send(about: Subject, notice: Notice) -> None:
        text = letters.sms(about.event, about.complaint, about.contact, about.outcome)
        sms.send(str(about.contact.phone), text, **named(notice))

    return send


def by_chat(letters: Letters, chats: Chats) -> Sender:
    def send(about: Subject, notice: Notice) -> None:
        text = letters.chat(about.event, about.complaint, about.contact, about.outcome)
        chats.send(str(about.contact.chat), text, **named(notice))

    return send


def named(notice: Notice) -> dict[str, str]:
    """What every message carries beside its text."""
    return {"event": notice.event, "number": notice.number, "message_id": notice.message_id}


SUPERSEDED = Verdict("superseded")
PROMISED = {"claimed", "deferred"}  # states of a message that is still to be told, and told before those behind it


class NotifyCitizen:
    """Catches up: tells whatever the reporter has not been told, oldest first, until the case has nothing newer.

    Two workers on one case need not wait for each other. A worker that finds an earlier message claimed marks the claim
    and leaves the rest to its holder. The holder gets the mark back with its record, and then reads the ledger again.
    If the holder dies, or the provider is busy, the sweeper continues here."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        vault: Vault,
        delivery: Delivery,
        allowance: Allowance,
        windows: Windows,
        own: OwnCases,
        senders: Mapping[str, Sender],
        now: Callable[[], datetime],
    ) -> None:
        self._complaints = complaints
        self._vault = vault
        self._delivery = delivery
        self._allowance = allowance
        self._windows = windows
        self._own = own
        self._senders = senders
        self._now = now

    def __call__(self, number: str, at_hand: CaseInHand | None = None) -> list[str]:
        """The states of the messages that this call was at; `at_hand` is the case where somebody else is told too.
        Raises UnavailableError: call again; DamagedError when the contact can never be opened: every untold message is
        then recorded as failed."""
        at_hand = at_hand or CaseInHand(number, self._complaints)
        states: list[str] = []
        for case in at_hand.each_look():
            contact = self._opened(case) if case.complaint.reachable else None
            if contact is None:  # there is none, or it was erased meanwhile
                return states
            states += self._catch_up(case, contact, at_hand.look_again)
            if PROMISED & set(states):
                return states
        return states

    def _opened(self, case: CaseFile) -> Contact | None:
        try:
            return self._vault.open(case.complaint.number, case.sealed)
        except DamagedError:
            self._catch_up(case, None, lambda: None)
            raise

    def _catch_up(self, case: CaseFile, contact: Contact | None, look_again: Callable[[], None]) -> list[str]:
        backlog = Backlog.of(case)
        is_open = backlog.has_held and contact is not None and self._allowance.is_open(contact.token)
        going, superseded = backlog.present_state(self._now(), is_open=is_open)
        for due in superseded:
            self._set_aside(due, SUPERSEDED, NOTHING)
        states: list[str] = []
        for due in going:
            states.append(self._tell(due, case, contact, Behind(due is not going[-1], look_again)))
            if states[-1] in PROMISED:
                break
        if is_open and contact and "held" not in states:
            self._allowance.told(case.complaint.number, contact.token)
        return states

    def _tell(self, due: Due, case: CaseFile, contact: Contact | None, behind: Behind) -> str:
        self._note_own(due, case, contact)
        way = contact.way if contact else WAYS.get((case.masked_contact or {}).get("reach", "email"))
        if way is None:  # the case says that there is one, so the contact was changed meanwhile
            return "unreachable"
        open_way = self._windows.way(contact) if contact else way
        if contact and open_way is None:
            verdict = self._allowance.until_they_write(due.event.number, contact.token)
            return self._set_aside(due, verdict, behind, way)
        way = open_way or way
        verdict = self._verdict(due, way, contact, case)
        if verdict.state:
            return self._set_aside(due, verdict, behind, way)
        send = self._senders[way.name]
        outcome = outcome_at(due.event, case.events)
        shown = replace(contact, token="") if contact and verdict.confirmed else contact

        def by_this_way(notice: Notice) -> None:
            if contact is None or shown is None:
                raise ProviderRefusedError("the contact can never be opened")
            with self._allowance.heeded(contact.token):
                send(Subject(due.event, case.complaint, shown, outcome), notice)

        name, behind = due.message.event, replace(behind, confirmed=verdict.confirmed)
        return self._delivery.deliver(due.event.number, due.key, event=name, way=way, send=by_this_way, behind=behind)

    def _note_own(self, due: Due, case: CaseFile, contact: Contact | None) -> None:
        """With the receipt, whether it leaves or not: the case is one of this address."""
        if contact and contact.token and is_receipt(due.event):
            self._own.note(pseudonym(contact.token), case.complaint.number, case.complaint.received_at)

    def _verdict(self, due: Due, way: Way, contact: Contact | None, case: CaseFile) -> Verdict:
        """What was claimed before has been allowed before."""
        if contact is None or due.state in PROMISED:
            return LEAVES
        return self._allowance(due.event, due.key, way.name, contact.token, last_to(THE_REPORTER, case.notices))

    def _set_aside(self, due: Due, verdict: Verdict, behind: Behind, way: Way | None = None) -> str:
        now = self._now()
        notice = Notice(
            number=due.event.number,
            key=due.key,
            event=due.message.event,
            kind=way.name if way else due.kind,
            state=verdict.state,
            claimed_at=now,
            due_at=verdict.due_at or now,
            lease_until=now,
            reason=verdict.reason,
        )
        return self._delivery.set_aside(notice, due.notice, behind)


def outcome_at(event: Event, history: Sequence[Event]) -> OutcomeFacts | None:
    """What the holder last said of the result, as it stood at the event."""
    said = (e.facts.get("outcome") for e in reversed(history) if e.sequence <= event.sequence)
    return next((outcome for outcome in said if outcome), None)
