"""Who is told of an event: the one place that decides it, from the table's `tells` and the ladder."""

from chalicelib.domain import routing
from chalicelib.domain.actions.rungs import Rung, rung_of, rungs_told
from chalicelib.domain.actor import SPEAK_FOR_REPORTER, WRITE_FROM_OUTSIDE
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.parts import Part
from chalicelib.domain.clocks import ENDING, LADDER, WORK, Clock
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CALLED_BACK

REPLY = "reply"
MISSED = "missed"  # of what they wrote, something did not come


UNIT = "unit"
PARTNER = "partner"
LIMIT = "limit"
LATE_PART = "late_part"
PART_IS_LATE = "part_late"  # what such a message is called
WAITED = (LIMIT, LATE_PART)  # whose messages wait for a time, and tell how things stand then
LISTENING = MERGED, FOLLOWER = ("merged", "follower")
_WITH_ID = (*LISTENING, PARTNER, *WAITED)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message goes to, with the meaning of `id` in brackets: the reporter; the topic of a unit (its code); the
    reporter of a case that was merged into this one (its number); a follower (number and follower). Also the partner's
    system that the case came from (its channel), who is told that a limit of the channel has passed (its step), and who
    is told that a part is late (its id)."""

    kind: str
    id: str = ""

    @property
    def name(self) -> str:
        """As keys and queues carry it."""
        if self.kind in _WITH_ID:
            return f"{self.kind}:{self.id}"
        return self.id or self.kind


THE_REPORTER = Recipient("reporter")


def unit(code: str) -> Recipient:
    return Recipient(UNIT, code)


def merged_reporter(number: str) -> Recipient:
    return Recipient(MERGED, number)


def follower(number: str, follower_id: str) -> Recipient:
    return Recipient(FOLLOWER, f"{number}/{follower_id}")


def partner(channel: str) -> Recipient:
    return Recipient(PARTNER, channel)


def limit(step: str) -> Recipient:
    return Recipient(LIMIT, step)


def late_part(part_id: str) -> Recipient:
    return Recipient(LATE_PART, part_id)


def recipient_named(name: str) -> Recipient:
    kind, colon, of = name.partition(":")
    if colon and kind in _WITH_ID:
        return Recipient(kind, of)
    return THE_REPORTER if name == THE_REPORTER.name else unit(name)


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is due to one recipient; `event` is what the mailbox calls it, `rung` what it tells of where a
    clock rang."""

    to: Recipient
    event: str
    rung: Rung | None = None


def key(event: Event, message: Message) -> str:
    """One message per event and recipient: what the ledger counts."""
    return f"{event.sequence:06d}#{message.to.name}"


def split_key(notice_key: str) -> tuple[int, Recipient]:
    """Sequence and recipient of a key."""
    sequence, _, name = notice_key.partition("#")
    return int(sequence), recipient_named(name)


def for_reporter(event: Event) -> Message | None:
    """The reporter is told of each status, of each other unit that gets the case, of what officers write to them, and
    of what is missing of a message that they sent. Of lateness they are told the breach of the work's clock and each
    escalation; of rungs that are due together, only the highest."""
    if event.tells_state:
        return Message(THE_REPORTER, event.status)
    if "reporter" in ROWS[event.action].tells:
        return Message(THE_REPORTER, event.action)
    late = [rung for rung in rungs_told(event) if is_told_to_reporter(rung)]
    if late:
        highest = max(late, key=lambda rung: rung.rank)
        return Message(THE_REPORTER, highest.message, highest)
    if "other_side" in ROWS[event.action].tells and _by_officer(event) and not _internal(event):
        return Message(THE_REPORTER, REPLY)
    return Message(THE_REPORTER, MISSED) if event.facts.get(MISSED) else None


def for_partner(event: Event, complaint: Complaint) -> Message | None:
    """The system that sent a report hears of each status of its case."""
    if not event.moved or complaint.channel not in CALLED_BACK:
        return None
    return Message(partner(complaint.channel), event.status)


def for_units(event: Event, complaint: Complaint, reference: Reference) -> tuple[Message, ...]:
    """The units whose topics hear of it: those that the table's row names."""
    category = reference.categories[complaint.category]
    told = [message for word in ROWS[event.action].tells for message in _told(word, event, category, reference)]
    return tuple({message.to: message for message in told}.values())


