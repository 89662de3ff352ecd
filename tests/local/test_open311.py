"""Open311 behind the front door: other sites read it, nobody's page writes, and a failing answer of its own stays."""

from pathlib import Path

import pytest

from local.front import api
from tests.local.door import CORS, HOST, Recorded, a_door, ask

READ = "/api/open311/v2/services.json"


class Sharing(Recorded):
    """The API as it answers on this path."""

    async def answer(self, *words):
        return 200, [tuple(part.decode() for part in CORS)], b"api"


@pytest.mark.parametrize(
    ("method", "path", "shared"),
    [
        ("GET", READ, True),
        ("HEAD", READ, True),
        ("POST", "/api/open311/v2/requests.json", False),
        ("GET", "/api/open311/v2x", False),
        ("GET", "/api/complaints", False),
        ("GET", "/_local", False),
    ],
)
def test_pages_of_other_sites_read_open311_and_nothing_else(
    tmp_path: Path, method: str, path: str, shared: bool
) -> None:
    answer = ask(a_door(Sharing(), tmp_path), method, path, host=HOST)

    assert any(name.lower() == b"access-control-allow-origin" for name in answer.headers) == shared


@pytest.mark.parametrize(
    "kind", ["text/xml; charset=utf-8", "application/json; charset=utf-8", "application/problem+json"]
)
def test_a_fault_that_the_application_tells_is_passed_on_in_its_own_words(kind: str) -> None:
    assert not api._lost(503, {"Content-Type": kind, "X-Content-Type-Options": "nosniff"})


def test_a_fault_that_the_gateway_tells_is_told_in_ours() -> None:
    assert api._lost(502, {"Content-Type": "application/json"})
