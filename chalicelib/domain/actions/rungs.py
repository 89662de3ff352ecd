"""The lines that say that a rung of a clock rang."""

from chalicelib.domain import ladder
from chalicelib.domain.case.events import Event
from chalicelib.domain.values import dataclass

RING = "ring"  # the action


@dataclass(frozen=True, slots=True)
class Rung:
    """What rang: the clock's kind, and reminder_50, reminder_80, breach or escalation_1 to 3."""

    clock: str
    rung: str

    @property
    def rank(self) -> int:
        """How high it is on the ladder."""
        return ladder.ORDER.index(self.rung)

    @property
    def message(self) -> str:
        """What people are told that it is: reminder, breach or escalation."""
        return ladder.STEPS[self.rung].message


def rung_of(event: Event) -> Rung | None:
    """The rung that an event rang; None if the event is no ring."""
    return Rung(str(event.facts["clock"]), str(event.facts["rung"])) if event.action == RING else None


def rungs_told(event: Event) -> tuple[Rung, ...]:
    """The rungs that this event tells of: all that were due together with it, or none."""
    if rung_of(event) is None:
        return ()
    return tuple(Rung(str(clock), str(rung)) for clock, rung in event.facts.get("told", ()))
