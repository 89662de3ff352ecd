"""A request as the front door sees it, and whom it is for: a person, the city's own routes, or an AWS service."""

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

LOCAL_HOST = re.compile(
    r"(?i)(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?"
)  # the whole name: no DNS answers for it
SIGNED_QUERY = (b"X-Amz-Signature=", b"X-Amz-Credential=")
BUCKET = re.compile(r"/(?!(?:login|logout)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # not the pool's own pages
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
    def texts(self) -> dict[str, str]:
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.headers.items()}

    @property
    def host(self) -> str:
        return self.header("host")

    @property
    def parameters(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(self.query.decode("latin-1"), keep_blank_values=True).items()}

    @property
    def names_this_machine(self) -> bool:
        """Whether the Host is one of this machine's own names, so that no name of another's DNS leads here."""
        return bool(LOCAL_HOST.fullmatch(self.host))

    @property
    def is_local(self) -> bool:
        """From this machine, to this machine, and not sent by a page of somewhere else."""
        return ipaddress.ip_address(self.address).is_loopback and self.names_this_machine and not self._is_of_other_page

    @property
    def _is_of_other_page(self) -> bool:
        """What browsers say about the page that sends. Following a link to a page of ours is no sending."""
        if b"origin" in self.headers:
            return self.header("origin").lower() != f"http://{self.host}".lower()
        if self.header("sec-fetch-site") not in ("cross-site", "same-site"):
            return False
        shown = (self.header("sec-fetch-mode"), self.header("sec-fetch-dest")) == ("navigate", "document")
        return not (shown and self.method in ("GET", "HEAD"))

    @property
    def is_aws(self) -> bool:
        """Signed by header or query, an upload form, or a sign-in: what an AWS address would be asked without ours."""
        return self.is_signed or self._is_sign_in or self._is_upload_form

    @property
    def is_signed(self) -> bool:
        """Whether it says so; the emulator looks at the signature itself."""
        return self.header("authorization").startswith("AWS4-") or any(part in self.query for part in SIGNED_QUERY)

    @property
    def _is_sign_in(self) -> bool:
        target = self.headers.get(b"x-amz-target", b"")
        return self.method == "POST" and self.path == "/" and target.startswith(SIGN_IN)

    @property
    def _is_upload_form(self) -> bool:
        form = self.header("content-type").startswith("multipart/form-data")
        return (
            self.method == "POST" and form and b"x-amz-target" not in self.headers and bool(BUCKET.fullmatch(self.path))
        )

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
