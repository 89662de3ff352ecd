"""What the system does when a time has come: ring a rung of a clock, or end a window."""

from dataclasses import replace

from chalicelib.domain import ladder
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.needs import Needs
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

RING = "ring"
ENDS = {"confirmation": "lapse", "answer": "resume"}  # what happens when a clock without rungs is over


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


@dataclass(frozen=True)
class Ring(Needs):
    """The clock's kind and the rung that is due. Of the rungs that are due together only the last one tells:
    `together` are all of them; the others have none."""

    clock: str = ""
    rung: str = ""
    together: tuple[Rung, ...] = ()


def _rung(changed: Complaint, situation: Situation[Ring]) -> Complaint:
    clock = changed.clocks[situation.needs.clock]
    rung = replace(clock, rungs=(*clock.rungs, situation.needs.rung))
    return replace(changed, clocks={**changed.clocks, rung.kind: rung})


def _ring_facts(_changed: Complaint, situation: Situation[Ring]) -> Facts:
    needs = situation.needs
    told = [[rung.clock, rung.rung] for rung in needs.together]
    return {"clock": needs.clock, "rung": needs.rung, "told": told}


VERBS = {
    RING: Verb(Ring, effect=_rung, facts=_ring_facts),
    "lapse": Verb(Needs),
    "resume": Verb(Needs),
}


def rung_of(event: Event) -> Rung | None:
    """None for an event that is no ring."""
    return Rung(str(event.facts["clock"]), str(event.facts["rung"])) if event.action == RING else None


def rungs_told(event: Event) -> tuple[Rung, ...]:
    """The rungs that this event tells of: all that were due together with it, or none."""
    if rung_of(event) is None:
        return ()
    return tuple(Rung(str(clock), str(rung)) for clock, rung in event.facts.get("told", ()))
