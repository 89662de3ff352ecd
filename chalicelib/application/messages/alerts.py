"""What a unit reads in a message of its topic: what is asked of it, category and kelurahan, the time left, the link.
No words of the reporter, no person."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.application.messages.letters import OutcomeFacts, Phrases, outcome_sentence, wib
from chalicelib.domain import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.labels import STATUS
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference

SUBJECT_LIMIT = 99  # SNS: fewer than 100 ASCII characters, no line breaks


class Alerts:
    """Composes; sends nothing."""

    def __init__(self, *, words: Callable[[str], Phrases], site_url: str, reference: Reference) -> None:
        self._words = words
        self._site_url = site_url
        self._reference = reference

    def alert(
        self, event: Event, message: Message, complaint: Complaint, outcome: OutcomeFacts | None, now: datetime
    ) -> tuple[str, str]:
        """Subject and text; `outcome` where the event is about one."""
        words = self._words("unit")
        what = words["what"].get(message.event) or words["what"][event.action]
        lines = [
            what,
            *self._place(complaint, words),
            words["status"].format(label=STATUS[event.status].official),
            *([outcome_sentence(outcome, self._words("id"))] if outcome else []),
            *self._time_left(event, complaint, words, now),
            "",
            words["link"].format(link=f"{self._site_url}{words['path']}#{event.number}"),
            "",
            words["footer"],
        ]
        return self._subject(what, complaint, words), "\n".join(lines)

    def _subject(self, what: str, complaint: Complaint, words: Phrases) -> str:
        category = self._reference.categories[complaint.category]
        named = {"what": what, "number": complaint.number, "category": category.name_id}
        if is_delicate(category):
            return subject_line(words["subject_shielded"].format(**named))
        if complaint.area is None:
            return subject_line(words["subject_unplaced"].format(**named))
        return subject_line(words["subject"].format(area=self._reference.areas[complaint.area].name, **named))

    def _place(self, complaint: Complaint, words: Phrases) -> list[str]:
        category = self._reference.categories[complaint.category]
        if is_delicate(category):
            return [complaint.number]
        area = self._reference.areas[complaint.area] if complaint.area else None
        where = words["area"].format(area=area.name, kecamatan=area.kecamatan) if area else words["unplaced"]
        return [complaint.number, words["category"].format(category=category.name_id), where]

    def _time_left(self, event: Event, complaint: Complaint, words: Phrases, now: datetime) -> list[str]:
        clock = messages.deadline(event, complaint)
        if clock is None:
            return []
        form = words["late" if clock.is_late(now) else "left"]
        due = wib(clock.due_at, self._words("id"))
        return [form.format(clock=words["clocks"][clock.kind], span=span(abs(clock.due_at - now), words), due=due)]


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
