"""Systems of partners in memory: what they heard, and how they fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.application.ports.partners import CallBackAddress, StuckCallBack
from tests.fakes import Failing

ADDRESS = CallBackAddress("https://jaki.example/call-backs", ("whsec_AAAA",))


@dataclass
class FixedAddresses:
    """Implements CallBackAddresses."""

    known: dict[str, CallBackAddress] = field(default_factory=lambda: dict.fromkeys(("JAKI", "LAPOR1708"), ADDRESS))

    def call_back(self, channel: str) -> CallBackAddress | None:
        return self.known.get(channel)


@dataclass
class RecordingPartners(Failing):
    """Implements Partners."""

    heard: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def send(self, address: CallBackAddress, body: Mapping[str, Any], *, message_id: str) -> None:
        self.answer()
        self.heard.append((message_id, body))


@dataclass
class MemoryStuck:
    """Implements StuckCallBacks."""

    rows: dict[tuple[str, str, str], StuckCallBack] = field(default_factory=dict)

    def note(self, stuck: StuckCallBack) -> None:
        self.rows[stuck.channel, stuck.number, stuck.key] = stuck

    def clear(self, channel: str, key: str, number: str) -> None:
        self.rows.pop((channel, number, key), None)

    def of(self, channel: str) -> list[StuckCallBack]:
        return [row for (of, _, _), row in sorted(self.rows.items()) if of == channel]
