"""One contract of the intake secret, here and on the city (read by the API), and what its change means."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.clients import Clients
from chalicelib.adapters.secrets import IntakeSecrets
from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.errors import UnavailableError
from tests.adapters.roles import ON_THE_CITY, OPERATOR, Become
from tests.fakes import FixedSecrets

NAME = "tanggap-test-intake"


@pytest.fixture
def store(aws: None) -> Any:
    client = Clients(region="ap-southeast-3").client("secretsmanager")
    client.create_secret(Name=NAME, SecretString="first")
    return client


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
    store.update_secret(SecretId=NAME, SecretString="second")

    assert secrets(store, timedelta(hours=23, minutes=59)).read() == Secrets(b"second", b"first")
    assert secrets(store, timedelta(hours=24)).read() == Secrets(b"second", None)


def test_a_process_forgets_the_former_one_too(store: Any) -> None:
    store.update_secret(SecretId=NAME, SecretString="second")
    now = [datetime.now(UTC)]
    kept = IntakeSecrets(secret_id=NAME, client=store, now=lambda: now[0])
    assert kept.read().former == b"first"

    now[0] += timedelta(hours=24)

    assert kept.read() == Secrets(b"second", None)


def test_it_is_asked_once_per_process(store: Any) -> None:
    asked: list[str] = []
    store.meta.events.register("before-call.secrets-manager.*", lambda model, **_: asked.append(model.name))
    kept = secrets(store, timedelta(days=2))

    assert kept.read() == kept.read()
    assert asked == ["GetSecretValue"]


def test_a_store_that_does_not_answer_is_asked_again(store: Any) -> None:
    kept = IntakeSecrets(secret_id="nobody", client=store)

    for _ in range(2):
        with pytest.raises(UnavailableError):
            kept.read()
