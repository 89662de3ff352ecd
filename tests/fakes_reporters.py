"""The cases of addresses, asks for the link to them, and passes, in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.application.ports.reporters import Ask, Pass


@dataclass
class MemoryOwnCases:
    """Implements OwnCases."""

    rows: dict[str, dict[str, datetime]] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def note(self, pseudonym: str, number: str, at: datetime) -> None:
        self.rows.setdefault(pseudonym, {})[number] = at

    def of(self, pseudonym: str) -> list[tuple[datetime, str]]:
        return [(at, number) for number, at in self.rows.get(pseudonym, {}).items()]

    def join(self, one: str, other: str) -> None:
        self.pairs |= {(one, other), (other, one)}

    def joined(self, pseudonym: str) -> list[str]:
        return sorted(other for one, other in self.pairs if one == pseudonym)


@dataclass
class MemoryAsks:
    """Implements Asks."""

    rows: dict[str, Ask] = field(default_factory=dict)
    due: dict[str, datetime] = field(default_factory=dict)

    def ask(self, ask: Ask) -> None:
        known = self.rows.get(ask.names[0])
        self._wait(replace(ask, sent=known.sent if known else ()), ask.asked_at)

    def _wait(self, ask: Ask, until: datetime) -> None:
        self.rows[ask.names[0]], self.due[ask.names[0]] = ask, until

    def waiting(self, pseudonym: str) -> Ask | None:
        return self.rows[pseudonym] if pseudonym in self.due else None

    def settle(self, ask: Ask, sent: tuple[datetime, ...]) -> bool:
        waiting = self.waiting(ask.names[0])
        if waiting is None or waiting.asked_at != ask.asked_at:
            return False
        del self.due[ask.names[0]]
        self.rows[ask.names[0]] = replace(waiting, sent=sent)
        return True

    def put_off(self, ask: Ask, until: datetime) -> None:
        self._wait(ask, until)


@dataclass
class MemoryPasses:
    """Implements Passes."""

    rows: dict[str, Pass] = field(default_factory=dict)

    def give(self, digest: str, given: Pass) -> None:
        self.rows[digest] = given

    def find(self, digest: str) -> Pass | None:
        return self.rows.get(digest)
