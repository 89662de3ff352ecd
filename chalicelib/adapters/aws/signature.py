"""AWS Signature Version 4 (AWS, "Create a signed AWS API request"). The tests hold it against botocore's signers."""

import hmac
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from chalicelib.domain.values import dataclass

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"  # S3: a link's body is not known beforehand


@dataclass(frozen=True, slots=True)
class AccessKeys:
    """Named as botocore names them; `token` is None for keys that last."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a signature is good for. `at`: the machine's time in UTC."""

    at: datetime
    region: str
    service: str

    @property
    def stamp(self) -> str:
        return _stamp(self.at)

    def __str__(self) -> str:
        return f"{self.stamp[:8]}/{self.region}/{self.service}/aws4_request"


@lru_cache(maxsize=1)  # one signature writes it five times
def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ")


def signed(
    headers: Mapping[str, str],
    body: bytes,
    *,
    keys: AccessKeys,
    region: str,
    service: str,
    at: datetime,
    path: str = "/",
) -> dict[str, str]:
    """The headers of a POST (lower case, `host` among them) with the date, the token and the signature. `path` holds
    letters, digits, slashes and hyphens only. `at` is the machine's time in UTC."""
    scope = Scope(at, region, service)
    sent = {**headers, "x-amz-date": scope.stamp} | ({"x-amz-security-token": keys.token} if keys.token else {})
    names = ";".join(sorted(sent))
    canonical = _canonical("POST", path, "", sent, sha256(body).hexdigest())
    credential = f"{ALGORITHM} Credential={keys.access_key}/{scope}, SignedHeaders={names}"
    return sent | {"authorization": f"{credential}, Signature={_of_request(canonical, keys, scope)}"}


def signed_query(host: str, path: str, *, keys: AccessKeys, scope: Scope, seconds: int) -> str:
    """The query of a link to S3 that is good for so long, and for GET. `path` is quoted already."""
    asked = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{keys.access_key}/{scope}",
        "X-Amz-Date": scope.stamp,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
    } | ({"X-Amz-Security-Token": keys.token} if keys.token else {})
    query = "&".join(f"{name}={quote(asked[name], safe='-_.~')}" for name in sorted(asked))
    canonical = _canonical("GET", path, query, {"host": host}, UNSIGNED)
    return f"{query}&X-Amz-Signature={_of_request(canonical, keys, scope)}"


def signature(text: str, keys: AccessKeys, scope: Scope) -> str:
    """The signature of any text, in hexadecimal signs."""
    return _keyed(_key_of_day(keys.secret_key, str(scope)), text).hex()


@lru_cache(maxsize=16)  # a container signs for few services; each key is good for a day
def _key_of_day(secret_key: str, scope: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = _keyed(key, part)
    return key


def _of_request(canonical: str, keys: AccessKeys, scope: Scope) -> str:
    text = "\n".join([ALGORITHM, scope.stamp, str(scope), sha256(canonical.encode()).hexdigest()])
    return signature(text, keys, scope)


def _canonical(method: str, path: str, query: str, headers: Mapping[str, str], payload: str) -> str:
    lines = [f"{name}:{' '.join(headers[name].split())}" for name in sorted(headers)]
    return "\n".join([method, path, query, *lines, "", ";".join(sorted(headers)), payload])


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
