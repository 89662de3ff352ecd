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

from chalicelib.domain.errors import Refusal, UnavailableError, kinds
from chalicelib.entrypoints.log import begin, fault_of, logger

NOSNIFF = {"X-Content-Type-Options": "nosniff"}
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
        begin(self.lambda_context, request.context.get("requestId"))
        headers = _standing_headers(request)
        try:
            response = _respond(view(**{name: unquote(value) for name, value in parameters.items()}), headers)
        except Refusal as refusal:
            response = self._refused(refusal, headers)
        except UnavailableError as fault:
            logger().warning("unavailable", route=path, service=fault.service, error=kinds(fault))
            response = self._refused(fault, headers)
        except Exception as fault:
            logger().error("request_failed", route=path, method=request.method, **fault_of(fault))
            response = self._refused(fault, headers)
        spent = round((time.perf_counter() - begun) * 1000, 1)
        logger().info("request", route=path, method=request.method, status=response.status_code, ms=spent)
        return response

    def _refused(self, fault: Exception, headers: dict[str, str]) -> Response:
        """The response for a refusal or a fault, in the language of these routes."""
        from chalicelib.entrypoints import problems

        return problems.answer(fault, headers)


def _standing_headers(request: Request) -> dict[str, str]:
    private = any(name in request.headers for name in PRIVATE_HEADERS)
    return NOSNIFF | ({"Cache-Control": "no-store"} if private or request.method == "POST" else {})


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


def nothing() -> Response:
    """204: done, and there is nothing to say."""
    return Response(body="", status_code=204)


def accepted() -> Response:
    """202: it will be done."""
    return Response(body="", status_code=202)


def compact_json(value: Any) -> str:
    """UTF-8 as it is, no spaces: a page of a list is read over a bad network."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
