"""Every port in memory, with the promises of the real ones and no more. `MemoryCity` is one table: what is written by
one of its parts is read by the others. Nothing here asserts anything."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.application.intake.contacts import mask
from chalicelib.application.ports.cases import (
    LAST_EVENTS,
    AlreadyLodgedError,
    CaseFile,
    Contact,
    EventFile,
    LostRaceError,
    PhotoMovedError,
    SealedContact,
    Secrets,
    as_erased,
)
from chalicelib.application.ports.followers import MOST_TOLD, Follower, KeyReusedError
from chalicelib.application.ports.messages import Notice
from chalicelib.application.ports.people import StaffMember, Subscriber
from chalicelib.application.ports.queues import Alarm, QueueEntry
from chalicelib.application.ports.replies import Conversation
from chalicelib.application.ports.standings import Standing
from chalicelib.application.ports.talks import LongMessage, Talk
from chalicelib.domain.budgets import Budget, Send
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.evidence import FORM_LIFE, Photo, incoming_key
from chalicelib.domain.case.links import answer_hash, answer_token
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.clocks import next_alarm
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import DamagedError, UnauthenticatedError
from chalicelib.domain.floods import Flood, Incident
from chalicelib.domain.messages import Recipient
from tests.fakes_photos import MemoryPhotos, MemoryPictures, WordsAsPictures
from tests.fakes_public import CaseFiles, MemoryPublicLists
from tests.fakes_reporters import MemoryAsks, MemoryOwnCases, MemoryPasses

__all__ = ["CaseFiles", "MemoryPhotos", "MemoryPictures", "MemoryPublicLists", "WordsAsPictures"]

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # eight in the morning in Jakarta
QueueKey = Callable[[Complaint], tuple[str, datetime] | None]


def by_unit(complaint: Complaint) -> tuple[str, datetime] | None:
    """A queue key for tests that need no rule: the holder, by the earliest due time of an open case's clocks."""
    running = [clock.due_at for clock in complaint.clocks.values() if clock.running]
    return (complaint.unit, min(running)) if running and complaint.is_open else None


@dataclass
class FrozenClock:
    """A clock that stands until somebody moves it: `now()` or the object itself is the time."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    now = __call__

    def advance(self, span: timedelta | None = None, **parts: float) -> datetime:
        self.at += span or timedelta(**parts)
        return self.at


@dataclass
class MemoryLedger:
    """Implements Notices."""

    rows: dict[tuple[str, str], Notice] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def find(self, number: str, key: str) -> Notice | None:
        return self.rows.get((number, key))

    def of(self, number: str) -> list[Notice]:
        """Its notices by key: what the case's file shows."""
        return [self.rows[at] for at in sorted(self.rows) if at[0] == number]

    def claim(self, notice: Notice, former: Notice | None) -> bool:
        with self.lock:
            if self.find(notice.number, notice.key) != former:
                return False
            self.rows[notice.number, notice.key] = notice
            return True

    def record(self, notice: Notice) -> bool:
        with self.lock:
            stands = self.find(notice.number, notice.key)
            if stands and not stands.settled and (notice.settled or notice.tries == stands.tries):
                self.rows[notice.number, notice.key] = notice
                return stands.awaited
            return True

    def amend(self, notice: Notice) -> None:
        with self.lock:
            stands = self.find(notice.number, notice.key)
            if stands and stands.state in ("claimed", "sent", "unknown"):
                self.rows[notice.number, notice.key] = notice


