"""What providers send, in the shape of their own references: one maker for each channel where somebody writes to us
in private. Sources: WhatsApp Cloud API, "Webhooks: messages" (text, location); Messenger Platform, "Webhook events:
messages"; Instagram Messaging, "Webhooks"; X, "Account Activity API: direct_message_events". SMS is the city's own
form, which its aggregator follows; mail is RFC 5322."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.channels.city_with_channels import standard

MOBILE = "6281234567890"
PERSON = "24601000000000042"


Maker = Callable[..., bytes]  # of the provider's id of the message, what it says, and by whom


def _graph(kind: str, entry: dict[str, Any]) -> bytes:
    return json.dumps({"object": kind, "entry": [{"id": "102290129340398", "time": 1_764_000_000, **entry}]}).encode()


def whatsapp(message_id: str, text: str = "", person: str = MOBILE, **parts: Any) -> bytes:
    said = {"type": "text", "text": {"body": text}} if text else parts
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "628111272206", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": "Siti"}, "wa_id": person}],
        "messages": [{"from": person, "id": message_id, "timestamp": "1764000000", **said}],
    }
    return _graph("whatsapp_business_account", {"changes": [{"field": "messages", "value": value}]})


def whatsapp_place(message_id: str, lat: float, lon: float) -> bytes:
    return whatsapp(message_id, type="location", location={"latitude": lat, "longitude": lon})


def _messaging(kind: str) -> Maker:
    def made(message_id: str, text: str, person: str = PERSON, **parts: Any) -> bytes:
        event = {
            "sender": {"id": person},
            "recipient": {"id": "102290129340398"},
            "timestamp": 1_764_000_000_000,
            "message": {"mid": message_id, "text": text, **parts},
        }
        return _graph(kind, {"messaging": [event]})

    return made


messenger = _messaging("page")


def x(message_id: str, text: str, person: str = PERSON, **parts: Any) -> bytes:
    event = {
        "type": "message_create",
        "id": message_id,
        "created_timestamp": "1764000000000",
        "message_create": {
            "target": {"recipient_id": "100"},
            "sender_id": person,
            "message_data": {"text": text, "entities": {"hashtags": [], "urls": []}, **parts},
        },
    }
    return json.dumps({"for_user_id": "100", "direct_message_events": [event]}).encode()


def sms(message_id: str, text: str, person: str = MOBILE, **parts: Any) -> bytes:
    return json.dumps({"id": message_id, "from": f"+{person}", "text": text, **parts}).encode()


def mail(message_id: str, text: str, person: str = "siti", **headers: str) -> bytes:
    named = {"From": f"Siti <{person}@example.com>", "To": "dki@jakarta.go.id"}
    named |= {"Message-ID": f"<{message_id}@example.com>"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "\r\n".join([*(f"{name}: {value}" for name, value in named.items()), "", text, ""]).encode()


@dataclass(frozen=True)
class Channel:
    """A channel where somebody writes in private: its code, how a message is made, the way that answers go, and the
    address that they go to. `signed` is its provider's scheme; `shown` what the mailbox calls somebody's address."""

    code: str
    says: Maker
    way: str
    to: str
    signed: str
    shown: str = "{}"
    type: str = "application/json"


CHANNELS = [
    Channel("WHATSAPP", whatsapp, "whatsapp", f"WHATSAPP/{MOBILE}", "meta", "+{}"),
    Channel("FB", messenger, "facebook", f"FB/{PERSON}", "meta"),
    Channel("MEDSOSGUB", _messaging("instagram"), "instagram", f"MEDSOSGUB/{PERSON}", "meta"),
    Channel("X", x, "x", f"X/{PERSON}", "x"),
    Channel("SMS", sms, "sms", f"+{MOBILE}", "standard", "+{}"),
    Channel("EMAIL", mail, "email", "siti@example.com", "standard", "{}@example.com", "message/rfc822"),
]
CHATTING = [channel for channel in CHANNELS if channel.code != "EMAIL"]


def signed(scheme: str, secret: str, raw: bytes, at: datetime) -> dict[str, str]:
    """The headers that the provider signs with, made as its reference says and not by our own code."""
    mac = hmac.new(secret.encode(), raw, hashlib.sha256)
    headers = {
        "meta": lambda: {"X-Hub-Signature-256": f"sha256={mac.hexdigest()}"},
        "x": lambda: {"x-twitter-webhooks-signature": f"sha256={base64.b64encode(mac.digest()).decode()}"},
        "standard": lambda: standard(raw, at, secret),
    }
    return headers[scheme]()
