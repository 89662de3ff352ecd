"""The complaint: one matter reported by one person. It holds what decisions need; words are in its events, the
reporter's contact in a row of its own."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime

from chalicelib.domain.case.custody import NEW, Custody
from chalicelib.domain.case.parts import Part
from chalicelib.domain.clocks import Clock
from chalicelib.domain.rules import RouteRecord
from chalicelib.domain.values import dataclass

STATUSES = (
    "waiting",
    "coordinated",
    "assigned",
    "in_progress",
    "scheduled",
    "needs_info",
    "awaiting_validation",
    "rework",
    "resolved",
    "closed",
    "reopened",
    "rejected",
    "merged",
    "referred",
    "withdrawn",
)
ENDED = frozenset({"resolved", "closed", "rejected", "merged", "withdrawn"})
FINAL = frozenset({"closed", "merged", "withdrawn"})  # nothing runs any more; `rejected` ends with its window
OPEN = tuple(status for status in STATUSES if status not in ENDED)


@dataclass(frozen=True, slots=True)
class AnnouncedUpload:
    """A photo announced with the report; its own row appears when the object arrives."""

    photo_id: str
    content_type: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the holder says became of it: solved, planned (until), cannot (reason_code) or not_found."""

    code: str
    until: datetime | None = None
    reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Lodging:
    """How it came in, so that a retried intake gets its first answer: hex SHA-256 of source and key, and of the
    body; SHA-256 of the reporter's secret."""

    key_hash: str
    body_hash: str
    secret_hash: str
    typed_by: str | None = None  # the staff username of a desk


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that was proposed and not yet decided. `proposer` is a username, `queue` where its approval waits under
    `task_id`."""

    until: datetime
    proposer: str
    queue: str
    task_id: str


@dataclass(frozen=True, slots=True)
class Outside:
    """The agency outside the city that a case was referred to: its name, its own number and its own date (UTC).
    `referral` is the sequence of the event, `link_hash` what is kept of the agency's link (links.py); "" where it has
    none."""

    unit: str
    number: str
    until: datetime
    referral: int = 0
    link_hash: str = ""


EXCERPT, SPOT_WORDS = 80, 40  # characters


@dataclass(frozen=True, slots=True)
class Summary:
    """What tells a case apart in a list of the staff: the first words of the report and of its landmark, the first
    announced photo's id, flags (reopened, answered, agency). Empty for a shielded case, but for the flags."""

    text: str = ""
    landmark: str = ""
    photo: str = ""
    flags: tuple[str, ...] = ()

    def flagged(self, flag: str) -> "Summary":
        """The same with one more flag, once."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, flag))))

    def unflagged(self, *flags: str) -> "Summary":
        return replace(self, flags=tuple(each for each in self.flags if each not in flags))


REOPENED = "reopened"  # an ended case was opened again
ANSWERED = "answered"  # the reporter wrote, and no officer has acted or replied since
AGENCY_WROTE = "agency"  # the same, of the agency that the case was referred to
UNREAD = (ANSWERED, AGENCY_WROTE)
NO_SUMMARY = Summary()


@dataclass(frozen=True, slots=True)
class Said:
    """How many comments there are: of the reporter's side, of officers, of officers among themselves, and of agencies
    outside the city."""

    reporter: int = 0
    staff: int = 0
    internal: int = 0
    agency: int = 0


NOTHING_SAID = Said()


NOBODY = ""  # nobody who may judge was on duty: whoever has the role may, until the sweeper finds somebody
OPEN_LOOK, UPHELD, OVERTURNED = LOOKS = ("open", "upheld", "overturned")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden from everybody but the staff, on a legal ground (reasons.py), since then (UTC)."""

    legal_ground: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Complaint:
    """`version` counts decisions, `sequence` events; `head` is the digest of the last event (hex).

    `place` is rounded to 10 m (WGS84 degrees); the exact one is among the words of the first event. `unit` holds the
    case, and `owner` is the unit that the coordinator placed it with. `route` is what a rule said of it (None: the
    category decides). `proposers` are all who ever proposed a proof or sent a picture for one. `validator` is who was
    drawn to judge the proof now (judging.py), and `judged` is who decided on one, and when last. `arming` counts the
    timers: it rises with each breach that comes next in place of another. `previous` is the status that the case goes
    back to, where its status leads back. `hops` counts transfers by officers, returns left out; `asked` says whether
    the reporter was asked already; `extension` waits for a second person.

    `halted` are the clocks that run on then. `merged_into` is the case that goes on in its place; `merged` are those
    that were ever merged into this one: which of them still are, their own `merged_into` says. `cleared` and `withheld`
    are ids of photos that a person decided on. `returns` is the closed case whose repair did not hold.
    `look` is the state of a second look at its rejection: open, upheld or overturned. `erased` is when its reporter
    last asked that what they gave be erased (UTC). `unsorted`: it came as a message, and no officer has acted on it
    yet."""

    number: str
    status: str
    version: int
    sequence: int
    head: str
    category: str
    unit: str
    channel: str
    visibility: str
    received_at: datetime
    lodging: Lodging
    area: str | None = None
    place: tuple[float, float] | None = None
    owner: str | None = None
    route: RouteRecord | None = None
    assignee: str | None = None
    outcome: Outcome | None = None
    proposers: tuple[str, ...] = ()
    validator: str | None = None
    judged: Mapping[str, datetime] = field(default_factory=dict)
    arming: int = 1
    hops: int = 0
    rating: int | None = None
    settled: bool = False  # was once resolved or rejected
    previous: str | None = None
    custody: Custody = NEW
    asked: bool = False
    extension: Extension | None = None
    outside: Outside | None = None
    summary: Summary = NO_SUMMARY
    said: Said = NOTHING_SAID
    hidden: Hidden | None = None
    parts: tuple[Part, ...] = ()
    halted: tuple[str, ...] = ()
    merged_into: str | None = None
    merged: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    returns: str | None = None
    look: str | None = None
    unsorted: bool = False
    erased: datetime | None = None
    reachable: bool = False  # whether there is a way to tell the reporter
    language: str = "id"
    uploads: tuple[AnnouncedUpload, ...] = ()
    clocks: Mapping[str, Clock] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @property
    def in_hand(self) -> str | None:
        """The person who must act: the judge of a proof, else who it is assigned to."""
        return self.assignee if self.validator is None else self.validator or None

    @property
    def open_parts(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_open)

    def part(self, part_id: str) -> Part | None:
        return next((part for part in self.parts if part.part_id == part_id), None)

    def late_parts(self, now: datetime) -> tuple[Part, ...]:
        """The parts that somebody still waits for past their due time; none once the case itself has ended."""
        return tuple(part for part in self.parts if self.is_open and part.is_late(now))

    @property
    def standing_route(self) -> RouteRecord | None:
        """What a rule said of the case, as long as it is of the category that the rule saw."""
        return self.route if self.route and self.route.category == self.category else None

    @property
    def located(self) -> bool:
        return self.area is not None
