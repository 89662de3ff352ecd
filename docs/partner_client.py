"""How a partner's app sends a report to the city, and reads what it is called back with. Python alone; copy it freely.

python partner_client.py https://the-site jaki whsec_… "Jalan berlubang di depan pasar"
"""

import base64
import hashlib
import hmac
import json
import sys
import time
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any

TOLERANCE = 300  # seconds between two clocks


def signature(secret: str, message_id: str, at: str, body: bytes) -> str:
    """Of Standard Webhooks, by a secret that begins with whsec_."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def send_report(site: str, channel: str, secret: str, report: Mapping[str, Any]) -> int:
    """The status of the answer: 202 when the city has it. `report` has an `id` of yours: with the same one it may be
    sent again. Raises urllib.error.HTTPError, URLError: send it again."""
    body = json.dumps(report).encode()
    message_id, at = str(uuid.uuid4()), str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": at,
        "webhook-signature": signature(secret, message_id, at, body),
    }
    request = urllib.request.Request(f"{site}/api/channels/{channel}", body, headers)  # noqa: S310  # the city's own
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return int(answer.status)


def read_call_back(headers: Mapping[str, str], body: bytes, secret: str) -> dict[str, Any] | None:
    """What the city says, and None for a message that it did not send: answer that with 401. `headers` by names in
    lower case. The same `webhook-id` may come twice."""
    message_id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE:
        return None
    right = signature(secret, message_id, at, body)
    if not any(hmac.compare_digest(right, given) for given in headers.get("webhook-signature", "").split()):
        return None
    told: dict[str, Any] = json.loads(body)
    return told


def main(site: str, channel: str, secret: str, description: str) -> None:
    report = {
        "id": str(uuid.uuid4()),
        "category": "JLN_LUBANG",
        "description": description,
        "location": {"lat": -6.1754, "lon": 106.8272},
    }
    sys.stdout.write(f"{send_report(site, channel, secret, report)} {report['id']}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
