"""Telling people: the citizen in the order of his case, the units each for itself. Both may be called for any event,
any number of times, in any order."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.application.messages.alerts import Alerts
from chalicelib.application.messages.delivery import Delivery
from chalicelib.application.messages.letters import Letters, Outcome
from chalicelib.application.ports.cases import CaseFile, Complaints, Contact, Vault
from chalicelib.application.ports.messages import Mail, Notice, Sms, UnitAlerts
from chalicelib.domain import notices
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.notices import Telling
from chalicelib.domain.reference import Reference

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
        letters: Letters,
        mail: Mail,
        sms: Sms,
    ) -> None:
        self._complaints = complaints
        self._vault = vault
        self._delivery = delivery
        self._letters = letters
        self._mail = mail
        self._sms = sms

    def __call__(self, number: str) -> list[str]:
        """The states of the messages that this call was at. Raises UnavailableError: call again."""
        states: list[str] = []
        seen = 0
        while (complaint := self._complaints.load(number)) and complaint.reach and complaint.sequence > seen:
            case = self._complaints.case_file(number)
            contact = self._vault.open(number) if case else None
            if case is None or contact is None:  # erased meanwhile
                return states
            seen = case.complaint.sequence
            states += self._catch_up(case, contact)
            if PROMISED & set(states):
                return states
        return states

    def _catch_up(self, case: CaseFile, contact: Contact) -> list[str]:
        settled = {notice.key for notice in case.notices if notice.settled}
        states: list[str] = []
        for event in case.events:
            telling = notices.for_citizen(event)
            if telling is None or notices.key(event, telling) in settled:
                continue
            states.append(self._tell(event, telling, case, contact))
            if states[-1] in PROMISED:
                break
        return states

    def _tell(self, event: Event, telling: Telling, case: CaseFile, contact: Contact) -> str:
        def send(notice: Notice) -> None:
            outcome = outcome_at(event, case.events)
            named = {"event": notice.event, "number": event.number, "message_id": notice.message_id}
            if notice.kind == "email":
                letter = self._letters.letter(event, case.complaint, contact, outcome)
                self._mail.send(str(contact.email), letter.subject, letter.text, letter.html, **named)
            else:
                self._sms.send(str(contact.phone), self._letters.sms(event, contact, outcome), **named)

        key, kind = notices.key(event, telling), str(case.complaint.reach)  # decided when it came in
        return self._delivery.deliver(event.number, key, event=telling.event, kind=kind, send=send)


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
        units = notices.for_units(event, complaint, self._reference)
        return [self._tell(event, telling, complaint) for telling in units]

    def _tell(self, event: Event, telling: Telling, complaint: Complaint) -> str:
        def send(notice: Notice) -> None:
            outcome = self._outcome(event)
            subject, text = self._alerts.alert(event, telling, complaint, outcome, self._now())
            named = {"event": notice.event, "number": event.number, "message_id": notice.message_id}
            self._topics.publish(telling.to, subject, text, **named)

        key = notices.key(event, telling)
        return self._delivery.deliver(event.number, key, event=telling.event, kind="alert", send=send)

    def _outcome(self, event: Event) -> Outcome | None:
        if event.action not in ("propose_done", "validate"):
            return None
        return outcome_at(event, self._complaints.events(event.number))


def outcome_at(event: Event, history: Sequence[Event]) -> Outcome | None:
    """What the holder last said of the result, as it stood at the event."""
    said = (e.facts.get("outcome") for e in reversed(history) if e.sequence <= event.sequence)
    return next((outcome for outcome in said if outcome), None)
