"""The lifecycle, declared once: who may do what, when, and what it does. Everything else asks this table: decisions,
refusals, `allowed_actions`, timers, messages, the labels and buttons of the pages, docs/lifecycle.md, the approved
matrix. What a verb does beyond its row stands in `domain/actions`.

A row that is not `built` yet is offered to nobody and forbidden by the state."""

from collections.abc import Mapping

from chalicelib.domain.case.complaint import OPEN, STATUSES
from chalicelib.domain.clocks import EXACT
from chalicelib.domain.values import dataclass

BEFORE = "before"  # leads back to the status that the case had before this one
To = str | Mapping[str, str] | None

_ANY = STATUSES
_WORKING = ("coordinated", "assigned", "in_progress", "scheduled", "rework", "reopened")
EXTENDABLE = (*_WORKING, "referred")  # statuses in which the work may be given more time
_MERGEABLE = ("waiting", "coordinated", "assigned", "in_progress")
_OWNER_CLOCKS = ("coordination", "location")
_WORK_CLOCKS = ("resolution", "rework")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `to`: the status it leads to, one per source status, BEFORE, or None: the status stays. `when`: names of conditions
    (conditions.py). `needs`: one that ends in `?` is optional. `stops`: clock kinds, or `all`. `pauses`, `resumes`: of
    these kinds the clock that was started last; `all` resumes every clock that the way here stopped. `retimes`: its
    verb sets a clock, or moves when one is due. `tells`: who is told besides the reporter, who is told whenever the
    status changes. `told_as`: what the message to a unit is called: alert (there is something to do), status, reply or
    rung. `quiet`: raises no version, so every view stays current. `unrecorded`: changes nothing of the case and adds no
    line to its history: it is a row of its own."""

    action: str
    sources: tuple[str, ...]
    to: To
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    retimes: bool = False
    tells: tuple[str, ...] = ()
    told_as: str = "status"
    quiet: bool = False
    unrecorded: bool = False
    built: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(need for need in self.needs if not need.endswith("?"))

    @property
    def arms(self) -> bool:
        """Whether another breach may come next after it: then the timer that sleeps until the old one is replaced. When
        a breach rings, the timer that woke for it starts the next one itself."""
        moved = {*self.stops, *self.starts, *self.pauses, *self.resumes}
        return self.retimes or not moved.isdisjoint((*EXACT, "all"))

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(need.rstrip("?") for need in self.needs)

    def permits(self, status: str) -> bool:
        """Whether the status allows it at all."""
        return self.built and status in self.sources

    def leads_to(self, status: str, before: str | None) -> str:
        """The status after it, from `status`, which followed on `before`."""
        if isinstance(self.to, str):
            return (before or status) if self.to == BEFORE else self.to
        return self.to.get(status, status) if self.to else status


def is_for_everybody(action: str) -> bool:
    """Whether somebody without any credentials may ask for it."""
    return action in ROWS and "everybody" in ROWS[action].who


def _from_each(sources: tuple[str, ...], to: str, **others: str) -> dict[str, str]:
    """`to` from every source but the ones that `others` names."""
    return dict.fromkeys(sources, to) | others


# One row is one or two lines, so that the table is read as a table.
# fmt: off
TABLE: tuple[Row, ...] = (
    Row("lodge", (), "waiting", ("anyone",), retimes=True, tells=("first_receiver",), told_as="alert", built=True),
    Row("accept", ("waiting",), "assigned", ("closer",), ("text?",), stops=_OWNER_CLOCKS, built=True),
    Row("coordinate", ("waiting", "reopened"), "coordinated", ("kelurahan", "desk", "coordinator"), ("unit", "text?"),
        stops=_OWNER_CLOCKS, tells=("unit",), told_as="alert", built=True),
    Row("assign", ("coordinated", "assigned", "in_progress", "rework", "reopened"), "assigned",
        ("holder", "coordinator"), ("unit?", "officer?"), tells=("assignee",), told_as="alert", built=True),
    Row("start", ("assigned", "coordinated", "rework", "reopened"), "in_progress", ("holder",), ("text?",),
        built=True),
    Row("propose_done", ("in_progress", "scheduled", "rework", "referred"), "awaiting_validation", ("closer",),
        ("photos?", "text", "outcome?", "until?", "reason_code?"), when=("no_open_parts",),
        stops=_WORK_CLOCKS, starts=("validation",),
        tells=("validators",), told_as="alert", built=True),
    Row("validate", ("awaiting_validation",), "resolved", ("judge",), ("text?",), stops=("validation",),
        starts=("confirmation",), tells=("holder",), built=True),
    Row("refuse", ("awaiting_validation",), "rework", ("judge",), ("reason_code", "text"), stops=("validation",),
        resumes=_WORK_CLOCKS, tells=("holder",), told_as="alert", built=True),
    Row("appoint", ("awaiting_validation",), None, ("system",), quiet=True, built=True),
    Row("confirm", ("resolved",), "closed", ("reporter",), ("rating?", "text?"), stops=("confirmation",),
        tells=("holder",), built=True),
    Row("object", ("resolved", "rejected", "merged"), "reopened", ("reporter", "objector"), ("text", "photos?"),
        when=("window_open",), stops=("confirmation",), starts=("rework",), tells=("holder",),
        told_as="alert", built=True),
    Row("reject", ("waiting", "coordinated"), "rejected", ("holder", "desk", "coordinator"), ("reason_code", "text"),
        stops=("all",), starts=("confirmation",), built=True),
    Row("withdraw", ("waiting", "coordinated", "assigned", "in_progress", "scheduled", "needs_info"), "withdrawn",
        ("reporter",), ("text?",), when=("stands_alone",), stops=("all",), tells=("holder",), built=True),
    Row("comment", tuple(status for status in _ANY if status != "withdrawn"), None, ("viewer", "agency"),
        ("text", "internal?", "photos?"), tells=("other_side",), told_as="reply", quiet=True, built=True),
    Row("transfer", ("waiting", *_WORKING, "referred"), "waiting", ("holder", "coordinator"),
        ("unit?", "reason_code", "text"), when=("may_hand_on",), resumes=("coordination",),
        tells=("holder",), told_as="alert", built=True),
    Row("invite", _WORKING, None, ("holder", "coordinator"), ("unit", "text", "due_at?"),
        when=("room_for_parts",), tells=("unit",), told_as="alert", built=True),
    Row("finish_part", _WORKING, None, ("part",), ("part", "text", "photos?"), when=("own_part_open",),
        tells=("holder",), built=True),
    Row("decline_part", _WORKING, None, ("part",), ("part", "text", "photos?"), when=("own_part_open",),
        tells=("holder",), built=True),
    Row("cancel_part", _WORKING, None, ("holder",), ("part", "text", "photos?"), when=("some_part_open",),
        tells=("unit",), built=True),
    Row("ask", ("assigned", "in_progress"), "needs_info", ("holder",), ("text",), when=("reachable", "not_asked"),
        starts=("answer",), pauses=_WORK_CLOCKS, built=True),
    Row("answer", ("needs_info",), BEFORE, ("reporter", "respondent"), ("text", "photos?"), stops=("answer",),
        resumes=_WORK_CLOCKS, tells=("holder",), told_as="reply", built=True),
    Row("extend", EXTENDABLE, None, ("holder",), ("until", "text"), when=("nothing_proposed",), tells=("approvers",),
        told_as="alert", built=True),
    Row("approve_extension", EXTENDABLE, _from_each(EXTENDABLE, "scheduled", referred="referred"), ("approver",),
        ("text?",), when=("extension_proposed", "until_to_come"), retimes=True, tells=("holder", "reporter"),
        built=True),
    Row("refuse_extension", EXTENDABLE, None, ("approver",), ("text",), when=("extension_proposed",),
        tells=("holder",), told_as="alert", built=True),
    Row("refer", ("waiting", "coordinated", "assigned", "in_progress", "reopened"), "referred",
        ("holder", "coordinator"), ("outside_unit", "outside_number", "until", "text"), stops=_OWNER_CLOCKS,
        built=True),
    Row("recall", ("referred",), "coordinated", ("holder", "coordinator"), ("text",), built=True),
    Row("merge", _MERGEABLE, "merged", ("holder", "desk", "coordinator", "system"), ("survivor", "text"),
        stops=("all",), tells=("followers",), built=True),
    Row("unmerge", ("merged",), BEFORE, ("holder", "desk", "coordinator"), ("text",), resumes=("all",),
        tells=("holder",), built=True),
    Row("recategorise", _MERGEABLE, _from_each(_MERGEABLE, "coordinated", waiting="waiting"),
        ("holder", "desk", "coordinator"), ("category", "text"), retimes=True, tells=("holder",), told_as="alert",
        built=True),
    Row("locate", OPEN, None, ("desk", "coordinator"), ("location", "text?"), when=("unlocated",), stops=("location",),
        tells=("holder",), told_as="alert", built=True),
    Row("take_over", ("waiting", "coordinated", "assigned", "in_progress", "rework", "reopened"), "assigned",
        ("superior",), ("text",), when=("late",), stops=_OWNER_CLOCKS, tells=("former_holder",), built=True),
    Row("hide", _ANY, None, ("hider",), ("legal_ground", "text"), when=("not_hidden",), tells=("reporter",),
        built=True),
    Row("restore", _ANY, None, ("hider",), ("text",), when=("is_hidden",), tells=("reporter",), built=True),
    Row("clear_photo", _ANY, None, ("coordinator",), ("photo_id",), quiet=True, built=True),
    Row("withhold_photo", _ANY, None, ("coordinator",), ("photo_id",), quiet=True, built=True),
    Row("follow", OPEN, None, ("everybody",), ("contact?",), quiet=True, unrecorded=True, built=True),
    Row("rate", ("resolved", "closed"), None, ("reporter",), ("rating", "text?"), when=("not_rated",), quiet=True,
        built=True),
    Row("erase", _ANY, None, ("reporter",), built=True),
    Row("ring", _ANY, None, ("system",), tells=("ladder",), told_as="rung", quiet=True, built=True),
    Row("uphold", ("rejected",), None, ("looker",), ("text?",), when=("look_open",), quiet=True, built=True),
    Row("overturn", ("rejected",), "reopened", ("looker",), ("reason_code", "text"), when=("look_open",),
        stops=("confirmation",), starts=("rework",), tells=("holder",), told_as="alert", built=True),
    Row("lapse", ("resolved", "rejected"), {"resolved": "closed", "rejected": "rejected"}, ("system",),
        stops=("confirmation",), tells=("holder",), built=True),
    Row("resume", ("needs_info",), BEFORE, ("system",), stops=("answer",), resumes=_WORK_CLOCKS,
        tells=("holder",), told_as="alert", built=True),
)
# fmt: on

ROWS: dict[str, Row] = {row.action: row for row in TABLE}
RETURNED_FROM = frozenset(status for row in TABLE if row.to == BEFORE for status in row.sources)


def moves(row: Row) -> list[tuple[str, str]]:
    """Every (status, status after it) of the row; one that leads back leads to each status that it may come from."""
    if row.to == BEFORE:
        return [(source, status) for source in row.sources for status in _leading_to(source)]
    return [(source, row.leads_to(source, None)) for source in row.sources]


def _leading_to(status: str) -> list[str]:
    return [source for row in TABLE if row.to == status for source in row.sources]
