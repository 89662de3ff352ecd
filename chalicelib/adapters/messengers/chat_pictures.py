"""Pictures that people sent on a messenger, fetched from its provider. WhatsApp: the id leads to an address that is
good for five minutes, and is read with the city's token (Cloud API reference: media). Messenger and Instagram: the
webhook itself names the address (Webhooks reference: messages, attachments). X: it does too, and the request is signed
(Direct Messages: retrieving media). Only addresses of the provider's own delivery network are read, over https, at
public addresses, in a bounded time and size."""

import io
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any

from chalicelib.adapters.messengers.chats import GRAPH, VERSION, Key
from chalicelib.adapters.messengers.oauth import oauth_header
from chalicelib.adapters.partners.checked_connections import Connections, left, named
from chalicelib.adapters.partners.public_addresses import ForbiddenAddressError, Resolve, Target, read, resolve
from chalicelib.application.ports.channels import Picture
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.domain.case.evidence import MAX_BYTES
from chalicelib.domain.values import dataclass

SECONDS = 5.0  # for everything: both calls of WhatsApp, and where one leads on
LARGEST_ANSWER = 65_536  # bytes of an answer that is not a picture
MOST_STEPS = 3  # addresses one after another
OF_META = (".fbsbx.com", ".fbcdn.net", ".cdninstagram.com")  # where Meta delivers media
OF_X = (".ton.twitter.com",)
TYPES = ("image/jpeg", "image/png", "image/webp", "image/heic")
MOVED = (301, 302, 303, 307, 308)
GONE = (400, 403, 404, 410)  # of the delivery network: the signature of the address is over, or there is no such thing
NO_SUCH = 100  # code of the Graph API: an id that is unknown, or over


@dataclass(frozen=True, slots=True)
class Answer:
    """`location`: where a redirection leads."""

    status: int
    content_type: str
    location: str
    body: bytes


class HttpChatPictures:
    """Implements ProvidersPictures. `key_of` answers what a channel is sent with (chats.py); `endpoint`: where
    providers are played, empty for the real ones."""

    def __init__(
        self,
        *,
        key_of: Callable[[str], Key | None],
        endpoint: str = "",
        resolve: Resolve = resolve,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        seconds: float = SECONDS,
    ) -> None:
        self._key_of = key_of
        self._endpoint = endpoint
        self._connections = Connections(resolve, tls)
        self._seconds = seconds

    def fetch(self, channel: str, source: str) -> Picture:
        end = time.monotonic() + self._seconds
        read_by = {"WHATSAPP": self._by_id, "X": self._signed}.get(channel, self._unsigned)
        try:
            return read_by(channel, source, end)
        except ForbiddenAddressError as refused:
            raise ProviderRefusedError(str(refused)) from None

    def _by_id(self, channel: str, media_id: str, end: float) -> Picture:
        key = self._key(channel)
        headers = {"Authorization": f"Bearer {key['token']}"}
        base = f"{self._endpoint}/graph" if self._endpoint else GRAPH
        answer = self._get(read(f"{base}/{VERSION}/{media_id}", self._endpoint), headers, end, LARGEST_ANSWER)
        found = _document(answer)
        if answer.status != 200 or not isinstance(found.get("url"), str):
            raise _fault(found, answer.status)
        if isinstance(found.get("file_size"), int) and found["file_size"] > MAX_BYTES:
            raise ProviderRefusedError("too_large")
        return self._at(found["url"], headers, end, OF_META)

    def _signed(self, channel: str, url: str, end: float) -> Picture:
        """The signature is of an address without a query, as X's media have it."""
        if "?" in url:
            raise ProviderRefusedError("no_picture")
        return self._at(url, {"Authorization": oauth_header(self._key(channel), "GET", url)}, end, OF_X)

    def _unsigned(self, _channel: str, url: str, end: float) -> Picture:
        return self._at(url, {}, end, OF_META)

    def _key(self, channel: str) -> Key:
        key = self._key_of(channel)
        if key is None:
            raise ProviderBusyError("not_connected")
        return key

    def _at(self, url: str, headers: Mapping[str, str], end: float, networks: tuple[str, ...]) -> Picture:
        """Where an address leads on, the token is not shown."""
        for _ in range(MOST_STEPS):
            answer = self._get(self._target(url, networks), headers, end, MAX_BYTES)
            if answer.status not in MOVED:
                return _picture(answer)
            url, headers = answer.location, {}
        raise ProviderRefusedError("moved")

    def _target(self, url: str, networks: tuple[str, ...]) -> Target:
        """Raises ForbiddenAddressError for what is not the provider's."""
        target = read(url, self._endpoint)
        if not target.own and not f".{target.host}".endswith(networks):
            raise ForbiddenAddressError("not_the_providers")
        return target

    def _get(self, target: Target, headers: Mapping[str, str], end: float, most: int) -> Answer:
        """At most one byte more than `most`. Raises ProviderBusyError, ForbiddenAddressError."""
        with self._connections.to(target, end) as connection:
            try:
                connection.settimeout(left(end))
                connection.sendall(_request(target, headers))
                return _answer(connection, end, most)
            except (OSError, HTTPException) as error:
                raise ProviderBusyError(named(error)) from None


class _UntilTheEnd(io.RawIOBase):
    """What comes from a connection, with one end for all of it."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection = connection
        self._end = end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(left(self._end))
        return self._connection.recv_into(buffer)

    def makefile(self, *_: Any) -> io.BufferedReader:
        """What HTTPResponse asks a socket for."""
        return io.BufferedReader(self)


def _request(target: Target, headers: Mapping[str, str]) -> bytes:
    lines = {"Host": target.host_header, "User-Agent": "Tanggap", "Accept": "*/*", "Connection": "close", **headers}
    sent = [f"GET {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items()), "", ""]
    return "\r\n".join(sent).encode("ascii")


def _answer(connection: socket.socket, end: float, most: int) -> Answer:
    answer = HTTPResponse(_UntilTheEnd(connection, end))  # type: ignore[arg-type]  # it asks for makefile alone
    answer.begin()
    body = answer.read(most + 1)
    if len(body) <= most and answer.length:  # the connection ended before the picture
        raise ProviderBusyError("cut_short")
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Answer(answer.status, kind, answer.getheader("Location") or "", body)


def _picture(answer: Answer) -> Picture:
    if answer.status in GONE:
        raise ProviderRefusedError("gone")
    if answer.status != 200:
        raise ProviderBusyError(str(answer.status))
    if len(answer.body) > MAX_BYTES:
        raise ProviderRefusedError("too_large")
    if answer.content_type not in TYPES or not answer.body:
        raise ProviderRefusedError("no_picture")
    return Picture(answer.content_type, answer.body)


def _document(answer: Answer) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _fault(found: Mapping[str, Any], status: int) -> Exception:
    """The fault that an answer means. The provider's words are not kept."""
    error = found.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return ProviderRefusedError("gone") if code == NO_SUCH else ProviderBusyError(f"graph_{code or status}")
