"""A request as the front door sees it, and whom it is for: a person, the city's own routes, or an AWS service."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
SIGNED_QUERY = (b"X-Amz-Signature=", b"X-Amz-Credential=", b"AWSAccessKeyId=")
SIGN_IN = b"AWSCognitoIdentityProviderService."
Receive = Callable[[], Awaitable[dict]]


class Request:
    """The parts of an ASGI request that we look at."""

    def __init__(self, scope: dict[str, Any], receive: Receive) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.raw_path: str = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        self.query: bytes = scope.get("query_string", b"")
        self.headers = _joined(scope["headers"])
        self.address: str = (scope.get("client") or ("127.0.0.1",))[0]
        self.receive = receive

    def header(self, name: str) -> str:
        return self.headers.get(name.encode(), b"").decode("latin-1")

    @property
    def host(self) -> str:
        return self.header("host")

    @property
    def parameters(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(self.query.decode("latin-1"), keep_blank_values=True).items()}

    @property
    def is_local(self) -> bool:
        """From this machine, to this machine, and not sent by a page of somewhere else."""
        origin = self.header("origin")
        return (
            self.address in ("127.0.0.1", "::1")
            and urlsplit(f"//{self.host}").hostname in LOCAL_HOSTS
            and (not origin or urlsplit(origin).netloc == self.host)
        )

    @property
    def is_aws(self) -> bool:
        """Signed by header or query, an upload form, or a sign-in: what an AWS address would be asked without ours."""
        if self.header("authorization").startswith("AWS4-") or any(part in self.query for part in SIGNED_QUERY):
            return True
        if self.method != "POST" or not self.is_local:
            return False
        form = self.header("content-type").startswith("multipart/form-data")
        return form or self.headers.get(b"x-amz-target", b"").startswith(SIGN_IN)

    async def body(self, largest: int = 0) -> bytes | None:
        """All of it, or None as soon as it is larger than `largest`."""
        if largest and int(self.header("content-length") or 0) > largest:
            return None
        parts, size, more = [], 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise asyncio.CancelledError
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if largest and size > largest:
                return None
            more = message.get("more_body", False)
        return b"".join(parts)


def _joined(lines: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    for name, value in lines:
        key = name.lower()
        headers[key] = headers[key] + b", " + value if key in headers else value
    return headers
