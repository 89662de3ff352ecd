"""Calls of one JSON service, repeated as botocore's retry mode "standard" repeats them."""

import json
import random
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.awsjson.connections import Connections, Reply
from chalicelib.adapters.awsjson.signature import AccessKeys, signed
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

FAULTS = frozenset({500, 502, 503, 504})
BUSY = frozenset(  # codes by which a service asks for another try (botocore, retries/standard.py)
    {
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestTimeout",
        "RequestTimeoutException",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
SHORT, LONG = 0.05, 1.0  # seconds: the bound of the first pause, after a fault and after a refusal for haste
ERRORS = 300  # HTTP: from here on


@dataclass(frozen=True, slots=True)
class JsonService:
    """How a service is named: in its address, in signatures, and before each operation; and its JSON's version."""

    name: str
    target: str
    version: str = "1.0"
    tokens: frozenset[str] = frozenset()  # operations that carry a token, by which a repeated call counts once


DYNAMODB = JsonService("dynamodb", "DynamoDB_20120810", tokens=frozenset({"TransactWriteItems"}))


class JsonClient:
    """`keys` answers the access keys of now, which change while a function lives; `tries` counts all of them."""

    def __init__(
        self,
        service: JsonService,
        *,
        region: str,
        connections: Connections,
        keys: Callable[[], AccessKeys],
        tries: int,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.service = service
        self._region = region
        self._connections = connections
        self._keys = keys
        self._tries = tries
        self._pause = pause

    def _make_api_call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer, its binary values as bytes. Raises botocore's errors. The name is botocore's, by which PynamoDB
        calls."""
        from botocore.exceptions import BotoCoreError, ClientError

        body = _written(self._counted_once(operation, request))
        for tried in range(1, self._tries):
            try:
                return self._once(operation, body)
            except (BotoCoreError, ClientError) as error:
                bound = _first_pause(error)
                if bound is None:
                    raise
            self._pause(random.uniform(0, bound * 2 ** (tried - 1)))  # noqa: S311  # no secret
        return self._once(operation, body)

    def _once(self, operation: str, body: bytes) -> dict[str, Any]:
        reply = self._sent(operation, body)
        if reply.status < ERRORS:
            return _read(reply)
        raise _error(operation, reply)

    def _counted_once(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if operation not in self.service.tokens or "ClientRequestToken" in request:
            return request
        return {**request, "ClientRequestToken": token_hex(16)}

    def _sent(self, operation: str, body: bytes) -> Reply:
        headers = {
            "host": self._connections.host,
            "content-type": f"application/x-amz-json-{self.service.version}",
            "x-amz-target": f"{self.service.target}.{operation}",
        }
        sent = signed(
            headers,
            body,
            keys=self._keys(),
            region=self._region,
            service=self.service.name,
            at=datetime.now(UTC),
        )
        return self._connections.exchange(sent, body)


def _first_pause(error: Exception) -> float | None:
    """The bound of the first pause before another try; None for an answer that another try would get again."""
    response = getattr(error, "response", None)
    if response is None:
        return SHORT
    if response["Error"]["Code"] in BUSY:
        return LONG
    return SHORT if response["ResponseMetadata"]["HTTPStatusCode"] in FAULTS else None


def _written(request: dict[str, Any]) -> bytes:
    return json.dumps(request, separators=(",", ":"), default=_base64).encode()


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _read(reply: Reply) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reply.body or b"{}", object_hook=_binary)
    return found


def _binary(found: dict[str, Any]) -> dict[str, Any]:
    """`{"B": …}` is a binary value of DynamoDB."""
    if len(found) == 1 and isinstance(text := found.get("B"), str):
        return {"B": b64decode(text)}
    return found


def _error(operation: str, reply: Reply) -> "ClientError":
    """What the service refused, as botocore reads it. An answer that is no JSON came from something before it."""
    from botocore.exceptions import ClientError

    try:
        told = _read(reply)
    except ValueError:
        told = {}
    kind = str(told.get("__type") or reply.headers.get("x-amzn-errortype") or reply.status)
    code = kind.rpartition("#")[2].partition(":")[0]
    response: Any = {
        **told,
        "Error": {"Code": code, "Message": str(told.get("message") or told.get("Message") or "")},
        "ResponseMetadata": {
            "HTTPStatusCode": reply.status,
            "HTTPHeaders": dict(reply.headers),
            "RequestId": reply.headers.get("x-amzn-requestid", ""),
        },
    }
    return ClientError(response, operation)
