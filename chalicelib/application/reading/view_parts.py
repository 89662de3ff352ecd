"""Parts of what people are shown, the same in every view: names beside codes, clocks, photos, lines of the history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.wording import Phrases, next_sentence
from chalicelib.domain.actions.rungs import rung_of
from chalicelib.domain.actor import WRITE_FROM_OUTSIDE
from chalicelib.domain.case.complaint import Complaint, Extension, Hidden, Outcome, Outside
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.parts import Part
from chalicelib.domain.clocks import Clock
from chalicelib.domain.labels import STATUS
from chalicelib.domain.next_step import NextStep
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.ways import line_of, way_to

if TYPE_CHECKING:
    from chalicelib.application.ports.messages import Notice


LANGUAGES = ("id", "en")
Link = Callable[[str], str]
View = dict[str, Any]


def unit_view(code: str, reference: Reference) -> View:
    return {"code": code, "name": reference.units[code].name}


def category_view(code: str, reference: Reference) -> View:
    return {"code": code, "name": reference.categories[code].name_id}


def area_view(code: str | None, reference: Reference) -> View | None:
    if code is None:
        return None
    area = reference.areas[code]
    return {"code": code, "name": area.name, "kecamatan": area.kecamatan, "kota": area.kota}


def route_view(history: Sequence[Event]) -> View | None:
    """By which routing rule the case was last sent on its way; None for a case from before there were any."""
    decided = [event.facts for event in history if "rule" in event.facts]
    return {"rule": decided[-1]["rule"], "version": decided[-1]["rules"]} if decided else None


def clocks_view(clocks: Mapping[str, Clock], now: datetime) -> View:
    return {kind: _clock(clock, now) for kind, clock in clocks.items()}


def _clock(clock: Clock, now: datetime) -> View:
    return {
        "started_at": clock.started_at.isoformat(),
        "due_at": clock.due_at.isoformat(),
        "stopped_at": clock.stopped_at and clock.stopped_at.isoformat(),
        "paused_seconds": int(clock.paused.total_seconds()),
        "state": clock.state(now),
        **({"first_due_at": clock.first_due.isoformat()} if clock.first_due else {}),
    }


def next_step_view(step: NextStep, reference: Reference, words: Callable[[str], Phrases], *, own: bool) -> View:
    """What happens next, as a sentence in both languages, with its time."""
    unit = reference.units[step.unit].name
    said = {language: next_sentence(step, unit, words(language), own=own) for language in LANGUAGES}
    return {**said, "due_at": step.due_at and step.due_at.isoformat(), "late": step.late}


def held_view(complaint: Complaint, reference: Reference, now: datetime) -> list[View]:
    """How long each unit has held the case, in whole seconds, the present holder last. While the case is open
    whole minutes of the present stay count: a view that is asked for twice in a moment says the same."""
    end = (
        now
        if complaint.is_open
        else max((c.stopped_at for c in complaint.clocks.values() if c.stopped_at), default=now)
    )
    held = dict(complaint.custody.held)
    before = held.pop(complaint.unit, 0)
    stay = max(0, complaint.custody.stay(complaint.received_at, end))
    held[complaint.unit] = before + (stay - stay % 60 if complaint.is_open else stay)
    return [{"unit": unit_view(code, reference), "seconds": seconds} for code, seconds in held.items()]


def outside_view(outside: Outside | None) -> View | None:
    if outside is None:
        return None
    return {"unit": outside.unit, "number": outside.number, "until": outside.until.isoformat()}


def extension_view(proposed: Extension | None) -> View | None:
    """More time that waits for a second person."""
    if proposed is None:
        return None
    return {"until": proposed.until.isoformat(), "task_id": proposed.task_id}


def question_view(case: CaseFile) -> View | None:
    """What the reporter is asked, and until when they may answer; None while nothing is asked."""
    clock = case.complaint.clocks.get("answer")
    if clock is None or not clock.running:
        return None
    asked = next((e for e in reversed(case.events) if e.moved and e.status == case.complaint.status), None)
    text = asked.words.get("text", "") if asked else ""
    return {"text": text, "at": clock.started_at.isoformat(), "due_at": clock.due_at.isoformat()}


def referral_view(case: CaseFile) -> View | None:
    """What the agency that the case was referred to was told, where it names nobody and the case is not hidden."""
    outside = case.complaint.outside
    if outside is None:
        return None
    told = next((event for event in case.events if event.sequence == outside.referral), None)
    kept_back = told is None or case.complaint.hidden or told.facts.get("withheld")
    text = None if kept_back or told is None else shown(told.words.get("text", ""))
    return {**(outside_view(outside) or {}), "text": text}


def contact_view(masked: Mapping[str, str] | None, *, confirmed: bool) -> View | None:
    """With how messages reach the reporter; None where no contact was given."""
    return None if masked is None else {**masked, "reach": reach_of(masked), "confirmed": confirmed}


def reach_of(masked: Mapping[str, str]) -> str | None:
    """email, sms, call or None, as it was found at lodge; of a mask that is older than that, as it can be told."""
    if "reach" in masked:
        return masked["reach"]
    phone = masked.get("phone")
    way = way_to({"email": masked.get("email"), **({line_of(phone): phone} if phone else {})})
    return way.name if way else "call" if phone else None


def outcome_view(outcome: Outcome | None) -> View | None:
    if outcome is None:
        return None
    named = {"until": outcome.until and outcome.until.isoformat(), "reason_code": outcome.reason_code}
    return {"code": outcome.code, **{key: value for key, value in named.items() if value}}


def part_view(part: Part, said: Mapping[str, Any], reference: Reference, *, text: bool, late: bool) -> View:
    """One part of the work; `said` is what its row says, `text` whether its words may be read, `late` whether somebody
    still waits for it past its time."""
    return {
        "part": part.part_id,
        "unit": unit_view(part.unit, reference),
        "text": said.get("text", "") if text else "",
        "due_at": part.due_at.isoformat(),
        "state": part.state,
        "late": late,
    }


def notice_view(notice: "Notice") -> View:
    """One message as the coordinator reads it; `reason` where it says more than the state (messages/reasons.py)."""
    from chalicelib.application.messages.reasons import why

    reason = why(notice.reason)
    return {"event": notice.event, "kind": notice.kind, "state": notice.state, **({"reason": reason} if reason else {})}


def limit_view(limit: Clock, now: datetime) -> View:
    done = limit.stopped_at and limit.stopped_at.isoformat()
    return {"step": limit.kind, "due_at": limit.due_at.isoformat(), "done_at": done, "state": limit.state(now)}


def hidden_view(hidden: Hidden | None) -> View | None:
    """The tombstone of a hidden case."""
    return {"legal_ground": hidden.legal_ground, "at": hidden.at.isoformat()} if hidden else None


def photo_view(photo: Photo, *, link: Link | None, now: datetime) -> View:
    """`link` signs the pictures' addresses; None where they may not be seen. What never came reads `expired`; `reason`
    is a code of domain/case/evidence.py, REASONS."""
    view: View = {"photo_id": photo.photo_id, "kind": photo.kind, "state": photo.state_at(now)}
    if photo.reason:
        view["reason"] = photo.reason
    if photo.variants and link:
        view["urls"] = {"large": link(photo.variants.large), "small": link(photo.variants.small)}
    return view


def by_view(event: Event, reference: Reference) -> View:
    """In which role and for which unit somebody acted; never who."""
    return {"role": event.role, "unit": unit_view(event.actor_unit, reference) if event.actor_unit else None}


def line_view(event: Event, reference: Reference, *, text: bool) -> View:
    """One line of the history; a ring names its clock and rung, what was done about a part the part and its unit.
    `text`: whether the words may be read."""
    view: View = {
        "sequence": event.sequence,
        "version": event.version,
        "at": event.at.isoformat(),
        "action": event.action,
        "status": event.status,
        "label": STATUS[event.status].official,
        "by": by_view(event, reference),
        "unit": unit_view(event.unit, reference),
    }
    rung = rung_of(event)
    if rung:
        view |= {"clock": rung.clock, "rung": rung.rung}
    if event.facts.get("part"):
        view["part"] = {"part": event.facts["part"], "unit": unit_view(event.facts["unit"], reference)}
    if text and event.words.get("text"):
        view["text"] = shown(event.words["text"])
    return view


_CODES = ("reason_code", "until", "hops", "held_seconds")  # of the facts: shown as they are


def particulars(event: Event, reference: Reference) -> View:
    """What only some lines say, beside words: the reason's code, a date, the hop, the categories before and after."""
    facts = event.facts
    view: View = {name: facts[name] for name in _CODES if name in facts}
    if facts.get("from"):
        view["from"] = unit_view(facts["from"], reference)
    if facts.get("former_category"):
        view["category"] = category_view(facts["category"], reference)
        view["former_category"] = category_view(facts["former_category"], reference)
    if event.role in WRITE_FROM_OUTSIDE and event.words.get("outside_unit"):
        view["agency"] = shown(event.words["outside_unit"])
    return view
