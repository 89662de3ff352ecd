"""Telling people: the reporter in the order of the case, the units each for itself. Both may be called for any event,
any number of times, in any order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.messages.alerts import Alerts, Matter
from chalicelib.application.messages.delivery import Delivery
from chalicelib.application.messages.letters import Letters
from chalicelib.application.messages.outcomes import OutcomeFacts, tells_outcome
from chalicelib.application.ports.cases import CaseFile, Complaints, Contact, Vault, with_whole_history
from chalicelib.application.ports.messages import Mail, Notice, ProviderRefusedError, Sms, UnitAlerts
from chalicelib.domain import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import DamagedError
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.ways import WAYS, way_to


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
        mail.send(str(about.contact.email), letter.subject, letter.text, letter.html, **_named(notice))

    return send


def by_sms(letters: Letters, sms: Sms) -> Sender:
    def send(about: Subject, notice: Notice) -> None:
        text = letters.sms(about.event, about.complaint, about.contact, about.outcome)
        sms.send(str(about.contact.phone), text, **_named(notice))

    return send


def _named(notice: Notice) -> dict[str, str]:
    return {"event": notice.event, "number": notice.number, "message_id": notice.message_id}


PROMISED = {"claimed", "deferred"}  # states of a message that is still to be told, and told before those behind it


class NotifyCitizen:
    """Catches up: tells whatever the reporter has not been told, oldest first, until the case has nothing newer.

    Two workers on one case need not wait for each other: who finds an earlier message claimed leaves the rest to its
    holder, which looks again after each message; should it die, or the provider be busy, the sweeper goes on here."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        vault: Vault,
        delivery: Delivery,
        senders: Mapping[str, Sender],
    ) -> None:
        self._complaints = complaints
        self._vault = vault
        self._delivery = delivery
        self._senders = senders

    def __call__(self, number: str) -> list[str]:
        """The states of the messages that this call was at. Raises UnavailableError: call again; DamagedError when the
        contact can never be opened: every untold message is then recorded as failed."""
        states: list[str] = []
        seen = 0
        while (complaint := self._complaints.load(number)) and complaint.reachable and complaint.sequence > seen:
            case = self._complaints.case_file(number)
            case = with_whole_history(case, self._complaints) if case else None
            contact = self._opened(case) if case else None
            if case is None or contact is None:  # erased meanwhile
                return states
            seen = case.complaint.sequence
            states += self._catch_up(case, contact)
            if PROMISED & set(states):
                return states
        return states

    def _opened(self, case: CaseFile) -> Contact | None:
        try:
            return self._vault.open(case.complaint.number)
        except DamagedError:
            self._catch_up(case, None)
            raise

    def _catch_up(self, case: CaseFile, contact: Contact | None) -> list[str]:
        settled = {notice.key for notice in case.notices if notice.settled}
        states: list[str] = []
        for event in case.events:
            message = messages.for_reporter(event)
            if message is None or messages.key(event, message) in settled:
                continue
            states.append(self._tell(event, message, case, contact))
            if states[-1] in PROMISED:
                break
        return states

    def _tell(self, event: Event, message: Message, case: CaseFile, contact: Contact | None) -> str:
        way = way_to(contact.addresses, contact.by) if contact else way_to(case.masked_contact or {})
        if way is None:  # the case says that there is one, so the contact was changed meanwhile
            return "unreachable"
        send = self._senders[way.name]
        outcome = outcome_at(event, case.events)

        def by_this_way(notice: Notice) -> None:
            if contact is None:
                raise ProviderRefusedError("the contact can never be opened")
            send(Subject(event, case.complaint, contact, outcome), notice)

        key = messages.key(event, message)
        return self._delivery.deliver(event.number, key, event=message.event, way=way, send=by_this_way)


class AlertUnit:
    """Publishes to the topics of the units that an event concerns; each message for itself."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        delivery: Delivery,
        alerts: Alerts,
        topics: UnitAlerts,
        reference: Reference,
        now: Callable[[], datetime],
    ) -> None:
        self._complaints = complaints
        self._delivery = delivery
        self._alerts = alerts
        self._topics = topics
        self._reference = reference
        self._now = now

    def __call__(self, number: str, sequence: int) -> list[str]:
        """The states of the event's messages; a claim that fell due is taken over."""
        event = self._complaints.event(number, sequence)
        complaint = self._complaints.load(number) if event else None
        if event is None or complaint is None:  # gone
            return []
        for_units = messages.for_units(event, complaint, self._reference)
        return [self._tell(event, message, complaint) for message in for_units]

    def _tell(self, event: Event, message: Message, complaint: Complaint) -> str:
        def send(notice: Notice) -> None:
            matter = Matter(complaint, self._report(event), self._outcome(event))
            subject, text = self._alerts.alert(event, message, matter, self._now())
            self._topics.publish(message.to.id, subject, text, **_named(notice))

        key = messages.key(event, message)
        return self._delivery.deliver(event.number, key, event=message.event, way=WAYS["alert"], send=send)

    def _report(self, event: Event) -> Event | None:
        """The first event: its words say what it is."""
        return event if event.sequence == 1 else self._complaints.event(event.number, 1)

    def _outcome(self, event: Event) -> OutcomeFacts | None:
        if not tells_outcome(event):
            return None
        return outcome_at(event, self._complaints.events(event.number))


def outcome_at(event: Event, history: Sequence[Event]) -> OutcomeFacts | None:
    """What the holder last said of the result, as it stood at the event."""
    said = (e.facts.get("outcome") for e in reversed(history) if e.sequence <= event.sequence)
    return next((outcome for outcome in said if outcome), None)
