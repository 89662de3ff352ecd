"""Open311 against its description: whatever is asked or sent, in either encoding of a form, the answer is a documented
one in the format of the address, and never a fault of ours. The examples are the same in every run."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.city import HANGS, City

FILE = Path(__file__).parent.parent.parent / "docs" / "api" / "openapi.json"
EXAMPLES = 15  # per operation
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
described = schemathesis.openapi.from_path(FILE)
described.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture(scope="module")
def key(city: City) -> str:
    return str(city.local()["open311"]["key"])


@described.include(path_regex="^/open311").parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_open311_is_as_described(case: schemathesis.Case, city: City, key: str) -> None:
    if isinstance(case.body, dict) and "api_key" in case.body and len(str(case.body)) % 4:
        case.body["api_key"] = key  # three of four get past the key

    case.call_and_validate(base_url=f"{city.origin}/api", checks=CHECKS, timeout=HANGS)
