"""The function's own URL, behind the distribution: what everybody may read is answered as API Gateway would have it
answered, and nothing else is."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest

from chalicelib import data
from chalicelib.application.reading.projection import projection_of
from chalicelib.application.reading.public import PublicReads
from chalicelib.application.reading.statistics import Statistics
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints import public_api
from tests.builders import MONAS
from tests.fakes_public import MemoryPublicLists
from tests.histories import BEGUN, a_history

Json = dict[str, Any]
REFERENCE = data.reference()
SIGNATURE = "AWS4-HMAC-SHA256 Credential=x/20261127/ap-southeast-3/lambda/aws4_request, SignedHeaders=host, Signature=x"
PLACE = f"lat={MONAS[0]}&lon={MONAS[1]}&category=JLN_LUBANG"
PROBLEM = "application/problem+json"


@pytest.fixture
def city(monkeypatch):
    lists, categories = MemoryPublicLists(), REFERENCE.categories
    lists.keep(projection_of(a_history()[-1], categories["JLN_LUBANG"]))
    reads = PublicReads(lists=lists, categories=categories, link=str)
    statistics = Statistics(figures=lists, reference=REFERENCE, now=lambda: BEGUN)
    city = SimpleNamespace(public_reads=reads, statistics=statistics, reference=REFERENCE)
    monkeypatch.setattr("chalicelib.bootstrap.bootstrap", lambda: city)
    return city


def of_the_url(path: str, query: str = "", method: str = "GET", **headers: str) -> Json:
    """As Lambda writes it (payload format 2.0), signed by the distribution."""
    told = {
        "host": "abc.lambda-url.ap-southeast-3.on.aws",
        "authorization": SIGNATURE,
        "x-amz-date": "20261127T200000Z",
        "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": ["session=1"],
        "headers": told | {name.replace("_", "-"): value for name, value in headers.items()},
        "queryStringParameters": {name: ",".join(v) for name, v in parse_qs(query).items()},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "130.176.0.1",
                "userAgent": "x",
            },
            "requestId": "1d6f8f5a-8f2c-4a6d-9c1b-0a1b2c3d4e5f",
            "stage": "$default",
            "time": "27/Nov/2026:20:00:00 +0000",
            "timeEpoch": 1795809600000,
        },
        "isBase64Encoded": False,
    }


def of_the_gateway(path: str, query: dict[str, list[str]] | None, **headers: str) -> Json:
    """As API Gateway writes it for a route of the REST API."""
    return {
        "resource": path,
        "path": path,
        "httpMethod": "GET",
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        "multiValueQueryStringParameters": query,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": path, "httpMethod": "GET", "requestId": "1", "identity": {}},
        "body": None,
        "isBase64Encoded": False,
    }


ASKED = {  # a query as it is written, and as API Gateway hands it on
    "/reference": [("", None), ("x=1", {"x": ["1"]})],
    "/map": [
        ("bbox=106.82,-6.18,106.83,-6.17", {"bbox": ["106.82,-6.18,106.83,-6.17"]}),
        ("bbox=106.82%2C-6.18%2C106.83%2C-6.17", {"bbox": ["106.82,-6.18,106.83,-6.17"]}),
        ("bbox=1&bbox=2", {"bbox": ["1", "2"]}),
        ("bbox=", {"bbox": [""]}),
        ("bbox", {"bbox": [""]}),
        ("", None),
    ],
    "/complaints/nearby": [
        (PLACE, {"lat": [str(MONAS[0])], "lon": [str(MONAS[1])], "category": ["JLN_LUBANG"]}),
        ("lat=1&lat=2&zoom=3", {"lat": ["1", "2"], "zoom": ["3"]}),
        ("lat=%D9%A3&lon=+1&category=a%26b%3Dc", {"lat": ["٣"], "lon": [" 1"], "category": ["a&b=c"]}),
        ("lat=%FF&lon=%00&category=%ED%A0%80", {"lat": ["\ufffd"], "lon": ["\x00"], "category": ["\ufffd" * 3]}),
    ],
    "/statistics": [
        ("", None),
        ("by=unit", {"by": ["unit"]}),
        ("by=person", {"by": ["person"]}),
        ("secret=x", {"secret": ["x"]}),
    ],
}
TABLE = [(path, *asked) for path, queries in ASKED.items() for asked in queries]


def test_the_table_asks_every_shared_route_that_the_application_has(case_routes) -> None:
    assert set(ASKED) == set(public_api.SHARED) <= set(case_routes.routes)


@pytest.mark.parametrize(("path", "query", "given"), TABLE)
def test_a_look_is_answered_as_api_gateway_would_have_it_answered(path, query, given, case_routes, city) -> None:
    theirs = case_routes(of_the_gateway(path, given), None)

    ours = case_routes(of_the_url(f"/api{path}", query), None)

    assert ours == {name: theirs[name] for name in ("statusCode", "headers", "body")} | {"isBase64Encoded": False}
    assert theirs["multiValueHeaders"] == {}
    assert ours["statusCode"] in (200, 422)


def test_the_signature_of_the_distribution_is_no_token(case_routes, city) -> None:
    """With a token an answer says no-store, and the edge would keep nothing."""
    said = case_routes(of_the_url("/api/statistics"), None)["headers"]

    assert said["Cache-Control"] == "public, max-age=15"


def test_who_knows_the_reference_is_not_sent_it_again(case_routes, city) -> None:
    tag = case_routes(of_the_url("/api/reference"), None)["headers"]["ETag"]

    again = case_routes(of_the_url("/api/reference", if_none_match=tag), None)

    assert (again["statusCode"], again["body"]) == (304, "")


def test_who_asks_for_the_headers_alone_gets_those_of_the_answer(case_routes, city) -> None:
    whole, bare = (case_routes(of_the_url("/api/statistics", method=method), None) for method in ("GET", "HEAD"))

    assert (bare["statusCode"], bare["headers"], bare["body"]) == (200, whole["headers"], "")


def test_a_fault_is_told_as_the_application_tells_it(case_routes, city) -> None:
    def unavailable():
        raise UnavailableError("dynamodb")

    city.statistics.city = unavailable

    answer = case_routes(of_the_url("/api/statistics"), None)

    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (503, PROBLEM)
    assert int(answer["headers"]["Retry-After"]) > 0


UNKNOWN = {
    "a path that no route has": ("GET", "/api/nothing"),
    "without the folder": ("GET", "/statistics"),
    "the folder twice": ("GET", "/api/api/statistics"),
    "a slash behind": ("GET", "/api/statistics/"),
    "capitals": ("GET", "/api/Statistics"),
    "nothing": ("GET", "/"),
    "a case": ("GET", "/api/complaints/JKT-0000-0000-0"),
    "a route with a part for names": ("GET", "/api/complaints/{number}"),
    "a list of staff": ("GET", "/api/staff/queue"),
    "a report": ("POST", "/api/complaints"),
    "a verb": ("POST", "/api/complaints/JKT-0000-0000-0/actions/confirm"),
    "a change at a shared path": ("POST", "/api/statistics"),
    "a replacement": ("PUT", "/api/statistics"),
    "a removal": ("DELETE", "/api/reference"),
    "a question for methods": ("OPTIONS", "/api/reference"),
    "a method in small letters": ("get", "/api/reference"),
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_this_door_has_nothing_but_looks_at_the_shared_answers(kind, case_routes, city) -> None:
    method, path = UNKNOWN[kind]

    answer = case_routes(of_the_url(path, method=method), None)

    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (404, PROBLEM)
    assert '"code": "not_found"' in answer["body"]
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_the_lines_of_a_look_belong_to_its_request(case_routes, city, monkeypatch) -> None:
    begun = []
    monkeypatch.setattr("chalicelib.entrypoints.http.begin", lambda context, request_id: begun.append(request_id))

    case_routes(of_the_url("/api/statistics"), None)

    assert begun == ["1d6f8f5a-8f2c-4a6d-9c1b-0a1b2c3d4e5f"]