@dataclass
class MemoryStandings:
    """Implements Standings."""

    rows: dict[str, Standing] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    promises: dict[str, datetime] = field(default_factory=dict)

    def find(self, pseudonym: str) -> Standing:
        return self.rows.get(pseudonym, Standing(pseudonym))

    def take(self, pseudonym: str, new: Send, room: Budget) -> Standing | None:
        stands = self.rows.get(pseudonym, Standing(pseudonym))
        cases = {send.number for send in stands.sends}
        has_room = len(cases) < room.cases and new.number not in cases if room.cases else new.number in cases
        is_new = all((send.number, send.key) != (new.number, new.key) for send in stands.sends)
        if stands.suppressed or stands.confirmed or not (has_room and is_new and len(stands.sends) < room.messages):
            return stands
        self.rows[pseudonym] = replace(stands, sends=(*stands.sends, new))
        return None

    def note(self, known: Standing, sends: tuple[Send, ...]) -> bool:
        stands = self.find(known.pseudonym)
        if stands.sends != known.sends:
            return False
        self.rows[known.pseudonym] = replace(stands, sends=sends)
        return True

    def confirm(self, pseudonym: str, at: datetime) -> None:
        if pseudonym in self.rows and not self.rows[pseudonym].confirmed:
            self._confirm(pseudonym, at)

    def _confirm(self, pseudonym: str, at: datetime) -> None:
        self.rows[pseudonym] = replace(self.find(pseudonym), confirmed_at=at)
        self.promises[pseudonym] = at

    def confirm_by_officer(self, pseudonym: str, at: datetime) -> None:
        """As a report's transaction does it."""
        self._confirm(pseudonym, at)
        self.rows[pseudonym] = replace(self.rows[pseudonym], suppressed=False)

    def prove(self, pseudonym: str, at: datetime) -> None:
        self._confirm(pseudonym, at)

    def suppress(self, pseudonym: str) -> None:
        if pseudonym in self.rows:
            self.rows[pseudonym] = replace(self.rows[pseudonym], suppressed=True)

    def resume(self, pseudonym: str) -> None:
        if pseudonym in self.rows:
            self.rows[pseudonym] = replace(self.rows[pseudonym], suppressed=False)

    def hold(self, pseudonym: str, number: str) -> None:
        held = self.cases.setdefault(pseudonym, [])
        self.cases[pseudonym] = sorted({*held, number})

    def held(self, pseudonym: str, limit: int) -> list[str]:
        return self.cases.get(pseudonym, [])[:limit]

    def release(self, pseudonym: str, number: str) -> None:
        self.cases[pseudonym] = [held for held in self.cases.get(pseudonym, []) if held != number]

    def put_off(self, pseudonym: str, until: datetime | None) -> None:
        if until is None:
            self.promises.pop(pseudonym, None)
        elif pseudonym in self.promises:
            self.promises[pseudonym] = until


@dataclass
class MemoryDayCounts:
    """Implements DayCounts."""

    counts: dict[tuple[date, str], int] = field(default_factory=dict)

    def count(self, day: date, way: str, ceiling: int | None, weight: int = 1) -> bool:
        if ceiling is not None and self.counted(day, way) >= ceiling:
            return False
        self.counts[day, way] = self.counted(day, way) + weight
        return True

    def counted(self, day: date, way: str) -> int:
        return self.counts.get((day, way), 0)


@dataclass
class MemoryFollowers:
    """Implements Followers."""

    rows: dict[tuple[str, str], Follower] = field(default_factory=dict)
    asked: dict[tuple[str, str], str] = field(default_factory=dict)  # the hash of a body, by number and key

    def add(self, follower: Follower) -> bool:
        at = (follower.number, follower.follower_id)
        asked = self.asked.get((follower.number, follower.key), follower.body_hash)
        if asked != follower.body_hash:
            raise KeyReusedError
        if (follower.number, follower.key) in self.asked:
            return True
        if at not in self.rows and follower.contact and len(self.told(follower.number)) >= MOST_TOLD:
            return False
        if follower.key and at not in self.rows:
            self.asked[follower.number, follower.key] = follower.body_hash
        self.rows.setdefault(at, follower)
        return True

    def told(self, number: str) -> list[Follower]:
        return [self.rows[at] for at in sorted(self.rows) if at[0] == number and self.rows[at].contact]

    def count(self, number: str) -> int:
        return sum(at[0] == number for at in self.rows)


