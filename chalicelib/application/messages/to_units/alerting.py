"""Telling units: each message for itself, but for replies that come close together."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.messages.delivery import Delivery
from chalicelib.application.messages.outcomes import OutcomeFacts, tells_outcome
from chalicelib.application.messages.sending import named, outcome_at
from chalicelib.application.messages.to_units.alerts import Alerts, matter_of
from chalicelib.application.messages.to_units.late_parts import TellLateParts
from chalicelib.application.messages.to_units.limits import TellLimits
from chalicelib.application.messages.to_units.replies import Hour, hour_of
from chalicelib.application.ports.cases import Complaints, EventFile
from chalicelib.application.ports.messages import HandBack, Notice, UnitAlerts
from chalicelib.domain import messages
from chalicelib.domain.case.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.ways import WAYS

JOINED = "joined"  # told with another reply, whose message it is


class AlertUnit:
    """Publishes to the topics of the units that an event concerns, and hands on what a partner's system is to hear: it
    is the one function that reads every event with its case. May be called for any event, any number of times, in any
    order. `limits` tells of what the channel of a case promised and was not kept, `late_parts` of parts of the work."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        delivery: Delivery,
        alerts: Alerts,
        topics: UnitAlerts,
        reference: Reference,
        partners: HandBack,
        limits: TellLimits,
        late_parts: TellLateParts,
        now: Callable[[], datetime],
    ) -> None:
        self._complaints = complaints
        self._delivery = delivery
        self._alerts = alerts
        self._topics = topics
        self._reference = reference
        self._partners = partners
        self._limits = limits
        self._late_parts = late_parts
        self._now = now

    def __call__(self, number: str, sequence: int) -> list[str]:
        """The states of the event's messages; a claim that fell due is taken over."""
        found = self._complaints.event_file(number, sequence)
        if found is None:  # gone
            return []
        event, complaint = found.event, found.complaint
        for_units = messages.for_units(event, complaint, self._reference)
        if for_partner := messages.for_partner(event, complaint):
            self._partners.put(event, for_partner.to)
        if messages.is_reply_to_unit(event):
            return [self._reply(found, message) for message in for_units]
        told = [self._tell(found, message) for message in for_units]
        return [*told, *self._limits(found), *self._late_parts(found)]

    def _reply(self, found: EventFile, message: Message) -> str:
        """A reply that follows another within the hour waits for its end, and the others of that hour with it."""
        event, complaint = found.event, found.complaint
        hour = self._hour(event, event.sequence)
        if event == hour.replies[0]:
            return self._tell(found, message)
        if event != hour.joined[0]:
            return JOINED
        if self._now() < hour.end:
            return self._wait(event, message, hour)
        return self._tell(found, message, len(self._hour(event, complaint.sequence + 1).joined))

    def _hour(self, event: Event, before: int) -> Hour:
        return hour_of(event, self._complaints.events_before(event.number, before))

    def _wait(self, event: Event, message: Message, hour: Hour) -> str:
        now = self._now()
        notice = Notice(
            number=event.number,
            key=messages.key(event, message),
            event=message.event,
            kind="alert",
            state="deferred",
            claimed_at=now,
            due_at=hour.end,
            lease_until=now,
        )
        return self._delivery.set_aside(notice, None)

    def _tell(self, found: EventFile, message: Message, replies: int = 1) -> str:
        event = found.event

        def send(notice: Notice) -> None:
            matter = matter_of(found, self._outcome(event))
            subject, text = self._alerts.alert(event, message, matter, self._now(), replies=replies)
            self._topics.publish(message.to.id, subject, text, **named(notice))

        key = messages.key(event, message)
        return self._delivery.deliver(event.number, key, event=message.event, way=WAYS["alert"], send=send)

    def _outcome(self, event: Event) -> OutcomeFacts | None:
        if not tells_outcome(event):
            return None
        return outcome_at(event, [event]) or outcome_at(event, self._complaints.events(event.number))
