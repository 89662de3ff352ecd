"""Payloads in the shape that the providers' own references give. X: "Account Activity API" (direct_message_events,
tweet_create_events). Messenger Platform: "Webhook events: messages". Graph API: "Webhooks reference: page, feed". A
letter follows RFC 5322 and MIME, with the lines that Amazon SES puts above what it receives."""

import json
import time
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

OUR_X, OUR_PAGE, OURS = "100", "102290129340398", "dki@jakarta.go.id"
SHORT = 140  # signs of a post; a longer one comes a second time, whole


def x_private(message_id: str, person: str, text: str) -> bytes:
    made = {
        "target": {"recipient_id": OUR_X},
        "sender_id": person,
        "message_data": {"text": text, "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}},
    }
    event = {"type": "message_create", "id": message_id, "created_timestamp": _millis(), "message_create": made}
    users = {person: {"id": person, "name": "Warga", "screen_name": "warga_jakarta"}}
    return _json({"for_user_id": OUR_X, "direct_message_events": [event], "users": users})


def x_public(message_id: str, person: str, text: str) -> bytes:
    whole = f"@DKIJakarta {text}"
    post: dict[str, Any] = {
        "id_str": message_id,
        "user": {"id_str": person, "screen_name": "warga_jakarta"},
        "text": whole[:SHORT],
        "truncated": len(whole) > SHORT,
        "entities": {"user_mentions": [{"id_str": OUR_X, "screen_name": "DKIJakarta"}]},
    }
    if len(whole) > SHORT:
        post["extended_tweet"] = {"full_text": whole}
    return _json({"for_user_id": OUR_X, "user_has_blocked": False, "tweet_create_events": [post]})


def facebook_private(message_id: str, person: str, text: str) -> bytes:
    event = {
        "sender": {"id": person},
        "recipient": {"id": OUR_PAGE},
        "timestamp": int(_millis()),
        "message": {"mid": message_id, "text": text},
    }
    return _page({"messaging": [event]})


def facebook_public(message_id: str, person: str, text: str) -> bytes:
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": message_id,
        "post_id": f"{OUR_PAGE}_1",
        "from": {"id": person, "name": "Warga Jakarta"},
        "message": text,
        "created_time": int(time.time()),
    }
    return _page({"changes": [{"field": "feed", "value": value}]})


def letter(message_id: str, person: str, text: str, pictures: Sequence[bytes] = ()) -> bytes:
    """`person` is the sender's address."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Warga Jakarta <{person}>", OURS
    mail["Subject"], mail["Message-ID"] = "Laporan warga", f"<{message_id}@example.com>"
    mail.set_content(text)
    for number, picture in enumerate(pictures, start=1):
        mail.add_attachment(picture, maintype="image", subtype="jpeg", filename=f"foto-{number}.jpg")
    received = (
        f"Return-Path: <{person}>",
        "Received: from mail.example.com (mail.example.com [192.0.2.7])",
        f" by inbound-smtp.ap-southeast-1.amazonaws.com with SMTP id {message_id} for {OURS};",
        "X-SES-Spam-Verdict: PASS",
        "X-SES-Virus-Verdict: PASS",
        "",
    )
    return "\r\n".join(received).encode() + mail.as_bytes().replace(b"\n", b"\r\n")


def _page(entry: dict[str, Any]) -> bytes:
    return _json({"object": "page", "entry": [{"id": OUR_PAGE, "time": int(_millis()), **entry}]})


def _millis() -> str:
    return str(int(time.time() * 1000))


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()
