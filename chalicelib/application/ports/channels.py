"""What the ways in need of the outside: the secrets that senders sign with, a store for what was sent, and a list of
what people have to read themselves."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.case.inboxes import MessageTask
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ChannelSecret:
    """`keys`: what a sender may sign with; two while a secret is being changed. `verify_token`: what Meta repeats when
    it asks who we are."""

    keys: tuple[str, ...]
    verify_token: str = ""


class ChannelSecrets(Protocol):
    """What the senders of each channel sign with."""

    def of(self, channel: str) -> ChannelSecret | None:
        """The secret of a channel; None if it was never set up. Raises UnavailableError."""


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


class MessageTasks(Protocol):
    """What people have to read themselves."""

    def add(self, task: MessageTask) -> bool:
        """Once, however often it is told; False where a task has this id already. Raises UnavailableError."""

    def find(self, task_id: str) -> MessageTask | None:
        """Consistent read. Raises UnavailableError."""

    def save(self, task: MessageTask, former: MessageTask) -> bool:
        """Writes the task as its next step leaves it; False when somebody else's step came first. While an answer is
        on its way it is a promise, due at once. Raises UnavailableError."""


class MessageSources(Protocol):
    """Which kept messages speak of a case: they go with it when its reporter's data are erased."""

    def note(self, number: str, raw_key: str, task_id: str = "") -> None:
        """Once, however often it is told. `task_id`: of the task that a person has of the same message. Raises
        UnavailableError."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came with a message, a letter or a form."""

    content_type: str
    data: bytes


class ProvidersPictures(Protocol):
    """Pictures that stay with the provider of a messenger until they are fetched."""

    def fetch(self, channel: str, source: str) -> Picture:
        """`source` is the provider's id of the picture, or its address there. Raises ProviderBusyError (come again) and
        ProviderRefusedError (never to be had: it is gone, too large, no picture, or not at the provider's)."""


class KeptPictures(Protocol):
    """Pictures that were fetched, beside the raw messages and as long as they."""

    def keep(self, key: str, picture: Picture) -> None:
        """Repeating it changes nothing. Raises UnavailableError."""

    def find(self, key: str) -> Picture | None:
        """None when it is not there. Raises UnavailableError."""


class Originals(Protocol):
    """Where photos that came with a message are put, as if their sender had uploaded them."""

    def put(self, number: str, photo_id: str, content_type: str, data: bytes) -> None:
        """Raises UnavailableError."""
