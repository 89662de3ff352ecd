"""One message of a conversation, and what became of it."""

import hashlib
from collections.abc import Callable, Mapping

from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.talks import Talk
from chalicelib.domain.place.spots import Location
from chalicelib.domain.values import dataclass

HANDED, CASE = "task", "JKT-"  # outcomes: a person reads it; what a case's number begins with


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of somebody whom the provider has proved. `contact` is how they are answered; `location` one that
    they shared; `pictured`: it brings a picture; `part`: which part of a long message it is, of how many. `before`:
    tasks of pictures that came before these words. `kept`: where it and then its pictures are kept; `task_id`: of the
    task that it becomes when a person must read it."""

    channel: str
    message_id: str
    text: str
    contact: Contact
    location: Location | None = None
    part: tuple[int, int] = (1, 1)
    pictured: bool = False
    before: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    task_id: str = ""

    @property
    def is_part(self) -> bool:
        return self.part[1] > 1

    @property
    def mark(self) -> str:
        """The mark of the message; its own id may hold a telephone number."""
        return hashlib.sha256(f"{self.channel}\x00{self.message_id}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def is_last(self) -> bool:
        """Whether this is the last part of a long message; a whole message is its own last part."""
        return self.part[0] == self.part[1]


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of one message: the talk after it, the outcome for the log, and the name of our answer with its
    values; "" for none. `number`: of the case that it stands in now."""

    talk: Talk
    outcome: str
    answer: str = ""
    values: Mapping[str, str] | None = None
    number: str = ""

    @property
    def became(self) -> str:
        """As the talk remembers it."""
        return self.outcome if self.number in ("", self.outcome) else f"{self.outcome} {self.number}"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What became of a message (a case's number, `task`, or what was asked for), and the case that it stands in."""

    outcome: str
    number: str = ""


Lodge = Callable[[Heard], str]  # a case's number, or `task`
Leave = Callable[[str], str]  # to a person, with the reason; the id of their task


def told_of(outcome: str) -> TurnResult:
    """The result of a turn that has only an outcome."""
    return TurnResult(outcome, outcome if outcome.startswith(CASE) else "")


def remembered(became: str) -> TurnResult:
    """What `became` says."""
    outcome, _, number = became.partition(" ")
    return TurnResult(outcome, number) if number else told_of(outcome)
