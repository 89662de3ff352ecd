"""Call-backs over HTTPS: to public addresses only, to the address that was checked, signed, bounded in time and size.
The partner's system is played on loopback."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.adapters.partners import public_addresses
from chalicelib.adapters.partners.call_backs import HttpsPartners
from chalicelib.adapters.partners.public_addresses import ForbiddenAddressError
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.application.ports.partners import CallBackAddress
from chalicelib.channels import signatures
from chalicelib.domain.errors import UnauthenticatedError

NEW, FORMER = "whsec_bmV1", "whsec_Zm9ybWVy"
BODY = {"type": "report.status", "data": {"number": "JKT-0000-0001-2", "text": "Sudah diperbaiki – terima kasih"}}
NOT_PUBLIC = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "224.0.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "",
    "jaki.jakarta.go.id",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_no_public_network_is_refused(address: str) -> None:
    assert not public_addresses.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.122.5.1", "2404:6800:4003::1", "2606:4700::1111"])
def test_an_address_of_the_public_internet_is_good(address: str) -> None:
    assert public_addresses.is_public(address)


NOT_HTTPS = [
    "",
    "http://jaki.example/x",
    "ftp://jaki.example/x",
    "//jaki.example/x",
    "https:///x",
    "https://user@jaki.example/x",
    "https://user:pass@jaki.example/x",
    "https://jaki.example/x#part",
    "https://jaki.example:99999/x",
    "https://jaki.example/a b",
    "https://jaki.example/a\r\nX: y",
    "https://[::1/x",
    "https://jäki.example/x",
    "https://jaki.example/" + "x" * 2_000,
    "file:///etc/passwd",
]


@pytest.mark.parametrize("url", NOT_HTTPS)
def test_an_address_that_is_not_https_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        public_addresses.read(url)


def test_only_the_local_city_may_be_told_without_tls() -> None:
    own = "http://127.0.0.1:8080"

    assert public_addresses.read(f"{own}/_local/callbacks/jaki", own).own
    for other in ("http://127.0.0.1:80801/x", "http://127.0.0.1:8080.example/x", "http://localhost:8080/x"):
        with pytest.raises(ForbiddenAddressError):
            public_addresses.read(other, own)


@dataclass
class Played:
    """A partner's system: answers each connection with `answer`, and keeps what it was sent."""

    answer: bytes
    context: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    def __enter__(self) -> "Played":
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, plain: socket.socket) -> None:
        try:
            connection = self.context.wrap_socket(plain, server_side=True) if self.context else plain
            received = connection.recv(65_536)
            while received and not received.endswith(b"}"):
                received += connection.recv(65_536)
            self.heard.append(received)
            if self.answer:
                connection.sendall(self.answer)
            else:
                connection.recv(1)  # says nothing until the other side leaves
            if self.context:
                connection.close()
        except OSError:
            return


def answered(status: int) -> bytes:
    return f"HTTP/1.1 {status} Something\r\nContent-Length: 0\r\n\r\n".encode()


def machine() -> datetime:
    return datetime.now(UTC)


def told(played: Played, *keys: str, seconds: float = 5.0) -> None:
    """One message to a partner that is played without TLS, as the local city's is."""
    origin = f"http://127.0.0.1:{played.port}"
    partners = HttpsPartners(now=machine, own_origin=origin, seconds=seconds)
    partners.send(CallBackAddress(f"{origin}/told?by=tanggap", keys or (NEW,)), BODY, message_id="msg_1")


