"""Access tokens: what the pool signed for this application opens, everything else opens nothing. The pool's key set is
served over loopback, the city's own by its pool."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.adapters.cognito import LOOKS, PERIOD, CognitoTokens
from chalicelib.application.ports.people import Tokens
from chalicelib.domain.errors import UnauthenticatedError, UnavailableError
from tests.adapters.roles import ON_THE_CITY
from tests.fakes import FakeTokens

REGION, POOL, CLIENT = "ap-southeast-3", "ap-southeast-3_Tanggap", "console"
ISSUER = f"https://cognito-idp.{REGION}.amazonaws.com/{POOL}"
OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    return {
        **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
        "kid": kid,
        "alg": "RS256",
        "use": "sig",
    }


class KeySet:
    """The pool's key set on loopback; counts how often it is asked."""

    def __init__(self) -> None:
        self.document: Any = {"keys": [public(OURS, "ours")]}
        self.asked = 0
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(outer.document).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/keys"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def keys() -> Iterator[KeySet]:
    served = KeySet()
    yield served
    served.close()


@pytest.fixture
def passed() -> list[float]:
    """Seconds on the counting clock."""
    return [1000.0]


@pytest.fixture
def tokens(keys: KeySet, passed: list[float]) -> CognitoTokens:
    return CognitoTokens(pool_id=POOL, client_id=CLIENT, region=REGION, keys_url=keys.url, seconds=lambda: passed[0])


def claims(**differences: Any) -> dict[str, Any]:
    now = int(time.time())
    standing = {
        "sub": "0d2f",
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "iat": now,
        "exp": now + 3600,
        "username": "lurah-gambir",
    }
    return {name: value for name, value in {**standing, **differences}.items() if value is not None}


def signed(key: Any = OURS, kid: str | None = "ours", algorithm: str = "RS256", **differences: Any) -> str:
    return jwt.encode(claims(**differences), key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def symmetric() -> str:
    """Signed with the public key as if it were a shared secret: what a careless reader of `alg` takes."""
    pem = OURS.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'ours'})}.{part(claims())}"
    mac = hmac.new(pem, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def altered() -> str:
    header, _, signature = signed().split(".")
    return f"{header}.{part(claims(username='koordinator'))}.{signature}"


FORGED = {
    "no algorithm": lambda: f"{part({'alg': 'none', 'kid': 'ours'})}.{part(claims())}.",
    "no algorithm, written otherwise": lambda: f"{part({'alg': 'NoNe', 'kid': 'ours'})}.{part(claims())}.",
    "the public key as a secret": symmetric,
    "another hash": lambda: signed(algorithm="RS512"),
    "another's key under our id": lambda: signed(THEIRS),
    "another's key under its own id": lambda: signed(THEIRS, "theirs"),
    "its own key inside": lambda: jwt.encode(claims(), THEIRS, "RS256", {"jwk": public(THEIRS, "x"), "kid": "x"}),
    "no key id": lambda: signed(kid=None),
    "a number as key id": lambda: f"{part({'alg': 'RS256', 'kid': 7})}.{part(claims())}.AA",
    "another pool": lambda: signed(iss=ISSUER + "2"),
    "another application": lambda: signed(client_id="somebody-else"),
    "an ID token": lambda: signed(token_use="id", client_id=None, aud=CLIENT, **{"cognito:username": "lurah-gambir"}),
    "an ID token with our client": lambda: signed(token_use="id"),
    "expired": lambda: signed(exp=int(time.time()) - 1),
    "without an end": lambda: signed(exp=None),
    "an end that is no number": lambda: signed(exp="besok"),
    "not yet": lambda: signed(nbf=int(time.time()) + 600),
    "altered claims": altered,
    "signature cut off": lambda: signed().rpartition(".")[0] + ".",
    "one bit of the signature": lambda: signed()[:-10] + ("A" if signed()[-10] != "A" else "B") + signed()[-9:],
    "without a name": lambda: signed(username=None),
    "an empty name": lambda: signed(username=""),
    "a name that is no text": lambda: signed(username={"a": 1}),
    "huge": lambda: signed(padding="x" * 20_000),
    "two parts": lambda: "a.b",
    "no parts": lambda: "bukan token",
    "empty": lambda: "",
    "not ASCII": lambda: "é.ü.漢",
    "a lone surrogate": lambda: "\ud800.a.b",
    "a header that is a list": lambda: f"{part([1])}.{part(claims())}.AA",
    "claims that are a list": lambda: jwt.api_jws.encode(b"[]", OURS, "RS256", {"kid": "ours"}),
    "claims that are no JSON": lambda: jwt.api_jws.encode(b"\xff", OURS, "RS256", {"kid": "ours"}),
    "deep claims": lambda: jwt.api_jws.encode(b"[" * 1500, OURS, "RS256", {"kid": "ours"}),
    "a critical header that we do not know": lambda: jwt.encode(
        claims(), OURS, "RS256", {"kid": "ours", "crit": ["x"], "x": 1}
    ),
}


@pytest.fixture(params=["fake", "cognito", ON_THE_CITY])
def pool(request: pytest.FixtureRequest) -> tuple[Tokens, str]:
    """A pool's reader and a token that the pool gave to the lurah."""
    if request.param == "city":
        city, become = request.getfixturevalue("city"), request.getfixturevalue("become")
        return become("api").tokens, city.token("lurah-gambir")
    if request.param == "fake":
        return FakeTokens({"t": "lurah-gambir"}), "t"
    return request.getfixturevalue("tokens"), signed()


def test_a_token_of_the_pool_names_its_user(pool: tuple[Tokens, str]) -> None:
    known, token = pool

    assert known.username(token) == "lurah-gambir"


def test_anything_else_names_nobody(pool: tuple[Tokens, str]) -> None:
    with pytest.raises(UnauthenticatedError):
        pool[0].username("bukan token")


def test_what_another_signed_in_the_pool_s_name_names_nobody(pool: tuple[Tokens, str]) -> None:
    with pytest.raises(UnauthenticatedError):
        pool[0].username(signed(THEIRS))


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing(tokens: CognitoTokens, forged: Any) -> None:
    with pytest.raises(UnauthenticatedError):
        tokens.username(forged())


def test_the_keys_are_fetched_once(tokens: CognitoTokens, keys: KeySet) -> None:
    for _ in range(3):
        tokens.username(signed())

    assert keys.asked == 1


def test_a_new_key_of_the_pool_is_found_at_once(tokens: CognitoTokens, keys: KeySet) -> None:
    tokens.username(signed())
    keys.document = {"keys": [public(OURS, "ours"), public(THEIRS, "new")]}

    assert tokens.username(signed(THEIRS, "new")) == "lurah-gambir"


def invented(tokens: CognitoTokens) -> None:
    with pytest.raises(UnauthenticatedError):
        tokens.username(signed(THEIRS, f"invented {uuid.uuid4()}"))


def test_a_flood_of_invented_key_ids_makes_us_ask_once_in_five_seconds(
    tokens: CognitoTokens, keys: KeySet, passed: list[float]
) -> None:
    tokens.username(signed())
    for _ in range(120):
        passed[0] += 1
        invented(tokens)

    assert keys.asked <= LOOKS + 120 / PERIOD


@pytest.mark.parametrize("every", [1, 20, 60])
def test_an_invented_key_id_now_and_then_does_not_delay_a_new_key(
    tokens: CognitoTokens, keys: KeySet, passed: list[float], every: int
) -> None:
    tokens.username(signed())
    for _ in range(3):
        passed[0] += every
        invented(tokens)

    keys.document = {"keys": [public(OURS, "ours"), public(THEIRS, "new")]}

    assert tokens.username(signed(THEIRS, "new")) == "lurah-gambir"


def test_a_flood_of_invented_key_ids_delays_a_new_key_by_five_seconds_at_most(
    tokens: CognitoTokens, keys: KeySet, passed: list[float]
) -> None:
    tokens.username(signed())
    for _ in range(60):
        passed[0] += 1
        invented(tokens)
    keys.document = {"keys": [public(OURS, "ours"), public(THEIRS, "new")]}
    for _ in range(PERIOD):
        passed[0] += 1
        invented(tokens)

    assert tokens.username(signed(THEIRS, "new")) == "lurah-gambir"


def test_a_key_that_the_pool_took_back_opens_nothing(tokens: CognitoTokens, keys: KeySet) -> None:
    tokens.username(signed())
    keys.document = {"keys": [public(THEIRS, "new")]}
    tokens.username(signed(THEIRS, "new"))

    with pytest.raises(UnauthenticatedError):
        tokens.username(signed())


@pytest.mark.parametrize(
    "document", [{}, [], "x", {"keys": [{"kty": "RSA"}]}, {"keys": [{"kid": "ours", "kty": "RSA"}]}]
)
def test_a_key_set_that_cannot_be_read_is_no_answer(tokens: CognitoTokens, keys: KeySet, document: Any) -> None:
    keys.document = document

    with pytest.raises(UnavailableError):
        tokens.username(signed())


UNREADABLE: list[Any] = [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "AAAA", "kid": "shared"}]}, [], "x"]


