"""The ways by which a message reaches somebody, as a table: what each needs of a contact, whether a message whose fate
nobody knows may be sent again, and how long its provider lets us write. Two e-mails, chats or alerts do no harm; a
second SMS costs money and looks like spam."""

from collections.abc import Mapping
from datetime import timedelta

from chalicelib.domain.values import dataclass

CHAT = "chat"  # the purse of all messengers together


@dataclass(frozen=True, slots=True)
class Way:
    """`address` is the field of a contact that it uses; None: not a way to a person (a unit's topic, a partner's
    address). `purse`: whose share of the city's day it takes. `window`: how long after the person's last message the
    provider lets us write, None for ever; when it is over, `instead` is the way that is taken, where the person has its
    address."""

    name: str
    address: str | None
    repeatable: bool
    purse: str = ""
    window: timedelta | None = None
    instead: str = ""


DAY = timedelta(hours=24)  # Meta's customer service window, for WhatsApp, Messenger and Instagram alike

WAYS: dict[str, Way] = {
    way.name: way
    for way in (
        Way("email", "email", repeatable=True, purse="email"),
        Way("sms", "mobile", repeatable=False, purse="sms"),
        Way("whatsapp", "whatsapp", repeatable=True, purse=CHAT, window=DAY, instead="sms"),
        Way("facebook", "facebook", repeatable=True, purse=CHAT, window=DAY),
        Way("instagram", "instagram", repeatable=True, purse=CHAT, window=DAY),
        Way("x", "x", repeatable=True, purse=CHAT),
        Way("alert", None, True),
        Way("callback", None, True),
    )
}
# Which messenger a channel's private messages come by, and are answered on.
CHATS: Mapping[str, str] = {"WHATSAPP": "whatsapp", "FB": "facebook", "MEDSOSGUB": "instagram", "X": "x"}


def chat_address(channel: str, person: str) -> str:
    """Where somebody is reached on a messenger: the channel, and who they are there to the provider."""
    return f"{channel}/{person}"


def read_chat(address: str) -> tuple[str, str]:
    """Channel and person of a chat's address."""
    channel, _, person = address.partition("/")
    return channel, person


CALLED_BACK = frozenset({"JAKI", "QLUE", "LAPOR1708"})  # channels whose own systems are told each status


def line_of(number: str) -> str:
    """The kind of an Indonesian telephone number (E.164): `mobile`, which an SMS reaches, or `fixed`, which must be
    called."""
    return "mobile" if number.startswith("+628") else "fixed"


def way_to(addresses: Mapping[str, str | None], by: str | None = None) -> Way | None:
    """How a person with these addresses is told: by the way that they chose, else by the first of the table that has an
    address; None by none."""
    open_to = {way.name: way for way in WAYS.values() if way.address and addresses.get(way.address)}
    return open_to.get(by or "") or next(iter(open_to.values()), None)
