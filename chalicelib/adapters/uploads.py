"""Upload forms and picture links (Signature Version 4), by botocore's signers without an S3 client: a client costs
26 MB in every API container; the signers are loaded with the table's library anyway. Docs:
docs.aws.amazon.com/AmazonS3/latest/API, "Browser-Based Uploads Using POST" and "Authenticating Requests: Using Query
Parameters"."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chalicelib.domain.case.evidence import FORM_LIFE, incoming_key
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials

LINK_LIFE = timedelta(minutes=15)
CREATED = "204"  # no body: a form needs no answer in XML


@dataclass(frozen=True, slots=True)
class SignedUploads:
    """`endpoint` is AWS_ENDPOINT_URL or empty (the bucket's own host). `keys` is asked each time, since a function's
    credentials change. `now` is the machine's time, which the signers also follow, whatever the domain's clock says."""

    bucket: str
    region: str
    keys: Callable[[], "ReadOnlyCredentials"]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    endpoint: str = ""

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        from botocore.auth import S3SigV4PostAuth
        from botocore.awsrequest import AWSRequest

        expires_at = (self.now() + FORM_LIFE).astimezone(UTC).replace(microsecond=0)
        fields = {
            "key": incoming_key(number, photo_id),
            "Content-Type": content_type,
            "success_action_status": CREATED,
        }
        request = AWSRequest("POST", self._base)
        request.context["s3-presign-post-fields"] = fields  # the signer adds its own fields, each with its condition
        request.context["s3-presign-post-policy"] = _policy({"bucket": self.bucket, **fields}, size, expires_at)
        S3SigV4PostAuth(self.keys(), "s3", self.region).add_auth(request)
        return {"url": self._base, "fields": fields, "expires_at": f"{expires_at:%Y-%m-%dT%H:%M:%SZ}"}

    def link(self, key: str) -> str:
        from botocore.auth import S3SigV4QueryAuth
        from botocore.awsrequest import AWSRequest

        request = AWSRequest("GET", f"{self._base}/{quote(key, safe='/~')}")
        S3SigV4QueryAuth(self.keys(), "s3", self.region, expires=int(LINK_LIFE.total_seconds())).add_auth(request)
        return str(request.url)

    @property
    def _base(self) -> str:
        if self.endpoint:
            return f"{self.endpoint.rstrip('/')}/{self.bucket}"
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com"


def _policy(exactly: dict[str, str], size: int, expires_at: datetime) -> dict[str, Any]:
    """Every field exactly as given, and exactly the announced size."""
    conditions = [*({name: value} for name, value in exactly.items()), ["content-length-range", size, size]]
    return {"expiration": f"{expires_at:%Y-%m-%dT%H:%M:%S.000Z}", "conditions": conditions}
