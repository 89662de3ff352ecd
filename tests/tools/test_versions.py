"""A version of the API that nothing calls is deleted: its snapshot would be paid for ever."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tools.deployment import versions

STACK, REGION = "tanggap-trial", "ap-southeast-3"
FUNCTION = f"{STACK}-api"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Lambda with four versions of the API's function."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        trust = '{"Statement": []}'
        role = boto3.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        made = boto3.client("lambda", region_name=REGION)
        code = {"ZipFile": a_zip("0")}
        made.create_function(FunctionName=FUNCTION, Runtime="python3.13", Role=role, Handler="app.app", Code=code)
        for each in range(4):
            made.update_function_code(FunctionName=FUNCTION, ZipFile=a_zip(str(each)))
            made.publish_version(FunctionName=FUNCTION)
        yield made


def a_zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("app.py", text)
    return out.getvalue()


def left(client: Any) -> list[str]:
    return [one["Version"] for one in client.list_versions_by_function(FunctionName=FUNCTION)["Versions"]]


def test_only_the_version_that_is_called_stays(client: Any) -> None:
    client.create_alias(FunctionName=FUNCTION, Name="live", FunctionVersion="3")

    assert versions.forget_uncalled(STACK, REGION) == ["1", "2", "4"]

    assert left(client) == ["$LATEST", "3"]
    assert versions.forget_uncalled(STACK, REGION) == []


def test_while_calls_move_both_stay(client: Any) -> None:
    routing = {"AdditionalVersionWeights": {"4": 0.1}}
    client.create_alias(FunctionName=FUNCTION, Name="live", FunctionVersion="3", RoutingConfig=routing)

    assert versions.forget_uncalled(STACK, REGION) == ["1", "2"]
