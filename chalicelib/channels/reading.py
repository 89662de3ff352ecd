"""A kept message is read: each thing that it says becomes a case, or a task of a person who reads it. What is taken
in twice is one case, since a provider's id is the key of its report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
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
from chalicelib.application.ports.messages import Fate
from chalicelib.application.talks.parts import LongMessageParts
from chalicelib.application.talks.turns import CASE, Heard, Leave, Lodge, TurnResult, told_of
from chalicelib.channels.attachments import announced, pictures_of, put_all
from chalicelib.channels.fetching import kept_at
from chalicelib.channels.illustrating import Illustrating
from chalicelib.channels.incoming import NOBODY, Incoming
from chalicelib.channels.kept import Leaving
from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.inboxes import FIRST_WORDS, task_id_of
from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError, UnavailableError
from chalicelib.domain.exchange import Exchange
from chalicelib.domain.values import dataclass

REQUIRED = ("category", "description")
LEFT_OUT = {"location": None, "contact": NOBODY}  # what a case can do without
KEY_FORM = "channel message "  # before an id, so that a short one is long enough for a key


@dataclass(frozen=True, slots=True)
class Reading:
    """`take_in` is the use case that lodges, and `talking` goes on with a conversation. `answering` puts an answer to a
    letter into its case ("" if its tag is wrong), and `update` does the same with another system's update ("" if there
    is no such case). `illustrating` fetches pictures, `note_fate` records what was not delivered, and `parts` waits for
    the parts of a message. `exchange` answers the tables of a channel's other system. `now` is the domain's time."""

    store: RawMessages
    drafting: Drafting
    sorting: Sorting
    take_in: Callable[[Intake], dict[str, Any]]
    originals: Originals
    tasks: MessageTasks
    update: Callable[[str, Incoming], str]
    exchange: Callable[[str], Exchange]
    talking: Callable[[Heard, Lodge, Leave], TurnResult]
    answering: Callable[[str, str, str, Sequence[Picture]], str]
    sources: MessageSources
    illustrating: Illustrating
    note_fate: Callable[[Fate], str]
    parts: LongMessageParts
    now: Callable[[], datetime]

    def __call__(self, key: str) -> list[str]:
        """What became of each thing in the message: a case's number, `task`, or `gone` for a message that expired.
        Raises UnavailableError: the whole message is read again, and nothing is taken in twice."""
        message = self.store.read(key)
        if message is None:
            return ["gone"]
        outcomes: list[str] = []
        waiting = 0
        for incoming in ADAPTERS[message.channel].read(message):
            told = self._noted(message, key, incoming)
            outcomes.append(told.outcome)
            waiting += self._pictures_waiting(message, key, incoming, told)
        if waiting:  # all words stand; what is missing comes when the message is read again
            raise UnavailableError("pictures")
        return outcomes

    def _noted(self, message: RawMessage, key: str, incoming: Incoming) -> TurnResult:
        """What is kept of a message goes with its case; what nobody has read of it, a person looks at."""
        told = self._one(message, key, incoming)
        if told.number:
            self.sources.note(told.number, key)
        if told.number and incoming.part[1] > 1:
            self.parts.came(
                message.channel, told.number, incoming.part, task_id_of(message.channel, incoming.message_id)
            )
        if told.number and incoming.unread:
            self._leave_beside(told.number, message, key, incoming, "attachment_unread")
        return told

    def _leave_beside(self, number: str, message: RawMessage, key: str, incoming: Incoming, reason: str) -> None:
        """To a person, what the case does not have: their task goes with it."""
        if number:
            self.sources.note(number, key, task_id_of(message.channel, incoming.message_id))
        self._leave(message, key, incoming, reason)

    def _pictures_waiting(self, message: RawMessage, key: str, incoming: Incoming, told: TurnResult) -> int:
        """How many of its pictures may still come. What the case cannot say of the others, a person is told."""
        if not incoming.remote:
            return 0
        pictured = self.illustrating(message, incoming, told.number)
        if not pictured.is_said:
            self._leave_beside(told.number, message, key, incoming, "picture_missing")
        return pictured.waiting

    def _one(self, message: RawMessage, key: str, incoming: Incoming) -> TurnResult:
        if incoming.fate:
            return TurnResult(self.note_fate(incoming.fate) or "not_ours")
        if incoming.kind in ("mention", "unreadable"):
            return told_of(self._leave(message, key, incoming, incoming.reason or incoming.kind))
        if incoming.about and (number := self._answered(incoming)):
            return told_of(number)
        contact = _contact(incoming.sender) if incoming.confirmed and incoming.kind == "direct" else None
        if contact is None:
            return told_of(self._lodged(message, key, incoming))
        return self.talking(
            _heard(message.channel, key, incoming, contact),
            lambda said: self._begun(message, key, incoming, said),
            lambda reason: self._left(message, key, incoming, reason),
        )

    def _begun(self, message: RawMessage, key: str, incoming: Incoming, said: Heard) -> str:
        """The case of somebody's first words; the pictures that came before them go along."""
        outcome = self._lodged(message, key, replace(incoming, location=said.location))
        if outcome.startswith(CASE):
            self.illustrating.adopt(outcome, said.before)
        return outcome

    def _answered(self, incoming: Incoming) -> str:
        """The number of the case that a letter's answer went into."""
        return self.answering(incoming.about, incoming.text, incoming.message_id, pictures_of(incoming))

    def _lodged(self, message: RawMessage, key: str, incoming: Incoming) -> str:
        if incoming.remote and not incoming.text.strip():
            return self._leave(message, key, incoming, "no_words")
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
        self._left(message, key, incoming, reason)
        return "task"

    def _left(self, message: RawMessage, key: str, incoming: Incoming, reason: str) -> str:
        """To a person; the id of the task."""
        return Leaving(self.store, self.tasks, self.sorting, self.now)(message.channel, key, incoming, reason)


def _contact(given: ContactInput) -> Contact | None:
    """The contact of a sender whom the provider has proved; None if nobody can answer them."""
    contact, _ = given.read()
    return contact if contact and contact.way else None


def _heard(channel: str, key: str, said: Incoming, contact: Contact) -> Heard:
    heard = (channel, said.message_id, said.text, contact, said.location, said.part)
    kept = (key, *(kept_at(channel, source) for source in said.remote))
    return Heard(*heard, pictured=bool(said.remote), kept=kept, task_id=task_id_of(channel, said.message_id))


def _hash(incoming: Incoming) -> str:
    import hashlib

    return hashlib.sha256("\0".join(_parts(incoming)).encode("utf-8", "surrogatepass")).hexdigest()


def _parts(incoming: Incoming) -> Iterator[str]:
    yield from (incoming.message_id, incoming.text, str(incoming.location), str(incoming.sender))
