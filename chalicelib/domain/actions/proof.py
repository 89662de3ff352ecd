"""The proof that the work is done: proposed by the holder, validated or refused by somebody else; and what the history
says of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain import clocks
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint, Outcome
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import Needs, WithPhotos, WithReason, WithText, reason_faults
from chalicelib.domain.reasons import OUTCOMES
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

APPOINT = "appoint"  # another judge, by the system
PROVEN = ("solved", "not_found")  # outcomes that a photo must prove, where the category asks for one


@dataclass(frozen=True)
class ProposeDone(WithPhotos, WithText):
    """`reason_code` belongs to the outcome `cannot`, `until` to `planned`: a date that an approved extension covers."""

    outcome: str = "solved"
    until: datetime | None = None
    reason_code: str = ""


def _propose_faults(situation: Situation[ProposeDone]) -> list[FieldError]:
    needs = situation.needs
    if needs.outcome not in OUTCOMES:
        return [FieldError("outcome", "value", "One of: " + ", ".join(OUTCOMES))]
    found = []
    if situation.category.proof == "photo" and needs.outcome in PROVEN and not needs.photos:
        found.append(FieldError("photos", "required", "At least one photo as proof"))
    return [*found, *_outcome_faults(needs, situation), *reason_faults("propose_done", needs.reason_code)]


def _outcome_faults(needs: ProposeDone, situation: Situation[ProposeDone]) -> list[FieldError]:
    found = []
    if needs.outcome == "planned" and needs.until is None:
        found.append(FieldError("until", "required", "Say until when"))
    if needs.outcome == "cannot" and not needs.reason_code:
        found.append(FieldError("reason_code", "required", "Say why it cannot be done"))
    if needs.until is not None and (needs.outcome != "planned" or needs.until <= situation.now):
        found.append(FieldError("until", "value", "A time to come, and only with the outcome `planned`"))
    elif needs.until is not None and not _is_approved(needs.until, situation.complaint):
        found.append(
            FieldError("until", "value", "Propose more time until then first: a second person must approve it")
        )
    if needs.reason_code and needs.outcome != "cannot":
        found.append(FieldError("reason_code", "value", "Only with the outcome `cannot`"))
    return found


def _proposed(changed: Complaint, situation: Situation[ProposeDone]) -> Complaint:
    needs, before = situation.needs, situation.complaint
    outcome = Outcome(needs.outcome, needs.until, needs.reason_code or None)
    proposers = tuple(dict.fromkeys([*before.proposers, situation.actor.id, *_uploaders(situation)]))
    return _given(replace(changed, outcome=outcome, proposers=proposers), situation)


def _uploaders(situation: Situation[Any]) -> list[str]:
    """Who uploaded the staff's pictures, whichever action they came with."""
    return sorted({photo.uploader for photo in situation.named.photos.values() if photo.side == "staff"})


def _given(changed: Complaint, situation: Situation[Any]) -> Complaint:
    """To a judge. After an objection it is another one than before, if somebody else is on duty."""
    before = situation.complaint
    spared = before.judged if before.settled else ()
    return replace(changed, validator=situation.named.bench.draw(barred=changed.proposers, spared=spared))


def _is_approved(until: datetime, case: Complaint) -> bool:
    """Whether a second person has given the work that much time: nobody postpones it alone."""
    extended = (case.clocks[kind] for kind in clocks.WORK if kind in case.clocks and case.clocks[kind].first_due)
    return any(clocks.lasts_until(clock, until) for clock in extended)


def _propose_facts(changed: Complaint, _situation: Situation[ProposeDone]) -> Facts:
    outcome = {"outcome": outcome_facts(changed.outcome)} if changed.outcome else {}
    return outcome | {"validator": changed.validator}


def _appoint_facts(changed: Complaint, situation: Situation[Needs]) -> Facts:
    """Who has it now, and who had it: not for everybody to read."""
    return {"internal": True, "validator": changed.validator, "former_validator": situation.complaint.validator}


def outcome_facts(outcome: Outcome) -> Facts:
    until = outcome.until.isoformat() if outcome.until else None
    named = {"code": outcome.code, "until": until, "reason_code": outcome.reason_code}
    return {key: value for key, value in named.items() if value is not None}


def _validated(changed: Complaint, situation: Situation[Needs]) -> Complaint:
    return replace(changed, judged=_judged(situation), settled=True, validator=None)


@dataclass(frozen=True)
class Refuse(WithReason, WithText):
    """Why the proof does not hold."""


def _refused(changed: Complaint, situation: Situation[Refuse]) -> Complaint:
    return replace(changed, judged=_judged(situation), outcome=None, validator=None)


def _judged(situation: Situation[Needs]) -> dict[str, datetime]:
    return {**situation.complaint.judged, situation.actor.id: situation.now}


VERBS = {
    "propose_done": Verb(ProposeDone, faults=_propose_faults, effect=_proposed, facts=_propose_facts),
    "validate": Verb(WithText, effect=_validated),
    "refuse": Verb(Refuse, effect=_refused),
    APPOINT: Verb(Needs, effect=_given, facts=_appoint_facts),
}
