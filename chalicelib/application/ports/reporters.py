"""What joins the cases of one person without naming them: the cases of an address, addresses of one person, an ask for
the link to them, and the pass that the link holds. Addresses are known by their pseudonyms (domain/pseudonyms.py)."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import dataclass


class OwnCases(Protocol):
    """Which cases an address has, and which addresses were proved to be one person's."""

    def note(self, pseudonym: str, number: str, at: datetime) -> None:
        """The reporter of this case is told at this address since then. Once, however often it is told. Raises
        UnavailableError."""

    def of(self, pseudonym: str) -> list[tuple[datetime, str]]:
        """Its cases with the time of their receipt, in no order, at most MOST_CASES (consistent)."""

    def join(self, one: str, other: str) -> None:
        """Both are one person's, from either side. May be called again. Raises UnavailableError."""

    def joined(self, pseudonym: str) -> list[str]:
        """The addresses that were joined with it (consistent)."""


MOST_CASES = 100  # of one address


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody wants the link to the reports of an address. `names`: the pseudonyms that the address has, by each way;
    the first names the row. `way` is how it is told. `sent`: when links left lately."""

    names: tuple[str, ...]
    way: str
    language: str
    asked_at: datetime
    sent: tuple[datetime, ...] = ()


class Asks(Protocol):
    """One row per address; an ask that waits is a promise, which the sweeper hands on."""

    def ask(self, ask: Ask) -> None:
        """It waits from now on; what was sent lately stays known. The same whether anybody knows the address. Raises
        UnavailableError."""

    def waiting(self, pseudonym: str) -> Ask | None:
        """Consistent; None where nothing waits."""

    def settle(self, ask: Ask, sent: tuple[datetime, ...]) -> bool:
        """It waits no longer, and so much was sent; False when somebody else settled it, or it was asked anew."""

    def put_off(self, ask: Ask, until: datetime) -> None:
        """It waits again, until then, with what `ask` says was sent. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What the link opens: the reports of these pseudonyms, until then (the domain's time)."""

    names: tuple[str, ...]
    until: datetime


class Passes(Protocol):
    """Passes by the hash of their token, which is kept nowhere."""

    def give(self, digest: str, given: Pass) -> None:
        """Raises UnavailableError."""

    def find(self, digest: str) -> Pass | None:
        """Consistent; also one whose time is over."""
