"""Messages that are kept for a person: each is left to them once, however often it is told, and says what it says as
long as its raw form is kept. What else comes under its id is a task of its own: a careless sender counts from one
again, and what they say then is somebody's report."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.intake.sorting import Sorting
from chalicelib.application.ports.channels import MessageTasks, RawMessages
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.case.inboxes import MessageTask, first_words, task_id_of
from chalicelib.domain.values import dataclass

TO_BE_READ = timedelta(hours=6)  # by a person, as a report is to be coordinated


@dataclass(frozen=True, slots=True)
class Leaving:
    """`now` is the domain's time."""

    store: RawMessages
    tasks: MessageTasks
    sorting: Sorting
    now: Callable[[], datetime]

    def __call__(self, channel: str, key: str, incoming: Incoming, reason: str) -> str:
        """The id of the task, with what could be suggested; `key`: of the raw message. Raises UnavailableError."""
        task = self._task(channel, key, incoming, reason)
        if not self.tasks.add(task) and self._says_something_else(task.task_id, incoming):
            task = replace(task, task_id=task_id_of(channel, f"{incoming.message_id}\0{_hash(incoming)}"))
            self.tasks.add(task)
        return task.task_id

    def _task(self, channel: str, key: str, incoming: Incoming, reason: str) -> MessageTask:
        now = self.now()
        return MessageTask(
            task_id=task_id_of(channel, incoming.message_id),
            channel=channel,
            message_id=incoming.message_id,
            reason=reason,
            text=first_words(incoming.text),
            raw_key=key,
            received_at=now,
            due_at=now + TO_BE_READ,
            suggested=self.sorting(incoming.text).suggested if incoming.text else "",
        )

    def _says_something_else(self, task_id: str, incoming: Incoming) -> bool:
        """Whether the task stands for other words. What is kept no longer was said weeks ago."""
        former = self.tasks.find(task_id)
        said = said_in(self.store, former) if former else None
        return said is None or _content(said) != _content(incoming)


def _content(said: Incoming) -> tuple[Any, ...]:
    """Who said what, whatever it was wrapped in."""
    report = said.report and replace(said.report, body_hash="")
    return said.text, said.sender, said.remote, said.attachments, report


def _hash(said: Incoming) -> str:
    return hashlib.sha256(repr(_content(said)).encode("utf-8", "surrogatepass")).hexdigest()


def said_in(store: RawMessages, task: MessageTask) -> Incoming | None:
    """None once it is there no longer. Raises UnavailableError."""
    raw = store.read(task.raw_key)
    found = ADAPTERS[raw.channel].read(raw) if raw and raw.channel in ADAPTERS else []
    return next((each for each in found if each.message_id == task.message_id), None)
