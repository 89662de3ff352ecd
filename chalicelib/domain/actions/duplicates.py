"""Several reports of one matter: merged into the one that goes on, and taken out again. The case that goes on gets a
quiet line for each."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain import rights
from chalicelib.domain.actions.verb import Beside, Facts, Verb
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import Needs, WithText
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

TAKEN_OUT = "unmerge"
MOST_MERGED = 200  # into one case: its row stays far below what DynamoDB takes


@dataclass(frozen=True)
class Merge(WithText):
    """`survivor` is the number of the case that goes on."""

    survivor: str = ""


def _merge_faults(situation: Situation[Merge]) -> list[FieldError]:
    """Open, so neither merged nor ended: no circle can come about. One that the actor does not see is not there."""
    survivor = situation.named.other
    if not situation.needs.survivor:
        return []  # reported as required
    if survivor is None or not rights.sees(situation.actor, survivor, situation.reference, situation.now):
        return [FieldError("survivor", "value", "No case that you see has this number")]
    if survivor.number == situation.complaint.number or not survivor.is_open:
        return [FieldError("survivor", "value", "Name another case that is open")]
    if len(survivor.merged) >= MOST_MERGED:
        return [FieldError("survivor", "value", f"{MOST_MERGED} reports were merged into this case already")]
    return []


def _merged(changed: Complaint, situation: Situation[Merge]) -> Complaint:
    survivor = situation.named.other
    return replace(changed, merged_into=survivor.number if survivor else None)


def _merge_facts(changed: Complaint, _situation: Situation[Merge]) -> Facts:
    return {"survivor": changed.merged_into}


def _joined(changed: Complaint, situation: Situation[Merge]) -> tuple[Beside, ...]:
    survivor = situation.named.other
    if survivor is None:
        return ()
    numbers = tuple(dict.fromkeys((*survivor.merged, changed.number)))
    return (_line(survivor, numbers, changed),)


def _line(survivor: Complaint, merged: tuple[str, ...], of: Complaint) -> Beside:
    after = replace(survivor, merged=merged, sequence=survivor.sequence + 1)
    return Beside(survivor, after, {"merged": of.number})


def _taken_out(changed: Complaint, _situation: Situation[Needs]) -> Complaint:
    return replace(changed, merged_into=None)


def parted(changed: Complaint, situation: Situation[Needs]) -> tuple[Beside, ...]:
    """The case that this one was merged into goes on without it, whoever took it out and how; none where it was not."""
    survivor = situation.named.other
    if survivor is None:
        return ()
    line = _line(survivor, tuple(n for n in survivor.merged if n != changed.number), changed)
    return (replace(line, action=TAKEN_OUT),)


def _unmerge_facts(_changed: Complaint, situation: Situation[Needs]) -> Facts:
    return {"survivor": situation.complaint.merged_into}


def merged_at(history: Sequence[Event], number: str) -> int:
    """The sequence of the survivor's line at which this case was last merged into it; 0 where there is none."""
    lines = (event.sequence for event in history if event.facts.get("merged") == number)
    return max(lines, default=0)


VERBS = {
    "merge": Verb(Merge, faults=_merge_faults, effect=_merged, facts=_merge_facts, others=_joined),
    TAKEN_OUT: Verb(WithText, effect=_taken_out, facts=_unmerge_facts, others=parted),
}
