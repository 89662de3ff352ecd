"""What the system does when a time has come: ring a rung of a clock, or end a window."""

from dataclasses import replace

from chalicelib.domain.actions.rungs import RING, Rung
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.needs import Needs
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

ENDS = {"confirmation": "lapse", "answer": "resume"}  # what happens when a clock without rungs is over


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
