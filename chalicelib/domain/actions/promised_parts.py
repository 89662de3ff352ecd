"""The lines of a history after which a part of the work is waited for: the one that invited its unit, and the one that
opened its case again."""

from chalicelib.domain.case.complaint import ENDED, OPEN
from chalicelib.domain.case.events import Event
from chalicelib.domain.lifecycle import ROWS


def part_invited(event: Event) -> str | None:
    """The id of the part that the event asks for: such an event alone says until when. None for every other one."""
    return str(event.facts["part"]) if {"part", "due_at"} <= event.facts.keys() else None


def opens_again(event: Event) -> bool:
    """Whether a case that had ended goes on, and its open parts with it."""
    sources = ROWS[event.action].sources
    return event.status in OPEN and bool(sources) and ENDED.issuperset(sources)
