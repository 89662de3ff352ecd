"""HTTP/1.1 to one host, over connections that are kept open between calls. A container is frozen between its
invocations, so a kept connection may have been closed meanwhile: it is looked at before it is used again."""

import select
import weakref
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from chalicelib.adapters.aws.wire import Reply, exchange


class Connections:
    """`connect` and `read` are the longest waits, in seconds. Errors are botocore's: ConnectionError when nothing was
    sent, HTTPClientError when the request may have arrived."""

    def __init__(self, url: str, *, connect: float, read: float) -> None:
        self.url = url
        self.host = urlsplit(url).netloc
        self._is_plain = urlsplit(url).scheme == "http"
        self.waits = connect, read
        self._idle: list[HTTPConnection] = []
        self._tls: Any = None
        weakref.finalize(self, _close_all, self._idle)

    def exchange(self, headers: Mapping[str, str], body: bytes, path: str = "/") -> Reply:
        """One POST. Threads may call it at the same time."""
        connection = self._kept() or self._opened()
        try:
            reply, is_kept = self._answered(connection, path, headers, body)
        except BaseException:
            connection.close()
            raise
        if is_kept:
            self._idle.append(connection)
        return reply

    def close(self) -> None:
        """Closes what is kept; a later call opens another."""
        _close_all(self._idle)

    def _answered(
        self, connection: HTTPConnection, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Reply, bool]:
        from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

        try:
            return exchange(connection.sock, path, {"host": self.host, **headers}, body)
        except TimeoutError as error:
            raise ReadTimeoutError(endpoint_url=self.url, error=error) from error
        except (HTTPException, OSError) as error:
            raise ConnectionClosedError(endpoint_url=self.url, error=error) from error

    def _kept(self) -> HTTPConnection | None:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread took it
                return None
            if not _is_closed(connection):
                return connection
            connection.close()
        return None

    def _opened(self) -> HTTPConnection:
        from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError

        connection = self._made()
        try:
            connection.connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self.url, error=error) from error
        except OSError as error:  # no such name, refused, a certificate that does not hold
            raise EndpointConnectionError(endpoint_url=self.url, error=error) from error
        connection.sock.settimeout(self.waits[1])
        return connection

    def _made(self) -> HTTPConnection:
        if self._is_plain:
            return HTTPConnection(self.host, timeout=self.waits[0])
        if self._tls is None:
            import ssl

            self._tls = ssl.create_default_context()
        return HTTPSConnection(self.host, timeout=self.waits[0], context=self._tls)


def _close_all(connections: list[HTTPConnection]) -> None:
    while connections:
        connections.pop().close()


def _is_closed(connection: HTTPConnection) -> bool:
    """Whether the other side hung up while nobody looked: nothing is due to be read from a kept connection."""
    found = connection.sock is None or select.select([connection.sock], [], [], 0)[0]
    return bool(found)
