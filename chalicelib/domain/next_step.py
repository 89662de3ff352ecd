"""What happens next in a case, by whom, until when: one answer for the page, the letters and the SMS. Its words stand
in `chalicelib/data/messages` under the sentence's name; a new status needs a line here and words there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import routing
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.clocks import WORK, Clock, latest
from chalicelib.domain.lifecycle import TABLE
from chalicelib.domain.reference import Category
from chalicelib.domain.values import dataclass

QUESTIONS = ("confirm", "object", "answer")  # what a reporter is asked, not only offered
PLACE = "place"  # the sentence while a place is still looked for


@dataclass(frozen=True, slots=True)
class Awaited:
    """`clocks`: of the first of these groups that runs, the clock that was started last says until when. `judged`: the
    judge acts, not the holder."""

    clocks: tuple[tuple[str, ...], ...] = ()
    judged: bool = False


_WORKED = Awaited((WORK,))
STEPS: Mapping[str, Awaited] = {
    "waiting": Awaited((("location",), ("coordination",), WORK)),
    "coordinated": _WORKED,
    "assigned": _WORKED,
    "in_progress": _WORKED,
    "scheduled": _WORKED,
    "needs_info": Awaited((("answer",),)),
    "awaiting_validation": Awaited((("validation",),), judged=True),
    "rework": _WORKED,
    "resolved": Awaited((("confirmation",),)),
    "closed": Awaited(),
    "reopened": _WORKED,
    "rejected": Awaited((("confirmation",),)),
    "merged": Awaited(),
    "referred": _WORKED,
    "withdrawn": Awaited(),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """`sentence` names the words: a status, or `place`. `unit` (a code) acts. `due_at`: until when, None where no clock
    runs; `late` once that has passed."""

    sentence: str
    unit: str
    due_at: datetime | None = None
    late: bool = False

    @property
    def form(self) -> str:
        """Which of its words say it: due, late or open (without a time)."""
        return "open" if self.due_at is None else "late" if self.late else "due"


def next_step(complaint: Complaint, category: Category, at: datetime) -> NextStep:
    """What happens next, as it stands at this time."""
    step = STEPS[complaint.status]
    unit = routing.judge(category) if step.judged else complaint.unit
    clock = _clock(step, complaint, at)
    if clock is None:
        return NextStep(complaint.status, unit)
    sentence = PLACE if clock.kind == "location" else complaint.status
    return NextStep(sentence, unit, clock.due_at, clock.is_late(at))


def next_step_after(event: Event, complaint: Complaint, category: Category) -> NextStep:
    """The same as it stood after the event: a message may be sent when the case has long gone on."""
    return next_step(replace(complaint, status=event.status, unit=event.unit), category, event.at)


def questions_in(status: str) -> tuple[str, ...]:
    """The actions that ask the reporter for a word of theirs now: built, theirs, and possible in this status."""
    asked = {row.action for row in TABLE if "reporter" in row.who and row.permits(status)}
    return tuple(action for action in QUESTIONS if action in asked)


def _clock(step: Awaited, complaint: Complaint, at: datetime) -> Clock | None:
    running = {kind: clock for kind, clock in complaint.clocks.items() if _ran(clock, at)}
    found = (latest(running, kinds) for kinds in step.clocks)
    return next((clocks[0] for clocks in found if clocks), None)


def _ran(clock: Clock, at: datetime) -> bool:
    """Whether it ran at this time, which may be before it stopped."""
    return clock.started_at <= at and clock.paused_at is None and (clock.stopped_at is None or clock.stopped_at > at)
