"""What a citizen reads: an e-mail or an SMS about one event, in their language. The subject says the matter first; the
body who acted, what is next and until when, with the reason and the officer's words where these may leave (quoting.py).
A name is greeted where it is one. The owner link's secret stands in the fragment only, and no link acts by itself."""

import html
from collections.abc import Callable, Iterator
from string import Template

from chalicelib.application.messages.naming import Names
from chalicelib.application.messages.outcomes import OutcomeFacts, outcome_sentence, reason_of, tells_outcome
from chalicelib.application.messages.quoting import are_open, may_be_quoted, officers_words
from chalicelib.application.messages.short_messages import sms_text
from chalicelib.application.ports.cases import Contact
from chalicelib.application.wording import Phrases, begun, next_sentence, short_moment
from chalicelib.domain.actions.rungs import rungs_told
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.links import answer_token, tag
from chalicelib.domain.labels import STATUS, action_label
from chalicelib.domain.messages import escalated_to, for_reporter
from chalicelib.domain.next_step import NextStep, next_step_after, questions_in
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.personal_names import greeting_name
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.values import dataclass

ASKED = "needs_info"


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is told to one reader: `said` are the words for its kind, `step` what comes next."""

    event: Event
    complaint: Complaint
    contact: Contact
    outcome: OutcomeFacts | None
    words: Phrases
    names: Names
    said: Phrases
    step: NextStep


class Letters:
    """Composes; sends nothing. `words` gives a language's words, `shell` the page around an e-mail, `replies_to` the
    address that answers go to, "" for none."""

    def __init__(
        self,
        *,
        words: Callable[[str], Phrases],
        shell: Callable[[], str],
        site_url: str,
        reference: Reference,
        replies_to: str = "",
    ) -> None:
        self._words = words
        self._shell = shell
        self._site_url = site_url
        self._reference = reference
        self._replies_to = replies_to
        self._automatic = "automatic_answered" if replies_to else "automatic"

    def letter(self, event: Event, complaint: Complaint, contact: Contact, outcome: OutcomeFacts | None) -> Letter:
        """The e-mail about an event of which the citizen is to be told."""
        told = self._told(event, complaint, contact, outcome)
        lines = list(self._lines(told))
        links = [*self._questions(told), (told.words["button"], self.link(event.number, contact))]
        subject = _subject(told)
        not_me = self._not_me(contact)
        plain = _plain(told, lines, links, words_end=(told.words[self._automatic], not_me))
        return Letter(subject, plain, self._page(told, subject, lines, links, not_me))

    def answered_at(self, complaint: Complaint) -> str:
        """Where an answer to a letter of this case goes: our address with the case's tag; "" for nowhere."""
        name, _, domain = self._replies_to.partition("@")
        return f"{name}+{tag(complaint.number, complaint.lodging.secret_hash)}@{domain}" if domain else ""

    def sms(self, event: Event, complaint: Complaint, contact: Contact, outcome: OutcomeFacts | None) -> str:
        """One segment of GSM characters: the city, the matter, what happened, the next date, the link."""
        told = self._told(event, complaint, contact, outcome)
        return sms_text(told.said["sms"], told.step, told.names, outcome, self._one_link(event, contact))

    def chat(self, event: Event, complaint: Complaint, contact: Contact, outcome: OutcomeFacts | None) -> str:
        """A message on a messenger: short paragraphs, with the number and one link. It holds no words of people: no
        foreign company gets them, the page shows them."""
        told = self._told(event, complaint, contact, outcome)
        said = self._sentence(told)
        ending = outcome_sentence(outcome, told.words) if tells_outcome(event) and outcome else ""
        step = next_sentence(told.step, told.names.unit(told.step.unit), told.words, own=True)
        elsewhere = told.words["words_elsewhere"] if officers_words(event) else ""
        lines = [told.names.about(), said, ending, elsewhere, told.words["next"].format(sentence=step)]
        return "\n\n".join(filter(None, [*lines, self._one_link(event, contact)]))

    def link(self, number: str, contact: Contact, question: str = "") -> str:
        """The report as its owner sees it; `question`: opened at the form of this action. Nothing is done by opening
        it."""
        query = f"?act={question}" if question else ""
        return (
            f"{self._site_url}{self._words(contact.language)['path']}{query}#{number}~{contact.secret}{_proof(contact)}"
        )

    def _one_link(self, event: Event, contact: Contact) -> str:
        """The link for a message that has room for one only."""
        to = self._answer_link if asks(event) else self.link
        return to(event.number, contact)

    def _answer_link(self, number: str, contact: Contact) -> str:
        """A question leads to its answer, by a link of its own that is good once."""
        page = self._words(contact.language)["answer_path"]
        return f"{self._site_url}{page}#{number}~{answer_token(contact.secret)}"

    def _not_me(self, contact: Contact) -> str:
        """What a letter to an unconfirmed address says to whoever did not report; empty in others."""
        words = self._words(contact.language)
        return f"{words['not_me']} {self._site_url}{words['not_me_path']}#{contact.token}" if contact.token else ""

    def _told(self, event: Event, complaint: Complaint, contact: Contact, outcome: OutcomeFacts | None) -> Told:
        words = self._words(contact.language)
        names = Names(complaint, words, self._reference)
        step = next_step_after(event, complaint, self._reference.categories[complaint.category])
        return Told(event, complaint, contact, outcome, words, names, _said(event, words), step)

    def _lines(self, told: Told) -> Iterator[str]:
        """The paragraphs, the greeting first."""
        event, words = told.event, told.words
        yield words["salutation"].format(name=greeting_name(told.contact.name) or words["stranger"])
        yield self._sentence(told)
        if tells_outcome(event) and told.outcome:
            yield outcome_sentence(told.outcome, words)
        yield from self._officer(told)
        unit = told.names.unit(told.step.unit)
        yield words["next"].format(sentence=next_sentence(told.step, unit, words, own=True))
        yield told.names.about()

    def _sentence(self, told: Told) -> str:
        event, names = told.event, told.names
        to = names.unit(escalated_to(event, self._reference)) if rungs_told(event) else ""
        by, unit = names.unit(event.actor_unit or event.unit), names.unit(event.unit)
        return begun(str(told.said["sentence"].format(by=by, unit=unit, to=to)))

    def _officer(self, told: Told) -> Iterator[str]:
        """The reason, and what the officer wrote; where these may not leave, where to read it."""
        event, words, text = told.event, told.words, officers_words(told.event)
        is_open = are_open(told.complaint, self._reference)
        reason = reason_of(event, told.outcome if tells_outcome(event) else None, words)
        if reason and is_open:
            yield words["reason"].format(reason=reason)
        if is_open and may_be_quoted(text, event):
            yield words["words"].format(text=shown(text))
        elif text:
            yield words["words_elsewhere"]

    def _questions(self, told: Told) -> list[tuple[str, str]]:
        """A link to each answer that the reporter is asked for at this status, with its words."""
        if asks(told.event):
            return [(told.words["answer_button"], self._answer_link(told.event.number, told.contact))]
        asked = questions_in(told.event.status) if told.event.moved else ()
        number, status, language = told.event.number, told.event.status, told.words["label_name"]
        named = [(action, getattr(action_label(action, status), language)) for action in asked]
        return [(name, self.link(number, told.contact, action)) for action, name in named]

    def _page(self, told: Told, subject: str, lines: list[str], links: list[tuple[str, str]], not_me: str) -> str:
        words = told.words
        values = {
            **{name: words[name] for name in ("link_note", "signature")},
            "automatic": words[self._automatic],
            "number": told.event.number,
            "subject": subject,
            "head": told.said["head"],
            "label": _status_line(told),
            "not_me": not_me,
        }
        escaped = {name: html.escape(value) for name, value in values.items()}
        paragraphs = "\n".join(f'<p style="margin:0 0 14px">{_lined(line)}</p>' for line in lines)
        buttons = "\n".join(_button(name, link, is_loud=place == 0) for place, (name, link) in enumerate(links))
        return Template(self._shell()).substitute(
            escaped, paragraphs=paragraphs, buttons=buttons, lang=told.contact.language
        )


