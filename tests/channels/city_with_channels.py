"""The city in memory, with channels that are connected to it: what its bucket of raw messages holds, its photos that
came with messages, and what is left to people."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb.keys import message_due
from chalicelib.application.ports.channels import ChannelSecret, Picture, RawMessage
from chalicelib.application.ports.queues import Alarm, QueueEntry
from chalicelib.domain.case.complaint import Summary
from chalicelib.domain.case.inboxes import OPEN, SENDING, MessageTask
from chalicelib.domain.case.queues import inbox_of
from chalicelib.domain.clocks import Clock
from tests.builders import POTHOLE
from tests.city_in_memory import CityInMemory
from tests.fakes import MemoryLongMessages, MemoryQueues, RecordingMail, RecordingSms

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


class MemoryKeptPictures:
    """Implements KeptPictures."""

    def __init__(self) -> None:
        self.rows: dict[str, Picture] = {}

    def keep(self, key: str, picture: Picture) -> None:
        self.rows[key] = picture

    def find(self, key: str) -> Picture | None:
        return self.rows.get(key)


class PlayedPictures:
    """Implements ProvidersPictures: every source is a photo, but those whose provider answers with a fault. `asked`
    holds what was fetched."""

    def __init__(self) -> None:
        self.faults: dict[str, Exception] = {}
        self.asked: list[tuple[str, str]] = []

    def fetch(self, channel: str, source: str) -> Picture:
        self.asked.append((channel, source))
        if source in self.faults:
            raise self.faults[source]
        return Picture("image/jpeg", f"photo {source}".encode())


class MemoryOriginals:
    """Implements Originals: one object for each photo, however often it is put."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], tuple[str, bytes]] = {}

    @property
    def stored(self) -> list[tuple[str, str, str, bytes]]:
        return [(*key, *found) for key, found in self.objects.items()]

    def put(self, number: str, photo_id: str, content_type: str, data: bytes) -> None:
        self.objects[number, photo_id] = content_type, data


class MemoryTasks:
    """Implements MessageTasks. `interrupted` runs once before the next save: somebody else is faster."""

    def __init__(self) -> None:
        self.rows: dict[str, MessageTask] = {}
        self.interrupted: Callable[[], object] | None = None

    def add(self, task: MessageTask) -> bool:
        return self.rows.setdefault(task.task_id, task) is task

    def find(self, task_id: str) -> MessageTask | None:
        return self.rows.get(task_id)

    def save(self, task: MessageTask, former: MessageTask) -> bool:
        first, self.interrupted = self.interrupted, None
        if first:
            first()
        if self.rows[task.task_id].version != former.version:
            return False
        self.rows[task.task_id] = task
        return True

    @property
    def open(self) -> dict[str, MessageTask]:
        return {task_id: task for task_id, task in self.rows.items() if task.state == OPEN}


class QueuesWithInboxes:
    """Implements Queues: the city's own, and the messages that wait in them."""

    def __init__(self, queues: MemoryQueues, tasks: MemoryTasks, long: MemoryLongMessages) -> None:
        self._queues, self._tasks, self._long = queues, tasks, long

    def page(
        self,
        names: Sequence[str],
        *,
        limit: int,
        after: str | None,
        from_due: int | None = None,
        before_due: int | None = None,
    ) -> list[QueueEntry]:
        found = self._queues.page(names, limit=limit, after=after, from_due=from_due, before_due=before_due)
        waiting = [_entry(task) for task in self._tasks.open.values() if inbox_of(task.channel) in names]
        due = [e for e in waiting if (from_due or 0) <= e.due and (before_due is None or e.due < before_due)]
        shown = [entry for entry in due if after is None or entry.position > after]
        return sorted([*found, *shown], key=lambda entry: entry.position)[:limit]

    def alarms(self, until: datetime, limit: int) -> list[Alarm]:
        sending = [task for task in self._tasks.rows.values() if task.state == SENDING]
        promised = [Alarm("message", "", task.task_id, task.trail[-1].at) for task in sending]
        awaited = [long for long in self._long.rows.values() if long.is_promised and long.until <= until]
        promised += [Alarm("parts", long.number, str(long.of), long.until) for long in awaited]
        return [*self._queues.alarms(until, limit), *promised]


def _entry(task: MessageTask) -> QueueEntry:
    due = int(task.due_at.timestamp())
    known = ("", "message", task.version, task.suggested or "LAIN", None, "BIRO_PEM", task.channel, task.received_at)
    clock = Clock("coordination", task.received_at, task.due_at)
    return QueueEntry(
        *known,
        due,
        {"coordination": clock},
        kind="message",
        task_id=task.task_id,
        position=message_due(task.due_at, task.task_id),
        summary=Summary(task.text),
    )


class MemorySources:
    """Implements MessageSources."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()
        self.tasks: set[tuple[str, str]] = set()

    def note(self, number: str, raw_key: str, task_id: str = "") -> None:
        self.keys.add((number, raw_key))
        if task_id:
            self.tasks.add((number, task_id))


class FixedChannelSecrets:
    """Every channel but QLUE is connected, and signs with SECRET; FORMER still counts."""

    def of(self, channel: str) -> ChannelSecret | None:
        return None if channel == "QLUE" else ChannelSecret((SECRET, FORMER), VERIFY)


class CityWithChannels(CityInMemory):
    """Every channel is connected, and signs with SECRET; FORMER still counts."""

    def __init__(self) -> None:
        super().__init__()
        self.raw_messages = MemoryRaw()
        self.kept_pictures, self.chat_pictures = MemoryKeptPictures(), PlayedPictures()
        self.originals = MemoryOriginals()
        self.message_tasks = MemoryTasks()
        self.long_messages = MemoryLongMessages()
        self.queues = QueuesWithInboxes(self.table.queues, self.message_tasks, self.long_messages)
        self.mail, self.sms = RecordingMail(), RecordingSms()
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


def from_lapor(**differences: Any) -> bytes:
    """A report that LAPOR! hands over."""
    known = {"update_id": "u-1", "type": "report", "tracking_id": "1916449", "category": "Jalan Rusak"}
    words = {"title": "Jalan rusak", "description": "Lubang besar di depan pasar", "location": MONAS}
    return json.dumps({**known, **words, **differences}).encode()


def a_partners_report(**differences: Any) -> bytes:
    known = {"id": "jaki-1", "category": POTHOLE, "description": "Jalan berlubang di depan pasar", "location": MONAS}
    return json.dumps({**known, **differences}).encode()
