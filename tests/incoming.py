"""Messages of other channels, sent to a running city as their providers send them."""

import base64
import hashlib
import hmac
import json
import time
import uuid

from tests.city import City, eventually


def sends(city: City, channel: str, raw: bytes, kind: str = "application/json") -> None:
    """Signed as the channel's provider does, with the city's own secret for it."""
    secret = city.local()["channels"][channel.lower()]["secret"]
    headers = {**_standard(secret, raw), **_meta(secret, raw), **_x(secret, raw), "Content-Type": kind}
    answer = city.call("POST", f"/channels/{channel.lower()}", data=raw, headers=headers)
    assert answer.status_code == 202, answer.text


def mention(text: str) -> bytes:
    """Words on the city's Facebook page (developers.facebook.com, Webhooks reference: page, feed)."""
    named = {"comment_id": f"1_{uuid.uuid4().int % 10**18}", "from": {"id": "24601", "name": "Siti"}}
    value = {"item": "comment", "verb": "add", **named, "message": text}
    change = {"field": "feed", "value": value}
    return json.dumps({"object": "page", "entry": [{"id": "1", "time": 1, "changes": [change]}]}).encode()


def mail_without_words(sender: str, picture: bytes) -> bytes:
    """A photo and nothing else (RFC 5322, MIME)."""
    head = f"From: {sender}\r\nMessage-ID: <{uuid.uuid4().hex}@example.com>\r\nMIME-Version: 1.0\r\n"
    part = "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return (head + part).encode() + base64.encodebytes(picture)


def waiting(city: City, user: str, channel: str, words: str = "") -> str:
    """The task of the message of this channel that holds these words, once it was read."""
    found: list[str] = []

    def there() -> bool:
        rows = city.queue(user, queue="inbox", limit=100)
        found[:] = [row["task_id"] for row in rows if row["channel"] == channel and words in row["text"]]
        return bool(found)

    eventually(there, what=f"a message of {channel}")
    return found[-1]


def _standard(secret: str, raw: bytes) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    message_id, at = uuid.uuid4().hex, str(int(time.time()))
    mac = hmac.new(key, f"{message_id}.{at}.".encode() + raw, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(mac).decode()
    return {"webhook-id": message_id, "webhook-timestamp": at, "webhook-signature": signature}


def _meta(secret: str, raw: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}


def _x(secret: str, raw: bytes) -> dict[str, str]:
    mac = hmac.new(secret.encode(), raw, hashlib.sha256).digest()
    return {"x-twitter-webhooks-signature": "sha256=" + base64.b64encode(mac).decode()}
