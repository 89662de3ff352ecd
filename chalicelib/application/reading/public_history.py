"""What everybody reads of a history and sees of its pictures: one answer for the public view, and for whatever is kept
of a case outside its own rows."""

from typing import Any

from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain.actions.proofs import photos_shown, validated_proof
from chalicelib.domain.actions.rungs import rung_of
from chalicelib.domain.actor import WRITE_FROM_OUTSIDE
from chalicelib.domain.case.events import Event
from chalicelib.domain.clocks import LADDER


def is_public_line(event: Event) -> bool:
    """What officers write among themselves is not public, and of rings only lateness is: a breach of what the reporter
    waits for, and every escalation."""
    rung = rung_of(event)
    if rung:
        return rung.clock in LADDER and not rung.rung.startswith("reminder")
    return not event.facts.get("internal")


def is_readable(event: Event) -> bool:
    """Whether everybody may read the words: an officer's, and nobody named in them; not why a case was hidden."""
    return (
        "legal_ground" not in event.facts and event.role not in WRITE_FROM_OUTSIDE and not event.facts.get("withheld")
    )


def photos_for_all(case: CaseFile) -> frozenset[str]:
    """Ids of the photos that everybody may see: the proof once it was validated, a citizen's once it was cleared; never
    one that a person withholds."""
    decided = case.complaint
    return frozenset((photos_shown(validated_proof(case.events)) | {*decided.cleared}) - {*decided.withheld})


def with_publicity(photos: list[dict[str, Any]], case: CaseFile, *, pictures: bool) -> list[dict[str, Any]]:
    """The photos of a staff view, the ready ones with `public`: whether everybody sees them. `pictures`: whether the
    case shows any."""
    shown = photos_for_all(case) if pictures else frozenset()
    return [{**photo, "public": photo["photo_id"] in shown} if photo["state"] == "ready" else photo for photo in photos]
