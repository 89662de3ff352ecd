"""Which channel has which adapter: how its sender signs, what it asks when it is connected, how its payload reads.
An adapter's module is imported when a message of its channel comes. What has no row here is typed in by desks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module

from chalicelib.application.ports.channels import ChannelSecret, RawMessage
from chalicelib.channels import challenges, signatures
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.values import dataclass

Check = Callable[[Mapping[str, str], bytes, ChannelSecret, datetime], None]
Challenge = Callable[[Mapping[str, str], ChannelSecret], str | dict[str, str]]


@dataclass(frozen=True, slots=True)
class Adapter:
    """`check` raises UnauthenticatedError; `challenge` answers the body of a GET, None: the channel asks nothing.
    `module` has `read(RawMessage) -> list[Incoming]`, which never raises for what was sent."""

    check: Check
    module: str
    challenge: Challenge | None = None

    def read(self, message: RawMessage) -> list[Incoming]:
        found: list[Incoming] = import_module(f"chalicelib.channels.senders.{self.module}").read(message)
        return found


def _standard(headers: Mapping[str, str], raw: bytes, secret: ChannelSecret, now: datetime) -> None:
    signatures.check_standard(headers, raw, secret.keys, now)


def _meta(headers: Mapping[str, str], raw: bytes, secret: ChannelSecret, _now: datetime) -> None:
    signatures.check_meta(headers, raw, secret.keys)


def _x(headers: Mapping[str, str], raw: bytes, secret: ChannelSecret, _now: datetime) -> None:
    signatures.check_x(headers, raw, secret.keys)


_PARTNER = Adapter(_standard, "partner")

ADAPTERS: dict[str, Adapter] = {
    "JAKI": _PARTNER,
    "QLUE": _PARTNER,
    "EMAIL": Adapter(_standard, "mail"),
    "FB": Adapter(_meta, "meta", challenges.of_meta),
    "MEDSOSGUB": Adapter(_meta, "meta", challenges.of_meta),
    "WHATSAPP": Adapter(_meta, "whatsapp", challenges.of_meta),
    "X": Adapter(_x, "x", challenges.of_x),
    "LAPOR1708": Adapter(_standard, "lapor"),
    "SMS": Adapter(_standard, "sms"),
}
