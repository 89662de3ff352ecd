"""The interface against its description: whatever is sent, right or wrong, the answer is a documented one, and what
the description forbids is refused. The examples are the same in every run."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.city import COORDINATOR, HANGS, City
from tests.city import Case as Held

FILE = Path(__file__).parent.parent.parent / "docs" / "api" / "openapi.json"
EXAMPLES = 20  # per operation, beside every bound of every field: about a minute and a half in all
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
described = schemathesis.openapi.from_path(FILE)
described.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
described.config.checks.negative_data_rejection.expected_statuses = [
    "400",
    "401",
    "403",
    "404",
    "409",
    "413",
    "415",
    "422",
]


@pytest.fixture(scope="module")
def held(city: City) -> Held:
    """A case in work, so that actions have something to act on."""
    return city.lodge().drive("in_progress")


@described.exclude(path_regex="^/open311").parametrize()  # test_open311.py asks these
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_interface_is_as_described(case: schemathesis.Case, city: City, held: Held) -> None:
    _name_a_case(case, held.number)

    credentials = _credentials(case, city, held)
    case.call_and_validate(base_url=f"{city.origin}/api", headers=credentials, checks=CHECKS, timeout=HANGS)


def _name_a_case(case: schemathesis.Case, number: str) -> None:
    """Where the number is of the right form, every second time the one of a case that is there."""
    info = case.meta.components.get(ParameterLocation.PATH) if case.meta else None
    if info and info.mode == GenerationMode.POSITIVE and "number" in case.path_parameters:
        made_up = str(case.path_parameters["number"])
        case.path_parameters["number"] = number if sum(map(ord, made_up)) % 2 else made_up


def _credentials(case: schemathesis.Case, city: City, held: Held) -> dict[str, str]:
    """Who may do most: the coordinator on the staff's routes, the reporter on the others of a case."""
    path = case.operation.path
    if path.startswith("/staff"):
        return {"Authorization": f"Bearer {city.token(COORDINATOR)}"}
    return {"X-Complaint-Secret": held.secret} if "{number}" in path and case.method == "POST" else {}


@pytest.mark.parametrize(("path", "user"), [("/complaints", ""), ("/staff/complaints", "koordinator")])
def test_the_description_shows_a_report_that_is_taken(path: str, user: str, city: City) -> None:
    content = described.raw_schema["paths"][path]["post"]["requestBody"]["content"]
    answer = city.post(path, content["application/json"]["example"], user=user)
    assert answer.status_code == 201, answer.text
