"""What the ways in need of the outside: the secrets that senders sign with, a store for what was sent, and a list of
what people have to read themselves."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from chalicelib.domain.case.inboxes import MessageTask
from chalicelib.domain.values import dataclass

ID_SIGNS = 24  # of a hash: 96 bits


@dataclass(frozen=True, slots=True)
class ChannelSecret:
    """`keys`: what a sender may sign with; two while a secret is being changed. `verify_token`: what Meta repeats when
    it asks who we are."""

    keys: tuple[str, ...]
    verify_token: str = ""


class ChannelSecrets(Protocol):
    """What the senders of each channel sign with."""

    def of(self, channel: str) -> ChannelSecret | None:
        """None for a channel that was never set up. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A body as it was sent, to which channel (its code), with what type, and when it came (UTC)."""

    channel: str
    content_type: str
    body: bytes
    received_at: datetime


class RawMessages(Protocol):
    """Kept encrypted, for thirty days."""

    def keep(self, message: RawMessage) -> str:
        """Stores it under a key that the same bytes get again. Raises UnavailableError."""

    def read(self, key: str) -> RawMessage | None:
        """None when it is there no longer. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class UnsortedMessage:
    """A message that is no case yet: a person reads it. `message_id` is the provider's, `reason` a code, `text` its
    first words, `raw_key` where its raw form is kept, `facts` what is suggested (JSON values)."""

    channel: str
    message_id: str
    reason: str
    text: str
    raw_key: str
    received_at: datetime
    due_at: datetime
    facts: Mapping[str, str]

    @property
    def task_id(self) -> str:
        """The hash of channel and provider's id: the same message has it again, and it names no person."""
        named = f"{self.channel}:{self.message_id}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(named).hexdigest()[:ID_SIGNS]

    def as_task(self) -> MessageTask:
        """As it waits for a person."""
        return MessageTask(
            task_id=self.task_id,
            channel=self.channel,
            message_id=self.message_id,
            reason=self.reason,
            text=self.text,
            raw_key=self.raw_key,
            received_at=self.received_at,
            due_at=self.due_at,
            suggested=self.facts.get("category", ""),
        )


class MessageTasks(Protocol):
    """What people have to read themselves."""

    def add(self, message: UnsortedMessage) -> None:
        """Once, however often it is told. Raises UnavailableError."""

    def find(self, task_id: str) -> MessageTask | None:
        """Consistent read. Raises UnavailableError."""

    def save(self, task: MessageTask, former: MessageTask) -> bool:
        """Writes the task as its next step leaves it; False when somebody else's step came first. While an answer is
        on its way it is a promise, due at once. Raises UnavailableError."""


class MessageSources(Protocol):
    """Which kept messages a case was made of: they go with it when its reporter's data are erased."""

    def note(self, number: str, raw_key: str) -> None:
        """Once, however often it is told. Raises UnavailableError."""


class Originals(Protocol):
    """Where photos that came with a message are put, as if their sender had uploaded them."""

    def put(self, number: str, photo_id: str, content_type: str, data: bytes) -> None:
        """Raises UnavailableError."""
