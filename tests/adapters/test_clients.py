"""Clients cost nothing until they are used, and messages are never repeated behind the ledger's back."""

import sys
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from chalicelib.adapters.awsjson.signature import AccessKeys
from chalicelib.adapters.clients import Clients

REGION = "ap-southeast-3"


@pytest.fixture
def attempts(aws: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """How often a call that is never answered is made."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda seconds: None)

    def count(client: Any) -> int:
        made = []

        def lose(request: Any, **_: Any) -> None:
            made.append(request)
            raise ReadTimeoutError(endpoint_url=request.url)

        client.meta.events.register_first("before-send.sns.Publish", lose)
        with pytest.raises(ReadTimeoutError):
            client.publish(PhoneNumber="+6281234567890", Message="x")
        return len(made)

    return count


def test_a_message_is_tried_once_and_everything_else_three_times(attempts: Any) -> None:
    clients = Clients(region=REGION)

    assert attempts(clients.once("sns")) == 1
    assert attempts(clients.client("sns")) == 3


def test_a_client_is_made_once_and_only_when_it_is_called(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clients = Clients(region=REGION, endpoint="http://127.0.0.1:9")
    made: list[str] = []
    make = clients.make
    monkeypatch.setattr(clients, "make", lambda service, *how: made.append(service) or make(service, *how))

    client = clients.client("kms")

    assert made == []
    assert client is clients.client("kms")
    assert (client.meta.endpoint_url, client.meta.region_name) == ("http://127.0.0.1:9", REGION)
    assert made == ["kms"]


def test_no_call_outlives_the_lease_of_a_worker(aws: None) -> None:
    from chalicelib.application.messages.delivery import LEASE

    config = Clients(region=REGION).once("sns").meta.config

    assert (config.connect_timeout + config.read_timeout) * config.retries["total_max_attempts"] < LEASE.total_seconds()


def test_signing_keys_are_those_of_the_session(aws: None) -> None:
    keys = Clients(region=REGION).keys()

    assert keys.access_key
    assert keys.secret_key


def test_clients_of_botocore_sign_with_the_keys_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the settings read, whatever stands there by now."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    clients = Clients(region=REGION, keys=AccessKeys("ours", "secret", "token"))

    found = clients.client("kms")._request_signer._credentials

    assert (found.access_key, found.secret_key, found.token) == ("ours", "secret", "token")


def test_boto3_is_not_needed() -> None:
    source = sys.modules["chalicelib.adapters.clients"].__file__

    assert source
    with open(source, encoding="utf-8") as file:
        assert "import boto3" not in file.read()
