"""Who is told of an event: the one place that decides it, from the table's `tells` and the ladder."""

from dataclasses import dataclass

from chalicelib.domain import routing
from chalicelib.domain.actions.ringing import Rung, rung_of
from chalicelib.domain.actor import SPEAK_FOR_REPORTER
from chalicelib.domain.clocks import ENDING, LADDER, Clock
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.reference import Category, Reference

REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message goes to: the reporter, or the topic of a unit (`id` is its code)."""

    kind: str
    id: str = ""

    @property
    def name(self) -> str:
        """As keys and queues carry it."""
        return self.id or self.kind


THE_REPORTER = Recipient("reporter")


def unit(code: str) -> Recipient:
    return Recipient("unit", code)


def recipient_named(name: str) -> Recipient:
    return THE_REPORTER if name == THE_REPORTER.name else unit(name)


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is due to one recipient; `event` is what the mailbox calls it."""

    to: Recipient
    event: str


def key(event: Event, message: Message) -> str:
    """One message per event and recipient: what the ledger counts."""
    return f"{event.sequence:06d}#{message.to.name}"


def split_key(notice_key: str) -> tuple[int, Recipient]:
    """Sequence and recipient of a key."""
    sequence, _, name = notice_key.partition("#")
    return int(sequence), recipient_named(name)


def for_reporter(event: Event) -> Message | None:
    """The reporter hears of each status, and of what officers write to them."""
    if event.moved:
        return Message(THE_REPORTER, event.status)
    if "other_side" in ROWS[event.action].tells and _by_officer(event) and not _internal(event):
        return Message(THE_REPORTER, REPLY)
    return None


def for_units(event: Event, complaint: Complaint, reference: Reference) -> tuple[Message, ...]:
    """The units whose topics hear of it: those that the table's row names."""
    category = reference.categories[complaint.category]
    told = [code for word in ROWS[event.action].tells for code in _units(word, event, category, reference)]
    named = _name(event)
    return tuple(Message(unit(code), named) for code in dict.fromkeys(_diverted(told, category, reference)))


def _units(word: str, event: Event, category: Category, reference: Reference) -> tuple[str, ...]:
    match word:
        case "first_receiver" | "holder" | "assignee":
            return (event.unit,)
        case "unit":
            return (str(event.facts.get("unit") or event.unit),)
        case "validators":
            return (routing.INSPECTORATE if category.about_officer else routing.GOVERNMENT_BUREAU,)
        case "other_side":
            return () if _by_officer(event) or _internal(event) else (event.unit,)
        case "ladder":
            rung = rung_of(event)
            return (_rung_target(rung, event.unit, category, reference),) if rung else ()
        case _:
            return ()  # words of rows that are not built yet


def _rung_target(rung: Rung, holder: str, category: Category, reference: Reference) -> str:
    """Clocks of the place and of the proof are the coordinator's; of the proof about an officer, the inspectorate's."""
    if rung.clock in LADDER:
        return routing.escalation_target(reference, holder, rung.rung)
    proof = rung.clock == "validation"
    return routing.INSPECTORATE if proof and category.about_officer else routing.GOVERNMENT_BUREAU


def _diverted(units: list[str], category: Category, reference: Reference) -> list[str]:
    """A kelurahan never hears of a case about officers, whoever placed it there: the inspectorate does."""
    if not category.about_officer:
        return units
    return [routing.INSPECTORATE if reference.units[code].kind == "kelurahan" else code for code in units]


def _name(event: Event) -> str:
    """What a unit's message is called: as the row says, by its status, or by the rung without its number."""
    rung, told_as = rung_of(event), ROWS[event.action].told_as
    if rung:
        return rung.rung.partition("_")[0]
    return event.status if told_as == "status" else told_as


def _by_officer(event: Event) -> bool:
    return event.role not in SPEAK_FOR_REPORTER


def _internal(event: Event) -> bool:
    return bool(event.facts.get("internal"))


def deadline(event: Event, complaint: Complaint) -> Clock | None:
    """The clock that the unit must watch: the one that rang, else the running one with the least time left."""
    rung = rung_of(event)
    if rung:
        return complaint.clocks.get(rung.clock)
    running = [clock for clock in complaint.clocks.values() if clock.running and clock.kind not in ENDING]
    return min(running, key=lambda clock: clock.due_at, default=None)
