"""What people do with a message that is no case yet. Raw words are read by those at the right desk alone, the sender's
address by nobody: it goes into the case, and answers find it by themselves."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.application.intake.drafting import ContactInput, Drafting, Origin, ReportInput
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.ports.channels import KeptPictures, MessageSources, MessageTasks, Originals, RawMessages
from chalicelib.application.reading.view_parts import View
from chalicelib.channels import ways_back
from chalicelib.channels.attachments import announced, pictures_of, put_all
from chalicelib.channels.fetching import kept_at, with_pictures
from chalicelib.channels.hints import Hints
from chalicelib.channels.incoming import NOBODY, Incoming
from chalicelib.channels.kept import said_in
from chalicelib.channels.steps import StepInput
from chalicelib.channels.trail_view import trail_view
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.inboxes import CASE, CLOSE, REASONS, REPLY, MessageTask, Step, channels_read_by
from chalicelib.domain.errors import (
    ConflictError,
    FieldError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TooLargeError,
    all_faults,
)
from chalicelib.domain.text.privacy import kinds_found, shown
from chalicelib.domain.values import dataclass

UNREAD = Incoming("unreadable", "")  # a message whose raw form is there no longer
LARGEST_SHOWN = 3 * 1024 * 1024  # bytes of a photo in one answer: base64 and the gateway's limit of 6 MB
REQUIRED = ("category", "description")


@dataclass(frozen=True, slots=True)
class InboxPermit:
    """Somebody who reads messages of these channels; made by `Inbox.permit` only."""

    actor: Actor
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """`take_in` is the use case that lodges; `now` the domain's time."""

    tasks: MessageTasks
    sources: MessageSources
    store: RawMessages
    kept: KeptPictures
    drafting: Drafting
    take_in: Callable[[Intake], dict[str, Any]]
    originals: Originals
    hints: Hints
    now: Callable[[], datetime]

    def permit(self, actor: Actor) -> InboxPermit:
        """Raises NotAllowedError for who has no inbox."""
        channels = channels_read_by(actor)
        if channels is None:
            raise NotAllowedError("Only desks read messages")
        return InboxPermit(actor, channels)

    def show(self, permit: InboxPermit, task_id: str) -> View:
        """Raises NotFoundError for a message of another desk, too."""
        task = self._task(permit, task_id)
        return self._view(task, self._said(task))

    def photo(self, permit: InboxPermit, task_id: str, position: str) -> View:
        """{content_type, data}: a photo as it came, in base64, by its place from 1. Raises NotFoundError and
        TooLargeError."""
        pictures = dict(enumerate(pictures_of(self._said(self._task(permit, task_id))), start=1))
        picture = next((each for place, each in pictures.items() if str(place) == position), None)
        if picture is None:
            raise NotFoundError
        if len(picture.data) > LARGEST_SHOWN:
            raise TooLargeError
        return {"content_type": picture.content_type, "data": b64encode(picture.data).decode()}

    def make_case(self, permit: InboxPermit, task_id: str, sent: StepInput) -> View:
        """One message is one case: a repetition, and whoever comes at the same time, gets the same number. Raises
        NotFoundError, InvalidError, ConflictError."""

        def end(task: MessageTask, said: Incoming, step: Step) -> MessageTask:
            return task.became_case(step, self._lodged(permit.actor, task, said, sent))

        return self._taken(permit, task_id, sent, CASE, end)

    def reply(self, permit: InboxPermit, task_id: str, sent: StepInput) -> View:
        """Writes the answer down; it is sent by the function that may send. Raises as `make_case`."""
        return self._taken(permit, task_id, sent, REPLY, lambda task, _said, step: task.answering(step))

    def close(self, permit: InboxPermit, task_id: str, sent: StepInput) -> View:
        """Raises as `make_case`."""
        return self._taken(permit, task_id, sent, CLOSE, lambda task, _said, step: task.closed(step))

    def _task(self, permit: InboxPermit, task_id: str) -> MessageTask:
        task = self.tasks.find(task_id)
        if task is None or task.channel not in permit.channels:
            raise NotFoundError
        return task

    def _said(self, task: MessageTask) -> Incoming:
        """With the pictures that were fetched for it."""
        said = said_in(self.store, task)
        return with_pictures(said, self.kept, task.channel) if said else UNREAD

    def _taken(
        self,
        permit: InboxPermit,
        task_id: str,
        sent: StepInput,
        action: str,
        end: Callable[[MessageTask, Incoming, Step], MessageTask],
    ) -> View:
        """The task after the step, and what it reads then: refusals in the order 404, 422, 409."""
        task, operation = self._task(permit, task_id), sent.operation(permit.actor)
        said = self._said(task)
        if _was_done(task, operation, sent):
            return self._view(task, said)
        self._check_form(permit.actor, task, said, action, sent)
        task.check(action, sent.version, answerable=_answerable(task, said))
        step = Step(action, self.now(), permit.actor.id, sent.text, sent.reason_code, operation, sent.body_hash)
        after = end(task, said, step)
        if not self.tasks.save(after, task):
            latest = self._task(permit, task_id)
            allowed = latest.allowed(answerable=_answerable(latest, said))
            raise ConflictError("version_conflict", version=latest.version, allowed_actions=allowed)
        return self._view(after, said)

    def _check_form(self, actor: Actor, task: MessageTask, said: Incoming, action: str, sent: StepInput) -> None:
        found = [*_FAULTS[action](task, said, sent)]
        if sent.version is None:
            found.append(FieldError("version", "required", "Say which version of the message you have seen"))
        faults = all_faults(sent.misformed, found)
        if sent.report:  # every fault together, those of the report too
            self.drafting.intake(sent.report, _origin(actor, task), required=REQUIRED, faults=faults)
        elif faults:
            raise InvalidError(faults)

    def _lodged(self, actor: Actor, task: MessageTask, said: Incoming, sent: StepInput) -> str:
        """The number of the case. Its key is the message, and its body counts as one: nobody makes two of it."""
        pictures = pictures_of(said) if sent.photos else ()
        own = hashlib.sha256(f"message task {task.task_id}".encode()).hexdigest()
        report = replace(
            sent.report or ReportInput(own),
            body_hash=own,
            key=f"message task {task.task_id}",
            contact=_reachable(said),
            contact_confirmed=said.confirmed,
            photos=announced(pictures),
        )
        answer = self.take_in(self.drafting.intake(report, _origin(actor, task), required=REQUIRED))
        put_all(self.originals, answer, pictures)
        self.sources.note(str(answer["number"]), task.raw_key, task.task_id)
        for source in said.remote:
            self.sources.note(str(answer["number"]), kept_at(task.channel, source))
        return str(answer["number"])

    def _view(self, task: MessageTask, said: Incoming) -> View:
        """`said`: null once the raw message is there no longer."""
        return {
            "kind": "message",
            "task_id": task.task_id,
            "channel": task.channel,
            "state": task.state,
            "version": task.version,
            "reason": task.reason,
            "received_at": task.received_at.isoformat(),
            "due_at": task.due_at.isoformat(),
            "said": None if said is UNREAD else shown(said.text),
            "public": said.public,
            "photos": [{"content_type": each.content_type, "size": len(each.data)} for each in pictures_of(said)],
            "photos_missing": len(said.remote) - min(len(said.attachments), len(said.remote)),
            "suggestions": self.hints(said),
            "longest_answer": ways_back.longest(task.channel, public=said.public),
            "number": task.number,
            "trail": trail_view(task),
            "allowed_actions": task.allowed(answerable=_answerable(task, said)),
        }


