"""The city in memory, with channels that are connected to it: what its bucket of raw messages holds, its photos that
came with messages, and what is left to people."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from chalicelib.application.ports.channels import ChannelSecret, RawMessage, UnsortedMessage
from tests.builders import POTHOLE
from tests.city_in_memory import CityInMemory

SECRET, FORMER = "whsec_" + base64.b64encode(b"s" * 32).decode(), "the secret before this one"
VERIFY = "a verify token"
MONAS = {"lat": -6.1754, "lon": 106.8272}


class MemoryRaw:
    def __init__(self) -> None:
        self.kept: dict[str, RawMessage] = {}

    def keep(self, message: RawMessage) -> str:
        key = f"raw/{message.channel.lower()}/{hashlib.sha256(message.body).hexdigest()}"
        self.kept[key] = message
        return key

    def read(self, key: str) -> RawMessage | None:
        return self.kept.get(key)


class MemoryOriginals:
    def __init__(self) -> None:
        self.stored: list[tuple[str, str, str, bytes]] = []

    def put(self, number: str, photo_id: str, content_type: str, data: bytes) -> None:
        self.stored.append((number, photo_id, content_type, data))


class MemoryTasks:
    def __init__(self) -> None:
        self.open: dict[tuple[str, str], UnsortedMessage] = {}

    def add(self, message: UnsortedMessage) -> None:
        self.open.setdefault((message.channel, message.message_id), message)


class MemorySources:
    """Implements MessageSources."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()

    def note(self, number: str, raw_key: str) -> None:
        self.keys.add((number, raw_key))


class FixedChannelSecrets:
    """Every channel but QLUE is connected, and signs with SECRET; FORMER still counts."""

    def of(self, channel: str) -> ChannelSecret | None:
        return None if channel == "QLUE" else ChannelSecret((SECRET, FORMER), VERIFY)


class CityWithChannels(CityInMemory):
    """Every channel is connected, and signs with SECRET; FORMER still counts."""

    def __init__(self) -> None:
        super().__init__()
        self.raw_messages = MemoryRaw()
        self.originals = MemoryOriginals()
        self.message_tasks = MemoryTasks()
        self.message_sources = MemorySources()

    def channel_secret(self, channel: str) -> ChannelSecret | None:
        return FixedChannelSecrets().of(channel)

    def hears(self, channel: str, raw: bytes, kind: str = "application/json") -> list[str]:
        """A message as its queue hands it on; what became of each thing in it."""
        return self.reading(self.raw_messages.keep(RawMessage(channel, kind, raw, self.now())))

    def cases(self) -> list[Any]:
        return list(self.table.complaints.rows.values())


def standard(raw: bytes, at: datetime, secret: str = SECRET, message_id: str = "msg_1") -> dict[str, str]:
    """The headers of Standard Webhooks, made as their specification says and not by our own code."""
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    seconds = int(at.timestamp())
    mac = hmac.new(key, f"{message_id}.{seconds}.".encode() + raw, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(mac).decode()
    return {"webhook-id": message_id, "webhook-timestamp": str(seconds), "webhook-signature": signature}


def a_partners_report(**differences: Any) -> bytes:
    known = {"id": "jaki-1", "category": POTHOLE, "description": "Jalan berlubang di depan pasar", "location": MONAS}
    return json.dumps({**known, **differences}).encode()
