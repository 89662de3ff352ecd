"""The second door of the API's function: its own URL, by which the distribution asks for what everybody may read. The
URL speaks payload format 2.0 (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html), Chalice reads what a
REST API sends, so the one is translated into the other here. Only looks pass, and only at the shared answers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

Json = dict[str, Any]
STAGE = "/api"  # API Gateway takes its stage off the path; the URL gets the path as the visitor sent it
# This header holds the signature of the distribution for IAM. It is no person's token: the distribution passes none on
# with the shared answers.
SIGNED = "authorization"
REQUESTED = ("GET", "HEAD")


def is_look(event: Json) -> bool:
    """Whether the function's URL sent this event. A REST API's has no `rawPath`."""
    return "rawPath" in event


def answer(event: Json, ask: Callable[[Json], Json]) -> Json:
    """What the URL shall answer. `ask` takes the request and gives the response of a REST API. Any other path or method
    is 404, as API Gateway answers it."""
    from chalicelib.entrypoints.public_api import SHARED

    method, path = event["requestContext"]["http"]["method"], event["rawPath"].removeprefix(STAGE)
    is_known = event["rawPath"].startswith(f"{STAGE}/") and path in SHARED and method in REQUESTED
    return _response(ask(_request(event, path)) if is_known else _refusal(), with_body=method != "HEAD")


def _request(event: Json, path: str) -> Json:
    """The event of a REST API, as far as it is read."""
    asked, headers = event["requestContext"], event.get("headers", {})
    query = parse_qs(event.get("rawQueryString", ""), keep_blank_values=True)
    return {
        "resource": path,
        "path": path,
        "httpMethod": "GET",
        "headers": {name: value for name, value in headers.items() if name.lower() != SIGNED},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": None,  # no shared path has any
        "stageVariables": None,
        "requestContext": {
            "resourcePath": path,
            "httpMethod": "GET",
            "requestId": asked["requestId"],
            "identity": {"sourceIp": asked["http"]["sourceIp"]},
        },
        "body": None,
        "isBase64Encoded": False,
    }


def _refusal() -> Json:
    from chalicelib.domain.errors import NotFoundError
    from chalicelib.entrypoints import problems
    from chalicelib.entrypoints.http import NOSNIFF

    return problems.answer(NotFoundError(), NOSNIFF | {"Cache-Control": "no-store"}).to_dict()


def _response(answered: Json, *, with_body: bool) -> Json:
    """In the URL's form, which knows one value for each header. Cookies are read nowhere and set nowhere."""
    joined = {name: ", ".join(values) for name, values in answered["multiValueHeaders"].items()}
    return {
        "statusCode": answered["statusCode"],
        "headers": answered["headers"] | joined,
        "body": answered["body"] if with_body else "",
        "isBase64Encoded": answered.get("isBase64Encoded", False),
    }