@dataclass
class MemoryComplaints:
    """Implements Complaints. Photos and notices are those of the same table."""

    photos: MemoryPhotos = field(default_factory=MemoryPhotos)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    standings: MemoryStandings = field(default_factory=MemoryStandings)
    rows: dict[str, Complaint] = field(default_factory=dict)
    history: dict[str, list[Event]] = field(default_factory=dict)
    contacts: dict[str, SealedContact] = field(default_factory=dict)
    tasks: dict[tuple[str, str, str], Task] = field(default_factory=dict)
    followers: "MemoryFollowers" = field(default_factory=lambda: MemoryFollowers())
    lock: Lock = field(default_factory=Lock)

    def load(self, number: str) -> Complaint | None:
        return self.rows.get(number)

    def case_file(self, number: str) -> CaseFile | None:
        if number not in self.rows:
            return None
        contact = self.contacts.get(number)
        masked = dict(contact.masked) if contact else None
        mine = (photo for photo in self.photos.rows.values() if photo.number == number)
        photos = sorted(mine, key=lambda photo: photo.photo_id)
        events = self.events(number)
        lodged = events[0] if len(events) > LAST_EVENTS else None
        notices, pseudonym = self.ledger.of(number), contact.pseudonym if contact else None
        code = contact.answer_hash if contact else None
        tasks = [task for at, task in sorted(self.tasks.items()) if at[0] == number]
        followers = self.followers.count(number)
        around = (notices, lodged, pseudonym, tasks, followers, code, contact)
        return as_erased(CaseFile(self.rows[number], events[-LAST_EVENTS:], photos, masked, *around))

    def event_file(self, number: str, sequence: int) -> EventFile | None:
        event, case = self.event(number, sequence), self.rows.get(number)
        return EventFile(event, case, self.event(number, 1)) if event and case else None

    def lodge(self, decision: Decision, contact: SealedContact | None) -> None:
        complaint = decision.complaint
        with self.lock:
            if complaint.number in self.rows:
                raise AlreadyLodgedError(self.rows[complaint.number])
            self._write(decision)
            if contact:
                self.contacts[complaint.number] = contact
            if contact and contact.confirmed and contact.pseudonym:
                self.standings.confirm_by_officer(contact.pseudonym, complaint.received_at)

    def commit(self, decision: Decision) -> None:
        with self.lock:
            if any(stands.digest == decision.event.digest for stands in self.events(decision.event.number)):
                return
            standing = [self.photos.photo(photo.number, photo.photo_id) for photo in decision.photos]
            if any(photo is None or photo.state != "ready" for photo in standing):
                raise PhotoMovedError
            if not all(self._is_unmoved(number, decision.before(number)) for number in decision.numbers):
                raise LostRaceError
            self._write(decision)

    def _is_unmoved(self, number: str, before: Complaint | None) -> bool:
        stands = self.rows.get(number)
        return (stands and stands.sequence) == (before and before.sequence)

    def _write(self, decision: Decision) -> None:
        for change in decision.changes:
            self.rows[change.after.number] = change.after
            self.history.setdefault(change.after.number, []).append(change.event)
        self.tasks |= {(task.number, task.kind, task.task_id): task for task in decision.tasks}

    def event(self, number: str, sequence: int) -> Event | None:
        return next((event for event in self.events(number) if event.sequence == sequence), None)

    def events(self, number: str) -> list[Event]:
        return sorted(self.history.get(number, []), key=lambda event: event.sequence)

    def events_before(self, number: str, sequence: int) -> list[Event]:
        return [event for event in self.events(number) if event.sequence < sequence][-LAST_EVENTS:]

    def all_events(self, since: datetime | None = None) -> Iterator[Event]:
        for event in (event for events in self.history.values() for event in events):
            if since is None or event.at >= since:
                yield event


