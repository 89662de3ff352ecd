"""What `administer` asks of Cognito and SNS, and how the API asks `administer`."""

import io
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.adapters.cognito_accounts import CognitoAccounts
from chalicelib.adapters.orders import LambdaOrders
from chalicelib.adapters.unit_topics import SnsUnitTopics
from chalicelib.application.people.orders import as_document
from chalicelib.domain.errors import (
    FieldError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    Refusal,
    UnauthenticatedError,
    UnavailableError,
)
from tests.tools.conftest import POOL, MemoryPool

REGION = "ap-southeast-3"
PASSWORD = "sebelas gajah biru"
PREFIX = f"arn:aws:sns:{REGION}:123456789012:tanggap-x-unit-"


@pytest.fixture
def pool() -> MemoryPool:
    return MemoryPool()


def accounts_of(pool: Any) -> CognitoAccounts:
    return CognitoAccounts(pool_id=POOL, client=pool)


def test_an_account_is_made_once_and_its_password_must_be_changed(pool: MemoryPool) -> None:
    accounts = accounts_of(pool)

    assert accounts.create("sari", PASSWORD)
    assert not accounts.create("sari", PASSWORD)
    assert pool.users["sari"]["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_an_account_is_disabled_with_its_sessions_and_enabled(pool: MemoryPool) -> None:
    accounts = accounts_of(pool)
    accounts.create("sari", PASSWORD)
    accounts.set_password("sari", PASSWORD, permanent=True)
    assert pool.users["sari"]["UserStatus"] == "CONFIRMED"

    accounts.disable("sari")
    assert (pool.users["sari"]["Enabled"], pool.users["sari"]["signed_out"]) == (False, True)
    accounts.enable("sari")
    assert pool.users["sari"]["Enabled"]


def test_a_row_without_an_account_is_disabled_all_the_same(pool: MemoryPool) -> None:
    accounts_of(pool).disable("nobody")


class SilentPool(MemoryPool):
    """Throttles every call."""

    def admin_create_user(self, **call: Any) -> None:
        raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "AdminCreateUser")


def test_a_pool_that_does_not_answer_is_told_as_such() -> None:
    with pytest.raises(UnavailableError):
        accounts_of(SilentPool()).create("sari", PASSWORD)


@pytest.fixture
def topics() -> Iterator[SnsUnitTopics]:
    with mock_aws():
        client = boto3.client("sns", region_name=REGION)
        client.create_topic(Name="tanggap-x-unit-DBM-31-71")
        yield SnsUnitTopics(prefix=PREFIX, client=client)


def test_who_listens_to_a_topic_is_listed_and_taken_away(topics: SnsUnitTopics) -> None:
    topics.subscribe("DBM.31.71", "sms", "+628110000001")
    (found,) = topics.subscribers("DBM.31.71")
    assert (found.address, found.protocol, found.confirmed) == ("+628110000001", "sms", True)

    topics.unsubscribe(found)

    assert topics.subscribers("DBM.31.71") == []


def test_a_unit_without_a_topic_is_told_as_such(topics: SnsUnitTopics) -> None:
    with pytest.raises(NotFoundError, match="provision"):
        topics.subscribe("DSDA", "sms", "+628110000001")


class PlayedLambda:
    """Answers every call with `told`, or with the error of a function that failed."""

    def __init__(self, told: Any, **more: str) -> None:
        self.told, self.more, self.asked = told, more, {}

    def invoke(self, **call: Any) -> dict[str, Any]:
        if isinstance(self.told, Exception):
            raise self.told
        self.asked = call
        return {"Payload": io.BytesIO(json.dumps(self.told).encode()), **self.more}


def test_an_order_goes_with_the_callers_own_token() -> None:
    played = PlayedLambda({"answer": {"items": []}})

    assert LambdaOrders(function="administer", client=played).give("t", "subscribers", {"unit": "DBM"}) == {"items": []}
    assert played.asked["FunctionName"] == "administer"
    assert json.loads(played.asked["Payload"]) == {"token": "t", "order": "subscribers", "values": {"unit": "DBM"}}


@pytest.mark.parametrize(
    "refusal",
    [
        UnauthenticatedError("No such user"),
        NotAllowedError("Only administrators"),
        NotFoundError("no topic"),
        InvalidError([FieldError("unit", "value", "no unit"), FieldError("name", "required", "missing")]),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
def test_a_refusal_of_the_function_is_the_apis_own(refusal: Refusal) -> None:
    played = PlayedLambda({"refusal": as_document(refusal)})

    with pytest.raises(type(refusal)) as raised:
        LambdaOrders(function="administer", client=played).give("t", "put_person", {})

    assert as_document(raised.value) == as_document(refusal)


@pytest.mark.parametrize(
    "played",
    [
        PlayedLambda({"errorMessage": "Task timed out"}, FunctionError="Unhandled"),
        PlayedLambda(None),
        PlayedLambda({"refusal": {"code": "new", "detail": None, "errors": []}}),
        PlayedLambda(ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke")),
    ],
    ids=["failed", "nothing", "a refusal of another release", "throttled"],
)
def test_a_function_that_fails_is_unavailable_and_tells_nothing(played: PlayedLambda) -> None:
    with pytest.raises(UnavailableError):
        LambdaOrders(function="administer", client=played).give("t", "put_person", {})
