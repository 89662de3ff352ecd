"""The played providers of messengers take what the city sends as the real ones would, and the mailbox shows it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from chalicelib.adapters.messengers import chats
from chalicelib.adapters.messengers.chat_pictures import HttpChatPictures
from chalicelib.adapters.messengers.chats import HttpChats, Post
from chalicelib.application.ports.channels import Picture
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.domain.ways import CHATS, chat_address
from local.front.request import Request
from local.played.mailbox import Mailbox
from local.played.providers import PATH, Providers, key_of
from tests.fakes import MONDAY

ABOUT = {"event": "waiting", "number": "JKT-1Y22-Y0DB-3", "message_id": "JKT-1Y22-Y0DB-3_000001_reporter"}


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """What the played providers took; the adapter's calls go to them without a socket."""
    made = Mailbox(lambda: MONDAY, ":unit-")
    providers = Providers(made)

    def call(address: str, post: Post, about: dict[str, str]) -> tuple[int, bytes]:
        headers = {"authorization": post.authorization(address), **about}
        told = providers.answer(*asked(address, chats.json.dumps(post.body).encode(), headers))
        return (404, b"") if told is None else (told[0], chats.json.dumps(told[1]).encode())

    monkeypatch.setattr(chats, "_call", call)
    return made


def asked(path: str, body: bytes, headers: dict[str, str]) -> tuple[Request, bytes]:
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"method": "POST", "path": path, "headers": lines}
    return Request(scope, lambda: None), body  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(("channel", "kind"), CHATS.items())
def test_what_the_city_sends_is_shown_by_its_messenger(mailbox: Mailbox, channel: str, kind: str) -> None:
    HttpChats(key_of=key_of, endpoint=PATH).send(chat_address(channel, "628123456"), "Laporan diterima", **ABOUT)

    (item,) = mailbox.find(number="JKT-1Y22-Y0DB-3")
    assert (item["kind"], item["event"], item["text"]) == (kind, "waiting", "Laporan diterima")
    assert item["to"] == ("+628123456" if kind == "whatsapp" else "628123456")


@pytest.mark.parametrize(("channel", "kind"), [("FB", "facebook"), ("MEDSOSGUB", "instagram"), ("X", "x")])
def test_what_the_city_posts_in_public_is_shown_below_what_it_answers(
    mailbox: Mailbox, channel: str, kind: str
) -> None:
    HttpChats(key_of=key_of, endpoint=PATH).post(channel, "17", "Terima kasih", message_id="t-2")

    (item,) = mailbox.items
    assert (item["kind"], item["to"], item["text"], item["event"]) == (kind, "17", "Terima kasih", "reply")


@pytest.mark.parametrize("channel", ["WHATSAPP", "FB", "MEDSOSGUB"])
def test_another_channels_key_is_not_taken(mailbox: Mailbox, channel: str) -> None:
    others = {**key_of(channel), "token": "local-another"}

    with pytest.raises(ProviderBusyError, match="graph_190"):
        HttpChats(key_of=lambda _: others, endpoint=PATH).send(chat_address(channel, "1"), "x", **ABOUT)

    assert mailbox.items == []


def test_a_picture_that_was_left_with_them_is_had_by_its_id_with_the_channels_key_alone() -> None:
    providers = Providers(Mailbox(lambda: MONDAY, ":unit-"), "http://127.0.0.1:8080")
    assert providers.leave(f"{PATH}/pictures/17", "image/jpeg", b"a picture")

    def told(media_id: str, token: str) -> Any:
        request, _ = asked(f"{PATH}/graph/v23.0/{media_id}", b"", {"authorization": f"Bearer {token}"})
        return providers.media(request)

    status, document = told("17", "local-whatsapp")
    assert (status, document["url"]) == (200, f"http://127.0.0.1:8080{PATH}/pictures/17")
    assert providers.picture(f"{PATH}/pictures/17") == ("image/jpeg", b"a picture")
    assert (told("17", "local-fb")[0], told("18", "local-whatsapp")[0]) == (401, 400)
    assert providers.picture(f"{PATH}/pictures/18") is None
    assert not providers.leave(f"{PATH}/pictures/x", "image/jpeg", b"a picture")


@pytest.fixture
def providers() -> Iterator[tuple[Providers, str]]:
    """On this machine, as the front door hands requests to them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            lines = {name.lower(): value for name, value in self.headers.items()}
            found = made.picture(self.path)
            told = None if found else made.media(asked(self.path, b"", lines)[0])
            status, document = told or (200 if found else 404, {})
            kind, data = found or ("application/json", json.dumps(document).encode())
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    origin = f"http://127.0.0.1:{server.server_port}"
    made = Providers(Mailbox(lambda: MONDAY, ":unit-"), origin)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield made, f"{origin}{PATH}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("channel", ["WHATSAPP", "FB", "MEDSOSGUB"])
def test_the_city_fetches_pictures_from_them_as_from_the_real_ones(
    providers: tuple[Providers, str], channel: str
) -> None:
    made, endpoint = providers
    made.leave(f"{PATH}/pictures/17", "image/jpeg", b"a picture")
    source = "17" if channel == "WHATSAPP" else f"{endpoint}/pictures/17"

    fetcher = HttpChatPictures(key_of=key_of, endpoint=endpoint)

    assert fetcher.fetch(channel, source) == Picture("image/jpeg", b"a picture")
    with pytest.raises(ProviderRefusedError, match="gone"):
        fetcher.fetch(channel, source.replace("17", "18"))
    with pytest.raises(ProviderRefusedError):
        HttpChatPictures(key_of=key_of).fetch("FB", f"{endpoint}/pictures/17")


@pytest.mark.parametrize("path", [f"{PATH}/graph/v23.0/sms/messages", f"{PATH}/elsewhere", f"{PATH}/x/2/dm", PATH])
def test_there_is_no_provider_anywhere_else(path: str) -> None:
    assert Providers(Mailbox(lambda: MONDAY, ":unit-")).answer(*asked(path, b"{}", {})) is None
