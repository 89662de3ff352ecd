"""One valid default, one difference visible: cases, people, photos and whole lives of cases in Jakarta.

The case of every example: a pothole in Gambir, received by its kelurahan, for Bina Marga to repair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.data import reference
from chalicelib.domain import clocks, rights, routing
from chalicelib.domain.actions.verbs import read_needs
from chalicelib.domain.actor import REPORTER, SYSTEM, Actor
from chalicelib.domain.case.complaint import ENDED, Complaint, Extension, Lodging
from chalicelib.domain.case.custody import MOST_HOPS
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.evidence import Photo, Variants
from chalicelib.domain.case.lodging import Draft, lodge
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.clocks import Clock
from chalicelib.domain.conditions import allowed_actions
from chalicelib.domain.decide import ActionRequest, decide, ring
from chalicelib.domain.decision import Change, Decision
from chalicelib.domain.errors import FieldError
from chalicelib.domain.place.spots import Location, Spot
from chalicelib.domain.reference import Reference
from chalicelib.domain.rules import Route
from chalicelib.domain.situation import NOTHING_NAMED, Named, Officer

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 08.00 WIB
HOUR = timedelta(hours=1)
CITY: Reference = reference()

NUMBER = "JKT-7K3M-9QXR-B"
ANOTHER = "JKT-0000-0002-4"
GAMBIR, CIDENG = "31.71.01.1001", "31.71.01.1002"
KEL_GAMBIR, KEL_CIDENG = f"KEL_{GAMBIR}", f"KEL_{CIDENG}"
KOTA_PUSAT, KEC_GAMBIR = "KOTA_31.71", "KEC_31.71.01"
DBM, SUDIN, DSDA = "DBM", "DBM.31.71", "DSDA"  # Bina Marga, its suku dinas of the centre, Sumber Daya Air
BUREAU, INSPECTORATE = "BIRO_PEM", "INSPEKTORAT"
MONAS = (-6.1754, 106.8272)
POTHOLE, STREET_LIGHT, POWER = "JLN_LUBANG", "PJU", "LISTRIK"  # the kelurahan owns the first only; PLN leads the last
STREET_SWEEPERS, ILLEGAL_LEVY = "PPSU", "PUNGLI"  # about officers: led by the kecamatan, by the inspectorate
VIOLENCE = "KDRT"  # sensitive, led by PPAPP

LURAH = Actor("kelurahan_officer", "lurah-gambir", KEL_GAMBIR)
LURAH_NEXT_DOOR = Actor("kelurahan_officer", "lurah-cideng", KEL_CIDENG)
ENGINEER = Actor("opd_officer", "sari-binamarga", DBM)
CREW = Actor("opd_officer", "joko-sudin", SUDIN)
HEAD = Actor("opd_supervisor", "kadis-binamarga", DBM)
PUMP_OFFICER = Actor("opd_officer", "tirta-sda", DSDA)
BUREAU_OFFICER = Actor("opd_officer", "wati-biro", BUREAU)
DESK = Actor("desk", "dewi-loket", BUREAU, ("EMAIL", "SMS"))
OTHER_DESK = Actor("desk", "bayu-loket", BUREAU, ("FB",))
VALIDATOR = Actor("validator", "rina-validator", BUREAU)
SECOND_VALIDATOR = Actor("validator", "adi-validator", BUREAU)
COORDINATOR = Actor("coordinator", "hendra-koordinator", BUREAU)
INSPECTOR = Actor("inspectorate", "bu-inspektur", INSPECTORATE)
SECOND_INSPECTOR = Actor("inspectorate", "pak-inspektur", INSPECTORATE)
ADMINISTRATOR = Actor("administrator", "admin-tanggap", "DISKOMINFOTIK")
JAKI = Actor("channel", "jaki", None, ("JAKI",))
STAFF = (
    *(LURAH, LURAH_NEXT_DOOR, ENGINEER, CREW, HEAD, PUMP_OFFICER, BUREAU_OFFICER, DESK, OTHER_DESK, VALIDATOR),
    *(SECOND_VALIDATOR, COORDINATOR, INSPECTOR, SECOND_INSPECTOR, ADMINISTRATOR),
)
EVERYBODY = (*STAFF, REPORTER, JAKI, SYSTEM)

_STANDS_WITH = {"waiting": KEL_GAMBIR, "rejected": KEL_GAMBIR}
_SETTLED = ("resolved", "closed", "reopened", "rejected")


def an_actor(role: str = "opd_officer", unit: str | None = DBM, *, channels: Sequence[str] = ()) -> Actor:
    """Somebody of this role in this unit; the same role and unit are the same person."""
    return Actor(role, f"{role}-{unit}".lower(), unit, tuple(channels))


def an_officer(actor: Actor) -> Officer:
    """The person as an assignment names them."""
    return Officer(actor.id, actor.unit or "", actor.role)


def a_complaint(status: str = "waiting", unit: str | None = None, **differences: Any) -> Complaint:
    """A case as it stands an hour after its receipt at `NOW`, with the clocks that its status means."""
    category = differences.get("category", POTHOLE)
    standing = Complaint(
        number=NUMBER,
        status=status,
        version=3,
        sequence=3,
        head="ab" * 32,
        category=category,
        unit=unit or _STANDS_WITH.get(status, DBM),
        channel="WEB",
        visibility="public",
        received_at=NOW,
        lodging=Lodging("00" * 32, "11" * 32, "22" * 32),
        area=GAMBIR,
        place=MONAS,
        settled=status in _SETTLED,
        merged_into=ANOTHER if status == "merged" else None,
        previous="coordinated" if status == "merged" else None,
        clocks=clocks_in(status, category),
    )
    return replace(standing, **differences)


def clocks_in(status: str, category: str = POTHOLE, at: datetime = NOW) -> dict[str, Clock]:
    """What runs and what has stopped in a case of this status that has come there straight."""
    limits, later = CITY.categories[category], at + HOUR
    coordination = clocks.start("coordination", at, limits.coordination_limit)
    resolution = clocks.start("resolution", at, limits.resolution_limit)
    stopped = status in (*ENDED, "awaiting_validation", "reopened")
    found = {
        "coordination": coordination if status == "waiting" else clocks.stop(coordination, later),
        "resolution": clocks.stop(resolution, later) if stopped else resolution,
    }
    if status == "needs_info":
        found["resolution"] = clocks.pause(resolution, later)
        found["answer"] = clocks.start("answer", later, clocks.ANSWER_LIMIT)
    if status == "awaiting_validation":
        found["validation"] = clocks.start("validation", later, clocks.VALIDATION_LIMIT)
    if status in ("resolved", "rejected"):
        found["confirmation"] = clocks.start("confirmation", later, clocks.CONFIRMATION_LIMIT)
    if status == "reopened":
        found["rework"] = clocks.start("rework", later, limits.rework_limit)
    return found


def with_a_proposal(case: Complaint, proposer: Actor = ENGINEER, days: int = 30) -> Complaint:
    """More time was asked for, and waits for a second person."""
    return replace(case, extension=Extension(NOW + timedelta(days=days), proposer.id, f"APPROVAL_{DBM}", "2"))


def with_more_time(case: Complaint, until: datetime) -> Complaint:
    """A second person has given the work time until then."""
    extended = {clock.kind: clocks.extend(clock, until, NOW) for clock in clocks.latest(case.clocks, clocks.WORK)}
    return replace(case, clocks={**case.clocks, **extended})


def late(case: Complaint) -> Complaint:
    """The same, received so long ago that whatever runs is late."""
    return replace(case, clocks=clocks_in(case.status, case.category, NOW - timedelta(days=60)))


def a_case_for(action: str, sources: Sequence[str]) -> Complaint:
    """A case in which somebody may do this."""
    status = sources[0]
    match action:
        case "locate":
            return unlocated()
        case "approve_extension" | "refuse_extension":
            return with_a_proposal(a_complaint(status))
        case "take_over":
            return late(a_complaint(status, DBM))
        case _:
            return a_complaint(status, reachable=True)


def unlocated(status: str = "waiting", unit: str = BUREAU, **differences: Any) -> Complaint:
    """A case that a desk typed, of which nobody knows the place yet."""
    typed = Lodging("00" * 32, "11" * 32, "22" * 32, typed_by=DESK.id)
    return a_complaint(
        status, unit, **{"channel": "EMAIL", "area": None, "place": None, "lodging": typed, **differences}
    )


def a_photo(uploader: Actor = ENGINEER, *, state: str = "ready", photo_id: str = "FOTO1") -> Photo:
    """A picture of the mended road."""
    side = "reporter" if uploader.role == "reporter" else "staff"
    kind = "before" if side == "reporter" else "after"
    variants = Variants("large.webp", "small.webp", 4000, 3000, "cd" * 32) if state == "ready" else None
    return Photo(photo_id, NUMBER, kind, side, uploader.id, state, "image/jpeg", 1, NOW, None, variants)


def photos(*taken: Photo) -> dict[str, Photo]:
    return {photo.photo_id: photo for photo in taken}


@dataclass(frozen=True)
class Given:
    """What somebody sends with an action: its fields as JSON has them, and what they name."""

    values: Mapping[str, Any]
    misformed: tuple[FieldError, ...] = ()
    named: Named = NOTHING_NAMED

    def request(self, action: str, actor: Actor, version: int | None) -> ActionRequest:
        typed = {name: tuple(value) if isinstance(value, list) else value for name, value in self.values.items()}
        location = {"location": Location(**typed["location"])} if typed.get("location") else {}
        needs, unknown = read_needs(action, typed | location)
        return ActionRequest(action, actor, needs, self.named, version, (*self.misformed, *unknown))


def given(
    *,
    photos: Mapping[str, Photo] | None = None,
    officer: Officer | None = None,
    area: str | None = None,
    other: Complaint | None = None,
    **values: Any,
) -> Given:
    """What comes with an action: its fields, and what they name."""
    return Given(values, named=Named(photos or {}, officer, Spot(area, MONAS) if area else None, other))


def acted(
    complaint: Complaint,
    action: str,
    actor: Actor,
    *,
    now: datetime = NOW + HOUR,
    version: int | None = None,
    sent: Given | None = None,
    reference: Reference = CITY,
    **named: Any,
) -> Decision:
    """The decision, asked for by somebody who has seen the case as it is; `named`: see `given`."""
    seen = complaint.version if version is None else version
    request = (sent or given(**named)).request(action, actor, seen)
    return decide(complaint, request, reference=reference, now=now, salt="Z2FyYW0=")


def as_decision(before: Complaint | None, after: Complaint, event: Event, photos: Sequence[Photo] = ()) -> Decision:
    """A decision of one case, put together by hand."""
    return Decision((Change(before, after, event),), photos=tuple(photos))


def offered(complaint: Complaint, actor: Actor, now: datetime = NOW + HOUR) -> list[str]:
    return allowed_actions(complaint, actor, reference=CITY, now=now)


def plausible(action: str, complaint: Complaint, actor: Actor) -> Given:
    """Valid needs of any action that is built, for somebody who may do it here."""
    if action in HANDING:
        return _of_handing(action, complaint, actor)
    match action:
        case "coordinate":
            return given(unit=_elsewhere(complaint))
        case "assign":
            return given(unit=complaint.unit)
        case "propose_done":
            return a_proof(actor)
        case "refuse" | "reject" | "overturn":
            return given(reason_code="other", text="Di seberang Monas")
        case "locate":
            return given(location={"kelurahan": GAMBIR}, area=GAMBIR)
        case "rate":
            return given(rating=4)
        case "ring":
            return given(clock="resolution", rung="breach")
        case "object" | "comment":
            return given(text="Masih berlubang")
        case _:
            return _together(action, complaint, actor)


def _together(action: str, complaint: Complaint, actor: Actor) -> Given:
    """The same of what several units, several reports and everybody's eyes are about."""
    match action:
        case "invite":
            return given(unit=next(unit for unit in (DSDA, DBM) if unit != complaint.unit), text="Mohon perbaiki")
        case "finish_part" | "decline_part" | "cancel_part":
            return given(part=_own_part(complaint, actor), text="Saluran sudah bersih")
        case "merge":
            survivor = another(complaint, actor)
            return given(survivor=survivor.number, text="Aduan yang sama", other=survivor)
        case "unmerge":
            return given(text="Ternyata berbeda", other=another(complaint, actor))
        case "restore":
            return given(text="Putusan dicabut")
        case "hide":
            return given(legal_ground="minor", text="Menyebut seorang anak")
        case "clear_photo" | "withhold_photo":
            return given(photo_id="FOTO1", photos=photos(a_photo()))
        case _:
            return given()


