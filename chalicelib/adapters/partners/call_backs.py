"""Call-backs over HTTPS: one signed POST to a partner's system, with the time and the size of its answer bounded. Of
the answer only its status counts; a redirection is not followed."""

import json
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.partners.checked_connections import Connections, left, named
from chalicelib.adapters.partners.public_addresses import ForbiddenAddressError, Resolve, Target, read, resolve
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.application.ports.partners import CallBackAddress
from chalicelib.channels.signatures import sign_standard

SECONDS = 5.0  # for everything: name, connection, TLS, request, answer
LONGEST_LINE = 1_024  # bytes: more of an answer is never read
STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([2-5]\d\d)(?: |\r)")
GONE = 410  # Standard Webhooks: the receiver wants no more of these


class HttpsPartners:
    """Implements Partners. `now` is the machine's time, which signatures follow; `own_origin` is that of the local
    city, empty in the cloud."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        own_origin: str = "",
        resolve: Resolve = resolve,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        seconds: float = SECONDS,
    ) -> None:
        self._now = now
        self._own_origin = own_origin
        self._connections = Connections(resolve, tls)
        self._seconds = seconds

    def send(self, address: CallBackAddress, body: Mapping[str, Any], *, message_id: str) -> None:
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        headers = signed(address.keys, message_id, int(self._now().timestamp()), raw)
        end = time.monotonic() + self._seconds
        status = self._post(address.url, headers, raw, end)
        if status == GONE:
            raise ProviderRefusedError(str(status))
        if not 200 <= status < 300:
            raise ProviderBusyError(str(status))

    def _post(self, url: str, headers: Mapping[str, str], raw: bytes, end: float) -> int:
        try:
            target = read(url, self._own_origin)
            connection = self._connections.to(target, end)
        except ForbiddenAddressError as refused:
            raise ProviderBusyError(str(refused)) from None  # the operator or the partner may mend it
        with connection:
            return _asked(connection, _request(target, headers, raw), end)


def signed(keys: tuple[str, ...], message_id: str, at: int, raw: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks; with two keys both signatures, so that the receiver may know either."""
    each = [sign_standard(key, message_id, at, raw) for key in keys]
    together = " ".join(headers["webhook-signature"] for headers in each)
    return {**each[0], "webhook-signature": together}


def _request(target: Target, headers: Mapping[str, str], raw: bytes) -> bytes:
    about = {
        "Host": target.host_header,
        "Content-Type": "application/json",
        "Content-Length": str(len(raw)),
        "User-Agent": "Tanggap",
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in about.items()), "", ""]
    return "\r\n".join(lines).encode("ascii") + raw


def _asked(connection: socket.socket, request: bytes, end: float) -> int:
    """The status of the answer. Raises ProviderUnclearError: it may have been heard."""
    received = b""
    try:
        connection.settimeout(left(end))
        connection.sendall(request)
        while b"\r\n" not in received and len(received) < LONGEST_LINE:
            connection.settimeout(left(end))
            part = connection.recv(LONGEST_LINE)
            if not part:
                break
            received += part
    except OSError as error:
        raise ProviderUnclearError(named(error)) from None
    except ProviderBusyError:
        raise ProviderUnclearError("TimeoutError") from None
    found = STATUS_LINE.match(received)
    if found is None:
        raise ProviderUnclearError("no_http")
    return int(found[1])