@pytest.mark.parametrize("document", UNREADABLE)
def test_a_look_that_failed_is_remembered_for_five_seconds(
    tokens: CognitoTokens, keys: KeySet, passed: list[float], document: Any
) -> None:
    standing, keys.document = keys.document, document
    for _ in range(PERIOD):
        with pytest.raises(UnavailableError):
            tokens.username(signed())
        passed[0] += 1
    assert keys.asked == 1

    keys.document = standing

    assert tokens.username(signed()) == "lurah-gambir"


@pytest.mark.parametrize("document", UNREADABLE)
def test_the_last_good_keys_stay_while_there_are_no_others(
    tokens: CognitoTokens, keys: KeySet, passed: list[float], document: Any
) -> None:
    tokens.username(signed())
    keys.document = document

    for _ in range(12):
        passed[0] += 1
        with pytest.raises(UnavailableError):
            tokens.username(signed(THEIRS, "new"))
        assert tokens.username(signed()) == "lurah-gambir"


def test_keys_of_other_kinds_are_left_out(tokens: CognitoTokens, keys: KeySet) -> None:
    keys.document["keys"].append({"kty": "oct", "k": "AAAA", "kid": "shared"})

    assert tokens.username(signed()) == "lurah-gambir"


def test_a_pool_that_does_not_answer_is_told_as_such_and_asked_again(keys: KeySet) -> None:
    gone = KeySet()
    gone.close()
    tokens = CognitoTokens(pool_id=POOL, client_id=CLIENT, region=REGION, keys_url=gone.url)

    with pytest.raises(UnavailableError) as told:
        tokens.username(signed())

    assert told.value.service == "cognito"


def test_without_a_setting_the_keys_are_at_the_issuer_s_address() -> None:
    tokens = CognitoTokens(pool_id=POOL, client_id=CLIENT, region=REGION)

    assert tokens.keys_url == f"{ISSUER}/.well-known/jwks.json"