HANDING = ("transfer", "recategorise", "ask", "answer", "extend", "refuse_extension", "refer", "recall", "take_over")


def _of_handing(action: str, complaint: Complaint, actor: Actor) -> Given:
    match action:
        case "transfer":
            back = actor.role != "coordinator" and complaint.hops >= MOST_HOPS
            return given(reason_code="not_ours", text="Bukan kewenangan kami", **({} if back else _another(complaint)))
        case "recategorise":
            other = STREET_LIGHT if complaint.category == POTHOLE else POTHOLE
            return given(category=other, text="Salah kategori")
        case "extend":
            due = max(clock.due_at for clock in complaint.clocks.values())
            return given(until=due + timedelta(days=2000), text="Pekerjaan berat")
        case "refer":
            later = NOW + timedelta(days=4000)
            return given(outside_unit="PLN", outside_number="PLN-17", until=later, text="Diteruskan")
        case _:
            return given(text="Di depan nomor 12")


def _another(complaint: Complaint) -> dict[str, str]:
    """A unit that the case may be transferred to, by whoever may."""
    barred = {complaint.unit, *(target for source, target in complaint.custody.passes if source == complaint.unit)}
    return {"unit": next(unit for unit in (DSDA, DBM, BUREAU, SUDIN, "DINKES") if unit not in barred)}


