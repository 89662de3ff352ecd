"""The interface's description: every route and nothing else, whole references, documented refusals."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from chalicelib.entrypoints import problems
from tools.api import openapi
from tools.api.operations import OPERATIONS
from tools.generate import ROOT

DESCRIBED: dict[str, Any] = json.loads((ROOT / "docs/api/openapi.json").read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DESCRIBED["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_route_of_the_application_is_described_and_nothing_else() -> None:
    assert {(method, path) for method, path, _ in operations()} == openapi.routes()


def test_a_route_without_an_entry_stops_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi, "OPERATIONS", {k: v for k, v in OPERATIONS.items() if k != ("GET", "/map")})
    with pytest.raises(openapi.MismatchError, match="GET /map"):
        openapi.document()


def test_every_reference_leads_to_a_schema() -> None:
    text = json.dumps(DESCRIBED)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named == set(DESCRIBED["components"]["schemas"])


def test_every_schema_is_a_schema() -> None:
    for schema in DESCRIBED["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_example_is_what_its_schema_allows() -> None:
    for _, _, operation in operations():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            jsonschema.validate(content["example"], DESCRIBED | content["schema"], jsonschema.Draft202012Validator)


def test_a_refusal_is_a_problem_document_with_a_title_of_its_own() -> None:
    ours = [operation for operation in operations() if not operation[1].startswith("/open311")]
    for method, path, operation in ours:
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == [problems.MEDIA_TYPE], (method, path, status)
                assert response["description"] == openapi.TITLES[int(status)]


def test_a_refusal_of_open311_is_told_in_the_format_of_its_address() -> None:
    theirs = [operation for operation in operations() if operation[1].startswith("/open311")]
    for method, path, operation in theirs:
        refused = {kind for status, r in operation["responses"].items() if int(status) >= 400 for kind in r["content"]}
        suffix = path.rpartition(".")[2]
        kinds = {"json": {"application/json"}, "xml": {"text/xml"}, "csv": {"text/xml"}}
        wanted = kinds.get(suffix, {"text/xml", "application/json", problems.MEDIA_TYPE})
        assert {kind.partition(";")[0] for kind in refused} == wanted, (method, path)


def test_what_needs_a_token_says_that_it_may_be_missing() -> None:
    for _, path, operation in operations():
        if path.startswith("/staff"):
            assert operation["security"] == [{"staff": []}]
        assert ("401" in operation["responses"]) or operation["security"] == [{}]


def test_a_path_with_a_number_may_lead_nowhere() -> None:
    assert all("404" in operation["responses"] for _, path, operation in operations() if "{number}" in path)
