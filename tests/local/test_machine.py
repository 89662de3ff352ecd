"""A running city on somebody's machine: it is theirs alone, and its user pool is as careful as Cognito."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.front import serving
from tests.city import LURAH, City
from tests.local.raw import send

pytestmark = pytest.mark.city
PASSWORD = "tanggap-jakarta"
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "dynamodb": ("list_tables", {}),
    "lambda": ("list_functions", {}),
    "s3": ("list_buckets", {}),
    "iam": ("list_roles", {}),
    "sts": ("get_session_token", {}),
    "sns": ("list_topics", {}),
    "sqs": ("list_queues", {}),
    "sesv2": ("list_email_identities", {}),
    "stepfunctions": ("list_state_machines", {}),
    "cloudformation": ("describe_stacks", {}),
    "cognito-idp": ("list_user_pools", {"MaxResults": 5}),
    "kms": ("list_keys", {}),
    "secretsmanager": ("list_secrets", {}),
    "apigateway": ("get_rest_apis", {}),
    "events": ("list_rules", {}),
}


def a_client(city: City, service: str, key: str, secret: str) -> Any:
    keys = {"aws_access_key_id": key, "aws_secret_access_key": secret, "region_name": "ap-southeast-3"}
    return boto3.client(service, endpoint_url=city.origin, **keys)


@pytest.mark.parametrize("service", CALLS)
def test_only_the_operators_own_signature_opens_the_account(city: City, service: str) -> None:
    operation, words = CALLS[service]
    key = city.operator()["AWS_ACCESS_KEY_ID"]

    for stranger in ((key, "made up"), ("test", "test"), ("000000000000", "test")):
        with pytest.raises(Exception, match=r"40[03]|signature|Not allowed|not_allowed|Unable to parse"):
            getattr(a_client(city, service, *stranger), operation)(**words)
    assert getattr(city.aws(service), operation)(**words)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_the_key_that_a_photos_link_shows_signs_nothing_else(city: City) -> None:
    seen = city.environment("api")
    keys = {"aws_access_key_id": seen["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": "unknown"}
    token = {"aws_session_token": seen["AWS_SESSION_TOKEN"], "region_name": "ap-southeast-3"}
    client = boto3.client("dynamodb", endpoint_url=city.origin, **keys, **token)

    with pytest.raises(ClientError, match="signature"):
        client.get_item(TableName=seen["TABLE_NAME"], Key={"pk": {"S": "C#1"}, "sk": {"S": "COMPLAINT"}})


def test_two_cities_have_two_keys_and_a_city_keeps_its_own(tmp_path: Path) -> None:
    from local import operator_key

    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir(), other.mkdir()

    assert operator_key.of_home(one) == operator_key.of_home(one) != operator_key.of_home(other)


def test_what_the_city_keeps_is_readable_by_its_owner_only(city: City) -> None:
    home = Path(city.local()["operator_key"]).parent

    open_to_others = [
        str(path.relative_to(home))
        for path in (home, *home.rglob("*"))
        if not path.is_symlink() and path.stat(follow_symlinks=False).st_mode & 0o077
    ]

    assert open_to_others == []
    assert home.stat().st_uid == os.getuid()
    assert stat.S_IMODE((home / "state").stat().st_mode) == 0o700


def sign_in(city: City, operation: str, **words: Any) -> tuple[int, dict[str, Any]]:
    """As a page asks the pool."""
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        "Origin": city.origin,
    }
    status, _, body = send(city.origin, "POST", "/", json.dumps(words).encode(), headers)
    return status, json.loads(body)


def client_id(city: City) -> str:
    found: str = json.loads(send(city.origin, "GET", "/config.json")[2])["userPoolClientId"]
    return found


def test_nobody_signs_up_by_themselves(city: City) -> None:
    status, said = sign_in(city, "SignUp", ClientId=client_id(city), Username="tamu", Password=PASSWORD)

    assert (status, said["__type"]) == (400, "NotAuthorizedException")
    assert city.post("/_local/token", {"user": "tamu"}).status_code == 404


@pytest.mark.parametrize("name", ["LURAH-GAMBIR", "Lurah-Gambir", LURAH])
def test_capitals_of_a_user_name_do_not_matter(city: City, name: str) -> None:
    words = {"USERNAME": name, "PASSWORD": PASSWORD}

    status, said = sign_in(
        city, "InitiateAuth", ClientId=client_id(city), AuthFlow="USER_PASSWORD_AUTH", AuthParameters=words
    )

    assert status == 200, said
    token = {"Authorization": f"Bearer {said['AuthenticationResult']['AccessToken']}"}
    assert city.get("/staff/me", headers=token).json()["user"] == LURAH


def test_a_quiet_connection_is_kept_as_long_as_an_edge_keeps_it() -> None:
    assert serving.configured(None).timeout_keep_alive == 65


def test_the_patience_of_an_orderly_end_adds_up_to_less_than_fifteen_seconds() -> None:
    from local import launcher

    assert launcher.LONGEST_STOP + serving.STOP_SECONDS < 15