def another(complaint: Complaint, actor: Actor = LURAH, **differences: Any) -> Complaint:
    """The case that goes on in its place: open, seen by this person, and never the case itself."""
    number = NUMBER if complaint.number == ANOTHER else ANOTHER
    unit = DBM if actor.role == "coordinator" else complaint.unit
    typed = Lodging("00" * 32, "11" * 32, "22" * 32, typed_by=actor.id)
    return replace(a_complaint(), **{"number": number, "unit": unit, "lodging": typed, **differences})


def _own_part(complaint: Complaint, actor: Actor) -> str:
    """An open part of the actor's unit, else any."""
    mine = (part for part in complaint.open_parts if rights.is_officer_of(actor, part.unit, CITY))
    part = next(mine, None) or next(iter(complaint.open_parts), None)
    return part.part_id if part else "1"


def _elsewhere(complaint: Complaint) -> str:
    """An owner of the category that does not hold the case; where there is none, somebody the coordinator may name."""
    owners = routing.authorities(CITY, category=complaint.category, area=complaint.area)
    return next(unit for unit in (*owners, BUREAU, DBM) if unit != complaint.unit)


def a_proof(actor: Actor = ENGINEER, *, state: str = "ready", **differences: Any) -> Given:
    """What a holder sends who says it is done: a sentence, and a photo of their own."""
    values = {"text": "Sudah ditambal", "photos": ["FOTO1"], **differences}
    return Given(values, named=Named(photos(a_photo(actor, state=state))))


