"""Our side of a conversation: short answers to what somebody has just written, on the channel where they wrote. Each
leaves at most once, and only so many a day: two machines that answer each other come to an end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.application.messages.city_day import day_of
from chalicelib.application.messages.short_messages import plain
from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.messages import (
    Chats,
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
    ProviderUnwantedError,
    Sms,
)
from chalicelib.application.ports.standings import DayCounts, Standings
from chalicelib.application.ports.talks import Talk
from chalicelib.application.wording import Phrases
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

MOST_A_DAY = 20  # answers to one person
LAST_WORD = "stopped"  # the one answer that goes to who wants none


@dataclass(frozen=True, slots=True)
class Answering:
    """`ceilings`: most messages a day of the whole city, by purse; `words` gives a language's words."""

    chats: Chats
    sms: Sms
    standings: Standings
    counts: DayCounts
    ceilings: Mapping[str, int]
    words: Callable[[str], Phrases]
    now: Callable[[], datetime]

    def __call__(self, contact: Contact, name: str, values: Mapping[str, str], *, talk: Talk, key: str) -> None:
        """Sends the answer with this name, if one may leave. `talk` is as it was before. Raises UnavailableError when
        it surely did not leave and may be tried again."""
        way = contact.way
        if way is None or not self._may_leave(name, way.name, talk):
            return
        text = self._text(contact, name, values)
        about = {"event": f"talk_{name}", "number": values.get("number", ""), "message_id": f"talk_{key}"}
        try:
            self._send(contact, way.name, text, about)
        except ProviderBusyError as busy:
            raise UnavailableError(way.name) from busy
        except ProviderUnwantedError:
            self.standings.suppress(talk.pseudonym)
        except (ProviderUnclearError, ProviderRefusedError):  # it may have come, or never will
            return

    def counted(self, talk: Talk, *, is_answered: bool) -> Talk:
        """The talk with one answer more today."""
        day = day_of(self.now()).isoformat()
        before = talk.replies if talk.day == day else 0
        return replace(talk, day=day, replies=before + 1) if is_answered else talk

    def _may_leave(self, name: str, way: str, talk: Talk) -> bool:
        day = day_of(self.now())
        if talk.day == day.isoformat() and talk.replies >= MOST_A_DAY:
            return False
        if name != LAST_WORD and self.standings.find(talk.pseudonym).suppressed:
            return False
        purse = WAYS[way].purse
        return self.counts.count(day, purse, self.ceilings[purse])

    def _text(self, contact: Contact, name: str, values: Mapping[str, str]) -> str:
        """With the number in front, once there is one."""
        words = self.words(contact.language)
        said = str(words["talks"][name].format(**values))
        number = values.get("number", "")
        return said if not number or number in said else words["talks"]["numbered"].format(number=number, said=said)

    def _send(self, contact: Contact, way: str, text: str, about: Mapping[str, str]) -> None:
        if way == "sms":
            self.sms.send(str(contact.phone), plain(text), **about)
        else:
            self.chats.send(str(contact.chat), text, **about)
