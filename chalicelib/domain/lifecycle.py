"""The lifecycle, declared once: who may do what, when, and what it does. Everything else asks this table: decisions,
refusals, `allowed_actions`, the labels and buttons of the pages, docs/lifecycle.md, the approved matrix.

A row that is not `built` yet is offered to nobody and forbidden by the state; only `permits` reads the field."""

from dataclasses import dataclass

from chalicelib.domain.complaint import OPEN, STATUSES

_ANY = STATUSES
_WORKING = ("coordinated", "assigned", "in_progress", "scheduled", "rework", "reopened")
_EXTENDABLE = (*_WORKING, "referred")

# What each grant is, and which roles can ever hold it. `rights.py` decides who holds it on a case.
GRANT_ROLES: dict[str, tuple[str, ...]] = {
    "anyone": ("reporter", "kelurahan_officer", "desk", "coordinator", "channel"),
    "reporter": ("reporter",),
    "holder": ("kelurahan_officer", "opd_officer", "opd_supervisor", "inspectorate"),
    "closer": ("kelurahan_officer", "opd_officer", "opd_supervisor", "inspectorate"),  # holder with closing right
    "kelurahan": ("kelurahan_officer",),  # the kelurahan that holds it
    "desk": ("desk",),  # only while waiting
    "coordinator": ("coordinator",),
    "judge": ("validator", "inspectorate"),  # never of its own upload; the inspectorate for cases about officers
    "objector": ("coordinator", "inspectorate"),
    "superior": ("opd_supervisor",),
    "approver": ("opd_supervisor", "coordinator"),
    "part": ("kelurahan_officer", "opd_officer", "opd_supervisor"),  # officer of an invited part's unit
    "hider": ("inspectorate", "coordinator"),
    "viewer": (
        "reporter",
        "kelurahan_officer",
        "opd_officer",
        "opd_supervisor",
        "desk",
        "validator",
        "coordinator",
        "inspectorate",
        "channel",
    ),
    "system": ("system",),
}
OFFICERS = GRANT_ROLES["holder"]  # the roles that work cases: theirs is every unit's queue, and every assignment


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `to` None: the status stays. A need that ends in `?` is optional. `tells` names who is
    told besides the reporter, who is told whenever the status changes. `stops`: clock kinds, or `all`."""

    action: str
    sources: tuple[str, ...]
    to: str | None
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    quiet: bool = False  # raises no version: never makes another person's view stale
    built: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(need for need in self.needs if not need.endswith("?"))

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(need.rstrip("?") for need in self.needs)

    def permits(self, status: str) -> bool:
        """Whether the state allows it at all."""
        return self.built and status in self.sources


_OWNER_CLOCKS = ("coordination", "location")
_WORK_CLOCKS = ("resolution", "rework")

TABLE: tuple[Row, ...] = (
    Row("lodge", (), "waiting", ("anyone",), tells=("first_receiver",), built=True),
    Row("accept", ("waiting",), "assigned", ("closer",), ("text?",), stops=_OWNER_CLOCKS, built=True),
    Row(
        "coordinate",
        ("waiting", "reopened"),
        "coordinated",
        ("kelurahan", "desk", "coordinator"),
        ("unit", "text?"),
        stops=_OWNER_CLOCKS,
        tells=("unit",),
        built=True,
    ),
    Row(
        "assign",
        ("coordinated", "assigned", "in_progress", "rework", "reopened"),
        "assigned",
        ("holder", "coordinator"),
        ("unit?", "officer?"),
        tells=("assignee",),
        built=True,
    ),
    Row("start", ("assigned", "coordinated", "rework", "reopened"), "in_progress", ("holder",), ("text?",), built=True),
    Row(
        "propose_done",
        ("in_progress", "scheduled", "rework", "referred"),
        "awaiting_validation",
        ("closer",),
        ("photos?", "text", "outcome?", "until?", "reason_code?"),
        stops=_WORK_CLOCKS,
        starts=("validation",),
        tells=("validators",),
        built=True,
    ),
    Row(
        "validate",
        ("awaiting_validation",),
        "resolved",
        ("judge",),
        ("text?",),
        stops=("validation",),
        starts=("confirmation",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "refuse",
        ("awaiting_validation",),
        "rework",
        ("judge",),
        ("reason_code", "text"),
        stops=("validation",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "confirm",
        ("resolved",),
        "closed",
        ("reporter",),
        ("rating?", "text?"),
        stops=("confirmation",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "object",
        ("resolved", "rejected"),
        "reopened",
        ("reporter", "objector"),
        ("text", "photos?"),
        stops=("confirmation",),
        starts=("rework",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "reject",
        ("waiting", "coordinated"),
        "rejected",
        ("holder", "desk", "coordinator"),
        ("reason_code", "text"),
        stops=("all",),
        starts=("confirmation",),
        built=True,
    ),
    Row(
        "withdraw",
        ("waiting", "coordinated", "assigned", "in_progress", "scheduled", "needs_info"),
        "withdrawn",
        ("reporter",),
        ("text?",),
        stops=("all",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "comment",
        tuple(status for status in _ANY if status != "withdrawn"),
        None,
        ("viewer",),
        ("text", "internal?", "photos?"),
        tells=("other_side",),
        quiet=True,
        built=True,
    ),
    Row(
        "transfer",
        ("waiting", *_WORKING, "referred"),
        "waiting",
        ("holder", "coordinator"),
        ("unit?", "reason_code", "text"),
        tells=("holder",),
    ),
    Row("invite", _WORKING, None, ("holder", "coordinator"), ("unit", "text", "due_at?"), tells=("unit",)),
    Row("finish_part", _WORKING, None, ("part",), ("part", "text", "photos?"), tells=("holder",)),
    Row("decline_part", _WORKING, None, ("part",), ("part", "text", "photos?"), tells=("holder",)),
    Row("cancel_part", _WORKING, None, ("holder",), ("part", "text", "photos?"), tells=("unit",)),
    Row("ask", ("assigned", "in_progress"), "needs_info", ("holder",), ("text",), starts=("answer",)),
    Row("answer", ("needs_info",), None, ("reporter",), ("text", "photos?"), stops=("answer",), tells=("holder",)),
    Row("extend", _EXTENDABLE, None, ("holder",), ("until", "text"), tells=("approvers",)),
    Row("approve_extension", _EXTENDABLE, "scheduled", ("approver",), ("text?",), tells=("holder",)),
    Row("refuse_extension", _EXTENDABLE, None, ("approver",), ("text",), tells=("holder",)),
    Row(
        "refer",
        ("waiting", "coordinated", "assigned", "in_progress", "reopened"),
        "referred",
        ("holder", "coordinator"),
        ("outside_unit", "outside_number", "until", "text"),
        stops=_OWNER_CLOCKS,
    ),
    Row("recall", ("referred",), "coordinated", ("holder", "coordinator"), ("text",)),
    Row(
        "merge",
        ("waiting", "coordinated", "assigned", "in_progress"),
        "merged",
        ("holder", "desk", "coordinator"),
        ("survivor", "text"),
        stops=("all",),
        tells=("followers",),
    ),
    Row("unmerge", ("merged",), None, ("holder", "desk", "coordinator"), ("text",), tells=("holder",)),
    Row(
        "recategorise",
        ("waiting", "coordinated", "assigned", "in_progress"),
        "waiting",  # when it was waiting; else coordinated, at the new lead
        ("holder", "desk", "coordinator"),
        ("category", "text"),
        tells=("holder",),
    ),
    Row(
        "locate",
        OPEN,
        None,
        ("desk", "coordinator"),
        ("location", "text?"),
        stops=("location",),
        tells=("holder",),
        built=True,
    ),
    Row(
        "take_over",
        ("waiting", "coordinated", "assigned", "in_progress", "rework", "reopened"),
        "assigned",
        ("superior",),
        ("text",),
        stops=_OWNER_CLOCKS,
        tells=("former_holder",),
    ),
    Row("hide", _ANY, None, ("hider",), ("legal_ground", "text")),
    Row("restore", _ANY, None, ("hider",), ("text",)),
    Row("clear_photo", _ANY, None, ("coordinator",), ("photo_id",), quiet=True),
    Row("withhold_photo", _ANY, None, ("coordinator",), ("photo_id",), quiet=True),
    Row("follow", OPEN, None, ("anyone",), ("contact?",), quiet=True),
    Row("rate", ("resolved", "closed"), None, ("reporter",), ("rating", "text?"), quiet=True, built=True),
    Row("erase", _ANY, None, ("reporter",)),
    Row("ring", _ANY, None, ("system",), tells=("ladder",), quiet=True, built=True),
    Row(
        "lapse",
        ("resolved", "rejected"),
        "closed",  # a rejected one stays rejected
        ("system",),
        stops=("confirmation",),
        tells=("holder",),
        built=True,
    ),
    Row("resume", ("needs_info",), None, ("system",), stops=("answer",), tells=("holder",)),
)

ROWS: dict[str, Row] = {row.action: row for row in TABLE}

_OTHER = ("other",)
REASONS: dict[str, tuple[str, ...]] = {
    "reject": (
        "not_a_complaint",
        "outside_authority",
        "outside_jakarta",
        "not_enough_facts",
        "spam",
        "abusive",
        "private_dispute",
        "in_court",
        "emergency",
        *_OTHER,
    ),
    "transfer": ("not_ours", "wrong_category", "wrong_area", "other_unit_first", "belongs_to_other", *_OTHER),
    "refuse": (
        "not_solved",
        "wrong_place",
        "unclear_photo",
        "reused_photo",
        "suspected_generated",
        "wrong_time",
        "incomplete",
        *_OTHER,
    ),
    "propose_done": ("no_authority", "no_budget", "private_land", "in_court", *_OTHER),  # with outcome `cannot`
}
OUTCOMES = ("solved", "planned", "cannot", "not_found")
