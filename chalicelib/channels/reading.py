"""A kept message is read: each thing that it says becomes a case, or a task of a person who reads it. What is taken
in twice is one case, since a provider's id is the key of its report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.intake.drafting import ContactInput, Drafting, Origin, ReportInput
from chalicelib.application.intake.sorting import Sorting, point_in
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.channels import (
    MessageSources,
    MessageTasks,
    Originals,
    Picture,
    RawMessage,
    RawMessages,
)
from chalicelib.application.talks.hearing import Heard
from chalicelib.application.talks.talking import Leave, Lodge
from chalicelib.channels.attachments import announced, pictures_of, put_all
from chalicelib.channels.incoming import NOBODY, Incoming
from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.inboxes import MessageTask, task_id_of
from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.exchange import Exchange
from chalicelib.domain.values import dataclass

TO_BE_READ = timedelta(hours=6)  # by a person, as a report is to be coordinated
REQUIRED = ("category", "description")
LEFT_OUT = {"location": None, "contact": NOBODY}  # what a case can do without
CASE = "JKT-"  # what numbers begin with
FIRST_WORDS = 200  # characters that a list shows
KEY_FORM = "channel message "  # before an id, so that a short one is long enough for a key


@dataclass(frozen=True, slots=True)
class Reading:
    """`take_in` is the use case that lodges; `talking` goes on with a conversation; `answering` puts an answer to a
    letter into its case, "" where its tag is not right; `update` another system's update, "" where there is no such
    case; `exchange` answers the tables of a channel's other system; `now` is the domain's time."""

    store: RawMessages
    drafting: Drafting
    sorting: Sorting
    take_in: Callable[[Intake], dict[str, Any]]
    originals: Originals
    tasks: MessageTasks
    update: Callable[[str, Incoming], str]
    exchange: Callable[[str], Exchange]
    talking: Callable[[Heard, Lodge, Leave], str]
    answering: Callable[[str, str, str, Sequence[Picture]], str]
    sources: MessageSources
    now: Callable[[], datetime]

    def __call__(self, key: str) -> list[str]:
        """What became of each thing in the message: a case's number, `task`, or `gone` for a message that expired.
        Raises UnavailableError: the whole message is read again, and nothing is taken in twice."""
        message = self.store.read(key)
        if message is None:
            return ["gone"]
        return [self._one(message, key, incoming) for incoming in ADAPTERS[message.channel].read(message)]

    def _one(self, message: RawMessage, key: str, incoming: Incoming) -> str:
        """What nobody has read of a message that became a case, a person looks at."""
        said = self._said(message, key, incoming)
        outcome = self._noted(message, key, incoming) if said is None else self._talked(message, key, incoming, said)
        if outcome.startswith(CASE) and incoming.unread:
            self.sources.note(outcome, key, task_id_of(message.channel, incoming.message_id))
            self._leave(message, key, incoming, "attachment_unread")
        return outcome

    def _noted(self, message: RawMessage, key: str, incoming: Incoming) -> str:
        """What is kept of a message goes with its case; a conversation sees to its own."""
        outcome = self._became(message, key, incoming)
        if outcome.startswith(CASE):
            self.sources.note(outcome, key)
        return outcome

    def _became(self, message: RawMessage, key: str, incoming: Incoming) -> str:
        if incoming.kind in ("mention", "unreadable"):
            return self._leave(message, key, incoming, incoming.reason or incoming.kind)
        if incoming.about and (number := self._answered(incoming)):
            return number
        return self._lodged(message, key, incoming)

    def _said(self, message: RawMessage, key: str, incoming: Incoming) -> Heard | None:
        """None for what is no part of a conversation: nobody proves its sender, or it answers a letter."""
        if incoming.kind != "direct" or not incoming.confirmed or incoming.about:
            return None
        contact = _contact(incoming.sender)
        task_id = task_id_of(message.channel, incoming.message_id)
        of_it = (message.channel, incoming.message_id, incoming.text)
        return Heard(*of_it, contact, incoming.location, incoming.part, key, task_id) if contact else None

    def _talked(self, message: RawMessage, key: str, incoming: Incoming, said: Heard) -> str:
        return self.talking(
            said,
            lambda said: self._lodged(message, key, replace(incoming, location=said.location)),
            lambda reason: self._leave(message, key, incoming, reason),
        )

    def _answered(self, incoming: Incoming) -> str:
        """The number of the case that a letter's answer went into."""
        return self.answering(incoming.about, incoming.text, incoming.message_id, pictures_of(incoming))

    def _lodged(self, message: RawMessage, key: str, incoming: Incoming) -> str:
        try:
            return self._taken(message.channel, incoming)
        except NotFoundError:
            return self._leave(message, key, incoming, "no_such_case")
        except InvalidError as refused:
            return self._leave(message, key, incoming, ",".join(fault.field for fault in refused.errors)[:FIRST_WORDS])
        except ConflictError as refused:
            return self._leave(message, key, incoming, refused.code)

    def _taken(self, channel: str, incoming: Incoming) -> str:
        """The number of the case that it is in now. Raises NotFoundError for an update of none."""
        if incoming.kind != "update":
            return self._lodge(channel, self._report(channel, incoming), incoming)
        number = self.update(channel, incoming)
        if not number:
            raise NotFoundError
        return number

    def _lodge(self, channel: str, report: ReportInput, incoming: Incoming) -> str:
        """Its photos go the way of every photo, after the case stands."""
        pictures = pictures_of(incoming)
        report = replace(report, photos=announced(pictures))
        actor = Actor("channel", f"channel:{channel}", channels=(channel,))
        origin = Origin(actor, actor.id, channel, unsorted=self._is_sorted_by_words(channel, incoming))
        answer = self.take_in(self._intake(report, origin, forgiving=incoming.kind in ("direct", "handed")))
        put_all(self.originals, answer, pictures)
        return str(answer["number"])

    def _intake(self, report: ReportInput, origin: Origin, *, forgiving: bool) -> Intake:
        """Words that somebody sent to us are a case also where the place or the address in them is none of ours.
        Raises InvalidError."""
        try:
            return self.drafting.intake(report, origin, required=REQUIRED)
        except InvalidError as refused:
            wrong = {fault.field.partition(".")[0] for fault in refused.errors}
            if not forgiving or not wrong <= LEFT_OUT.keys():
                raise
            left_out: dict[str, Any] = {name: LEFT_OUT[name] for name in wrong}
            return self.drafting.intake(replace(report, **left_out), origin, required=REQUIRED)

    def _is_sorted_by_words(self, channel: str, incoming: Incoming) -> bool:
        """Whether nobody chose the category: then an officer has to look before everybody reads it."""
        if incoming.kind == "handed":
            return not self.exchange(channel).category(incoming.topic)
        return incoming.kind == "direct"

    def _report(self, channel: str, incoming: Incoming) -> ReportInput:
        """The sender's own fields, or what their words say."""
        key = f"{KEY_FORM}{incoming.message_id}"
        if incoming.report and incoming.kind == "handed":
            category = self.exchange(channel).category(incoming.topic) or self.sorting(incoming.text).category
            return replace(incoming.report, key=key, category=category)
        if incoming.report:
            return replace(incoming.report, key=key)
        sorted_ = self.sorting(incoming.text)
        return ReportInput(
            body_hash=_hash(incoming),
            key=key,
            category=sorted_.category,
            description=incoming.text,
            location=incoming.location or point_in(incoming.text),
            contact=incoming.sender,
            contact_confirmed=incoming.confirmed,
        )

    def _leave(self, message: RawMessage, key: str, incoming: Incoming, reason: str) -> str:
        """To a person, with what could be suggested."""
        suggested = self.sorting(incoming.text).suggested if incoming.text else ""
        now = self.now()
        self.tasks.add(
            MessageTask(
                task_id=task_id_of(message.channel, incoming.message_id),
                channel=message.channel,
                message_id=incoming.message_id,
                reason=reason,
                text=" ".join(incoming.text.split())[:FIRST_WORDS],
                raw_key=key,
                received_at=now,
                due_at=now + TO_BE_READ,
                suggested=suggested,
            )
        )
        return "task"


def _contact(given: ContactInput) -> Contact | None:
    """Of a sender whom the provider has proved; None where nobody can answer them."""
    contact, _ = given.read()
    return contact if contact and contact.way else None


def _hash(incoming: Incoming) -> str:
    import hashlib

    return hashlib.sha256("\0".join(_parts(incoming)).encode("utf-8", "surrogatepass")).hexdigest()


def _parts(incoming: Incoming) -> Iterator[str]:
    yield from (incoming.message_id, incoming.text, str(incoming.location), str(incoming.sender))
