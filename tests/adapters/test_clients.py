"""Clients cost nothing until they are used, and messages are never repeated behind the ledger's back."""

import sys
from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError, ReadTimeoutError

from chalicelib.adapters.aws.client import SmallClient
from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.clients import Clients

REGION = "ap-southeast-3"
KEYS = AccessKeys("AKIDEXAMPLE", "secret")


class Silent:
    """Stands where a connection would: no call is ever answered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        monkeypatch.setattr(Connections, "exchange", self._lose)
        monkeypatch.setattr("random.uniform", lambda *_: 0)

    def _lose(self, *_: Any) -> None:
        self.calls += 1
        raise ReadTimeoutError(endpoint_url="https://nobody")

    def attempts(self, client: Any) -> int:
        """How often a call is made."""
        before = self.calls
        with pytest.raises(ReadTimeoutError):
            client.publish(PhoneNumber="+6281234567890", Message="x")
        return self.calls - before


def test_a_message_is_tried_once_and_everything_else_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    clients, silent = Clients(region=REGION, keys=KEYS), Silent(monkeypatch)

    assert silent.attempts(clients.once("sns")) == 1
    assert silent.attempts(clients.client("sns")) == 3


@pytest.mark.parametrize("service", ["kms", "s3"], ids=["a small one", "botocore's"])
def test_a_client_is_made_once_and_only_when_it_is_called(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clients = Clients(region=REGION, endpoint="http://127.0.0.1:9", keys=KEYS)
    made: list[str] = []
    make = clients.make
    monkeypatch.setattr(clients, "make", lambda service, *how: made.append(service) or make(service, *how))

    client = clients.client(service)

    assert made == []
    assert client is clients.client(service)
    assert client.decrypt if service == "kms" else client.get_object
    assert client.put_object if service == "s3" else client.encrypt
    assert made == [service]


@pytest.mark.parametrize("service", ["sns", "sesv2", "s3"])
def test_no_call_outlives_the_lease_of_a_worker(service: str) -> None:
    from chalicelib.application.messages.delivery import LEASE

    client = Clients(region=REGION, keys=KEYS).once(service)

    assert longest(client) < LEASE.total_seconds()


def longest(client: Any) -> float:
    """Seconds of all tries of a call."""
    if isinstance(client._client, SmallClient):
        return float(sum(client.connections.waits) * client.tries)
    config = client.meta.config
    return float((config.connect_timeout + config.read_timeout) * config.retries["total_max_attempts"])


def test_who_has_no_keys_is_told_so_as_botocore_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it reads as any other service that does not answer."""
    clients = Clients(region=REGION)
    monkeypatch.setattr("botocore.session.Session.get_credentials", lambda _: None)

    with pytest.raises(NoCredentialsError):
        clients.client("kms").decrypt(CiphertextBlob=b"")


def test_signing_keys_are_those_of_the_session(aws: None) -> None:
    keys = Clients(region=REGION).keys()

    assert keys.access_key
    assert keys.secret_key


def test_clients_of_botocore_sign_with_the_keys_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the settings read, whatever stands there by now."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    clients = Clients(region=REGION, keys=AccessKeys("ours", "secret", "token"))

    found = clients.client("s3")._request_signer._credentials

    assert (found.access_key, found.secret_key, found.token) == ("ours", "secret", "token")


def test_boto3_is_not_needed() -> None:
    source = sys.modules["chalicelib.adapters.clients"].__file__

    assert source
    with open(source, encoding="utf-8") as file:
        assert "import boto3" not in file.read()