def a_draft(**differences: Any) -> Draft:
    """A pothole beside Monas, from the web."""
    words = {"description": "Lubang besar di depan Monas", "location": {"lat": MONAS[0], "lon": MONAS[1]}}
    return replace(Draft(POTHOLE, "WEB", "public", words, GAMBIR, MONAS), **differences)


@dataclass
class Life:
    """A case on its way: every decision is made by the domain, time passes when told."""

    complaint: Complaint
    events: list[Event] = field(default_factory=list)
    now: datetime = NOW
    decisions: list[Decision] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    reference: Reference = CITY

    def passes(self, **time: float) -> "Life":
        self.now += timedelta(**time)
        return self

    def does(self, actor: Actor, action: str, **named: Any) -> "Life":
        sent, seen = named.pop("sent", None), {"now": self.now, "version": named.pop("version", None)}
        asked = sent or given(**named)
        said = {part: task.facts for part, task in self.tasks.items()}
        asked = replace(asked, named=replace(asked.named, parts=said))
        return self.takes(acted(self.complaint, action, actor, sent=asked, reference=self.reference, **seen))

    def proves(self, actor: Actor, **values: Any) -> "Life":
        """Says it is done, with a photo of their own."""
        return self.does(actor, "propose_done", sent=a_proof(actor, **values))

    def takes(self, decision: Decision) -> "Life":
        if not decision.changes:
            return self
        self.complaint = decision.complaint
        mine = (change.event for change in decision.changes if change.after.number == self.complaint.number)
        self.events += mine
        self.tasks |= {task.task_id: task for task in decision.tasks}
        self.decisions.append(decision)
        return self

    def rings(self) -> list[str]:
        """Everything that is due by now: the rungs, or the end of the window."""
        rung = []
        while decision := ring(self.complaint, reference=self.reference, now=self.now, salt="Z2FyYW0="):
            self.takes(decision)
            rung += [str(change.event.facts.get("rung", change.event.action)) for change in decision.changes]
        return rung

    @property
    def told(self) -> list[str]:
        """The statuses it went through, repeats left out."""
        return [event.status for event in self.events if event.moved]

    def states(self) -> dict[str, str]:
        return {kind: clock.state(self.now) for kind, clock in self.complaint.clocks.items()}


def a_life(
    actor: Actor = REPORTER,
    now: datetime = NOW,
    *,
    number: str = NUMBER,
    route: Route | None = None,
    reference: Reference = CITY,
    **differences: Any,
) -> Life:
    """A case that was lodged just now."""
    lodging = Lodging("00" * 32, "11" * 32, "22" * 32)
    draft = a_draft(**differences)
    how = {"actor": actor, "reference": reference, "now": now, "salt": "Z2FyYW0=", "route": route}
    first = lodge(draft, number=number, lodging=lodging, **how)
    return Life(first.complaint, [first.event], now, [first], reference=reference)
