"""What somebody reads who hears of a case without being its reporter: its number, its status and a link. Neither words
nor category nor place: the case may have been sorted anew since."""

import html
from collections.abc import Callable, Mapping
from string import Template
from typing import Any

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.case.events import Event
from chalicelib.domain.labels import STATUS
from chalicelib.domain.values import dataclass

Phrases = Mapping[str, Any]
PAGE = Template("""<!doctype html><html lang="$lang"><body><p>$sentence</p><p><a href="$link">$button</a></p>
<p>$note</p><p>$signature</p><p>$not_me</p></body></html>
""")


@dataclass(frozen=True, slots=True)
class ListenerLetter:
    """An e-mail: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


class ListenerLetters:
    """Composes; sends nothing. A contact with a secret is a reporter's, whose report was merged: `about` is its number
    then, and the link opens it; else `about` is the case that is followed. No letter names the case that goes on: it
    may be shielded now, or later."""

    def __init__(self, *, words: Callable[[str], Phrases], site_url: str) -> None:
        self._words = words
        self._site_url = site_url

    def letter(self, event: Event, about: str, contact: Contact) -> ListenerLetter:
        words, said = self._said(contact)
        filled = self._filled(event, about, contact)
        sentence, note = said["sentence"].format(**filled), said["note"]
        link, signature, not_me = filled["link"], words["signature"], self._not_me(contact)
        end = "\n".join(filter(None, [f"-- \n{signature}", not_me]))
        text = "\n\n".join([sentence, f"{words['button_listener']}: {link}", note, end]) + "\n"
        values = {"sentence": sentence, "link": link, "button": words["button_listener"], "note": note}
        values |= {"signature": signature, "not_me": not_me}
        escaped = {name: html.escape(value) for name, value in values.items()}
        page = PAGE.substitute(escaped, lang=contact.language)
        return ListenerLetter(said["subject"].format(**filled), text, page)

    def _not_me(self, contact: Contact) -> str:
        """Whoever did not ask for this stops all messages to the address; empty for a contact without a token."""
        words = self._words(contact.language)
        return f"{words['not_me']} {self._site_url}{words['not_me_path']}#{contact.token}" if contact.token else ""

    def sms(self, event: Event, about: str, contact: Contact) -> str:
        """At most 160 GSM characters."""
        return str(self._said(contact)[1]["sms"].format(**self._filled(event, about, contact)))

    def _said(self, contact: Contact) -> tuple[Phrases, Phrases]:
        words = self._words(contact.language)
        return words, words["merged_listener" if contact.secret else "follower"]

    def _filled(self, event: Event, about: str, contact: Contact) -> dict[str, str]:
        status = STATUS[event.status]
        label = f"{status.official} ({status.public.en})" if contact.language == "en" else status.official
        path = self._words(contact.language)["path"]
        secret = f"~{contact.secret}" if contact.secret else ""
        link = f"{self._site_url}{path}#{about}{secret}"
        return {"number": about, "label": label, "link": link}
