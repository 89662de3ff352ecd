"""`relay`: committed events, as the stream brings them, to the topic. It never blocks its shard: what cannot be read or
published goes whole to its own dead letters, from where an operator redrives it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.application.ports import DeadLetters, EventTopic
from chalicelib.domain.events import Event

BATCH = 10  # what the topic takes in one call

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relayed:
    """How many records were published, put with the dead letters, or held no event."""

    published: int
    dead: int
    ignored: int


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
        dead += [record for event, record in told if event in refused]
        for record in dead:
            self._dead_letters.put(record)
        return Relayed(len(records) - ignored - len(dead), len(dead), ignored)

    def _told(self, records: Sequence[Record]) -> tuple[list[tuple[Event, Record]], list[Record]]:
        """The events with their records, and the records that nobody can read."""
        told, unreadable = [], []
        for record in records:
            try:
                event = self._read(record)
            except Exception:  # whatever is wrong with it: a poisoned record must not stop the others
                unreadable.append(record)
                continue
            if event:
                told.append((event, record))
        return told, unreadable

    def _refused(self, events: list[Event]) -> list[Event]:
        """What the topic did not take. One that takes nothing of a batch is down, and not asked again in this call,
        which must be short: the rest waits with the dead letters."""
        refused: list[Event] = []
        for start in range(0, len(events), BATCH):
            batch = events[start : start + BATCH]
            left = self._left(batch)
            if 0 < len(left) < len(batch):
                left = self._left(left)
            refused += left
            if len(left) == len(batch):
                return refused + events[start + BATCH :]
        return refused

    def _left(self, batch: list[Event]) -> list[Event]:
        try:
            return list(self._topic.publish(batch))
        except Exception:  # down, or our own mistake: neither may lose an event
            return batch
