"""`relay`: committed events, as the stream brings them, to the topic. It never blocks its shard: what cannot be read or
published goes by its keys to a retry queue, from which `relay_retry` reads the rows and publishes them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from chalicelib.application.ports.messages import EventTopic, RelayRetries
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import kinds
from chalicelib.domain.values import dataclass

BATCH = 10  # what the topic takes in one call
REFUSED = "refused"  # the topic answered, and named the event as one that it did not take
# Seconds from a failed try of relay_retry to its next: with the first delay of the queue three hours in all.
WAITS = (30, 5 * 60, 30 * 60, 140 * 60)
TRIES = len(WAITS) + 1  # then the queue gives the message to relay's dead letters

Record = Mapping[str, Any]
EventKey = tuple[str, int]  # number and sequence


@dataclass(frozen=True, slots=True)
class RelayResult:
    """How many records were published, left to the retry queue, or held no event; and why some were left, by kind of
    error only, since an error's words may be those of a record."""

    published: int
    left: int
    ignored: int
    causes: frozenset[str] = frozenset()


class Relay:
    """`read` answers a record's event, None when it holds none, and may raise anything on one it cannot read."""

    def __init__(self, *, topic: EventTopic, retries: RelayRetries, read: Callable[[Record], Event | None]) -> None:
        self._topic = topic
        self._retries = retries
        self._read = read

    def __call__(self, records: Sequence[Record]) -> RelayResult:
        """Raises what the retry queue raises when even it takes nothing: the stream then brings the batch again. To
        publish twice is harmless, to lose is not."""
        told, left = self._told(records)
        ignored = len(records) - len(told) - len(left)
        refused = publish(self._topic, [event for event, _ in told])
        left += [(record, refused[_place(event)]) for event, record in told if _place(event) in refused]
        for record, _ in left:
            self._retries.put(record)
        published = len(records) - ignored - len(left)
        return RelayResult(published, len(left), ignored, frozenset(cause for _, cause in left))

    def _told(self, records: Sequence[Record]) -> tuple[list[tuple[Event, Record]], list[tuple[Record, str]]]:
        """The events with their records, and the records that nobody can read with the cause."""
        told, unreadable = [], []
        for record in records:
            try:
                event = self._read(record)
            except Exception as error:  # whatever is wrong with it: a poisoned record must not stop the others
                unreadable.append((record, kinds(error)))
                continue
            if event:
                told.append((event, record))
        return told, unreadable


@dataclass(frozen=True, slots=True)
class Retry:
    """A message of the retry queue: how often it was received, this time included, and what postpones it."""

    id: str
    record: Record | None  # None: nobody can read it
    tries: int
    receipt: str


@dataclass(frozen=True, slots=True)
class RetryResult:
    """How many events were published or are gone; the messages that shall come again, and why."""

    published: int
    gone: int
    failed: tuple[str, ...] = ()
    causes: frozenset[str] = frozenset()


class RelayRetry:
    """Publishes from the rows, which are the truth: what was erased meanwhile stays erased. `place` says which event a
    record is about, and may raise anything on one it cannot read; `event` reads its row."""

    def __init__(
        self,
        *,
        topic: EventTopic,
        retries: RelayRetries,
        place: Callable[[Record], EventKey],
        event: Callable[[str, int], Event | None],
    ) -> None:
        self._topic = topic
        self._retries = retries
        self._place_of = place
        self._event = event

    def __call__(self, messages: Sequence[Retry]) -> RetryResult:
        """Never raises: what fails comes again by itself, later with every try."""
        found, failed = self._read(messages)
        events = {_place(event): event for event in found.values() if event}
        refused = publish(self._topic, list(events.values()))
        failed |= {id: refused[_place(event)] for id, event in found.items() if event and _place(event) in refused}
        for message in messages:
            if message.id in failed:
                self._postpone(message)
        gone = sum(event is None for event in found.values())
        published = len(messages) - len(failed) - gone
        return RetryResult(published, gone, tuple(failed), frozenset(failed.values()))

    def _read(self, messages: Sequence[Retry]) -> tuple[dict[str, Event | None], dict[str, str]]:
        """The events by message, and why some could not be read."""
        found: dict[str, Event | None] = {}
        failed: dict[str, str] = {}
        for message in messages:
            try:
                found[message.id] = self._event(*self._place_of(message.record or {}))
            except Exception as error:  # one that cannot be read must not stop the others
                failed[message.id] = kinds(error)
        return found, failed

    def _postpone(self, message: Retry) -> None:
        with suppress(Exception):  # it then comes again when the queue's own time for it is over
            self._retries.postpone(message.receipt, wait_after(message.tries))


def wait_after(tries: int) -> int:
    """Seconds until a message comes again that has failed so often. After the last try it comes once more, at once, for
    the queue to give it to the dead letters."""
    return WAITS[tries - 1] if tries <= len(WAITS) else 0


def publish(topic: EventTopic, events: list[Event]) -> dict[EventKey, str]:
    """What the topic did not take, and why. One that takes nothing of a batch is down, and not asked again in this
    call, which must be short."""
    refused: dict[EventKey, str] = {}
    for start in range(0, len(events), BATCH):
        batch = events[start : start + BATCH]
        left, cause = _left(topic, batch)
        if 0 < len(left) < len(batch):
            left, cause = _left(topic, left)
        if len(left) == len(batch):
            return refused | dict.fromkeys(map(_place, events[start:]), cause)
        refused |= dict.fromkeys(map(_place, left), cause)
    return refused


def _left(topic: EventTopic, batch: list[Event]) -> tuple[list[Event], str]:
    try:
        return list(topic.publish(batch)), REFUSED
    except Exception as error:  # down, or our own mistake: neither may lose an event
        return batch, kinds(error)


def _place(event: Event) -> EventKey:
    return event.number, event.sequence