def an_entry(case: Complaint, due: datetime) -> QueueEntry:
    """What a list shows of a case that is due then."""
    at = int(due.timestamp())
    known = (case.number, case.status, case.version, case.category, case.area, case.unit, case.channel)
    return QueueEntry(
        *known,
        case.received_at,
        at,
        case.clocks,
        task_id=case.number,
        position=keys.due_key(at, case.number),
        assignee=case.in_hand,
        summary=case.summary,
    )


@dataclass
class MemoryQueues:
    """Implements Queues, over the rows of the same table."""

    complaints: MemoryComplaints
    queue_key: QueueKey = by_unit
    asks: MemoryAsks = field(default_factory=MemoryAsks)

    def page(
        self,
        names: Sequence[str],
        *,
        limit: int,
        after: str | None,
        from_due: int | None = None,
        before_due: int | None = None,
    ) -> list[QueueEntry]:
        rows = [*map(self._case, self.complaints.rows.values()), *map(self._task, self.complaints.tasks.values())]
        asked = [entry for queue, entry in filter(None, rows) if queue in names]
        rest = [
            e
            for e in asked
            if (after is None or e.position > after)
            and e.due >= (from_due or 0)
            and (before_due is None or e.due < before_due)
        ]
        return sorted(rest, key=lambda entry: entry.position)[:limit]

    def _case(self, complaint: Complaint) -> tuple[str, QueueEntry] | None:
        key = self.queue_key(complaint)
        return key and (key[0], an_entry(complaint, key[1]))

    def _task(self, task: Task) -> tuple[str, QueueEntry] | None:
        if task.due_at is None:
            return None
        entry = an_entry(self.complaints.rows[task.number], task.due_at)
        position = f"{entry.position}#{task.kind}#{task.task_id}"
        return task.queue, replace(entry, kind=task.kind, task_id=task.task_id, position=position)

    def alarms(self, until: datetime, limit: int) -> list[Alarm]:
        due = [alarm for alarm in self._alarms() if alarm.at <= until]
        return sorted(due, key=lambda alarm: (alarm.at, alarm.number, alarm.id or ""))[:limit]

    def _alarms(self) -> Iterator[Alarm]:
        for complaint in self.complaints.rows.values():
            if alarm := next_alarm(complaint.clocks.values()):
                yield Alarm("complaint", complaint.number, None, _second_after(alarm[0]))
        for photo in self.complaints.photos.rows.values():
            if photo.state == "pending":
                yield Alarm("photo", photo.number, photo.photo_id, _second_after(photo.expires_at))
        for notice in self.complaints.ledger.rows.values():
            if notice.promised:
                yield Alarm("notice", notice.number, notice.key, _second_after(notice.due_at))
        for pseudonym, at in self.complaints.standings.promises.items():
            yield Alarm("standing", "", pseudonym, _second_after(at))
        for pseudonym, at in self.asks.due.items():
            yield Alarm("ask", "", pseudonym, at.replace(microsecond=0))


def _second_after(at: datetime) -> datetime:
    """The first whole second that is not before it: the index counts seconds."""
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


@dataclass
class MemoryBenchLoads:
    """Implements BenchLoads."""

    open: dict[str, int] = field(default_factory=dict)

    def read(self) -> Mapping[str, int]:
        return dict(self.open)

    def put(self, loads: Mapping[str, int]) -> None:
        self.open = dict(loads)


@dataclass
class MemoryFloods:
    """Implements Floods."""

    rows: dict[str, Flood] = field(default_factory=dict)
    opened: dict[tuple[str, datetime, str, int], Incident] = field(default_factory=dict)

    def put(self, flood: Flood) -> None:
        self.rows[flood.flood_id] = flood

    def find(self, flood_id: str) -> Flood | None:
        return self.rows.get(flood_id)

    def since(self, earliest: datetime, limit: int) -> list[Flood]:
        found = sorted(self.rows.values(), key=lambda flood: flood.flood_id, reverse=True)
        return [flood for flood in found if flood.since >= earliest.replace(microsecond=0)][:limit]

    def incidents(self, category: str, earliest: datetime) -> list[Incident]:
        found = sorted(key for key in self.opened if key[0] == category and key[1] >= earliest)
        return [self.opened[key] for key in found]

    def open_incident(self, incident: Incident) -> Incident:
        return self.opened.setdefault(_place(incident), incident)

    def count(self, incident: Incident) -> None:
        self.opened[_place(incident)] = incident


