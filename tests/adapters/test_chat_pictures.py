"""Pictures of messengers over HTTPS, from providers that are played on this machine: what is asked, what is refused,
and that nothing but the provider's own delivery network is asked."""

import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.messengers.chat_pictures import HttpChatPictures
from chalicelib.adapters.messengers.oauth import oauth_header
from chalicelib.adapters.partners import public_addresses
from chalicelib.application.ports.channels import Picture
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.domain.case.evidence import MAX_BYTES

JPEG = b"\xff\xd8\xff\xe0 a picture"
KEYS = {
    "WHATSAPP": {"from": "106540352242922", "token": "a-token"},
    "X": {"consumer_key": "ck", "consumer_secret": "cs", "token": "t", "token_secret": "ts"},
}
TON = "ton.twitter.com"
NAMES = ["graph.facebook.com", "lookaside.fbsbx.com", "scontent.xx.fbcdn.net", TON, "elsewhere.example"]


class Provider:
    """Every name of the provider at one port; `answers` by path: status, headers, body; None: it hangs up in the
    middle. `asked` holds name, path and the token that was shown."""

    def __init__(self, certificate: Path) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes] | None] = {}
        self.asked: list[tuple[str, str, str | None]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.certificate = certificate

    @property
    def port(self) -> int:
        return int(self.server.server_port)

    def at(self, name: str, path: str) -> str:
        return f"https://{name}:{self.port}{path}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.headers["host"].partition(":")[0]
                provider.asked.append((name, self.path, self.headers["authorization"]))
                answer = provider.answers.get(self.path, (404, {}, b""))
                if answer is None:
                    self.send_response(200)
                    self.send_header("Content-Type", "image/jpeg")
                    self.send_header("Content-Length", "1000")
                    self.end_headers()
                    self.wfile.write(JPEG)
                    return
                status, headers, body = answer
                self.send_response(status)
                for header, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(header, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        return Handler


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of all names, signed by itself; key and certificate in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAMES[0])])
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(1)
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in NAMES]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "provider.pem"
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def provider(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """It counts as public, and the Graph API is at its port."""
    monkeypatch.setattr(public_addresses, "is_public", lambda address: address == "127.0.0.1")
    made = Provider(certificate)
    monkeypatch.setattr("chalicelib.adapters.messengers.chat_pictures.GRAPH", made.at("graph.facebook.com", ""))
    yield made
    made.server.shutdown()
    made.server.server_close()


def fetched(provider: Provider, channel: str, source: str, **differences: Any) -> Picture:
    known: dict[str, Any] = {
        "key_of": KEYS.get,
        "resolve": lambda host, port, seconds: ["127.0.0.1"],
        "tls": lambda: ssl.create_default_context(cafile=str(provider.certificate)),
    }
    return HttpChatPictures(**{**known, **differences}).fetch(channel, source)


def a_picture(body: bytes = JPEG, kind: str = "image/jpeg") -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": kind}, body


def a_document(document: Any, status: int = 200) -> tuple[int, dict[str, str], bytes]:
    return status, {"Content-Type": "application/json"}, json.dumps(document).encode()


def names_its_address(provider: Provider, url: Any, **differences: Any) -> None:
    known = {"url": url, "mime_type": "image/jpeg", "file_size": len(JPEG), "id": "17", "sha256": "x"}
    provider.answers["/v23.0/17"] = a_document({**known, **differences})


def test_a_picture_of_whatsapp_is_asked_for_by_its_id_and_read_with_the_citys_token(provider: Provider) -> None:
    names_its_address(provider, provider.at("lookaside.fbsbx.com", "/whatsapp_business/attachments/?mid=17"))
    provider.answers["/whatsapp_business/attachments/?mid=17"] = a_picture()

    assert fetched(provider, "WHATSAPP", "17") == Picture("image/jpeg", JPEG)
    assert provider.asked == [
        ("graph.facebook.com", "/v23.0/17", "Bearer a-token"),
        ("lookaside.fbsbx.com", "/whatsapp_business/attachments/?mid=17", "Bearer a-token"),
    ]


@pytest.mark.parametrize("channel", ["FB", "MEDSOSGUB"])
def test_a_picture_of_a_page_is_read_at_its_address_and_no_token_is_shown(provider: Provider, channel: str) -> None:
    provider.answers["/v/1.jpg?oh=1"] = a_picture(kind="image/png; charset=binary")

    found = fetched(provider, channel, provider.at("scontent.xx.fbcdn.net", "/v/1.jpg?oh=1"))

    assert (found, provider.asked) == (
        Picture("image/png", JPEG),
        [("scontent.xx.fbcdn.net", "/v/1.jpg?oh=1", None)],
    )


def test_a_picture_of_x_is_read_at_its_address_with_a_signature_of_exactly_that(provider: Provider) -> None:
    provider.answers["/1.1/ton/data/dm/1/2/a.jpg"] = a_picture()
    url = provider.at(TON, "/1.1/ton/data/dm/1/2/a.jpg")

    assert fetched(provider, "X", url) == Picture("image/jpeg", JPEG)

    ((name, _, shown),) = provider.asked
    told = dict(re.findall(r'(\w+)="([^"]*)"', shown or ""))
    again = oauth_header(KEYS["X"], "GET", url, nonce=told["oauth_nonce"], at=int(told["oauth_timestamp"]))
    assert (name, shown) == (TON, again)
    assert not any(secret in (shown or "") for secret in ('"cs"', '"ts"'))


def test_the_signature_goes_nowhere_else(provider: Provider) -> None:
    provider.answers["/a"] = (302, {"Location": provider.at(TON, "/b")}, b"")
    provider.answers["/b"] = a_picture()

    assert fetched(provider, "X", provider.at(TON, "/a")).data == JPEG
    assert [shown is not None for _, _, shown in provider.asked] == [True, False]


NOT_OF_X = ["https://scontent.xx.fbcdn.net/1.jpg", "https://twitter.com/1.jpg", "https://ton.twitter.com.example/1.jpg"]
NOT_OF_X += ["https://ton.twitter.com/1.jpg?a=1", "http://ton.twitter.com/1.jpg"]


@pytest.mark.parametrize("url", NOT_OF_X)
def test_nothing_but_the_place_of_its_pictures_is_asked_of_x(provider: Provider, url: str) -> None:
    with pytest.raises(ProviderRefusedError):
        fetched(provider, "X", url)

    assert provider.asked == []


def test_no_other_provider_is_asked_where_x_has_its_pictures(provider: Provider) -> None:
    with pytest.raises(ProviderRefusedError, match="not_the_providers"):
        fetched(provider, "FB", provider.at(TON, "/a"))


ELSEWHERE = [
    "https://elsewhere.example/1.jpg",
    "https://fbcdn.net.example/1.jpg",
    "https://notfbcdn.net/1.jpg",
    "https://127.0.0.1/1.jpg",
    "https://169.254.169.254/latest/meta-data",
    "http://scontent.xx.fbcdn.net/1.jpg",
    "file:///etc/passwd",
    "https://user@scontent.xx.fbcdn.net/1.jpg",
    "https://scontent.xx.fbcdn.net@elsewhere.example/1.jpg",
    "https://scontent.xx.fbcdn.net.:443/1.jpg",
    "https://scontent.xx.fbcdn.net\r\nHost: x/1.jpg",
    "//scontent.xx.fbcdn.net/1.jpg",
    "",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_nothing_but_the_providers_delivery_network_is_asked(provider: Provider, url: str) -> None:
    with pytest.raises(ProviderRefusedError):
        fetched(provider, "FB", url)

    assert provider.asked == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_the_token_goes_nowhere_else_whatever_the_providers_answer_names(provider: Provider, url: str) -> None:
    names_its_address(provider, url)

    with pytest.raises(ProviderRefusedError):
        fetched(provider, "WHATSAPP", "17")

    assert [name for name, _, _ in provider.asked] == ["graph.facebook.com"]


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.2", "169.254.169.254", "::1", "fd00:ec2::254"])
def test_a_name_of_the_provider_that_leads_into_a_network_of_our_own_is_not_followed(
    provider: Provider, address: str
) -> None:
    with pytest.raises(ProviderRefusedError, match="not_public"):
        fetched(
            provider, "FB", provider.at("scontent.xx.fbcdn.net", "/1"), resolve=lambda host, port, seconds: [address]
        )


def test_one_step_further_within_the_network_is_followed_and_shows_no_token(provider: Provider) -> None:
    names_its_address(provider, provider.at("lookaside.fbsbx.com", "/a"))
    provider.answers["/a"] = (302, {"Location": provider.at("scontent.xx.fbcdn.net", "/b")}, b"")
    provider.answers["/b"] = a_picture()

    assert fetched(provider, "WHATSAPP", "17").data == JPEG
    assert provider.asked[-1] == ("scontent.xx.fbcdn.net", "/b", None)


@pytest.mark.parametrize("location", [*ELSEWHERE[:5], "/b", "", "http://scontent.xx.fbcdn.net/b"])
def test_a_step_that_leads_away_is_not_followed(provider: Provider, location: str) -> None:
    provider.answers["/a"] = (302, {"Location": location}, b"")

    with pytest.raises(ProviderRefusedError):
        fetched(provider, "FB", provider.at("scontent.xx.fbcdn.net", "/a"))

    assert len(provider.asked) == 1


def test_steps_without_end_come_to_one(provider: Provider) -> None:
    url = provider.at("scontent.xx.fbcdn.net", "/a")
    provider.answers["/a"] = (302, {"Location": url}, b"")

    with pytest.raises(ProviderRefusedError, match="moved"):
        fetched(provider, "FB", url)


GRAPH: list[tuple[int, Any, type[Exception]]] = [
    (400, {"error": {"code": 100, "error_subcode": 33}}, ProviderRefusedError),
    (401, {"error": {"code": 190}}, ProviderBusyError),
    (429, {"error": {"code": 80007}}, ProviderBusyError),
    (500, {"error": {"code": 2}}, ProviderBusyError),
    (200, {"id": "17"}, ProviderBusyError),
    (200, {"url": 7}, ProviderBusyError),
    (200, [], ProviderBusyError),
    (404, {"error": "x"}, ProviderBusyError),
]


@pytest.mark.parametrize(("status", "document", "kind"), GRAPH, ids=lambda value: str(value)[:40])
def test_each_answer_about_an_id_has_its_meaning(
    provider: Provider, status: int, document: Any, kind: type[Exception]
) -> None:
    provider.answers["/v23.0/17"] = a_document(document, status)

    with pytest.raises(kind) as raised:
        fetched(provider, "WHATSAPP", "17")

    assert raised.value.__cause__ is None


PICTURES: dict[str, tuple[tuple[int, dict[str, str], bytes] | None, type[Exception], str]] = {
    "gone": ((404, {}, b""), ProviderRefusedError, "gone"),
    "no longer signed": ((403, {}, b"URL signature expired"), ProviderRefusedError, "gone"),
    "busy": ((429, {}, b""), ProviderBusyError, "429"),
    "down": ((503, {}, b""), ProviderBusyError, "503"),
    "a page": (a_picture(b"<html>", "text/html"), ProviderRefusedError, "no_picture"),
    "without a type": ((200, {}, JPEG), ProviderRefusedError, "no_picture"),
    "a video": (a_picture(kind="video/mp4"), ProviderRefusedError, "no_picture"),
    "empty": (a_picture(b""), ProviderRefusedError, "no_picture"),
    "cut short": (None, ProviderBusyError, "cut_short"),
    "too large": (a_picture(b"x" * (MAX_BYTES + 1)), ProviderRefusedError, "too_large"),
}


@pytest.mark.parametrize(("answer", "kind", "reason"), PICTURES.values(), ids=PICTURES)
def test_each_answer_instead_of_a_picture_has_its_meaning(
    provider: Provider, answer: Any, kind: type[Exception], reason: str
) -> None:
    provider.answers["/a"] = answer

    with pytest.raises(kind, match=reason):
        fetched(provider, "FB", provider.at("scontent.xx.fbcdn.net", "/a"))


def test_a_picture_that_says_it_is_too_large_is_not_fetched(provider: Provider) -> None:
    names_its_address(provider, provider.at("lookaside.fbsbx.com", "/a"), file_size=MAX_BYTES + 1)

    with pytest.raises(ProviderRefusedError, match="too_large"):
        fetched(provider, "WHATSAPP", "17")

    assert len(provider.asked) == 1


def test_a_picture_without_its_size_is_read_to_its_end(provider: Provider) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (JPEG[:5], JPEG[5:])) + b"0\r\n\r\n"
    provider.answers["/a"] = (
        200,
        {"Content-Type": "image/jpeg", "Transfer-Encoding": "chunked", "Content-Length": ""},
        chunks,
    )

    assert fetched(provider, "FB", provider.at("scontent.xx.fbcdn.net", "/a")).data == JPEG


def test_a_provider_that_says_nothing_is_not_waited_for(provider: Provider) -> None:
    silent = socket.create_server(("127.0.0.1", 0))

    with silent, pytest.raises(ProviderBusyError):
        fetched(provider, "FB", f"https://scontent.xx.fbcdn.net:{silent.getsockname()[1]}/a", seconds=0.1)


@pytest.mark.parametrize(("channel", "source"), [("WHATSAPP", "17"), ("X", f"https://{TON}/a")])
def test_without_the_citys_key_it_waits(provider: Provider, channel: str, source: str) -> None:
    with pytest.raises(ProviderBusyError, match="not_connected"):
        fetched(provider, channel, source, key_of=lambda _: None)


def test_a_certificate_of_another_name_is_told_nothing(provider: Provider) -> None:
    with pytest.raises(ProviderBusyError, match="SSL"):
        fetched(provider, "FB", provider.at("other.fbcdn.net", "/a"))

    assert provider.asked == []
