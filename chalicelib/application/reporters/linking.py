"""The link to the reports of an address, to that address: at most once per ask, three a day, and only where somebody
has reported with it. The address itself stands in no row: it is read from the contact of one of the cases."""

import html
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.messages.city_day import day_of
from chalicelib.application.messages.listener_letters import PAGE
from chalicelib.application.people.passes import LIFE, digest
from chalicelib.application.ports.cases import Contact, Vault
from chalicelib.application.ports.messages import (
    Mail,
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
    ProviderUnwantedError,
    Sms,
)
from chalicelib.application.ports.reporters import Ask, Asks, OwnCases, Pass, Passes
from chalicelib.application.ports.standings import DayCounts, Standings
from chalicelib.application.wording import Phrases
from chalicelib.domain.errors import DamagedError
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS, read_chat

DAY, AGAIN, PATIENCE = timedelta(hours=24), timedelta(minutes=5), timedelta(hours=6)
MOST_A_DAY = 3  # links to one address
LOOKED_AT = 5  # cases, for a contact that can be opened
EVENT = "own_reports"  # what the mailbox and the provider call the message


@dataclass(frozen=True, slots=True)
class LinkLetters:
    """Composes; sends nothing. `words` gives a language's words."""

    words: Callable[[str], Phrases]
    site_url: str

    def link(self, language: str, token: str) -> str:
        """The token stands in the fragment, which no server sees."""
        return f"{self.site_url}{self.words(language)['own_path']}#{token}"

    def letter(self, language: str, token: str) -> tuple[str, str, str]:
        """Subject, plain text, HTML."""
        words = self.words(language)
        said, link, end = words["own_reports"], self.link(language, token), f"-- \n{words['signature']}"
        parts = {"sentence": said["sentence"], "button": said["button"], "note": said["note"], "link": link}
        text = "\n\n".join([parts["sentence"], f"{parts['button']}: {link}", parts["note"], end]) + "\n"
        escaped = {name: html.escape(value) for name, value in parts.items()}
        page = PAGE.substitute(escaped, signature=html.escape(words["signature"]), not_me="", lang=language)
        return said["subject"], text, page

    def sms(self, language: str, token: str) -> str:
        """At most 160 GSM characters."""
        return str(self.words(language)["own_reports"]["sms"].format(link=self.link(language, token)))


@dataclass(frozen=True, slots=True)
class SendLink:
    """`ceilings`: most messages a day of the whole city, by purse; `token` answers a fresh pass, `random_id` a fresh
    id; `now` is the domain's time."""

    asks: Asks
    own: OwnCases
    passes: Passes
    standings: Standings
    vault: Vault
    counts: DayCounts
    ceilings: Mapping[str, int]
    letters: LinkLetters
    mail: Mail
    sms: Sms
    token: Callable[[], str]
    random_id: Callable[[], str]
    now: Callable[[], datetime]

    def __call__(self, pseudonym: str) -> str:
        """Answers what became of the ask: sent, kept (nobody is told), deferred, failed, unknown or gone. Raises
        UnavailableError: call again."""
        ask, now = self.asks.waiting(pseudonym), self.now()
        if ask is None:
            return "gone"
        recent = tuple(at for at in ask.sent if now - at < DAY)
        to = self._address(ask) if self._may_leave(ask, recent) else ""
        if not to or not self._has_room(ask):
            return "kept" if self.asks.settle(ask, recent) else "gone"
        if not self.asks.settle(ask, (*recent, now)):  # before it is sent: an SMS goes once
            return "gone"
        try:
            self._send(ask, to)
        except ProviderBusyError:
            self.asks.put_off(replace(ask, sent=recent), now + AGAIN)
            return "deferred"
        except ProviderUnwantedError:
            self.standings.suppress(ask.names[0])
            return "failed"
        except ProviderRefusedError:
            return "failed"
        except ProviderUnclearError:
            return "unknown"
        return "sent"

    def _may_leave(self, ask: Ask, recent: tuple[datetime, ...]) -> bool:
        """Whoever wants no messages gets none of these either."""
        is_late = self.now() - ask.asked_at > PATIENCE
        return not is_late and len(recent) < MOST_A_DAY and not self.standings.find(ask.names[0]).suppressed

    def _has_room(self, ask: Ask) -> bool:
        purse = WAYS[ask.way].purse
        return self.counts.count(day_of(self.now()), purse, self.ceilings[purse])

    def _address(self, ask: Ask) -> str:
        """ "" where nobody has reported with it, or all of it was erased."""
        cases = sorted((case for name in ask.names for case in self.own.of(name)), reverse=True)
        opened = (self._opened(number) for _, number in cases[:LOOKED_AT])
        return next((address for contact in opened if contact and (address := _reached(contact, ask.way))), "")

    def _opened(self, number: str) -> Contact | None:
        try:
            return self.vault.open(number)
        except DamagedError:
            return None

    def _send(self, ask: Ask, to: str) -> None:
        token = self.token()
        self.passes.give(digest(token), Pass(ask.names, self.now() + LIFE))
        about = {"event": EVENT, "number": "", "message_id": f"{EVENT}_{self.random_id()}"}
        if ask.way == "sms":
            self.sms.send(to, self.letters.sms(ask.language, token), **about)
        else:
            self.mail.send(to, *self.letters.letter(ask.language, token), **about)


def _reached(contact: Contact, way: str) -> str:
    """The address by which the case was found: by e-mail that of the contact; by SMS the number, also WhatsApp's."""
    told = contact.way.name if contact.way else ""
    if way == "email":
        return contact.email or "" if told == "email" else ""
    if told == "whatsapp" and contact.chat:
        return f"+{read_chat(contact.chat)[1]}"
    return contact.phone or "" if told == "sms" else ""