def _place(incident: Incident) -> tuple[str, datetime, str, int]:
    return incident.category, incident.hour, incident.area, incident.part


@dataclass
class MemoryCity:
    """One table in memory and everything that reads it."""

    queue_key: QueueKey = by_unit

    def __post_init__(self) -> None:
        self.photos = MemoryPhotos()
        self.talks = MemoryTalks()
        self.notices, self.digests = MemoryLedger(), MemoryLedger()
        self.standings = MemoryStandings()
        self.day_counts = MemoryDayCounts()
        self.floods = MemoryFloods()
        self.bench_loads = MemoryBenchLoads()
        self.own_cases, self.asks, self.passes = MemoryOwnCases(), MemoryAsks(), MemoryPasses()
        self.complaints = MemoryComplaints(self.photos, self.notices, self.standings)
        self.queues = MemoryQueues(self.complaints, self.queue_key, self.asks)
        self.followers = self.complaints.followers


@dataclass
class MemoryStaff:
    """Implements Staff."""

    rows: dict[str, StaffMember] = field(default_factory=dict)

    def member(self, username: str) -> StaffMember | None:
        return self.rows.get(username)

    def members(self, units: Iterable[str]) -> list[StaffMember]:
        asked = list(dict.fromkeys(units))
        return [self.rows[name] for unit in asked for name in sorted(self.rows) if self.rows[name].unit == unit]

    def everybody(self, after: str | None, limit: int) -> list[StaffMember]:
        return [self.rows[name] for name in sorted(self.rows) if after is None or name > after][:limit]

    def put(self, member: StaffMember) -> None:
        self.rows[member.username] = member


@dataclass
class MemoryAccounts:
    """Implements Accounts: (password, permanent) by username, and who is disabled."""

    passwords: dict[str, tuple[str, bool]] = field(default_factory=dict)
    disabled: set[str] = field(default_factory=set)

    def create(self, username: str, temporary: str) -> bool:
        if username in self.passwords:
            return False
        self.passwords[username] = (temporary, False)
        self.disabled.discard(username)
        return True

    def enable(self, username: str) -> None:
        self.disabled.discard(username)

    def set_password(self, username: str, password: str, *, permanent: bool) -> None:
        self.passwords[username] = (password, permanent)

    def disable(self, username: str) -> None:
        self.disabled.add(username)


@dataclass
class MemoryTopics:
    """Implements UnitTopics; an e-mail address waits until `confirm`."""

    listening: dict[str, dict[str, Subscriber]] = field(default_factory=dict)

    def subscribers(self, unit: str) -> list[Subscriber]:
        return list(self.listening.get(unit, {}).values())

    def subscribe(self, unit: str, protocol: str, address: str) -> None:
        known = "" if protocol in ("email", "https") else f"arn:{unit}:{address}"
        self.listening.setdefault(unit, {}).setdefault(address, Subscriber(address, protocol, known))

    def confirm(self, unit: str, address: str) -> None:
        self.listening[unit][address] = replace(self.listening[unit][address], id=f"arn:{unit}:{address}")

    def unsubscribe(self, subscriber: Subscriber) -> None:
        for unit in self.listening.values():
            if unit.get(subscriber.address) == subscriber:
                del unit[subscriber.address]


@dataclass
class FakeTokens:
    """Implements Tokens: a token is `token of <username>` or what the table says; every other one is forged."""

    names: dict[str, str] = field(default_factory=dict)

    def username(self, token: str) -> str:
        name = self.names.get(token) or token.partition("token of ")[2]
        if not name:
            raise UnauthenticatedError("The token is not one of ours")
        return name


