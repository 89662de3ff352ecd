"""AWS Signature Version 4 of a POST to the path `/` (AWS, "Create a signed AWS API request"). The tests hold it against
botocore's own signer."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True, repr=False)
class AccessKeys:
    """Named as botocore names them; `token` is None for keys that last."""

    access_key: str
    secret_key: str
    token: str | None = None


def signed(
    headers: Mapping[str, str], body: bytes, *, keys: AccessKeys, region: str, service: str, at: datetime
) -> dict[str, str]:
    """`headers` (lower case, `host` among them) with the date, the token and the signature. `at` is the machine's time
    in UTC."""
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    sent = {**headers, "x-amz-date": stamp} | ({"x-amz-security-token": keys.token} if keys.token else {})
    names = ";".join(sorted(sent))
    lines = [f"{name}:{' '.join(sent[name].split())}" for name in sorted(sent)]
    canonical = "\n".join(["POST", "/", "", *lines, "", names, sha256(body).hexdigest()])
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    text = "\n".join([ALGORITHM, stamp, scope, sha256(canonical.encode()).hexdigest()])
    signature = _keyed(_signing_key(keys.secret_key, scope), text).hex()
    credential = f"{ALGORITHM} Credential={keys.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return sent | {"authorization": credential}


def _signing_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _keyed(key, part)
    return key


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
