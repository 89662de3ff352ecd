"""An AWS call as an SDK spells it: read without a parser that is ready for everything. Whatever is spelt otherwise, or
names a header that no SDK needs, is left to the usual one, and so to everything that the front door asks."""

import re
from dataclasses import dataclass
from http import HTTPStatus

LARGEST = 400_000  # bytes of a body; more than any message of the city
HEAD_END = b"\r\n\r\n"
FIRST_LINE = re.compile(rb"POST (/|/v2/email/outbound-emails) HTTP/1\.1\r\n")
LINES = re.compile(rb"(?:[A-Za-z0-9-]+: ?[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\r\n)+\r\n")
HOST = re.compile(rb"(?i)(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?")
SIGNED = b"AWS4-HMAC-SHA256 Credential=ASIA"  # by a role's session: the application's own
NEEDED = {b"host", b"content-length", b"authorization", b"content-type"}
NAMES = NEEDED | {
    b"accept-encoding",
    b"amz-sdk-invocation-id",
    b"amz-sdk-request",
    b"user-agent",
    b"x-amz-date",
    b"x-amz-security-token",
    b"x-amz-target",
    b"x-amz-user-agent",
    b"x-amzn-query-mode",
}
PHRASES = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class SdkCall:
    """Header names are in lower case, and each is there once."""

    path: str
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def texts(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.headers.items()}


def read(data: bytes) -> SdkCall | int | None:
    """The call; the number of bytes that it has when it is whole; or None: it is no such call."""
    head, end, body = data.partition(HEAD_END)
    first = FIRST_LINE.match(head)
    if not (first and end and LINES.fullmatch(data, first.end(), len(head) + len(end))):
        return None
    lines = [_line(text) for text in head[first.end() :].split(b"\r\n")]
    headers = dict(lines)
    size = _size(headers) if len(headers) == len(lines) and NEEDED <= headers.keys() <= NAMES else None
    if size is None or len(body) > size:
        return None
    if len(body) < size:
        return len(head) + len(end) + size
    return SdkCall(first[1].decode(), headers, body)


def _line(text: bytes) -> tuple[bytes, bytes]:
    name, _, value = text.partition(b":")
    return name.lower(), value.lstrip(b" ")


def _size(headers: dict[bytes, bytes]) -> int | None:
    """The size of the body, if the call is to this machine and its sender signed it; else None."""
    if not headers[b"authorization"].startswith(SIGNED) or not HOST.fullmatch(headers[b"host"]):
        return None
    told = headers[b"content-length"]
    size = int(told) if told.isdigit() and len(told) < 10 else LARGEST + 1
    return size if size <= LARGEST else None


def written(status: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
    """An answer, as bytes. Raises ValueError for a header that would be more than one line."""
    lines = [f"{name}: {value}" for name, value in headers]
    if any("\n" in line or "\r" in line for line in lines):
        message = "a line break in a header"
        raise ValueError(message)
    head = "\r\n".join([f"HTTP/1.1 {status} {PHRASES.get(status, '')}", *lines, f"content-length: {len(body)}", "", ""])
    return head.encode("latin-1", "replace") + body
