"""The door for HTTP: one blueprint class that answers refusals in one form, reads bodies suspiciously and logs one
line per request. Chalice turns a view's exception into a 500 before its middleware sees it, so the translation stands
around the view (chalice/app.py, `_get_view_function_response`)."""

import functools
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from chalice.app import Blueprint, Request, Response

from chalicelib.domain.errors import (
    FieldError,
    Refusal,
    TooLargeError,
    UnavailableError,
    UnreadableError,
    UnsupportedTypeError,
    kinds,
)
from chalicelib.entrypoints import problems
from chalicelib.entrypoints.log import logger

MAX_BODY = 256 * 1024  # bytes: the longest report with answers is a tenth of it
DEEPEST = 16  # levels of a body: ours have four
PRIVATE_HEADERS = ("authorization", "x-complaint-secret")
View = Callable[..., Any]


class Api(Blueprint):
    """Routes whose views may raise refusals and answer plain values."""

    def route(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        kwargs.setdefault("content_types", ["*/*"])  # our own check answers a problem document
        register = super().route(path, **kwargs)

        def decorate(view: View) -> View:
            @functools.wraps(view)
            def guarded(**parameters: str) -> Response:
                return self._answer(path, view, parameters)

            return register(guarded)  # type: ignore[no-any-return]

        return decorate

    def _answer(self, path: str, view: View, parameters: dict[str, str]) -> Response:
        request, begun = self.current_request, time.perf_counter()
        headers = _standing_headers(request)
        try:
            response = _respond(view(**{name: unquote(value) for name, value in parameters.items()}), headers)
        except Refusal as refusal:
            response = problems.answer(refusal, headers)
        except UnavailableError as fault:
            logger().warning("unavailable", route=path, service=fault.service, error=kinds(fault))
            response = problems.answer(fault, headers)
        except Exception as fault:
            logger().exception("request_failed", route=path, method=request.method)
            response = problems.answer(fault, headers)
        spent = round((time.perf_counter() - begun) * 1000, 1)
        logger().info("request", route=path, method=request.method, status=response.status_code, ms=spent)
        return response


def _standing_headers(request: Request) -> dict[str, str]:
    private = any(name in request.headers for name in PRIVATE_HEADERS)
    return problems.NOSNIFF | ({"Cache-Control": "no-store"} if private or request.method == "POST" else {})


def _respond(value: Any, headers: dict[str, str]) -> Response:
    if isinstance(value, Response):
        value.headers = {**value.headers, **headers}  # no-store wins over what a view says
        return value
    return answered(value, headers=headers)


def answered(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response with a JSON body."""
    return Response(compact_json(value), {**(headers or {}), "Content-Type": "application/json"}, status)


def created(value: dict[str, Any]) -> Response:
    """201 with a JSON body."""
    return answered(value, status=201)


def compact_json(value: Any) -> str:
    """UTF-8 as it is, no spaces: a page of a list is read over a bad network."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_object(request: Request) -> tuple[Any, dict[str, Any], tuple[FieldError, ...]]:
    """The body as it was sent, its object without the unsound fields, and a fault for each of these: they are told
    together with the faults of meaning, after the rights were looked at. Raises UnreadableError (broken, not UTF-8,
    NaN, too deep, a key twice), then TooLargeError and UnsupportedTypeError."""
    raw = request.raw_body
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(raw) > MAX_BODY:
        raise TooLargeError
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedTypeError(f"Send application/json, not {kind[:80]}")
    value = _parse(raw)
    if not isinstance(value, dict):
        return value, {}, (FieldError("body", "type", "A JSON object is expected"),)
    unsound = {key: _unsound({key: inner}, "") for key, inner in value.items()}
    faults = [
        FieldError(path, "value", "Contains NUL or a lone surrogate") for paths in unsound.values() for path in paths
    ]
    return value, {key: inner for key, inner in value.items() if not unsound[key]}, tuple(faults)


def _parse(raw: bytes) -> Any:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not JSON that we can read") from error
    if _is_deep(value):
        raise UnreadableError("The body is nested deeper than any form of ours")
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _is_deep(value: Any) -> bool:
    """Whether anything is left below the deepest level; without recursion, which is what a deep body is after."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
    return bool(level)


def _within(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _unsound(value: Any, path: str) -> list[str]:
    """Dotted paths of the texts that cannot be stored or sent."""
    if isinstance(value, str):
        return [path or "body"] if is_unsound(value) else []
    if isinstance(value, dict):
        wrong_keys = [f"{path}.{_sound(key)}".lstrip(".") for key in value if is_unsound(key)]
        return wrong_keys + [p for key, inner in value.items() for p in _unsound(inner, f"{path}.{key}".lstrip("."))]
    if isinstance(value, list):
        return [p for index, inner in enumerate(value) for p in _unsound(inner, f"{path}.{index}")]
    return []


def is_unsound(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text)


def _sound(text: str) -> str:
    return "".join("?" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text)
