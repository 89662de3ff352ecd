"""How each sender signs the raw bytes, made as its reference says and not by the city's own code."""

import base64
import hashlib
import hmac
import time
import uuid

Headers = dict[str, str]


def standard(raw: bytes, secret: str) -> Headers:
    """Standard Webhooks 1.0."""
    message_id, at = uuid.uuid4().hex, str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{at}.".encode() + raw, hashlib.sha256).digest()
    proof = {
        "webhook-id": message_id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
    return {"Content-Type": "application/json", **proof}


def letter(raw: bytes, secret: str) -> Headers:
    """The same, of a letter as it travelled."""
    return {**standard(raw, secret), "Content-Type": "message/rfc822"}


def meta(raw: bytes, secret: str) -> Headers:
    """Graph API, "Webhooks: validating payloads"."""
    mac = hmac.new(secret.encode(), raw, hashlib.sha256)
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={mac.hexdigest()}"}


def x(raw: bytes, secret: str) -> Headers:
    """X, "Securing webhooks"."""
    mac = base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()
    return {"Content-Type": "application/json", "x-twitter-webhooks-signature": f"sha256={mac}"}
