"""Upload forms and picture links, signed here (Signature Version 4): an S3 client, which would give the same, costs
26 MB in every API container. Docs: docs.aws.amazon.com/AmazonS3/latest/API, "Browser-Based Uploads Using POST" and
"Authenticating Requests: Using Query Parameters"."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from chalicelib.domain.evidence import FORM_LIFE, incoming_key

LINK_LIFE = timedelta(minutes=15)
ALGORITHM = "AWS4-HMAC-SHA256"
CREATED = "204"  # no body: a form needs no answer in XML


class Keys(Protocol):
    """Frozen credentials, as botocore gives them."""

    access_key: str
    secret_key: str
    token: str | None


@dataclass(frozen=True, slots=True)
class SignedUploads:
    """`endpoint` is AWS_ENDPOINT_URL or empty (the bucket's own host). `keys` is asked each time, since a function's
    credentials change. `now` is the machine's time, whatever the domain's clock says."""

    bucket: str
    region: str
    keys: Callable[[], Keys]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    endpoint: str = ""

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        keys, now = self.keys(), self.now()
        expires_at = (now + FORM_LIFE).replace(microsecond=0)
        fields = {
            "key": incoming_key(number, photo_id),
            "Content-Type": content_type,
            "success_action_status": CREATED,
            **_signing_fields(keys, self._scope(now), now, prefix="x-amz-"),
        }
        fields["policy"] = _policy({"bucket": self.bucket, **fields}, size, expires_at)
        fields["x-amz-signature"] = self._sign(keys, now, fields["policy"])
        return {"url": self._base, "fields": fields, "expires_at": _rfc3339(expires_at)}

    def link(self, key: str) -> str:
        keys, now = self.keys(), self.now()
        base = urlsplit(f"{self._base}/{quote(key, safe='/~')}")
        query = {
            **_signing_fields(keys, self._scope(now), now, prefix="X-Amz-"),
            "X-Amz-Expires": str(int(LINK_LIFE.total_seconds())),
            "X-Amz-SignedHeaders": "host",
        }
        line = "&".join(f"{quote(name, safe='')}={quote(query[name], safe='~')}" for name in sorted(query))
        request = f"GET\n{base.path}\n{line}\nhost:{base.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
        digest = hashlib.sha256(request.encode()).hexdigest()
        signature = self._sign(keys, now, f"{ALGORITHM}\n{_stamp(now)}\n{self._scope(now)}\n{digest}")
        return f"{base.geturl()}?{line}&X-Amz-Signature={signature}"

    @property
    def _base(self) -> str:
        if self.endpoint:
            return f"{self.endpoint.rstrip('/')}/{self.bucket}"
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com"

    def _scope(self, now: datetime) -> str:
        return f"{now:%Y%m%d}/{self.region}/s3/aws4_request"

    def _sign(self, keys: Keys, now: datetime, text: str) -> str:
        key = f"AWS4{keys.secret_key}".encode()
        for part in self._scope(now).split("/"):
            key = _hmac(key, part)
        return _hmac(key, text).hex()


def _signing_fields(keys: Keys, scope: str, now: datetime, *, prefix: str) -> dict[str, str]:
    """A form names these in lower case, a link in AWS's own."""
    names = ("algorithm", "credential", "date") if prefix.islower() else ("Algorithm", "Credential", "Date")
    values = (ALGORITHM, f"{keys.access_key}/{scope}", _stamp(now))
    fields = {prefix + name: value for name, value in zip(names, values, strict=True)}
    if keys.token:
        fields[prefix + ("security-token" if prefix.islower() else "Security-Token")] = keys.token
    return fields


def _policy(exactly: dict[str, str], size: int, expires_at: datetime) -> str:
    """Every field exactly as given, and exactly the announced size."""
    conditions = [*({name: value} for name, value in exactly.items()), ["content-length-range", size, size]]
    document = {"expiration": _rfc3339(expires_at, millis=True), "conditions": conditions}
    return base64.b64encode(json.dumps(document, separators=(",", ":")).encode()).decode()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _stamp(now: datetime) -> str:
    return f"{now:%Y%m%dT%H%M%SZ}"


def _rfc3339(at: datetime, *, millis: bool = False) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z" if millis else "%Y-%m-%dT%H:%M:%SZ")
