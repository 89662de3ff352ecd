"""One contract of the intake secret, here and on the city (read by the API), and what its change means."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.adapters.clients import Clients
from chalicelib.adapters.secrets import IntakeSecrets
from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.errors import UnavailableError
from tests.adapters.roles import ON_THE_CITY, OPERATOR, Become
from tests.fakes import FixedSecrets

REGION, NAME = "ap-southeast-3", "tanggap-test-intake"


@pytest.fixture
def store(aws: None) -> Any:
    by_operator().create_secret(Name=NAME, SecretString="first")
    return Clients(region=REGION).client("secretsmanager")


def by_operator() -> Any:
    return boto3.client("secretsmanager", REGION)


def secrets(store: Any, after: timedelta = timedelta(0)) -> IntakeSecrets:
    return IntakeSecrets(secret_id=NAME, client=store, now=lambda: datetime.now(UTC) + after)


def on_the_city(become: Become) -> tuple[bytes, Any]:
    """The stage's own secret, as its operator knows it."""
    operator, secret_id = become(OPERATOR), become("api").settings.intake_secret_id
    known = operator.clients.client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
    return known.encode(), IntakeSecrets(secret_id=secret_id, client=become("api").clients.client("secretsmanager"))


@pytest.mark.parametrize("kind", ["memory", "secretsmanager", ON_THE_CITY])
def test_a_secret_that_never_changed_has_no_former_one(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "city":
        current, kept = on_the_city(request.getfixturevalue("become"))
    else:
        current = b"first"
        kept = FixedSecrets(current) if kind == "memory" else secrets(request.getfixturevalue("store"))

    assert kept.read() == Secrets(current, None)


def test_for_a_day_after_a_change_the_former_one_counts_too(store: Any) -> None:
    by_operator().update_secret(SecretId=NAME, SecretString="second")

    assert secrets(store, timedelta(hours=23, minutes=59)).read() == Secrets(b"second", b"first")
    assert secrets(store, timedelta(hours=24)).read() == Secrets(b"second", None)


def test_a_process_forgets_the_former_one_too(store: Any) -> None:
    by_operator().update_secret(SecretId=NAME, SecretString="second")
    now = [datetime.now(UTC)]
    kept = IntakeSecrets(secret_id=NAME, client=store, now=lambda: now[0])
    assert kept.read().former == b"first"

    now[0] += timedelta(hours=24)

    assert kept.read() == Secrets(b"second", None)


class Watched:
    """A process that reads the secret, its clock, and what it asked of the store; `down`: the store does not answer."""

    def __init__(self, store: Any) -> None:
        self.now, self.asked, self.down = datetime.now(UTC) + timedelta(days=2), list[str](), False
        self.kept = IntakeSecrets(secret_id=NAME, client=self, now=lambda: self.now)
        self._store = store

    def get_secret_value(self, **asked: Any) -> Any:
        self.asked.append("GetSecretValue")
        if self.down:
            raise EndpointConnectionError(endpoint_url="https://secretsmanager")
        return self._store.get_secret_value(**asked)

    def after(self, **parts: float) -> Secrets:
        self.now += timedelta(**parts)
        return self.kept.read()


@pytest.fixture
def watched(store: Any) -> Watched:
    return Watched(store)


def test_it_is_asked_once_in_five_minutes(watched: Watched) -> None:
    assert [watched.after(minutes=1) for _ in range(5)] == [Secrets(b"first")] * 5
    assert watched.asked == ["GetSecretValue"]


def test_a_change_counts_in_every_process_within_five_minutes(store: Any, watched: Watched) -> None:
    watched.after(seconds=0)
    by_operator().update_secret(SecretId=NAME, SecretString="second")

    assert watched.after(minutes=4, seconds=59).current == b"first"
    assert watched.after(seconds=1).current == b"second"


def test_a_store_that_is_down_does_not_stop_who_has_read_before(watched: Watched) -> None:
    watched.after(seconds=0)
    watched.down = True

    assert watched.after(hours=1) == Secrets(b"first")
    assert watched.after(minutes=1) == Secrets(b"first")
    assert len(watched.asked) == 2, "a store that is down is not asked at every report"


def test_a_store_that_does_not_answer_is_asked_again(store: Any) -> None:
    kept = IntakeSecrets(secret_id="nobody", client=store)

    for _ in range(2):
        with pytest.raises(UnavailableError):
            kept.read()
