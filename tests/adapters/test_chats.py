"""Messengers over HTTP, against a provider that is played on this machine: what is sent, and what each answer means."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.adapters.messengers import chats
from chalicelib.adapters.messengers.chats import HttpChats
from chalicelib.adapters.messengers.oauth import oauth_header
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError

ABOUT = {"event": "waiting", "number": "JKT-1Y22-Y0DB-3", "message_id": "JKT-1Y22-Y0DB-3_000001_reporter"}
META = {"from": "106540352242922", "token": "a-token"}
X = {"consumer_key": "ck", "consumer_secret": "cs", "token": "t", "token_secret": "ts"}
KEYS: dict[str, dict[str, str]] = {"WHATSAPP": META, "FB": META, "MEDSOSGUB": META, "X": X}


class Provider:
    """Answers every POST with `answer`, and remembers what it was asked; None: it hangs up instead."""

    def __init__(self) -> None:
        self.answer: tuple[int, Any] | None = (200, {"message_id": "m"})
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                provider.asked.append((self.path, headers, json.loads(body)))
                if provider.answer is None:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, document = provider.answer
                raw = document if isinstance(document, bytes) else json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                if 300 <= status < 400:
                    self.send_header("Location", provider.address + "/elsewhere")
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: Any) -> None: ...

        return Handler


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


def sends(provider: Provider, to: str, text: str = "Laporan diterima") -> None:
    HttpChats(key_of=KEYS.get, endpoint=provider.address).send(to, text, **ABOUT)


FORMS = {
    "WHATSAPP/6281234567890": (
        "/graph/v23.0/106540352242922/messages",
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "6281234567890",
            "type": "text",
            "text": {"preview_url": False, "body": "Laporan diterima"},
            "biz_opaque_callback_data": ABOUT["message_id"],
        },
    ),
    "FB/24601": (
        "/graph/v23.0/106540352242922/messages",
        {"recipient": {"id": "24601"}, "messaging_type": "RESPONSE", "message": {"text": "Laporan diterima"}},
    ),
    "MEDSOSGUB/24601": (
        "/graph/v23.0/106540352242922/messages",
        {"recipient": {"id": "24601"}, "messaging_type": "RESPONSE", "message": {"text": "Laporan diterima"}},
    ),
    "X/24601": ("/x/2/dm_conversations/with/24601/messages", {"text": "Laporan diterima"}),
}


@pytest.mark.parametrize("to", FORMS)
def test_a_message_has_the_form_of_its_provider(provider: Provider, to: str) -> None:
    sends(provider, to)

    ((path, headers, body),) = provider.asked
    assert (path, body) == FORMS[to]
    assert headers["authorization"].startswith("OAuth " if to.startswith("X/") else "Bearer a-token")
    assert headers["x-tanggap-number"] == ABOUT["number"]


def test_no_message_is_longer_than_a_messenger_takes(provider: Provider) -> None:
    sends(provider, "FB/24601", "x" * 5000)

    assert len(provider.asked[0][2]["message"]["text"]) == chats.LONGEST


def graph(code: int, subcode: int = 0) -> dict[str, Any]:
    detail = {"error_subcode": subcode} if subcode else {}
    return {
        "error": {"message": "+62 812 3456 7890 is not reachable", "type": "OAuthException", "code": code, **detail}
    }


ANSWERS: list[tuple[str, tuple[int, Any], type[Exception], str]] = [
    ("FB/1", (400, graph(10, 2018278)), ProviderRefusedError, "window_over"),
    ("WHATSAPP/1", (400, graph(131047)), ProviderRefusedError, "window_over"),
    ("FB/1", (400, graph(100, 2018001)), ProviderRefusedError, "no_such_person"),
    ("FB/1", (400, graph(551)), ProviderRefusedError, "not_reachable"),
    ("WHATSAPP/1", (400, graph(131026)), ProviderRefusedError, "not_reachable"),
    ("FB/1", (400, graph(10)), ProviderBusyError, "graph_10"),
    ("FB/1", (400, graph(100)), ProviderBusyError, "graph_100"),
    ("FB/1", (401, graph(190)), ProviderBusyError, "graph_190"),
    ("FB/1", (429, graph(613)), ProviderBusyError, "graph_613"),
    ("WHATSAPP/1", (429, graph(130429)), ProviderBusyError, "graph_130429"),
    ("FB/1", (500, graph(2)), ProviderUnclearError, "graph_2"),
    ("FB/1", (502, b"<html>bad gateway"), ProviderUnclearError, "graph"),
    ("FB/1", (400, b"[" * 30_000), ProviderBusyError, "graph"),
    ("FB/1", (400, b"null"), ProviderBusyError, "graph"),
    ("FB/1", (302, b""), ProviderBusyError, "graph"),
    ("X/1", (403, {"title": "Forbidden"}), ProviderRefusedError, "not_reachable"),
    ("X/1", (404, {}), ProviderRefusedError, "no_such_person"),
    ("X/1", (400, {}), ProviderRefusedError, "not_taken"),
    ("X/1", (401, {}), ProviderBusyError, "x_401"),
    ("X/1", (429, {}), ProviderBusyError, "x_429"),
    ("X/1", (503, {}), ProviderUnclearError, "x_503"),
]


@pytest.mark.parametrize(("to", "answer", "kind", "code"), ANSWERS, ids=lambda value: str(value)[:40])
def test_each_answer_of_a_provider_has_its_meaning_and_nothing_of_its_words_is_kept(
    provider: Provider, to: str, answer: tuple[int, Any], kind: type[Exception], code: str
) -> None:
    provider.answer = answer

    with pytest.raises(kind) as raised:
        sends(provider, to)

    assert (str(raised.value), raised.value.__cause__, len(provider.asked)) == (code, None, 1)


def test_without_an_answer_nobody_knows(provider: Provider) -> None:
    provider.answer = None

    with pytest.raises(ProviderUnclearError):
        sends(provider, "FB/1")


def test_a_provider_that_says_nothing_is_not_waited_for(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "SECONDS", 0.05)
    silent = socket.create_server(("127.0.0.1", 0))

    with silent, pytest.raises(ProviderUnclearError):
        HttpChats(key_of=KEYS.get, endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}").send("FB/1", "x", **ABOUT)


def test_who_cannot_be_connected_to_was_told_nothing(provider: Provider) -> None:
    provider.server.shutdown()
    provider.server.server_close()

    with pytest.raises(ProviderBusyError):
        sends(provider, "FB/1")


POSTS = {
    "FB": ("1_2", "/graph/v23.0/1_2/comments", {"message": "Terima kasih"}),
    "MEDSOSGUB": ("179", "/graph/v23.0/179/replies", {"message": "Terima kasih"}),
    "X": ("17", "/x/2/tweets", {"text": "Terima kasih", "reply": {"in_reply_to_tweet_id": "17"}}),
}


def posts(provider: Provider, channel: str, below: str = "") -> None:
    below = below or POSTS[channel][0]
    HttpChats(key_of=KEYS.get, endpoint=provider.address).post(channel, below, "Terima kasih", message_id="t-2")


@pytest.mark.parametrize("channel", POSTS)
def test_words_in_public_stand_below_what_they_answer(provider: Provider, channel: str) -> None:
    posts(provider, channel)

    ((path, headers, body),) = provider.asked
    assert (path, body) == POSTS[channel][1:]
    assert headers["authorization"].startswith("OAuth " if channel == "X" else "Bearer a-token")


POST_ANSWERS: list[tuple[str, tuple[int, Any], type[Exception]]] = [
    ("FB", (400, graph(100, 33)), ProviderRefusedError),
    ("MEDSOSGUB", (400, graph(100)), ProviderRefusedError),
    ("FB", (401, graph(190)), ProviderBusyError),
    ("FB", (500, graph(2)), ProviderUnclearError),
    ("X", (403, {}), ProviderRefusedError),
    ("X", (429, {}), ProviderBusyError),
    ("X", (503, {}), ProviderUnclearError),
]


@pytest.mark.parametrize(("channel", "answer", "kind"), POST_ANSWERS, ids=lambda value: str(value)[:40])
def test_each_answer_to_a_post_has_its_meaning(
    provider: Provider, channel: str, answer: tuple[int, Any], kind: type[Exception]
) -> None:
    provider.answer = answer

    with pytest.raises(kind):
        posts(provider, channel)


@pytest.mark.parametrize("below", ["../me", "1/2", "1_2_3", "me", "1?x=1", "１"])
@pytest.mark.parametrize("channel", [*POSTS, "WHATSAPP", "SMS"])
def test_what_is_no_post_becomes_no_part_of_an_address(provider: Provider, channel: str, below: str) -> None:
    with pytest.raises(ProviderRefusedError):
        posts(provider, channel, below)

    assert provider.asked == []


@pytest.mark.parametrize("person", ["", "../me", "1/2", "1?x=1", "1 2", "１２", "a\r\nHost: x"])
def test_what_is_no_id_becomes_no_part_of_an_address(provider: Provider, person: str) -> None:
    with pytest.raises(ProviderRefusedError):
        sends(provider, f"X/{person}")

    assert provider.asked == []


def test_what_is_not_connected_waits_until_it_is(provider: Provider) -> None:
    unconnected = HttpChats(key_of=lambda _: None, endpoint=provider.address)

    with pytest.raises(ProviderBusyError, match="not_connected"):
        unconnected.send("FB/1", "x", **ABOUT)

    assert not unconnected.takes("FB")
    assert [code for code in ("FB", "SMS", "X") if HttpChats(key_of=KEYS.get).takes(code)] == ["FB", "X"]


def test_xs_signature_is_that_of_the_scheme() -> None:
    address = "https://api.x.com/2/dm_conversations/with/24601/messages"

    header = oauth_header(X, "POST", address, nonce="n", at=1_764_000_000)

    listed = (
        "oauth_consumer_key=ck&oauth_nonce=n&oauth_signature_method=HMAC-SHA1"
        "&oauth_timestamp=1764000000&oauth_token=t&oauth_version=1.0"
    )
    base = f"POST&{quote(address, safe='')}&{quote(listed, safe='')}"
    signature = base64.b64encode(hmac.new(b"cs&ts", base.encode(), hashlib.sha1).digest()).decode()
    assert f'oauth_signature="{quote(signature, safe="")}"' in header