def _said(event: Event, words: Phrases) -> Phrases:
    """The words for what happened: for its status or message, and where an action says more than its status, for
    that."""
    message = for_reporter(event)
    kind = words["said"][message.event if message else event.status]
    own: Phrases = words["said_by_action"].get(event.action, {}) if event.tells_state else {}
    return {**kind, **own}


def _proof(contact: Contact) -> str:
    """Where the address is not confirmed: who opens the link there has read the message."""
    return f"~{contact.token}" if contact.token else ""


def _subject(told: Told) -> str:
    """What the matter is, first; the number at the end, for who sorts letters by it."""
    words, matter, number = told.words, told.names.matter(), told.event.number
    head = told.said["head"]
    if matter is None:
        return str(words["subject_unnamed"].format(head=head, number=number))
    due = short_moment(told.step.due_at, words) if told.step.due_at and not told.step.late else ""
    form = told.said.get("subject", "") if due else ""
    return str((form or words["subject"]).format(head=head, matter=matter, number=number, due=due))


def _status_line(told: Told) -> str:
    """The official word, which is Indonesian; in English with its meaning."""
    status = STATUS[told.event.status]
    english = told.words["label_name"] == "en"
    label = f"{status.public.en} ({status.official})" if english else status.official
    return str(told.words["status_line"].format(label=label))


def asks(event: Event) -> bool:
    """Whether the message about the event is a question to the reporter."""
    return event.moved and event.status == ASKED


def _plain(told: Told, lines: list[str], links: list[tuple[str, str]], words_end: tuple[str, ...]) -> str:
    words = told.words
    linked = "\n".join(f"{name}: {link}" for name, link in links)
    end = "\n".join(filter(None, [f"-- \n{words['signature']}", *words_end]))
    return "\n\n".join([*lines, _status_line(told), linked, words["link_note"], end]) + "\n"


def _lined(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


LOUD = "background:#0b5d4e;color:#ffffff"
CALM = "background:#ffffff;color:#0b5d4e;box-shadow:inset 0 0 0 2px #0b5d4e"


def _button(name: str, link: str, *, is_loud: bool) -> str:
    look = f"display:inline-block;{LOUD if is_loud else CALM};text-decoration:none;font-weight:600"
    style = f"{look};padding:12px 20px;border-radius:8px;margin:0 8px 10px 0"
    return f'<a href="{html.escape(link)}" style="{style}">{html.escape(name)}</a>'
