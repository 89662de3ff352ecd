"""What somebody reads who hears of a case without being its reporter: its number, its status and a link. Neither words
nor category nor place: the case may have been sorted anew since."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.case.events import Event
from chalicelib.domain.labels import STATUS

Phrases = Mapping[str, Any]
PAGE = Template("""<!doctype html><html lang="$lang"><body><p>$sentence</p><p><a href="$link">$button</a></p>
<p>$note</p><p>$signature</p></body></html>
""")


@dataclass(frozen=True, slots=True)
class ListenerLetter:
    """An e-mail: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


class ListenerLetters:
    """Composes; sends nothing. A contact with a secret is a reporter's, whose report was merged: `about` is its number
    then, and the link opens it; else `about` is the case that is followed."""

    def __init__(self, *, words: Callable[[str], Phrases], site_url: str) -> None:
        self._words = words
        self._site_url = site_url

    def letter(self, event: Event, about: str, contact: Contact) -> ListenerLetter:
        words, said = self._said(contact)
        filled = self._filled(event, about, contact)
        sentence, note = said["sentence"].format(**filled), said["note"]
        link, signature = filled["link"], words["signature"]
        text = "\n\n".join([sentence, f"{words['button_listener']}: {link}", note, f"-- \n{signature}"]) + "\n"
        values = {"sentence": sentence, "link": link, "button": words["button_listener"], "note": note}
        escaped = {name: html.escape(value) for name, value in (values | {"signature": signature}).items()}
        page = PAGE.substitute(escaped, lang=contact.language)
        return ListenerLetter(said["subject"].format(**filled), text, page)

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
        return {"number": about, "survivor": event.number, "label": label, "link": link}
