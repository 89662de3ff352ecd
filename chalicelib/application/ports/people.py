"""People who work for the city, and the tokens that prove who they are."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A row by username, in the table of people: it decides what a person may do, on every request."""

    username: str
    name: str
    role: str
    unit: str
    channels: tuple[str, ...] = ()
    disabled: bool = False
    on_duty: bool = True


class Staff(Protocol):
    """Rows of the people who work for the city."""

    def member(self, username: str) -> StaffMember | None: ...

    def members(self, units: Iterable[str]) -> list[StaffMember]:
        """The people of these units, disabled ones too, by unit and username."""

    def everybody(self, after: str | None, limit: int) -> list[StaffMember]:
        """The next people by username, disabled ones too."""

    def put(self, member: StaffMember) -> None:
        """By an operator's command or `administer`, who alone may: writes the person, and takes the place in a former
        unit away."""


class BenchLoads(Protocol):
    """How many proofs each judge had open when the sweeper last looked."""

    def read(self) -> Mapping[str, int]:
        """By username; who has none may be missing."""

    def put(self, loads: Mapping[str, int]) -> None: ...


class Accounts(Protocol):
    """The pool that people sign in at. Every call may be repeated; each raises UnavailableError."""

    def create(self, username: str, temporary: str) -> bool:
        """A new account with a password that its owner must change; False when there is one already."""

    def enable(self, username: str) -> None: ...

    def set_password(self, username: str, password: str, *, permanent: bool) -> None: ...

    def disable(self, username: str) -> None:
        """Nobody signs in by it any more, and sessions that stand end. An account that is not there is none."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who hears a unit's alerts. `id` is the provider's, empty until the address was confirmed."""

    address: str
    protocol: str  # email, sms, https, sqs
    id: str = ""

    @property
    def confirmed(self) -> bool:
        return bool(self.id)


class UnitTopics(Protocol):
    """The units' alert topics. Raises NotFoundError where a unit has none yet, UnavailableError."""

    def subscribers(self, unit: str) -> list[Subscriber]: ...

    def subscribe(self, unit: str, protocol: str, address: str) -> None:
        """Repeating it changes nothing. Addresses of people and hosts are asked to confirm."""

    def unsubscribe(self, subscriber: Subscriber) -> None: ...


class AdministrationOrders(Protocol):
    """Hands orders to `administer`."""

    def give(self, token: str, order: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What it answered. Raises the refusal that it answered with; UnavailableError."""


class Tokens(Protocol):
    """Verifies access tokens."""

    def username(self, token: str) -> str:
        """The verified access token's username. Raises UnauthenticatedError; UnavailableError when the pool's keys
        cannot be had."""
