"""Who is told of an event: the one place that decides it, from the table's `tells` and the ladder. Of a sensitive case,
or one about an officer, a message names neither category nor place."""

from dataclasses import dataclass

from chalicelib.domain import routing
from chalicelib.domain.clocks import ENDING, LADDER, Clock
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.reference import Category, Reference

CITIZEN = "citizen"
REPLY = "reply"
ALERT = "alert"
REPORTERS = ("reporter", "channel")  # who speaks for the person who reported

# The actions that give a unit something to do; of the others it hears by the event's own name.
TASKS = frozenset({"lodge", "coordinate", "assign", "propose_done", "refuse", "object", "transfer", "invite", "locate"})


@dataclass(frozen=True, slots=True)
class Telling:
    """`to` is `citizen` or a unit's code, whose topic is told; `event` is what the mailbox calls the message."""

    to: str
    event: str


def shielded(category: Category) -> bool:
    """Whether messages keep category and place to themselves."""
    return category.sensitive or category.about_officer


def key(event: Event, telling: Telling) -> str:
    """One message per event and recipient: what the ledger counts."""
    return f"{event.sequence:06d}#{telling.to}"


def recipient(notice_key: str) -> tuple[int, str]:
    """Sequence and recipient of a key."""
    sequence, _, to = notice_key.partition("#")
    return int(sequence), to


def for_citizen(event: Event) -> Telling | None:
    """The reporter hears of each status, and of what officers write to him."""
    if event.moved:
        return Telling(CITIZEN, event.status)
    if event.action == "comment" and _by_officer(event) and not _internal(event):
        return Telling(CITIZEN, REPLY)
    return None


def for_units(event: Event, complaint: Complaint, reference: Reference) -> tuple[Telling, ...]:
    """The units whose topics hear of it: those that the table's row names."""
    category = reference.categories[complaint.category]
    told = [unit for word in ROWS[event.action].tells for unit in _units(word, event, category, reference)]
    named = _name(event)
    return tuple(Telling(unit, named) for unit in dict.fromkeys(_beyond_reach(told, category, reference)))


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
            return (_rung_target(event, category, reference),)
        case _:
            return ()  # words of rows that are not built yet


def _rung_target(event: Event, category: Category, reference: Reference) -> str:
    """Clocks of the place and of the proof are the coordinator's; of the proof about an officer, the inspectorate's."""
    if event.facts["clock"] in LADDER:
        return routing.escalation_target(reference, event.unit, str(event.facts["rung"]))
    proof = event.facts["clock"] == "validation"
    return routing.INSPECTORATE if proof and category.about_officer else routing.GOVERNMENT_BUREAU


def _beyond_reach(units: list[str], category: Category, reference: Reference) -> list[str]:
    """A kelurahan never hears of a case about officers, whoever placed it there."""
    if not category.about_officer:
        return units
    return [routing.INSPECTORATE if reference.units[unit].kind == "kelurahan" else unit for unit in units]


def _name(event: Event) -> str:
    if event.action in TASKS:
        return ALERT
    if event.action == "ring":
        return str(event.facts["rung"]).partition("_")[0]
    return event.status if event.moved or event.action == "lapse" else REPLY


def _by_officer(event: Event) -> bool:
    return event.role not in REPORTERS


def _internal(event: Event) -> bool:
    return bool(event.facts.get("internal"))


def deadline(event: Event, complaint: Complaint) -> Clock | None:
    """The clock that the unit must watch: the one that rang, else the running one with the least time left."""
    if event.action == "ring":
        return complaint.clocks.get(str(event.facts["clock"]))
    running = [clock for clock in complaint.clocks.values() if clock.running and clock.kind not in ENDING]
    return min(running, key=lambda clock: clock.due_at, default=None)