@dataclass
class MemoryVault:
    """Implements Vault; what is erased opens nothing, what is in `damaged` never will."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)

    def seal(self, number: str, contact: Contact) -> SealedContact:
        self.contacts[number] = contact
        return SealedContact(
            mask(contact), b"sealed", b"data key", answer_hash=answer_hash(answer_token(contact.secret))
        )

    def open(self, number: str, sealed: SealedContact | None = None) -> Contact | None:
        if number in self.damaged:
            raise DamagedError("contact")
        return self.contacts.get(number)

    def unseal(self, name: str, sealed: SealedContact) -> Contact:
        return self.contacts[name]

    def erase(self, number: str) -> None:
        self.contacts.pop(number, None)


@dataclass
class FixedSecrets:
    """Implements IntakeSecrets."""

    current: bytes = b"the intake secret of these tests"
    former: bytes | None = None

    def read(self) -> Secrets:
        return Secrets(self.current, self.former)


@dataclass
class Failing:
    """What a provider does next: raises the first of `failures`, which it then forgets."""

    failures: list[Exception] = field(default_factory=list)

    def answer(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


@dataclass(frozen=True)
class Sent:
    """One message that left. `to` is an address, a number or a unit's code."""

    to: str
    subject: str
    text: str
    event: str
    number: str
    message_id: str
    html: str = ""
    reply_to: str = ""


@dataclass
class RecordingMail(Failing):
    """Implements Mail."""

    sent: list[Sent] = field(default_factory=list)

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        event: str,
        number: str,
        message_id: str,
        reply_to: str = "",
    ) -> None:
        self.answer()
        self.sent.append(Sent(to, subject, text, event, number, message_id, html, reply_to))


@dataclass
class RecordingSms(Failing):
    """Implements Sms."""

    sent: list[Sent] = field(default_factory=list)

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        self.answer()
        self.sent.append(Sent(to, "", text, event, number, message_id))