def parts(raw: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return first, {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}, body


def test_a_partner_reads_one_signed_message() -> None:
    with Played(answered(204)) as played:
        told(played)

    first, headers, body = parts(played.heard[0])
    assert first == "POST /told?by=tanggap HTTP/1.1"
    assert (headers["content-type"], headers["webhook-id"]) == ("application/json", "msg_1")
    assert json.loads(body) == BODY
    assert signatures.check_standard(headers, body, [NEW], machine()) == "msg_1"


def test_while_a_key_is_changed_either_of_both_proves_the_message() -> None:
    with Played(answered(200)) as played:
        told(played, NEW, FORMER)

    _, headers, body = parts(played.heard[0])
    for key in (NEW, FORMER):
        signatures.check_standard(headers, body, [key], machine())
    with pytest.raises(UnauthenticatedError):
        signatures.check_standard(headers, body, ["whsec_YW5vdGhlcg=="], machine())


MEANINGS = [
    (answered(400), ProviderBusyError),
    (answered(401), ProviderBusyError),
    (answered(404), ProviderBusyError),
    (answered(410), ProviderRefusedError),
    (answered(429), ProviderBusyError),
    (answered(500), ProviderBusyError),
    (answered(503), ProviderBusyError),
    (b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n", ProviderBusyError),
    (b"HTTP/1.1 307 Temporary\r\nLocation: https://elsewhere.example/\r\n\r\n", ProviderBusyError),
    (b"SSH-2.0-OpenSSH\r\n", ProviderUnclearError),
    (b"HTTP/1.1 200", ProviderUnclearError),
    (b"x" * 5_000, ProviderUnclearError),
]


@pytest.mark.parametrize(("answer", "meaning"), MEANINGS)
def test_whatever_is_no_success_is_tried_again_but_gone(answer: bytes, meaning: type[Exception]) -> None:
    with Played(answer) as played, pytest.raises(meaning):
        told(played)

    assert len(played.heard) == 1


def test_a_partner_that_says_nothing_is_left_in_time() -> None:
    with Played(b"") as played, pytest.raises(ProviderUnclearError):
        told(played, seconds=0.3)


def test_nobody_at_the_address_is_worth_another_try() -> None:
    with Played(b"") as played:
        pass

    with pytest.raises(ProviderBusyError):
        told(played)


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["64:ff9b::a00:1"]])
def test_a_name_that_leads_to_a_private_network_is_told_nothing(answers: list[str]) -> None:
    partners = HttpsPartners(now=machine, resolve=lambda host, port, seconds: answers)

    with pytest.raises(ProviderBusyError, match="not_public"):
        partners.send(CallBackAddress("https://jaki.example/x", (NEW,)), BODY, message_id="msg_1")


def test_a_name_that_is_not_known_is_worth_another_try() -> None:
    partners = HttpsPartners(now=machine, resolve=lambda host, port, seconds: [])

    with pytest.raises(ProviderBusyError, match="no_address"):
        partners.send(CallBackAddress("https://jaki.example/x", (NEW,)), BODY, message_id="msg_1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of jaki.example, signed by itself; key and certificate in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "jaki.example")])
    made = x509.CertificateBuilder(
        name,
        name,
        key.public_key(),
        x509.random_serial_number(),
        machine() - timedelta(days=1),
        machine() + timedelta(1),
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName("jaki.example")]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "jaki.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def encrypted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    """A partner's system with TLS, which counts as public."""
    monkeypatch.setattr(public_addresses, "is_public", lambda address: address == "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Played(answered(200), context) as played:
        context.sni_callback = lambda _socket, name, _context: played.names.append(name)
        yield played


def over_tls(played: Played, certificate: Path, host: str) -> None:
    partners = HttpsPartners(
        now=machine,
        resolve=lambda name, port, seconds: ["127.0.0.1"],
        tls=lambda: ssl.create_default_context(cafile=str(certificate)),
    )
    partners.send(CallBackAddress(f"https://{host}:{played.port}/x", (NEW,)), BODY, message_id="msg_1")


def test_the_checked_address_is_asked_by_the_partners_name(encrypted: Played, certificate: Path) -> None:
    over_tls(encrypted, certificate, "jaki.example")

    _, headers, _ = parts(encrypted.heard[0])
    assert (encrypted.names, headers["host"]) == (["jaki.example"], f"jaki.example:{encrypted.port}")


def test_a_certificate_of_another_name_is_told_nothing(encrypted: Played, certificate: Path) -> None:
    with pytest.raises(ProviderBusyError, match="SSLCertVerificationError"):
        over_tls(encrypted, certificate, "other.example")

    assert encrypted.heard == []
