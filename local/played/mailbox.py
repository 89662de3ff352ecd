"""Every message that left the city: e-mail, SMS, what was published to a unit's topic, and call-backs to partners.

Read off the application's own accepted calls, so that no queue has to be subscribed to 520 topics. What a message is
about is carried beside its text: by an e-mail's headers, an SMS's context, an alert's message attributes."""

import contextlib
import itertools
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.application.intake.addresses import read_email
from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from local.emulator import remembered
from local.emulator.faults import Call
from local.played.letters import Letter

HEADERS = {"x-tanggap-event": "event", "x-tanggap-number": "number", "x-tanggap-notice": "notice"}
MESSAGE_ID = re.compile(rb"<MessageId>([^<]+)</MessageId>")
Item = dict[str, Any]


class Mailbox:
    def __init__(self, now: Callable[[], datetime], unit_topics: str, items: list[Item] | None = None) -> None:
        self._now = now
        self._unit_topics = unit_topics  # the part of a topic's ARN before the unit's code
        self.items: list[Item] = []
        self._about: dict[str | None, list[Item]] = {}
        for item in items or []:
            self._keep(item)

    def find(self, to: str = "", number: str = "") -> list[Item]:
        """Oldest first. Numbers, telephones and addresses are read as people type them, a whole link too."""
        wanted = self._about.get(_canonical(number), []) if number else self.items
        named = _addressees(to)
        return [i for i in wanted if not to or any(name in i["to"] for name in named)]

    def clear(self) -> None:
        self.items = []
        self._about = {}

    def notice(self, call: Call, body: bytes, answer: bytes) -> None:
        """Takes one accepted AWS call of the application."""
        if call.service == "ses" and call.operation == "SendEmail":
            self.add(_email(json.loads(body), json.loads(answer)["MessageId"]))
        elif call.service == "sms-voice" and call.operation == "SendTextMessage":
            self.add(_sms(json.loads(body), json.loads(answer)["MessageId"]))
        elif call.service == "sns" and call.operation in ("Publish", "PublishBatch"):
            ids = (found.decode() for found in MESSAGE_ID.findall(answer))
            for fields in _publishes(remembered.form(body.decode()), call.operation):
                self._published(fields, next(ids, ""))

    def called_back(self, channel: str, message_id: str, raw: bytes) -> None:
        """What the system of a partner was told, once for each id."""
        told = json.loads(raw)
        data = told.get("data", told)
        about = {"event": str(data.get("status", "")), "number": data.get("number")}
        known = self._about.get(about["number"], [])
        if any(item["kind"] == "callback" and item["id"] == message_id for item in known):
            return
        self.add({"id": message_id, "kind": "callback", **about, "to": channel, "subject": "", "text": raw.decode()})

    def _published(self, fields: dict[str, str], message_id: str) -> None:
        topic = fields.get("TopicArn") or fields.get("TargetArn") or ""
        unit = topic.partition(self._unit_topics)[2]
        if unit:
            self.add(_alert(unit.replace("-", "."), fields, message_id))

    def add(self, item: Item) -> None:
        """One message that left."""
        self._keep({"id": item.pop("id"), "at": self._now().isoformat(), **item})

    def _keep(self, item: Item) -> None:
        letter = Letter(item)
        self.items.append(letter)
        self._about.setdefault(item["number"], []).append(letter)


def _addressees(typed: str) -> list[str]:
    """What was typed, and the telephone or the address that the city reads in it."""
    found = [typed]
    for read in (lambda text: read_telephone(text).number, read_email):
        with contextlib.suppress(ContactFaultError):
            found.append(read(typed))
    return found


def _canonical(number: str) -> str:
    """As the city reads it; what it does not read as a number finds nothing."""
    try:
        return numbers.read(number)
    except (NotFoundError, UnreadableError):
        return number


def _email(sent: Item, message_id: str) -> Item:
    content = sent["Content"].get("Simple") or {}
    headers = {h["Name"]: h["Value"] for h in content.get("Headers", [])}
    tags = {
        f"X-{t['Name']}" if t["Name"].startswith("Tanggap") else t["Name"]: t["Value"]
        for t in sent.get("EmailTags", [])
    }
    about = {HEADERS[n.lower()]: v for n, v in {**tags, **headers}.items() if n.lower() in HEADERS}
    body = content.get("Body", {})
    item = {
        "id": message_id,
        "kind": "email",
        "event": about.get("event"),
        "to": ", ".join(sent.get("Destination", {}).get("ToAddresses", [])),
        "number": about.get("number"),
        "subject": content.get("Subject", {}).get("Data", ""),
        "text": body.get("Text", {}).get("Data", ""),
        "headers": {**headers, **_addressed(sent)},
    }
    if "Html" in body:
        item["html"] = body["Html"]["Data"]
    return {**item, "notice": about.get("notice")}


def _addressed(sent: Item) -> dict[str, str]:
    """The headers that SES makes of the request itself."""
    answered_at = ", ".join(sent.get("ReplyToAddresses", []))
    return {"From": sent.get("FromEmailAddress", ""), **({"Reply-To": answered_at} if answered_at else {})}


def _publishes(form: dict[str, list[str]], operation: str) -> list[dict[str, str]]:
    flat = {name: values[0] for name, values in form.items()}
    if operation == "Publish":
        return [flat]
    entries = []
    for n in itertools.count(1):
        prefix = f"PublishBatchRequestEntries.member.{n}."
        entry = {k.removeprefix(prefix): v for k, v in flat.items() if k.startswith(prefix)}
        if not entry:
            return entries
        entries.append({**entry, "TopicArn": flat.get("TopicArn", "")})
    return entries


def _sms(sent: Item, message_id: str) -> Item:
    about = sent.get("Context", {})
    return {
        "id": message_id,
        "kind": "sms",
        "event": about.get("event") or "sms",
        "to": sent["DestinationPhoneNumber"],
        "number": about.get("number"),
        "subject": "",
        "text": sent["MessageBody"],
        "notice": about.get("notice"),
    }


def _alert(to: str, fields: dict[str, str], message_id: str) -> Item:
    about = _attributes(fields)
    return {
        "id": message_id,
        "kind": "alert",
        "event": about.get("event") or "alert",
        "to": to,
        "number": about.get("number"),
        "subject": fields.get("Subject", ""),
        "text": fields.get("Message", ""),
        "notice": about.get("notice"),
    }


def _attributes(fields: dict[str, str]) -> dict[str, str]:
    found = {}
    for n in itertools.count(1):
        prefix = f"MessageAttributes.entry.{n}."
        if f"{prefix}Name" not in fields:
            return found
        found[fields[f"{prefix}Name"]] = fields.get(f"{prefix}Value.StringValue", "")
    return found
