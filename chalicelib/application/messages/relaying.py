"""`relay`: committed events, as the stream brings them, to the topic. It never blocks its shard: what cannot be read or
published goes whole to its own dead letters, from where an operator redrives it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.application.ports.messages import DeadLetters, EventTopic
from chalicelib.domain.errors import kinds
from chalicelib.domain.events import Event

BATCH = 10  # what the topic takes in one call

REFUSED = "refused"  # the topic answered, and named the event as one that it did not take

Record = Mapping[str, Any]
Place = tuple[str, int]  # number and sequence: which event it is


@dataclass(frozen=True, slots=True)
class Relayed:
    """How many records were published, put with the dead letters, or held no event; and the causes of those deaths, by
    kind of error only, since an error's words may be those of a record."""

    published: int
    dead: int
    ignored: int
    causes: frozenset[str] = frozenset()


class Relay:
    """`read` answers a record's event, None when it holds none, and raises whatever it likes on one it cannot read."""

    def __init__(self, *, topic: EventTopic, dead_letters: DeadLetters, read: Callable[[Record], Event | None]) -> None:
        self._topic = topic
        self._dead_letters = dead_letters
        self._read = read

    def __call__(self, records: Sequence[Record]) -> Relayed:
        """Raises what the dead letters raise when even they take nothing: the stream then brings the batch again. To
        publish twice is harmless, to lose is not."""
        told, dead = self._told(records)
        ignored = len(records) - len(told) - len(dead)
        refused = self._refused([event for event, _ in told])
        dead += [(record, refused[_place(event)]) for event, record in told if _place(event) in refused]
        for record, _ in dead:
            self._dead_letters.put(record)
        published = len(records) - ignored - len(dead)
        return Relayed(published, len(dead), ignored, frozenset(cause for _, cause in dead))

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

    def _refused(self, events: list[Event]) -> dict[Place, str]:
        """What the topic did not take, and why. One that takes nothing of a batch is down, and not asked again in this
        call, which must be short: the rest waits with the dead letters."""
        refused: dict[Place, str] = {}
        for start in range(0, len(events), BATCH):
            batch = events[start : start + BATCH]
            left, cause = self._left(batch)
            if 0 < len(left) < len(batch):
                left, cause = self._left(left)
            if len(left) == len(batch):
                return refused | dict.fromkeys(map(_place, events[start:]), cause)
            refused |= dict.fromkeys(map(_place, left), cause)
        return refused

    def _left(self, batch: list[Event]) -> tuple[list[Event], str]:
        try:
            return list(self._topic.publish(batch)), REFUSED
        except Exception as error:  # down, or our own mistake: neither may lose an event
            return batch, kinds(error)


def _place(event: Event) -> Place:
    return event.number, event.sequence
