"""The wall of the cloud, read as AWS WAF reads it: one spelling of an address, and limits that no spelling passes."""

import posixpath
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from chalicelib.channels.receiving import MAX_BYTES
from tests.odd_addresses import ODD
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

Json = dict[str, Any]
ACL = cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml")["Resources"]["EdgeAcl"]["Properties"]
RULES = {rule["Name"]: rule for rule in ACL["Rules"]}
LEFT_TO_THE_API = {"half a letter"}  # WAF cannot tell; the API knows no such route or number, and answers 404
NOT_SENT = {"a blank", "a fragment", "an absolute address", "no slash"}  # no request line that CloudFront takes
CHANGES: dict[str, Callable[[str], str]] = {
    "NONE": str,
    "LOWERCASE": str.lower,
    "URL_DECODE": unquote,
    "NORMALIZE_PATH": lambda path: posixpath.normpath(path).replace("//", "/") + "/" * (path[-1:] == "/" != path),
}


def matches(statement: Json, request: Json) -> bool:
    """Whether a request (`method`, `path`, `headers`) is what a statement means."""
    [(kind, said)] = statement.items()
    if kind in ("AndStatement", "OrStatement"):
        found = [matches(part, request) for part in said["Statements"]]
        return all(found) if kind == "AndStatement" else any(found)
    if kind == "NotStatement":
        return not matches(said["Statement"], request)
    value = looked_at(said["FieldToMatch"], request)
    return value is not None and compares(kind, said, changed(value, said))


def looked_at(field: Json, request: Json) -> str | None:
    if "SingleHeader" in field:
        return request.get("headers", {}).get(field["SingleHeader"]["Name"])
    return str(request["method" if "Method" in field else "path"])


def changed(value: str, said: Json) -> str:
    for change in sorted(said["TextTransformations"], key=lambda one: one["Priority"]):
        value = CHANGES[change["Type"]](value)
    return value


def compares(kind: str, said: Json, value: str) -> bool:
    if kind == "RegexMatchStatement":
        return re.search(said["RegexString"], value) is not None
    if kind == "SizeConstraintStatement":
        assert said["ComparisonOperator"] == "GT"
        return len(value) > said["Size"]
    wanted = said["SearchString"]
    return value == wanted if said["PositionalConstraint"] == "EXACTLY" else value.startswith(wanted)


def is_odd(path: str) -> bool:
    return matches(RULES["odd-spellings"]["Statement"], {"method": "POST", "path": path})


def counts(rule: str, method: str, path: str, **headers: str) -> bool:
    scope = RULES[rule]["Statement"]["RateBasedStatement"]["ScopeDownStatement"]
    return matches(scope, {"method": method, "path": path, "headers": headers})


@pytest.mark.parametrize("name", sorted(ODD.keys() - LEFT_TO_THE_API - NOT_SENT))
def test_the_wall_stops_an_odd_spelling(name: str) -> None:
    assert is_odd(ODD[name])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lacak/",
        "/en/lapor",
        "/assets/js/form/form.0123456789.js",
        "/api/complaints",
        "/api/complaints/JKT-0000-0000-0/actions/comment",
        "/api/complaints/jkt%200000%200000%200",
        "/api/complaints/JKT%E2%80%930000%e2%80%930000%E2%80%930",
        "/api/complaints/%EF%BC%90000%2C0000%2C0",
        "/api/complaints/%E2%80%8B0000.0000.0",
    ],
)
def test_the_wall_lets_an_address_pass_as_people_write_it(path: str) -> None:
    assert not is_odd(path)


@pytest.mark.parametrize(
    "path", ["/api/complaints", "/api/complaints/", "/api//complaints", "/API/Complaints", *ODD.values()]
)
def test_what_could_be_a_report_is_counted_or_stopped(path: str) -> None:
    could_be = re.fullmatch(r"/api/complaints/?", CHANGES["NORMALIZE_PATH"](unquote(path)).lower())

    assert not could_be or counts("strangers-per-address", "POST", path)


def test_only_reports_and_looks_of_strangers_are_counted_together() -> None:
    assert not counts("strangers-per-address", "GET", "/api/complaints")
    assert not counts("strangers-per-address", "POST", "/api/staff/complaints")
    assert not counts(
        "strangers-per-address", "POST", "/api/complaints/JKT-0000-0000-0/photos", authorization="Bearer a"
    )


