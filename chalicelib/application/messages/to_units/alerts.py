"""What a unit reads in a message of its topic: what is asked of it, what it is about, the time left, the link. The
first words of the report and its landmark stand in it where they may leave (quoting.py)."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from chalicelib.application.messages.naming import Names
from chalicelib.application.messages.outcomes import OutcomeFacts, outcome_sentence
from chalicelib.application.messages.quoting import are_open, first_words, may_be_quoted
from chalicelib.application.ports.cases import EventFile
from chalicelib.application.wording import Phrases, moment
from chalicelib.domain import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.erasure import as_left
from chalicelib.domain.case.events import Event
from chalicelib.domain.labels import CLOCK, STATUS
from chalicelib.domain.messages import LATE_PART, WAITED, Message, of_agency
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.values import dataclass

SUBJECT_LIMIT = 99  # SNS: fewer than 100 ASCII characters, no line breaks


@dataclass(frozen=True, slots=True)
class Matter:
    """What an alert is about; `report` is the first event, None where it is gone, `outcome` where the event has one."""

    complaint: Complaint
    report: Event | None = None
    outcome: OutcomeFacts | None = None


def matter_of(found: EventFile, outcome: OutcomeFacts | None = None) -> Matter:
    """The matter of an event's case. The words of the first event say what it is, if they are not erased."""
    return Matter(found.complaint, found.first and as_left(found.first, found.complaint.erased), outcome)


class Alerts:
    """Composes; sends nothing."""

    def __init__(self, *, words: Callable[[str], Phrases], site_url: str, reference: Reference) -> None:
        self._words = words
        self._site_url = site_url
        self._reference = reference

    def alert(
        self, event: Event, message: Message, matter: Matter, now: datetime, *, replies: int = 1
    ) -> tuple[str, str]:
        """Subject and text; `replies` of the same side are told together."""
        words, complaint = self._words("unit"), matter.complaint
        what = _what(event, message, words, replies)
        names = Names(complaint, self._words("id"), self._reference)
        lines = [
            what,
            complaint.number,
            *_named(names, words),
            *self._quoted(matter, words),
            words["status"].format(label=STATUS[_status(event, message, complaint)].official),
            *([outcome_sentence(matter.outcome, self._words("id"))] if matter.outcome else []),
            *self._time_left(message, names, words, now),
            "",
            words["link"].format(link=f"{self._site_url}{words['path']}#{event.number}"),
            "",
            words["footer"],
        ]
        return _subject(what, names, words), "\n".join(lines)

    def _quoted(self, matter: Matter, words: Phrases) -> Iterator[str]:
        """The landmark and the first words of the report."""
        report = matter.report
        if report is None or not are_open(matter.complaint, self._reference):
            return
        landmark, text = (str(report.words.get(name) or "") for name in ("landmark", "description"))
        if may_be_quoted(landmark, report):
            yield words["landmark"].format(landmark=shown(first_words(landmark)))
        if may_be_quoted(text, report):
            yield words["report"].format(text=shown(first_words(text)))

    def _time_left(self, message: Message, names: Names, words: Phrases, now: datetime) -> Iterator[str]:
        """The time left of a late part, else of the clock that the unit must watch."""
        if message.to.kind == LATE_PART:
            part = names.complaint.part(message.to.id)
            if part:
                yield self._left(
                    words["part"].format(unit=names.unit(part.unit)), part.due_at, part.is_late(now), words, now
                )
            return
        clock = messages.deadline(message, names.complaint)
        if clock:
            yield self._left(CLOCK[clock.kind].id, clock.due_at, clock.is_late(now), words, now)

    def _left(self, what: str, due_at: datetime, is_late: bool, words: Phrases, now: datetime) -> str:
        due, left = moment(due_at, self._words("id")), span(abs(due_at - now), words)
        return str(words["late" if is_late else "left"].format(clock=what, span=left, due=due))


def _status(event: Event, message: Message, complaint: Complaint) -> str:
    """After the event; of what waited for a time, as things stand."""
    return complaint.status if message.to.kind in WAITED else event.status


def _what(event: Event, message: Message, words: Phrases, replies: int) -> str:
    """What has happened, in a few words: who wrote is part of it."""
    if of_agency(event):
        return str(words["agency_replies" if replies > 1 else "agency_reply"].format(count=replies))
    if replies > 1:
        return str(words["replies"].format(count=replies))
    return str(words["what"].get(message.event) or words["what"][event.action])


def _subject(what: str, names: Names, words: Phrases) -> str:
    form = words["subject_unnamed" if names.are_kept_back else "subject" if names.area else "subject_unplaced"]
    named = {"number": names.complaint.number, "category": names.category, "area": names.area}
    return subject_line(form.format(what=what, **named))


def _named(names: Names, words: Phrases) -> list[str]:
    """Category and place, where they may be named."""
    if names.are_kept_back:
        return []
    area = names.reference.areas[names.complaint.area] if names.complaint.area else None
    where = words["area"].format(area=area.name, kecamatan=area.kecamatan) if area else words["unplaced"]
    return [words["category"].format(category=names.category), where]


def span(length: timedelta, words: Phrases) -> str:
    """The two largest units of a length of time, rounded down."""
    minutes = int(length.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return str(words["days"].format(days=days, hours=hours))
    return str(words["hours" if hours else "minutes"].format(hours=hours, minutes=minutes % 60))


def subject_line(text: str) -> str:
    """One line of ASCII that SNS takes as a subject."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(ascii_text.split())[:SUBJECT_LIMIT]
