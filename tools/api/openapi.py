"""docs/api/openapi.json, OpenAPI 3.1: the application's routes, the forms that they read and the refusals that they
know, from the code; words and answers from `operations.py` and `schemas.py`."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.lifecycle import TABLE
from chalicelib.entrypoints import problems
from tools.api import messages, open311, operations, reporters, rules, schemas
from tools.api.administration import ADMINISTRATION
from tools.api.floods import FLOODS
from tools.api.operations import Operation
from tools.api.schemas import CSV, Schema, ref

VERSION = "3.1.0"
OPERATIONS = operations.OPERATIONS | messages.MESSAGES | ADMINISTRATION | FLOODS
OPERATIONS |= rules.OPERATIONS | reporters.REPORTERS
RESPONSES = schemas.RESPONSES | messages.SCHEMAS | rules.RESPONSES | reporters.SCHEMAS
PROBLEM = "application/problem+json"
TITLES: Mapping[int, str] = problems.TITLES | {
    429: "Too many requests",
    304: "Not changed",
    200: "Done",
    201: "Made",
    204: "Done",
    202: "Kept",
}
LOCATION: Schema = {
    "description": "A point (WGS84 degrees, accuracy in metres), or a kelurahan by its code.",
    "anyOf": [
        {
            "type": "object",
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "accuracy_m": {"anyOf": [{"type": "number", "minimum": 0}, {"type": "null"}]},
            },
            "required": ["lat", "lon"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"kelurahan": {"type": "string", "pattern": r"^\d\d\.\d\d\.\d\d\.\d{4}$"}},
            "required": ["kelurahan"],
            "additionalProperties": False,
        },
    ],
}
ANSWER: Schema = {
    "description": "A text, a number, or codes from a list.",
    "anyOf": [
        {"type": "string", "maxLength": 1000},
        {"type": "number"},
        {"type": "array", "items": {"type": "string"}},
    ],
}


class MismatchError(Exception):
    """Routes without an entry in `operations.py`, and entries without a route."""


def routes() -> set[tuple[str, str]]:
    """Method and path of every route of the application."""
    from app import app

    return {(method, path) for path, methods in app.routes.items() for method in methods}


def document() -> dict[str, Any]:
    """The whole file. Raises MismatchError."""
    of_open311 = open311.paths()
    unlike = routes() ^ {*OPERATIONS, *((m.upper(), path) for path, methods in of_open311.items() for m in methods)}
    if unlike:
        raise MismatchError(", ".join(f"{method} {path}" for method, path in sorted(unlike)))
    return {
        "openapi": VERSION,
        "info": {
            "title": "Tanggap",
            "version": "1",
            "description": "Generated from the code by `python -m tools generate`; do not edit.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api", "description": "On the site's own host"}],
        "tags": [{"name": name} for name in ("public", "case", "staff", "channels", open311.TAG)],
        "paths": _paths() | of_open311,
        "components": {
            "schemas": RESPONSES | open311.SCHEMAS | _forms(),
            "securitySchemes": _schemes(),
        },
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for (method, path), operation in OPERATIONS.items():
        paths.setdefault(path, {})[method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> Schema:
    words = {"operationId": operation.id, "tags": [operation.tag], "summary": operation.summary}
    return {
        **words,
        "description": operation.description + (_needs() if operation.form == "ActionForm" else ""),
        "security": list(operation.security),
        **({"parameters": list(operation.parameters)} if operation.parameters else {}),
        **({"requestBody": _body(operation)} if operation.form else {}),
        "responses": dict(sorted(_responses(operation))),
    }


def _needs() -> str:
    """What each action takes, from the table."""
    lines = [f"- `{row.action}`: {', '.join(row.needs) or 'nothing'}" for row in TABLE if row.built and row.sources]
    return " What each takes (`?`: may be left out):\n" + "\n".join(lines)


def _body(operation: Operation) -> Schema:
    content = {"schema": ref(str(operation.form)), "example": operation.example}
    return {"required": True, "content": {"application/json": content}}


def _responses(operation: Operation) -> Iterator[tuple[str, Schema]]:
    for status, name in operation.answers.items():
        yield str(status), {"description": TITLES[status], **_content("application/json", name)}
    for status in operation.refusals:
        name = "HealthProblem" if (operation.id, status) == ("health", 503) else "Problem"
        retry = {"Retry-After": {"description": "Seconds", "schema": {"type": "string"}}}
        headers = {"headers": retry} if status in (429, 503) else {}
        yield str(status), {"description": TITLES[status], **headers, **_content(PROBLEM, name)}


def _content(media_type: str, name: str | None) -> Schema:
    """`A | B` is one of both."""
    if name is None:
        return {}
    if name == CSV:
        return {"content": {CSV: {"schema": {"type": "string"}}}}
    named = [ref(part) for part in name.split(" | ")]
    return {"content": {media_type: {"schema": named[0] if len(named) == 1 else {"anyOf": named}}}}


def _forms() -> dict[str, Schema]:
    """The bodies that we read, as pydantic describes them, with what is needed marked as such."""
    from chalicelib.entrypoints import forms, message_forms, rule_forms

    found: dict[str, Schema] = {}
    for operation in OPERATIONS.values():
        if operation.form:
            form = next(
                getattr(m, operation.form) for m in (forms, rule_forms, message_forms) if hasattr(m, operation.form)
            )
            described = form.model_json_schema(ref_template="#/components/schemas/{model}")
            found |= described.pop("$defs", {})
            found[operation.form] = _needed(_plain(described), operation.needed)
    answers = {"type": "object", "additionalProperties": ANSWER, "maxProperties": 20}
    for name in ("DraftForm", "DeskForm", "MessageCaseForm"):
        found[name]["properties"]["answers"] = {"anyOf": [answers, {"type": "null"}]}
    return {name: _plain(schema) for name, schema in found.items()} | {"Location": LOCATION}


def _needed(schema: Schema, names: tuple[str, ...]) -> Schema:
    """A field that is needed is never null and never empty."""
    for name in names:
        kind = next(kind for kind in schema["properties"][name]["anyOf"] if kind != {"type": "null"})
        schema["properties"][name] = kind | ({"minLength": 1} if kind.get("type") == "string" else {})
    return schema | ({"required": list(names)} if names else {})


def _plain(value: Any) -> Any:
    """Without pydantic's titles and defaults, which say nothing."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    said = {key: inner for key, inner in value.items() if not (key == "title" and isinstance(inner, str))}
    return {key: _plain(inner) for key, inner in said.items() if not (key == "default" and inner is None)}


def _schemes() -> dict[str, Schema]:
    return {
        "staff": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "An access token of the staff's user pool.",
        },
        "reporter": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Complaint-Secret",
            "description": "The secret that was shown once when the report was made; or the token of a link that opens "
            "less: of a question, of the agency that a case was referred to. In a query it is ignored.",
        },
    }
