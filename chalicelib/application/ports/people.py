"""People who work for the city, and the tokens that prove who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


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

    def put(self, member: StaffMember) -> None:
        """Operator command, which alone may: writes the person, and takes the place in a former unit away."""


class Tokens(Protocol):
    """Verifies access tokens."""

    def username(self, token: str) -> str:
        """The verified access token's username. Raises UnauthenticatedError; UnavailableError when the pool's keys
        cannot be had."""