def limit_units(complaint: Complaint, reference: Reference) -> tuple[str, ...]:
    """Who hears that a limit of its channel has passed: the holder, who must act, and the bureau, whose desks answer
    for the channels."""
    return _topics((complaint.unit, routing.GOVERNMENT_BUREAU), complaint, reference)


def late_part_units(part: Part, complaint: Complaint, reference: Reference) -> tuple[str, ...]:
    """Who hears that a part is late: the unit that does it, and the holder, who asked for it."""
    return _topics((part.unit, complaint.unit), complaint, reference)


def _topics(codes: tuple[str, ...], complaint: Complaint, reference: Reference) -> tuple[str, ...]:
    """Each once."""
    category = reference.categories[complaint.category]
    return tuple(dict.fromkeys(_topic(code, category, reference).id for code in codes))


def _told(word: str, event: Event, category: Category, reference: Reference) -> list[Message]:
    """What units hear by this word of the row. Of rungs that are due together each unit hears of its highest, which
    comes last."""
    if word != "ladder":
        return [Message(_topic(code, category, reference), _name(event)) for code in _units(word, event, category)]
    climbing = sorted(rungs_told(event), key=lambda rung: rung.rank)
    heard = [(_rung_target(rung, event.unit, category, reference), rung) for rung in climbing]
    return [Message(_topic(code, category, reference), rung.message, rung) for code, rung in heard]


def escalated_to(event: Event, reference: Reference) -> str:
    """The unit that the highest rung of the event goes to: what the reporter and the public read."""
    told = [rung for rung in rungs_told(event) or filter(None, [rung_of(event)]) if rung.clock in LADDER]
    highest = max(told, key=lambda rung: rung.rank)
    return routing.escalation_target(reference, event.unit, highest.rung)


def is_told_to_reporter(rung: Rung) -> bool:
    """Reminders are the unit's own, and so is the breach of every clock but the work's."""
    return (rung.clock in LADDER and rung.message == "escalation") or (rung.clock in WORK and rung.message == "breach")


def _units(word: str, event: Event, category: Category) -> tuple[str, ...]:
    match word:
        case "first_receiver" | "holder" | "assignee":
            return (event.unit,)
        case "unit":
            return (str(event.facts.get("unit") or event.unit),)
        case "validators":
            return (routing.judge(category),)
        case "approvers":
            return (str(event.facts["approvers"]),)
        case "former_holder":
            return (str(event.facts["from"]),)
        case "other_side":
            return () if _by_officer(event) or _internal(event) else (event.unit,)
        case _:
            return ()  # words of rows that are not built yet


def _rung_target(rung: Rung, holder: str, category: Category, reference: Reference) -> str:
    """Clocks of the place and of the proof are the coordinator's; of the proof about an officer, the inspectorate's."""
    if rung.clock in LADDER:
        return routing.escalation_target(reference, holder, rung.rung)
    return routing.judge(category) if rung.clock == "validation" else routing.GOVERNMENT_BUREAU


def _topic(code: str, category: Category, reference: Reference) -> Recipient:
    """A kelurahan never hears of a case about officers, whoever placed it there: the inspectorate does."""
    from_kelurahan = category.about_officer and reference.units[code].kind == "kelurahan"
    return unit(routing.INSPECTORATE if from_kelurahan else code)


def _name(event: Event) -> str:
    """What a unit's message is called: as the row says, or by its status."""
    told_as = ROWS[event.action].told_as
    return event.status if told_as == "status" else told_as


def is_reply_to_unit(event: Event) -> bool:
    """Whether the reporter's side, or the agency, wrote to whoever holds the case."""
    row = ROWS[event.action]
    return row.told_as == REPLY and "other_side" in row.tells and not _by_officer(event) and not _internal(event)


def _by_officer(event: Event) -> bool:
    return event.role not in WRITE_FROM_OUTSIDE


def of_agency(event: Event) -> bool:
    """Whether an agency outside the city wrote."""
    return event.role in WRITE_FROM_OUTSIDE and event.role not in SPEAK_FOR_REPORTER


def _internal(event: Event) -> bool:
    return bool(event.facts.get("internal"))


def deadline(message: Message, complaint: Complaint) -> Clock | None:
    """The clock that the unit must watch: the one that the message tells of, else the running one with the least time
    left."""
    if message.rung:
        return complaint.clocks.get(message.rung.clock)
    running = [clock for clock in complaint.clocks.values() if clock.running and clock.kind not in ENDING]
    return min(running, key=lambda clock: clock.due_at, default=None)
