"""Requests exactly as they are spelt: libraries for people put addresses in order first."""

import http.client
from urllib.parse import urlsplit

from tests.city import HANGS


def send(
    origin: str,
    method: str,
    target: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    address: str = "127.0.0.1",
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of the answer to who asks from that address."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=HANGS, source_address=(address, 0))
    connection._validate_path = lambda _: None  # type: ignore[attr-defined]
    given = {"Host": urlsplit(origin).netloc, "Content-Length": str(len(body)), **(headers or {})}
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()
