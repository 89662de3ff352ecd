"""Upload forms and picture links (Signature Version 4), without an S3 client or botocore's signers, which cost half of
a cold start (decision 0087). Docs: docs.aws.amazon.com/AmazonS3/latest/API, "Browser-Based Uploads Using POST" and
"Authenticating Requests: Using Query Parameters"."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from chalicelib.adapters.aws.signature import ALGORITHM, AccessKeys, Scope, signature, signed_query
from chalicelib.domain.case.evidence import FORM_LIFE, incoming_key
from chalicelib.domain.values import dataclass

LINK_LIFE = timedelta(minutes=15)
CREATED = "204"  # no body: a form needs no answer in XML


@dataclass(frozen=True, slots=True)
class SignedUploads:
    """`endpoint` is AWS_ENDPOINT_URL or empty (the bucket's own host). `keys` is asked each time, since a function's
    credentials change. `now` is the machine's time, whatever the domain's clock says."""

    bucket: str
    region: str
    keys: Callable[[], AccessKeys]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    endpoint: str = ""

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        keys, scope = self.keys(), self._scope()
        expires_at = (scope.at + FORM_LIFE).replace(microsecond=0)
        fields = {
            "key": incoming_key(number, photo_id),
            "Content-Type": content_type,
            "success_action_status": CREATED,
            "x-amz-algorithm": ALGORITHM,
            "x-amz-credential": f"{keys.access_key}/{scope}",
            "x-amz-date": scope.stamp,
        } | ({"x-amz-security-token": keys.token} if keys.token else {})
        policy = b64encode(json.dumps(_policy({"bucket": self.bucket, **fields}, size, expires_at)).encode()).decode()
        signed = {**fields, "policy": policy, "x-amz-signature": signature(policy, keys, scope)}
        return {"url": self._base, "fields": signed, "expires_at": f"{expires_at:%Y-%m-%dT%H:%M:%SZ}"}

    def link(self, key: str) -> str:
        address = f"{self._base}/{quote(key, safe='/~')}"
        place, seconds = urlsplit(address), int(LINK_LIFE.total_seconds())
        query = signed_query(place.netloc, place.path, keys=self.keys(), scope=self._scope(), seconds=seconds)
        return f"{address}?{query}"

    def _scope(self) -> Scope:
        return Scope(self.now().astimezone(UTC), self.region, "s3")

    @property
    def _base(self) -> str:
        if self.endpoint:
            return f"{self.endpoint.rstrip('/')}/{self.bucket}"
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com"


def _policy(exactly: Mapping[str, str], size: int, expires_at: datetime) -> dict[str, Any]:
    """Every field exactly as given, and exactly the announced size."""
    conditions = [*({name: value} for name, value in exactly.items()), ["content-length-range", size, size]]
    return {"expiration": f"{expires_at:%Y-%m-%dT%H:%M:%S.000Z}", "conditions": conditions}
