"""One structured logger for every function: events, not prose; identifiers, never personal data. Each line says which
call it belongs to: `request_id` is Lambda's, `api_request_id` API Gateway's, which the caller was given, and
`xray_trace_id`, which powertools adds, that of a trace through all functions."""

import functools
import re
from collections.abc import Callable, Iterator
from functools import cache
from traceback import walk_tb
from typing import Any

from chalicelib.domain.errors import FinalError, RetryableError, kinds
from chalicelib.settings import MissingSettingsError

Handler = Callable[..., Any]
# What our own errors say where they say no more than this: a code, a count, the number of a case.
CODE = re.compile(r"[a-z_]{0,40}|[0-9]{1,4}|JKT-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
CODE_OF_AWS = re.compile(r"[A-Za-z.]{1,80}")
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


class CallFailedError(Exception):
    """Stands for an error whose words may be a person's, and tells its kinds: what a function raises stands in its log,
    in traces, in the dead letter of a call by the schedule, and in the history of an execution of Step Functions."""


def of_call(handler: Handler) -> Handler:
    """For a function that takes an event of Chalice's, which carries the context, or an event and the context. Raises
    CallFailedError for whatever is not an error of ours that tells a code alone."""

    @functools.wraps(handler)
    def called(event: Any, *context: Any) -> Any:
        begin(context[0] if context else event.context)
        try:
            return handler(event, *context)
        except Exception as error:
            if _tells_a_code(error):
                raise
            logger().error("call_failed", **fault_of(error))
            raise CallFailedError(kinds(error)) from None

    return called


def fault_of(error: BaseException) -> dict[str, Any]:
    """What a line of the log tells of an error: its kinds, and where it was raised, as were those behind it. An error's
    own words may be a person's."""
    return {"error": kinds(error), "trace": list(_trace(error))}


def _trace(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__name__} {_code(error)}".rstrip()
    for frame, line in walk_tb(error.__traceback__):
        yield f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind:
        yield from _trace(behind)


def _code(error: BaseException) -> str:
    """By which an error of ours, or of AWS, says more than its kind does."""
    if _tells_a_code(error) or isinstance(error, MissingSettingsError):
        return str(error)
    answered = getattr(error, "response", None)
    code = answered.get("Error", {}).get("Code", "") if isinstance(answered, dict) else ""
    return code if CODE_OF_AWS.fullmatch(code) else ""


def _tells_a_code(error: BaseException) -> bool:
    return isinstance(error, RetryableError | FinalError) and CODE.fullmatch(str(error)) is not None
