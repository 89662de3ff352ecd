"""The ledger of messages, the providers that send them, and the topic of events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import FinalError, RetryableError
from chalicelib.domain.messages import Recipient
from chalicelib.domain.values import dataclass

SETTLED = frozenset({"sent", "delivered", "failed", "unknown", "suppressed", "superseded", "empty"})
_AS_ID = str.maketrans("#.:/", "_-__")


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient by one way. `key` is `<sequence>#<recipient>` (domain/messages.py).

    Three values of `state` are promises, due at `due_at`: claimed (a worker is sending it, or died), deferred (the
    provider was busy, or more is to be joined with it), postponed (the city has sent its share of the day). While it is
    held, nothing is due: the address is not confirmed, or the provider wants the person to write first. The others are
    settled: sent, delivered (the provider says that it arrived), failed (the provider refused it, or it came back) and
    unknown (an SMS whose fate nobody knows); suppressed (the address wants no messages), superseded (a later one told
    more) and empty (there is nothing to tell)."""

    number: str
    key: str
    event: str  # what the mailbox calls it: the new status, or reminder, breach, escalation, reply, alert
    kind: str  # a way (domain/ways.py)
    state: str
    claimed_at: datetime
    due_at: datetime  # when the sweeper takes it over, unless it is settled by then
    lease_until: datetime  # machine time: until then the worker that claimed it may still be alive
    tries: int = 1
    reason: str = ""  # why it was set aside or failed: a code, where the state does not say it
    confirmed: bool = False  # the address was, when it was claimed
    awaited: bool = False  # another worker left later messages to the one that has claimed it

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    @property
    def promised(self) -> bool:
        """Whether the sweeper has to see to it."""
        return not self.settled and self.state != "held"

    @property
    def message_id(self) -> str:
        """The same at every try; letters, digits, hyphens and underscores only."""
        return f"{self.number}_{self.key}".translate(_AS_ID)


class Notices(Protocol):
    """The ledger of messages: claimed before the call, recorded after it."""

    def find(self, number: str, key: str) -> Notice | None:
        """Consistent read of one."""

    def claim(self, notice: Notice, former: Notice | None) -> bool:
        """True when this call claimed it: there was none, or it was still exactly `former`. A lost answer of our own
        claim is success."""

    def record(self, notice: Notice) -> bool:
        """Writes the state that the claimed notice came to; a settled one leaves the alarm index. Never undoes what is
        settled, nor defers what somebody else has claimed since, nor brings back what was erased. Whether the claim was
        `awaited`; also True where nobody can know it, since something else stood there."""

    def amend(self, notice: Notice) -> None:
        """Writes what the provider said later of a message that left: it is `delivered`, `failed` or `unknown` now, or
        has a reason. Changes nothing whose fate is told, that never left or was erased; the worker that still sends it
        cannot undo this."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What a provider says later of a message that it took. `message_id`: the notice's. `arrived`: False when it came
    back, None when nobody will ever know. `is_refused`: nothing more may be sent to that address. `reason`: a code of
    ours. `kind`: the way that this provider speaks of (domain/ways.py); it says nothing of another."""

    message_id: str
    arrived: bool | None
    is_refused: bool
    reason: str
    kind: str


class ProviderBusyError(RetryableError):
    """Not sent, and worth another try: throttled, down, or not yet allowed."""


class ProviderRefusedError(FinalError):
    """Not sent, and never will be: a bad address."""


class ProviderUnwantedError(ProviderRefusedError):
    """Likewise, since its recipient told the provider that they want nothing of ours: the address gets no more."""


class ProviderUnclearError(RetryableError):
    """No answer: it may have been sent. Whether to send it again is the way's to say (domain/ways.py)."""


class HandBack(Protocol):
    """Puts an event's message back on a queue."""

    def put(self, event: Event, to: Recipient) -> None:
        """The event's message, in the topic's form, back on the queue of the function that may send what fell due: to
        the reporter, to a unit, or to a partner. The sweeper can neither decrypt nor publish. Raises
        UnavailableError."""

    def put_answer(self, task_id: str) -> None:
        """The answer to a message, by its task, on the queue of the function that may send it. Raises
        UnavailableError."""

    def put_link(self, pseudonym: str) -> None:
        """An address is to get the link to its reports: on the queue of the function that may send it. Raises
        UnavailableError."""

    def put_digest(self, day: date) -> None:
        """The digest of this day is due: on the queue of the function that alerts units. Raises UnavailableError."""

    def put_late_messages(self, hour: datetime, waiting: Mapping[str, int]) -> None:
        """So many messages of each channel passed their limit in the hour from `hour` on: on the queue of the function
        that alerts units. Raises UnavailableError."""


class EventTopic(Protocol):
    """The topic `complaint-events`."""

    def publish(self, events: Sequence[Event]) -> list[Event]:
        """Ids, statuses and version to `complaint-events`; never words; always a subject. Returns what the topic did
        not take. Raises UnavailableError when it does not answer: nobody knows then what it took."""


class RelayRetries(Protocol):
    """Relay's retry queue: it feeds relay_retry, and what fails there too often goes to relay's dead letters."""

    def put(self, record: Mapping[str, Any]) -> None:
        """The keys of the row that a stream record is about, never its images. Raises UnavailableError."""

    def postpone(self, receipt: str, seconds: int) -> None:
        """A message that was received comes again after so long. Raises UnavailableError."""


class DeadLetters(Protocol):
    """The dead letters of a function's own queue."""

    def put(self, letter: Mapping[str, Any]) -> None:
        """What stands for a message that failed to the end: what its repetition needs, and nothing of a person. Raises
        UnavailableError."""


class UnitAlerts(Protocol):
    """The topics of the units."""

    def publish(self, unit: str, subject: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """To the unit's own topic. Raises the Provider errors."""


class Mail(Protocol):
    """The e-mail provider."""

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        event: str,
        number: str,
        message_id: str,
        reply_to: str = "",
    ) -> None:
        """One e-mail; `reply_to`: where answers to it go. Raises the Provider errors."""


class Sms(Protocol):
    """The SMS provider."""

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """One SMS of at most 160 GSM characters. Raises the Provider errors."""


class Chats(Protocol):
    """The messengers, each with its provider."""

    def takes(self, channel: str) -> bool:
        """Whether the channel is connected for sending. Raises UnavailableError."""

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """A private message to a chat's address (domain/ways.py), at most 900 characters. Raises the Provider
        errors."""

    def post(self, channel: str, below: str, text: str, *, message_id: str) -> None:
        """Words that everybody reads, below a post or comment by the provider's id of it. Raises the Provider
        errors."""
