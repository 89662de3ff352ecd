"""What the city knows of an address without knowing the address: by its pseudonym (domain/pseudonyms.py)."""

from dataclasses import field
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.budgets import Budget, Send
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """`confirmed_at`: when somebody showed that the address is theirs. `suppressed`: it asked for no more messages.
    `sends`: what it was to get lately, while it was unconfirmed; `version`: how often they have changed."""

    pseudonym: str
    confirmed_at: datetime | None = None
    suppressed: bool = False
    sends: tuple[Send, ...] = ()
    version: int = field(default=0, compare=False)

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None


class Standings(Protocol):
    """One row per address, and beside it one per case whose messages are held."""

    def find(self, pseudonym: str) -> Standing:
        """Consistent read; a fresh one where there is none."""

    def take(self, pseudonym: str, new: Send, room: Budget) -> Standing | None:
        """Notes one more send in one step, without a look: None. Changes nothing, and answers the standing, where the
        address is confirmed or suppressed, was sent this before, or has no such `room` (domain/budgets.py)."""

    def note(self, known: Standing, sends: tuple[Send, ...]) -> bool:
        """Writes the sends; False when they are no longer those of `known`. A lost answer of our own is success."""

    def confirm(self, pseudonym: str, at: datetime) -> None:
        """For an address that was written to; others are left alone. A promise: the sweeper looks from `at` on for
        the cases that are held."""

    def prove(self, pseudonym: str, at: datetime) -> None:
        """A provider has proved that somebody wrote from this address: it is confirmed, whether it was written to or
        not, and what is held for it may leave."""

    def suppress(self, pseudonym: str) -> None:
        """For an address that was written to or proved; nothing is sent there from now on, whether it was confirmed or
        is later."""

    def resume(self, pseudonym: str) -> None:
        """The person at this address, proved, wants messages again."""

    def hold(self, pseudonym: str, number: str) -> None:
        """Messages of the case are held for this address."""

    def held(self, pseudonym: str, limit: int) -> list[str]:
        """Numbers of such cases, at most `limit` (consistent)."""

    def release(self, pseudonym: str, number: str) -> None:
        """The case was told."""

    def put_off(self, pseudonym: str, until: datetime | None) -> None:
        """The promise of `confirm` is due again then; None: it is kept."""


class DayCounts(Protocol):
    """Messages of the whole city by day and way."""

    def count(self, day: date, way: str, ceiling: int | None, weight: int = 1) -> bool:
        """So many more; False, and none more, when there are `ceiling` already. None: however many there are."""

    def counted(self, day: date, way: str) -> int:
        """How many there are."""
