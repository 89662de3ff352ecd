"""One structured logger for every function: events, not prose; identifiers, never personal data. Each line says which
call it belongs to: `request_id` is Lambda's, `api_request_id` API Gateway's, which the caller was given, and
`xray_trace_id`, which powertools adds, that of a trace through all functions."""

import functools
from collections.abc import Callable
from functools import cache
from typing import Any

Handler = Callable[..., Any]
# Of the call that this container works on; it takes one after the other. What is None stands in no line.
_call: dict[str, str | None] = {"request_id": None, "api_request_id": None}


def logger() -> Any:
    """The powertools logger, made on first use (importing it costs 50 ms of a cold start)."""
    made = _made()
    made.append_keys(**_call)
    return made


@cache
def _made() -> Any:
    from aws_lambda_powertools import Logger

    return Logger(service="tanggap", level="INFO")  # whatever level the machine around asks of others


def begin(context: Any, api_request_id: str | None = None) -> None:
    """A call begins: lines belong to it from now on. `context` is Lambda's, None where a test calls."""
    _call.update(request_id=getattr(context, "aws_request_id", None), api_request_id=api_request_id)


def of_call(handler: Handler) -> Handler:
    """For a function that takes an event of Chalice's, which carries the context, or an event and the context."""

    @functools.wraps(handler)
    def called(event: Any, *context: Any) -> Any:
        begin(context[0] if context else event.context)
        return handler(event, *context)

    return called