def test_looks_of_strangers_are_counted_and_those_of_staff_are_not() -> None:
    case = "/api/complaints/JKT-0000-0000-0"

    assert counts("strangers-per-address", "GET", case)
    assert counts("strangers-per-address", "POST", f"{case}/actions/confirm", **{"x-complaint-secret": "x"})
    assert counts("strangers-per-address", "GET", "/api//complaints/JKT-0000-0000-0")
    assert not counts("strangers-per-address", "GET", case, authorization="Bearer a.b.c")
    assert not counts("strangers-per-address", "GET", "/api/reference")


def test_odd_spellings_are_stopped_before_anything_is_counted() -> None:
    order = sorted(RULES, key=lambda name: RULES[name]["Priority"])

    assert order == ["odd-spellings", "strangers-per-address", "too-large", "calls-per-address"]


LIMITS = {"strangers-per-address": 300, "calls-per-address": 3000}


@pytest.mark.parametrize(
    ("method", "path", "counted"),
    [
        ("GET", "/api/reference", True),
        ("GET", "/API/Reference", True),
        ("GET", "/api//map", True),
        ("GET", "/api/staff/queue", True),
        ("GET", "/api/open311/v2/requests.json", True),
        ("GET", "/api/channels/whatsapp", True),
        ("POST", "/api/complaints", True),
        ("POST", "/api/channels/whatsapp", False),
        ("POST", "/api/open311/v2/requests.json", False),
        ("POST", "/api/channels/../complaints", True),
        ("POST", "/api/Channels/whatsapp", True),
        ("GET", "/apis", False),
        ("GET", "/lapor", False),
    ],
)
def test_every_call_of_the_api_is_counted_but_those_that_come_with_a_key(method: str, path: str, counted: bool) -> None:
    """What is let off must be spelled as the routes spell it; another spelling is stopped before."""
    assert counts("calls-per-address", method, path) is counted or is_odd(path)


@pytest.mark.parametrize(
    ("length", "is_large"),
    [
        ("0", False),
        ("262144", False),
        ("5242880", False),
        ("5299999", False),
        ("5300000", True),
        ("6000000", True),
        ("10485760", True),
        ("0010485760", True),
        ("99999999999", True),
    ],
)
def test_a_body_that_lambda_cannot_take_is_too_large_and_no_fault(length: str, is_large: bool) -> None:
    request = {"method": "POST", "path": "/api/complaints", "headers": {"content-length": length}}

    assert matches(RULES["too-large"]["Statement"], request) is is_large


def test_the_largest_body_that_the_application_takes_passes_the_wall() -> None:
    request = {"method": "POST", "path": "/api/channels/email", "headers": {"content-length": str(MAX_BYTES)}}

    assert not matches(RULES["too-large"]["Statement"], request)


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_counts_the_connecting_address_for_sixty_seconds_and_says_when_to_come_again(name: str) -> None:
    limit = RULES[name]["Statement"]["RateBasedStatement"]
    answer = RULES[name]["Action"]["Block"]["CustomResponse"]

    assert (limit["AggregateKeyType"], limit["EvaluationWindowSec"], limit["Limit"]) == ("IP", 60, LIMITS[name])
    assert answer["ResponseCode"] == 429
    assert {"Name": "Retry-After", "Value": "60"} in answer["ResponseHeaders"]


def test_a_refusal_of_the_wall_is_worded_as_the_applications() -> None:
    for name, rule in RULES.items():
        answer = rule["Action"]["Block"]["CustomResponse"]
        body = ACL["CustomResponseBodies"][answer["CustomResponseBodyKey"]]["Content"]
        assert f'"status":{answer["ResponseCode"]}' in body, name
        assert {"Name": "Cache-Control", "Value": "no-store"} in answer["ResponseHeaders"], name


def test_the_walls_expressions_are_no_longer_than_aws_takes() -> None:
    parts = RULES["odd-spellings"]["Statement"]["OrStatement"]["Statements"]

    lengths = [len(part["RegexMatchStatement"]["RegexString"]) for part in parts if "RegexMatchStatement" in part]
    assert lengths
    assert max(lengths) <= 512
