"""Refusals to HTTP, in one list: problem documents of RFC 9457, the same form on every route."""

import json
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.domain import errors

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (errors.UnauthenticatedError, 401),
    (errors.UnreadableError, 400),
    (errors.TooLargeError, 413),
    (errors.UnsupportedTypeError, 415),
    (errors.NotFoundError, 404),
    (errors.GoneError, 410),
    (errors.NotAllowedError, 403),
    (errors.InvalidError, 422),
    (errors.ConflictError, 409),
    (errors.TooManyError, 429),
    (errors.UnavailableError, 503),
)
TITLES = {
    400: "Unreadable request",
    401: "Credentials needed",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    410: "No longer valid",
    413: "Too large",
    415: "Unsupported content type",
    422: "Some fields are wrong",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available, please try again",
}
WAIT = (errors.UnavailableError, errors.TooManyError)  # those that say when to come again
MEDIA_TYPE = "application/problem+json"


def answer(error: Exception, headers: Mapping[str, str], more: Mapping[str, Any] | None = None) -> Response:
    """The response for a refusal, with `more` members; an unknown exception is a 500 that tells nothing."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    document = {"type": "about:blank", "title": TITLES[status], "status": status, **_members(error), **(more or {})}
    extra = {"Retry-After": str(error.retry_after)} if isinstance(error, WAIT) else {}
    return Response(
        body=json.dumps(document), status_code=status, headers={**headers, **extra, "Content-Type": MEDIA_TYPE}
    )


def _members(error: Exception) -> dict[str, Any]:
    if isinstance(error, errors.UnavailableError):
        return {"code": "unavailable"}
    if not isinstance(error, errors.Refusal):
        return {"code": "internal"}
    members: dict[str, Any] = {"code": error.code}
    if error.detail:
        members["detail"] = error.detail
    return members | _particulars(error)


def _particulars(error: errors.Refusal) -> dict[str, Any]:
    if isinstance(error, errors.InvalidError):
        return {"errors": [{"field": e.field, "code": e.code, "message": e.message} for e in error.errors]}
    if isinstance(error, errors.ConflictError):
        named = {"version": error.version, "allowed_actions": error.allowed_actions, "changes": error.changes}
        return {key: value for key, value in named.items() if value is not None}
    if isinstance(error, errors.NotAllowedError) and error.owner:
        return {"owner": error.owner}
    return {}
