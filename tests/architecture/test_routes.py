"""Every route refuses what is not for its caller before it looks at anything else."""

import pytest
from chalice.test import Client

from app import app
from tools.api.openapi import routes

STAFF = sorted((method, path) for method, path in routes() if path.startswith("/staff"))
BY_TOKEN = "/complaints/{number}/contact/confirmations"  # of a message: it changes no case
CASES = sorted((m, path) for m, path in routes() if "{number}" in path and m == "POST" and path != BY_TOKEN)
READS = sorted(
    (method, path) for method, path in routes() if path.startswith("/complaints/{number}") and method == "GET"
)
NUMBER = "JKT-7K3M-9QXR-B"


def asked(method: str, path: str, **headers: str) -> int:
    """The status of an answer of the real application, which here has no store to ask."""
    with Client(app) as client:
        address = path.replace("{number}", NUMBER).replace("{action}", "accept").replace("{unit}", "DBM")
        body = b"{}" if method in ("POST", "PUT") else b""
        answer = client.http.request(
            method, address, headers={"Content-Type": "application/json", **headers}, body=body
        )
        return int(answer.status_code)


@pytest.mark.parametrize(("method", "path"), STAFF, ids=lambda part: part)
def test_a_staff_route_opens_to_no_one_without_a_token(method: str, path: str) -> None:
    assert asked(method, path) == 401


@pytest.mark.parametrize(("method", "path"), STAFF, ids=lambda part: part)
def test_the_reporters_secret_opens_no_staff_route(method: str, path: str) -> None:
    assert asked(method, path, **{"X-Complaint-Secret": "0" * 32}) == 401


@pytest.mark.parametrize(("method", "path"), STAFF, ids=lambda part: part)
@pytest.mark.parametrize("credentials", ["Basic YTpi", "Bearer", "bearer  ", "Bearer a b", "token"])
def test_what_is_no_bearer_token_opens_nothing(method: str, path: str, credentials: str) -> None:
    assert asked(method, path, Authorization=credentials) == 401


@pytest.mark.parametrize(("method", "path"), CASES, ids=lambda part: part)
def test_a_case_is_changed_by_no_one_without_credentials(method: str, path: str) -> None:
    assert asked(method, path) == 401


@pytest.mark.parametrize(("method", "path"), READS, ids=lambda part: part)
@pytest.mark.parametrize("credentials", ["Basic YTpi", "Bearer", "token"])
def test_what_everybody_may_read_of_a_case_is_not_read_with_a_bad_token(
    method: str, path: str, credentials: str
) -> None:
    assert asked(method, path, Authorization=credentials) == 401
