"""Faults on the application's own AWS calls, switched on by `POST /_local/faults`.

The body of a fault fits the protocol of the service, else botocore would not retry as it does in the cloud."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from local.emulator import remembered

SERVICES = {
    **{name: name for name in ("dynamodb", "s3", "sns", "sqs", "ses")},
    "stepfunctions": "states",
    "sms": "sms-voice",
}
CREDENTIAL = re.compile(rb"Credential=([^/,\s]+)/\d+/[^/]+/([^/,\s]+)/aws4_request")
APPLICATION_KEY = b"ASIA"
LONGEST_HOLD = 600  # seconds: no machine is too slow to kill the caller meanwhile
JSON = "application/x-amz-json-1.0"
Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass(frozen=True)
class Fault:
    service: str  # as the signature names it
    operation: str | None
    probability: float
    when: str = "before"  # before: nothing was done; after: it was done, and the answer is lost
    hold: float = 0.0  # seconds that the call stands still, instead of failing: time for a test to kill the caller


@dataclass(frozen=True)
class Call:
    """One signed AWS call."""

    key: bytes
    service: str
    operation: str

    @property
    def of_application(self) -> bool:
        return self.key.startswith(APPLICATION_KEY)


class InvalidFault(ValueError):
    """Names the field that is wrong."""


class Faults:
    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._faults: dict[tuple[str, str | None], Fault] = {}
        self._chance = chance
        self.held = 0  # calls that stand still now

    def switch(self, document: dict) -> None:
        """Takes the body of the route; probability 0 ends the fault."""
        fault = _read(document)
        key = fault.service, fault.operation
        self._faults.pop(key, None)
        if not fault.probability and fault.operation is None:
            self._faults = {k: f for k, f in self._faults.items() if f.service != fault.service}
        elif fault.probability:
            self._faults[key] = fault

    def clear(self) -> None:
        self._faults.clear()

    def __bool__(self) -> bool:
        return bool(self._faults)

    def hits(self, call: Call) -> Fault | None:
        for fault in self._faults.values():
            if fault.service == call.service and fault.operation in (None, call.operation) and call.of_application:
                return fault if self._chance() < fault.probability else None
        return None


def _read(document: dict) -> Fault:
    service, operation = document.get("service"), document.get("operation")
    probability, when = document.get("probability"), document.get("when", "before")
    hold = document.get("hold", 0)
    wrong = {
        "service": not isinstance(service, str) or service not in SERVICES,
        "operation": operation is not None and not isinstance(operation, str),
        "probability": not _is_share(probability),
        "when": when not in ("before", "after"),
        "hold": isinstance(hold, bool) or not isinstance(hold, int | float) or not 0 <= hold <= LONGEST_HOLD,
    }
    for field in (name for name, is_wrong in wrong.items() if is_wrong):
        raise InvalidFault(field)
    return Fault(SERVICES[str(service)], operation, float(probability), when, float(hold))


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def call_of(method: str, path: str, query: bytes, headers: dict[bytes, bytes], body: bytes) -> Call | None:
    """Who calls what, or None when the request carries no signature in its header."""
    found = CREDENTIAL.search(headers.get(b"authorization", b""))
    if not found:
        return None
    service = found[2].decode()
    target = headers.get(b"x-amz-target", b"").decode().rpartition(".")[2]
    return Call(found[1], service, target or _operation(service, method, path, query, body))


def _operation(service: str, method: str, path: str, query: bytes, body: bytes) -> str:
    if service == "s3":
        return _s3_operation(method, path, query)
    if service == "ses" and path.endswith("/outbound-emails"):
        return "SendEmail"
    return (remembered.form(body.decode("utf-8", "replace")).get("Action") or [f"{method} {path}"])[0]


def _s3_operation(method: str, path: str, query: bytes) -> str:
    verb = {"GET": "Get", "PUT": "Put", "HEAD": "Head", "DELETE": "Delete", "POST": "Post"}.get(method, method)
    if query.startswith(b"list-type"):
        return "ListObjectsV2"
    return f"{verb}{'Object' if unquote(path).strip('/').count('/') else 'Bucket'}"


def answer(service: str) -> Answer:
    """A refusal that botocore takes for a failure of the service."""
    text = "The request failed: a fault was switched on."
    if service in ("sns",):
        return 500, [("content-type", "text/xml")], _query_error("InternalFailure", text)
    if service == "s3":
        return 500, [("content-type", "application/xml")], _s3_error("InternalError", text)
    if service == "ses":
        return 500, [("content-type", "application/json"), ("x-amzn-errortype", "InternalFailure")], _json(text)
    code = {"dynamodb": "com.amazonaws.dynamodb.v20120810#InternalServerError"}.get(service, "InternalFailure")
    return 500, [("content-type", JSON)], json.dumps({"__type": code, "message": text}).encode()


def _json(text: str) -> bytes:
    return json.dumps({"message": text}).encode()


def _query_error(code: str, text: str) -> bytes:
    return (
        f'<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Receiver</Type>'
        f"<Code>{code}</Code><Message>{text}</Message></Error><RequestId>fault</RequestId></ErrorResponse>"
    ).encode()


def _s3_error(code: str, text: str) -> bytes:
    return f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>{text}</Message></Error>'.encode()