@dataclass
class RecordingChats(Failing):
    """Implements Chats; `closed` are channels that are not connected."""

    sent: list[Sent] = field(default_factory=list)
    posted: list[tuple[str, str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def takes(self, channel: str) -> bool:
        return channel not in self.closed

    def post(self, channel: str, below: str, text: str, *, message_id: str) -> None:  # as the port has it
        self.answer()
        self.posted.append((channel, below, text))

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        self.answer()
        self.sent.append(Sent(to, "", text, event, number, message_id))


@dataclass
class RecordingReplies(Failing):
    """Implements Replies; `closed` are channels without a way back."""

    sent: list[tuple[Conversation, str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def takes(self, conversation: Conversation) -> bool:
        return conversation.channel not in self.closed

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        self.answer()
        self.sent.append((conversation, words, key))


@dataclass
class MemoryLongMessages:
    """Implements LongMessages."""

    rows: dict[tuple[str, int], LongMessage] = field(default_factory=dict)

    def find(self, number: str, of: int) -> LongMessage | None:
        return self.rows.get((number, of))

    def save(self, long: LongMessage) -> None:
        self.rows[long.number, long.of] = long


@dataclass
class MemoryTalks:
    """Implements Talks."""

    rows: dict[str, Talk] = field(default_factory=dict)
    leases: dict[str, datetime] = field(default_factory=dict)

    def find(self, pseudonym: str) -> Talk:
        return self.rows.get(pseudonym, Talk(pseudonym))

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        leased = self.leases.get(talk.pseudonym)
        if (leased and leased >= now) or self.find(talk.pseudonym).version != talk.version:
            return False
        self.leases[talk.pseudonym] = until
        self.rows[talk.pseudonym] = replace(self.find(talk.pseudonym), wrote_at=talk.wrote_at)
        return True

    def save(self, talk: Talk) -> None:
        if self.find(talk.pseudonym).version == talk.version:
            self.rows[talk.pseudonym] = replace(talk, version=talk.version + 1)
            self.leases.pop(talk.pseudonym, None)


@dataclass
class RecordingAlerts(Failing):
    """Implements UnitAlerts."""

    sent: list[Sent] = field(default_factory=list)

    def publish(self, unit: str, subject: str, text: str, *, event: str, number: str, message_id: str) -> None:
        self.answer()
        self.sent.append(Sent(unit, subject, text, event, number, message_id))


@dataclass
class RecordingTopic:
    """Implements EventTopic; `refuses` says which events it does not take."""

    published: list[Event] = field(default_factory=list)
    refuses: Callable[[Event], bool] = lambda event: False

    def publish(self, events: Sequence[Event]) -> list[Event]:
        refused = [event for event in events if self.refuses(event)]
        self.published += [event for event in events if event not in refused]
        return refused


@dataclass
class RecordingRetries(Failing):
    """Implements RelayRetries; `postponed` holds seconds by receipt."""

    records: list[dict[str, Any]] = field(default_factory=list)
    postponed: dict[str, int] = field(default_factory=dict)

    def put(self, record: Mapping[str, Any]) -> None:
        self.answer()
        row = record.get("dynamodb", {}).get("Keys", {})
        self.records.append(json.loads(json.dumps({"eventName": record.get("eventName"), "dynamodb": {"Keys": row}})))

    def postpone(self, receipt: str, seconds: int) -> None:
        self.answer()
        self.postponed[receipt] = seconds


@dataclass
class RecordingDeadLetters(Failing):
    """Implements DeadLetters."""

    letters: list[Any] = field(default_factory=list)

    def put(self, letter: Mapping[str, Any]) -> None:
        self.answer()
        self.letters.append(json.loads(json.dumps(letter)))


@dataclass
class RecordingHandBack(Failing):
    """Implements HandBack."""

    given: list[tuple[Event, Recipient]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    digests: list[date] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    late: list[tuple[datetime, Mapping[str, int]]] = field(default_factory=list)

    def put(self, event: Event, to: Recipient) -> None:
        self.answer()
        self.given.append((event, to))

    def put_answer(self, task_id: str) -> None:
        self.answer()
        self.answers.append(task_id)

    def put_link(self, pseudonym: str) -> None:
        self.answer()
        self.links.append(pseudonym)

    def put_digest(self, day: date) -> None:
        self.answer()
        self.digests.append(day)

    def put_late_messages(self, hour: datetime, waiting: Mapping[str, int]) -> None:
        self.answer()
        self.late.append((hour, waiting))


class MemoryHeartbeat:
    """Implements Heartbeat."""

    def __init__(self) -> None:
        self.beats: list[datetime] = []

    def beat(self, at: datetime) -> None:
        self.beats.append(at)


@dataclass
class FakeTimers(Failing):
    """Implements Timers: executions by name, the first one wins. `refuses`: what stops are answered with no."""

    started: dict[str, datetime] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    refuses: bool = False

    def start(self, number: str, arming: int, until: datetime, *, sleep: int = 1) -> None:
        self.answer()
        self.started.setdefault(f"{number}-{arming}" if sleep == 1 else f"{number}-{arming}-{sleep}", until)

    def stop(self, number: str, arming: int) -> bool:
        name = f"{number}-{arming}"
        if self.refuses or name not in self.started:
            return False
        self.stopped.append(name)
        return True


@dataclass
class FakeUploads:
    """Implements Uploads."""

    now: Callable[[], datetime] = field(default_factory=FrozenClock)

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        fields = {"key": incoming_key(number, photo_id), "Content-Type": content_type}
        expires_at = (self.now() + FORM_LIFE).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"url": "http://127.0.0.1:8080/photos", "fields": fields, "expires_at": expires_at}

    def link(self, key: str) -> str:
        return f"http://127.0.0.1:8080/photos/{key}?signed"


def ready(photo: Photo) -> Photo:
    """The same photo, as `process_photo` leaves a good one, without variants."""
    return replace(photo, state="ready")
