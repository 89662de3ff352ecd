"""One POST and its answer in HTTP/1.1 (RFC 9112) over a connected socket: the request leaves in one piece, and of the
answer is read what this client needs. The standard library reads a head with its parser of e-mails, which was a sixth
of what a function did (decision 0099). Errors are those of `http.client` and OSError."""

import socket
from collections.abc import Iterator, Mapping
from http.client import BadStatusLine, HTTPException, IncompleteRead, LineTooLong, RemoteDisconnected

from chalicelib.domain.values import dataclass

END, LINE = b"\r\n\r\n", b"\r\n"
LARGEST_HEAD = 65_536  # bytes: what the standard library takes of one line
PART = 65_536  # bytes read at once
FINAL = 200  # status: what is below announces another answer
WITHOUT_BODY = (204, 304)


@dataclass(frozen=True, slots=True)
class Reply:
    """Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(wire: socket.socket, path: str, headers: Mapping[str, str], body: bytes) -> tuple[Reply, bool]:
    """The answer, and whether the connection may be used again."""
    wire.sendall(_request(path, headers, body))
    inflow = _Inflow(wire)
    version, status, told = _head(inflow.until(END))
    while status < FINAL:
        version, status, told = _head(inflow.until(END))
    is_bounded = status in WITHOUT_BODY or "content-length" in told or _is_chunked(told)
    reply = Reply(status, told, b"" if status in WITHOUT_BODY else _body(inflow, told))
    is_open = version == "HTTP/1.1" and told.get("connection", "").lower() != "close"
    return reply, is_bounded and is_open and inflow.is_empty


def _request(path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """Raises ValueError for a header that would end its line."""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"POST {path} HTTP/1.1", *lines, f"content-length: {len(body)}", "", ""])
    if head.count("\n") != len(lines) + 3 or head.count("\r") != len(lines) + 3:
        raise ValueError("a header ends its line")
    return head.encode("latin-1") + body


def _head(text: bytes) -> tuple[str, int, dict[str, str]]:
    """Version, status and headers; of headers that come twice, the last."""
    first, *lines = text.decode("latin-1").split("\r\n")
    version, _, said = first.partition(" ")
    status = said[:3]
    if not version.startswith("HTTP/1.") or len(status) != len("200") or not status.isdecimal():
        raise BadStatusLine(first)
    named = (line.partition(":") for line in lines)
    return version, int(status), {name.strip().lower(): value.strip() for name, _, value in named}


def _is_chunked(headers: Mapping[str, str]) -> bool:
    return headers.get("transfer-encoding", "").lower() == "chunked"


def _body(inflow: "_Inflow", headers: Mapping[str, str]) -> bytes:
    """What comes in chunks has no length; what tells neither ends with the connection."""
    if _is_chunked(headers):
        return b"".join(_chunks(inflow))
    if "content-length" in headers:
        return inflow.exactly(_number(headers["content-length"], 10))
    return inflow.rest()


def _chunks(inflow: "_Inflow") -> Iterator[bytes]:
    while size := _number(inflow.until(LINE).partition(b";")[0].decode("latin-1"), 16):
        yield inflow.exactly(size)
        inflow.until(LINE)
    while inflow.until(LINE):
        """A trailer, which nobody reads."""


def _number(text: str, base: int) -> int:
    try:
        number = int(text, base)
    except ValueError as error:
        raise HTTPException("no length") from error
    if number < 0:
        raise HTTPException("no length")
    return number


class _Inflow:
    """What a socket receives, taken in pieces."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._held = b""
        self._has_begun = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received that nobody took."""
        return not self._held

    def until(self, end: bytes) -> bytes:
        """Up to this end, which is dropped."""
        while (found := self._held.find(end)) < 0:
            if len(self._held) > LARGEST_HEAD:
                raise LineTooLong("head")
            self._held += self._received()
        part, self._held = self._held[:found], self._held[found + len(end) :]
        return part

    def exactly(self, count: int) -> bytes:
        parts, missing = [self._held], count - len(self._held)
        while missing > 0:
            parts.append(self._received())
            missing -= len(parts[-1])
        whole = b"".join(parts)
        self._held = whole[count:]
        return whole[:count]

    def rest(self) -> bytes:
        """All that comes until the other side closes."""
        parts, self._held = [self._held], b""
        while part := self._wire.recv(PART):
            parts.append(part)
        return b"".join(parts)

    def _received(self) -> bytes:
        """Raises RemoteDisconnected when nothing came at all, IncompleteRead when it ends in the middle."""
        part = self._wire.recv(PART)
        if not part:
            raise IncompleteRead(self._held) if self._has_begun else RemoteDisconnected("no answer")
        self._has_begun = True
        return part
