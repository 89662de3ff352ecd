"""What the system does when a time has come: ring a rung of a clock, or end a window."""

from dataclasses import dataclass, replace

from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.needs import Needs
from chalicelib.domain.situation import Situation

RING = "ring"
ENDS = {"confirmation": "lapse", "answer": "resume"}  # what happens when a clock without rungs is over


@dataclass(frozen=True)
class Ring(Needs):
    """The clock's kind and the rung that is due."""

    clock: str = ""
    rung: str = ""


def _rung(changed: Complaint, situation: Situation[Ring]) -> Complaint:
    clock = changed.clocks[situation.needs.clock]
    rung = replace(clock, rungs=(*clock.rungs, situation.needs.rung))
    return replace(changed, clocks={**changed.clocks, rung.kind: rung})


def _ring_facts(_changed: Complaint, situation: Situation[Ring]) -> Facts:
    return {"clock": situation.needs.clock, "rung": situation.needs.rung}


VERBS = {
    RING: Verb(Ring, effect=_rung, facts=_ring_facts),
    "lapse": Verb(Needs),
    "resume": Verb(Needs),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """What rang: the clock's kind, and reminder_50, reminder_80, breach or escalation_1 to 3."""

    clock: str
    rung: str


def rung_of(event: Event) -> Rung | None:
    """None for an event that is no ring."""
    return Rung(str(event.facts["clock"]), str(event.facts["rung"])) if event.action == RING else None
