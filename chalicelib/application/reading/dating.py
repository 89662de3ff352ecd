"""What is kept of a listed case by time: when its state changed, the lines that say something, the picture that
everybody may see. Pure functions of the case's rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.dated import DatedCase, DatedLine
from chalicelib.application.reading.public_history import is_public_line, is_readable, photos_for_all
from chalicelib.domain.actions.rungs import rung_of
from chalicelib.domain.case.complaint import ENDED
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import Publicity

MOST_LINES = 40  # of one case that are kept by time: one transaction holds all rows of a case


def dated(case: CaseFile, shown: Publicity) -> DatedCase | None:
    """What the dated lists hold of a case; None if it stands in no list."""
    complaint = case.complaint
    if not shown.listed:
        return None
    return DatedCase(
        number=complaint.number,
        category=complaint.category,
        is_open=complaint.is_open,
        received_at=complaint.received_at,
        changed_at=changed_at(case),
        place=complaint.place if shown.placed else None,
        picture=shown_picture(case) if shown.pictures else None,
    )


def changed_at(case: CaseFile) -> datetime:
    """The time at which an ended case ended, or of the last decision on an open one. Comments, rings and looks at
    photos, which raise no version, move neither."""
    history = [case.first, *(event for event in case.events if event.sequence > 1)]
    changes = _decisions(history) if case.complaint.is_open else _endings(history)
    return max((event.at for event in changes), default=history[0].at)


def _decisions(history: Sequence[Event]) -> Iterator[Event]:
    yield history[0]
    for earlier, event in pairwise(history):
        if event.version > earlier.version:
            yield event


def _endings(history: Iterable[Event]) -> Iterator[Event]:
    return (event for event in history if event.status in ENDED and event.before not in ENDED)


def dated_lines(case: CaseFile, shown: Publicity) -> tuple[DatedLine, ...]:
    """The last ones that changed the status, or in which officers say something to everybody."""
    if not shown.listed:
        return ()
    told = [event for event in case.events if event.sequence > 1 and is_told(event)]
    return tuple(DatedLine(event.number, event.sequence, event.at) for event in told[-MOST_LINES:])


def is_told(event: Event) -> bool:
    """Whether a line is news to everybody: nothing that officers write among themselves, no ring, no words of the
    reporter."""
    if not is_public_line(event) or rung_of(event):
        return False
    return event.moved or (is_readable(event) and bool(event.words.get("text")))


def shown_picture(case: CaseFile) -> str | None:
    """The object key of the first picture that everybody may see."""
    shown = photos_for_all(case)
    pictures = (p.variants.large for p in case.photos if p.photo_id in shown and p.state == "ready" and p.variants)
    return next(pictures, None)
