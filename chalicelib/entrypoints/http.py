"""The door for HTTP: one blueprint class that answers refusals in one form, reads bodies suspiciously and logs one
line per request. Chalice turns a view's exception into a 500 before its middleware sees it, so the translation stands
around the view (chalice/app.py, `_get_view_function_response`)."""

import functools
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from chalice.app import Blueprint, Request, Response

from chalicelib.domain.errors import (
    FieldError,
    InvalidError,
    Refusal,
    TooLargeError,
    UnavailableError,
    UnreadableError,
    UnsupportedTypeError,
    invalid,
)
from chalicelib.entrypoints import problems
from chalicelib.entrypoints.log import logger

MAX_BODY = 256 * 1024  # bytes: the longest report with answers is a tenth of it
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
        except (Refusal, UnavailableError) as refusal:
            response = problems.answer(refusal, headers)
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
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body=body, headers={**headers, "Content-Type": "application/json"})


def created(value: dict[str, Any]) -> Response:
    """201 with a JSON body."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body=body, status_code=201, headers={"Content-Type": "application/json"})


def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of the body. Raises UnreadableError (broken, not UTF-8, NaN, too deep, a key twice), then
    TooLargeError and UnsupportedTypeError, then InvalidError (no object; a NUL or half a surrogate, on its field)."""
    raw = request.raw_body
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(raw) > MAX_BODY:
        raise TooLargeError
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedTypeError(f"Send application/json, not {kind[:80]}")
    value = _parse(raw)
    if not isinstance(value, dict):
        raise invalid("body", "type", "A JSON object is expected")
    bad = [FieldError(path, "value", "Not a text: NUL or half a surrogate") for path in _unsound(value, "")]
    if bad:
        raise InvalidError(bad)
    return value


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not JSON that we can read") from error


def _no_number(name: str) -> None:
    raise ValueError(name)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _unsound(value: Any, path: str) -> list[str]:
    """Dotted paths of the texts that cannot be stored or sent; nesting is bounded by the parser."""
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
