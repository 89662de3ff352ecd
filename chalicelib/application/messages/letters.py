"""What a citizen reads: an e-mail or an SMS about one event, in their language. No free words in either: they would
leave our erasure behind, and would lend the city's signature to whoever wrote them. A name is greeted where it is one.
The owner link's secret stands in the fragment only."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from string import Template
from typing import Any

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.actions.ringing import rungs_told
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.labels import STATUS
from chalicelib.domain.messages import escalated_to, for_reporter
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.personal_names import greeting_name

WIB = timezone(timedelta(hours=7), "WIB")
TELL_OUTCOME = ("awaiting_validation", "resolved")

Phrases = Mapping[str, Any]
OutcomeFacts = Mapping[str, Any]  # code, until?, reason_code?: as the event of `propose_done` has it


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


class Letters:
    """Composes; sends nothing. `words` gives a language's words, `shell` the page around an e-mail."""

    def __init__(
        self, *, words: Callable[[str], Phrases], shell: Callable[[], str], site_url: str, reference: Reference
    ) -> None:
        self._words = words
        self._shell = shell
        self._site_url = site_url
        self._reference = reference

    def letter(self, event: Event, complaint: Complaint, contact: Contact, outcome: OutcomeFacts | None) -> Letter:
        """The e-mail about an event of which the citizen is to be told."""
        words = self._words(contact.language)
        label, subject = _label(event, words, contact.language), _label(event, words, "id")
        lines = [
            words["salutation"].format(name=greeting_name(contact.name) or words["stranger"]),
            self._about(complaint, words),
            self._sentence(event, words),
            *_outcome_lines(event, outcome, words),
        ]
        filled = {
            "number": event.number,
            "label": words["status_line"].format(label=label) if event.moved else label,
            "subject": words["subject"].format(number=event.number, label=subject),
            "link": self.link(event.number, contact),
        }
        return Letter(filled["subject"], _plain(filled, lines, words), self._page(filled, lines, words, contact))

    def sms(self, event: Event, contact: Contact, outcome: OutcomeFacts | None) -> str:
        """At most 160 GSM characters: number, status (with its outcome) and link, nothing else."""
        words = self._words(contact.language)
        filled = {
            "number": event.number,
            "label": _label(event, words, "id"),
            "link": self.link(event.number, contact),
        }
        if tells_outcome(event) and outcome:
            short = words["outcomes"][outcome["code"]]["short"].format(until_short=_short(outcome))
            return str(words["sms_outcome"].format(outcome=short, **filled))
        return str(words["sms"].format(**filled))

    def link(self, number: str, contact: Contact) -> str:
        return f"{self._site_url}{self._words(contact.language)['path']}#{number}~{contact.secret}"

    def _about(self, complaint: Complaint, words: Phrases) -> str:
        category = self._reference.categories[complaint.category]
        if is_delicate(category):
            return str(words["about_shielded"].format(number=complaint.number))
        named = {"number": complaint.number, "category": getattr(category, words["category_name"])}
        if complaint.area is None:
            return str(words["about_unplaced"].format(**named))
        return str(words["about"].format(area=self._reference.areas[complaint.area].name, **named))

    def _sentence(self, event: Event, words: Phrases) -> str:
        if event.moved:
            return str(words["statuses"][event.status])
        if not rungs_told(event):
            return str(_plain_step(event, words)["sentence"])
        unit = self._reference.units[escalated_to(event, self._reference)].name
        return str(_late(event, words)["sentence"].format(unit=unit))

    def _page(self, filled: Mapping[str, str], lines: list[str], words: Phrases, contact: Contact) -> str:
        values = {**filled, **{name: words[name] for name in ("button", "link_note", "signature", "automatic")}}
        escaped = {name: html.escape(value) for name, value in values.items()}
        paragraphs = "\n".join(f'<p style="margin:0 0 14px">{html.escape(line)}</p>' for line in lines)
        return Template(self._shell()).substitute(escaped, paragraphs=paragraphs, lang=contact.language)


def wib(at: datetime, words: Phrases) -> str:
    """A moment as people in Jakarta read it."""
    local = at.astimezone(WIB)
    month = words["months"][local.month - 1]
    return str(words["at"].format(day=local.day, month=month, year=local.year, time=f"{local:%H.%M}"))


def _label(event: Event, words: Phrases, language: str) -> str:
    """The official word, which is Indonesian; in English with its meaning."""
    if not event.moved:
        return str((_late if rungs_told(event) else _plain_step)(event, words)["label"])
    status = STATUS[event.status]
    return f"{status.official} ({status.public.en})" if language == "en" else status.official


def _plain_step(event: Event, words: Phrases) -> Phrases:
    """What is told of an event that changes no status: of its action, else that somebody wrote."""
    found: Phrases = words["steps"].get(event.action, words["reply"])
    return found


def _late(event: Event, words: Phrases) -> Phrases:
    message = for_reporter(event)
    found: Phrases = words["late"][message.event if message else "breach"]
    return found


def _outcome_lines(event: Event, outcome: OutcomeFacts | None, words: Phrases) -> list[str]:
    return [outcome_sentence(outcome, words)] if tells_outcome(event) and outcome else []


def tells_outcome(event: Event) -> bool:
    """Whether a message about the event says what became of the matter."""
    return event.moved and event.status in TELL_OUTCOME


def outcome_sentence(outcome: OutcomeFacts, words: Phrases) -> str:
    """What became of the matter, as citizens and units read it."""
    until = wib(_until(outcome), words) if outcome.get("until") else ""
    return str(words["outcomes"][outcome["code"]]["sentence"].format(until=until))


def _until(outcome: OutcomeFacts) -> datetime:
    return datetime.fromisoformat(str(outcome["until"]))


def _short(outcome: OutcomeFacts) -> str:
    return f"{_until(outcome).astimezone(WIB):%d-%m-%Y}" if outcome.get("until") else ""


def _plain(filled: Mapping[str, str], lines: list[str], words: Phrases) -> str:
    link = f"{words['button']}: {filled['link']}"
    parts = [lines[0], filled["label"], *lines[1:], link, words["link_note"], f"-- \n{words['signature']}"]
    return "\n\n".join([*parts[:-1], f"{parts[-1]}\n{words['automatic']}"]) + "\n"
