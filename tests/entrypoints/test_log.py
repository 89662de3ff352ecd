"""Every line of the log says which call it belongs to, so that what a citizen met can be found."""

import ast
import json
import logging
import re
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.errors import DamagedError, UnavailableError
from chalicelib.entrypoints import log
from chalicelib.settings import MissingSettingsError
from tests.channels.city_with_channels import FixedChannelSecrets
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

TRIGGERS = {"on_sqs_message", "on_dynamodb_record", "schedule", "lambda_function"}


def line(record: logging.LogRecord) -> dict[str, Any]:
    """As it stands in the log group."""
    read: dict[str, Any] = json.loads(log.logger().registered_formatter.format(record))
    return read


def a_context(request_id: str) -> Any:
    return SimpleNamespace(aws_request_id=request_id)


def handlers() -> list[tuple[str, ast.FunctionDef]]:
    """Functions of the entry points that an event calls, by the file."""
    files = sorted((ROOT / "chalicelib" / "entrypoints").rglob("*.py"))
    found = [(f.name, node) for f in files for node in ast.walk(ast.parse(f.read_text()))]
    return [(name, node) for name, node in found if isinstance(node, ast.FunctionDef) and named(node) & TRIGGERS]


def named(function: ast.FunctionDef) -> set[str]:
    """Names of its decorators."""
    words = [call.func if isinstance(call, ast.Call) else call for call in function.decorator_list]
    return {word.attr if isinstance(word, ast.Attribute) else word.id for word in words}


def test_every_function_that_an_event_calls_begins_its_call() -> None:
    called = set(cfn_yaml.read(ROOT / "infra" / "functions.yaml")["functions"]) - {"APIHandler"}

    assert len(handlers()) == len(called)
    assert [(file, function.name) for file, function in handlers() if "of_call" not in named(function)] == []


@pytest.mark.parametrize("given", ["event", "context"])
def test_a_line_carries_the_id_of_its_call(given: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    handler = log.of_call(lambda event, *context: log.logger().info("done"))

    if given == "event":
        handler(SimpleNamespace(context=a_context("call-1")))
    else:
        handler({}, a_context("call-1"))

    assert line(caplog.records[-1])["request_id"] == "call-1"


def test_a_line_of_the_next_call_carries_nothing_of_the_one_before(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    log.begin(a_context("call-1"), "api-1")
    log.logger().info("done")
    before = line(caplog.records[-1])

    log.begin(a_context("call-2"))
    log.logger().info("done")

    said = line(caplog.records[-1])
    assert (before["request_id"], before["api_request_id"]) == ("call-1", "api-1")
    assert (said["request_id"], "api_request_id" in said) == ("call-2", False)


def test_a_line_carries_the_trace_that_goes_through_all_functions(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")

    log.logger().info("done")

    assert line(caplog.records[-1])["xray_trace_id"] == "1-5759e988-bd862e3fe1be46a994272793"


def test_a_request_carries_the_id_that_its_caller_was_given(
    case_routes: Any, city: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    path = {"httpMethod": "GET", "resourcePath": "/reference", "path": "/reference", "identity": {}}
    absent = dict.fromkeys(("multiValueQueryStringParameters", "body", "pathParameters", "stageVariables"))

    case_routes({"requestContext": {**path, "requestId": "api-1"}, "headers": {}, **absent}, a_context("call-1"))

    (request,) = [record for record in caplog.records if record.message == "request"]
    assert line(request)["api_request_id"] == "api-1"
    assert line(request)["request_id"] == "call-1"


def test_a_refused_signature_leaves_the_line_that_is_counted(
    case_routes: Any, city: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """By the filter of infra/channels.yaml, which the dashboard draws."""
    caplog.set_level("INFO")
    path = {"httpMethod": "POST", "resourcePath": "/channels/{channel}", "path": "/channels/jaki", "identity": {}}
    absent = dict.fromkeys(("multiValueQueryStringParameters", "stageVariables"))
    city.channel_secret = FixedChannelSecrets().of
    sent = {"headers": {}, "body": "{}", "pathParameters": {"channel": "jaki"}, **absent}

    case_routes({"requestContext": {**path, "requestId": "api-1"}, **sent}, a_context("call-1"))

    (request,) = [line(record) for record in caplog.records if record.message == "request"]
    filtered = cfn_yaml.read(ROOT / "infra" / "channels.yaml")["Resources"]["ChannelRefusedSaid"]["Properties"]
    wanted = dict(re.findall(r"\$\.(\w+) = \"?([^\" ]+)", filtered["FilterPattern"]))
    assert wanted == {name: str(request[name]) for name in ("message", "route", "status")}


WORDS = "siti@example.id +628110000001"


def failing(error: Exception) -> Any:
    """A function that an event calls, and that ends so."""

    @log.of_call
    def handler(_event: Any, _context: Any) -> None:
        try:
            {}[WORDS]
        except KeyError as inner:
            raise error from inner

    return handler


def refused_by_aws() -> Exception:
    return ClientError({"Error": {"Code": "MessageRejected", "Message": WORDS}}, "SendEmail")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(WORDS), "ValueError from KeyError"),
        (UnavailableError(WORDS), "UnavailableError from KeyError"),
        (DamagedError("Siti"), "DamagedError from KeyError"),
        (RuntimeError("ours"), "RuntimeError from KeyError"),
        (refused_by_aws(), "ClientError from KeyError"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_whose_words_may_be_a_persons_leaves_its_function_by_its_kind(
    error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(log.CallFailedError) as raised:
        failing(error)({}, a_context("call-1"))

    assert (str(raised.value), raised.value.__suppress_context__) == (told, True)
    (said,) = map(line, caplog.records)
    assert (said["message"], said["error"]) == ("call_failed", told)
    assert not [word for word in (*WORDS.split(), "Siti") if word in json.dumps(said)]


@pytest.mark.parametrize("error", [UnavailableError("dynamodb"), LostRaceError("JKT-7K3M-9QXR-B"), LostRaceError()])
def test_an_error_of_ours_that_tells_a_code_alone_leaves_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        failing(error)({}, a_context("call-1"))

    assert raised.value is error


def test_the_trace_of_an_error_names_its_places_its_code_and_what_is_missing() -> None:
    try:
        try:
            raise refused_by_aws()
        except ClientError as refused:
            raise MissingSettingsError("SITE_URL") from refused
    except MissingSettingsError as missing:
        told = log.fault_of(missing)

    assert told["error"] == "MissingSettingsError from ClientError"
    kinds_of = [part for part in told["trace"] if ".py:" not in part]
    assert kinds_of == ["MissingSettingsError SITE_URL", "ClientError MessageRejected"]
    assert [part.rpartition(" ")[2] for part in told["trace"] if ".py:" in part] == [
        "test_the_trace_of_an_error_names_its_places_its_code_and_what_is_missing"
    ] * 2