def _origin(actor: Actor, task: MessageTask) -> Origin:
    return Origin(actor, f"message:{task.channel}", task.channel)


def _answerable(task: MessageTask, said: Incoming) -> bool:
    return ways_back.takes(ways_back.conversation_of(task.channel, said))


def _reachable(said: Incoming) -> ContactInput:
    """Who wrote, if they can be reached by it: a case stands without, too."""
    given = said.report.contact if said.report else said.sender
    _, faults = given.read()
    return NOBODY if faults else given


def _was_done(task: MessageTask, operation: str, sent: StepInput) -> bool:
    """Whether this very request stands on the trail. Raises ConflictError (key_reused) for another body."""
    step = next((step for step in task.trail if operation and step.operation == operation), None)
    if step is None:
        return False
    if step.body_hash != sent.body_hash:
        raise ConflictError("key_reused", version=task.version)
    return True


def _reply_faults(task: MessageTask, said: Incoming, sent: StepInput) -> list[FieldError]:
    if not sent.text:
        return [FieldError("text", "required", "This is needed")]
    longest = ways_back.longest(task.channel, public=said.public)
    if longest and ways_back.length(task.channel, sent.text, public=said.public) > longest:
        return [FieldError("text", "too_long", f"At most {longest} characters on this channel")]
    if said.public and (named := kinds_found(sent.text)):
        return [FieldError("text", "value", f"Everybody reads this answer; it names a person: {', '.join(named)}")]
    return []


def _close_faults(_task: MessageTask, _said: Incoming, sent: StepInput) -> list[FieldError]:
    if not sent.reason_code:
        return [FieldError("reason_code", "required", "This is needed")]
    known = sent.reason_code in REASONS
    return [] if known else [FieldError("reason_code", "value", "One of: " + ", ".join(REASONS))]


_FAULTS: dict[str, Callable[[MessageTask, Incoming, StepInput], list[FieldError]]] = {
    CASE: lambda _task, _said, _sent: [],
    REPLY: _reply_faults,
    CLOSE: _close_faults,
}
