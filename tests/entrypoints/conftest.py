"""The routes over the city in memory, called as API Gateway calls them."""

import json
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from chalice import Chalice
from chalice.test import Client

from chalicelib.domain.actor import Actor
from tests.city_in_memory import CityInMemory

City = TypeVar("City", bound=CityInMemory)


@dataclass
class Http:
    """`post` and `get` of the routes; `as_` signs in by the fake token, `secret` is the reporter's."""

    client: Client

    def get(self, path: str, *, as_: Actor | None = None, secret: str | None = None, **headers: str) -> Any:
        return self.client.http.get(path, headers=_headers(as_, secret, headers))

    def put(self, path: str, body: Any, *, as_: Actor | None = None, **headers: str) -> Any:
        return self.send("PUT", path, json.dumps(body).encode(), as_=as_, **headers)

    def send(
        self, method: str, path: str, raw: bytes, *, as_: Actor | None = None, secret: str | None = None, **headers: str
    ) -> Any:
        """The bytes as they are."""
        return self.client.http.request(method, path, headers=_headers(as_, secret, headers), body=raw)

    def post(self, path: str, body: Any = None, *, as_: Actor | None = None, secret: str | None = None, **headers: str):
        sent = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.client.http.post(path, headers=_headers(as_, secret, headers), body=sent)


def _headers(actor: Actor | None, secret: str | None, more: dict[str, str]) -> dict[str, str]:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    signed = {"Authorization": f"Bearer token-of-{actor.id}"} if actor else {}
    own = {"X-Complaint-Secret": secret} if secret is not None else {}
    return {"Content-Type": "application/json", **signed, **own, **named}


class TokensOf:
    """Reads `token-of-<username>`, which fits into the header's grammar."""

    def username(self, token: str) -> str:
        from chalicelib.domain.errors import UnauthenticatedError

        if not token.startswith("token-of-"):
            raise UnauthenticatedError("forged")
        return token.removeprefix("token-of-")


@pytest.fixture(scope="session")
def case_routes() -> Chalice:
    """The application itself: a blueprint can be registered once per process (chalice/app.py takes its methods out)."""
    from app import app

    return app


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> CityInMemory:
    return behind_the_routes(CityInMemory(), monkeypatch)


def behind_the_routes(city: City, monkeypatch: pytest.MonkeyPatch) -> City:
    """The same city, which the routes use and in which `as_` signs in."""
    city.tokens = TokensOf()
    monkeypatch.setattr("chalicelib.bootstrap.bootstrap", lambda: city)
    return city


@pytest.fixture
def http(case_routes: Chalice, city: CityInMemory):
    with Client(case_routes) as client:
        yield Http(client)
