"""Calls of one service, repeated as botocore's retry mode "standard" repeats them."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.known_services import Service
from chalicelib.adapters.aws.protocols import Message
from chalicelib.adapters.aws.signature import AccessKeys, signed
from chalicelib.adapters.aws.wire import Reply

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


class SmallClient:
    """`keys` answers the access keys of now, which change while a function lives; `tries` counts all of them. An
    operation is a method, named as botocore names it: `client.get_secret_value(SecretId=…)`. Raises botocore's
    errors."""

    def __init__(
        self,
        service: Service,
        *,
        region: str,
        connections: Connections,
        keys: Callable[[], AccessKeys],
        tries: int,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.service = service
        self.tries = tries
        self.connections = connections
        self._region = region
        self._keys = keys
        self._pause = pause

    def __getattr__(self, method: str) -> Callable[..., dict[str, Any]]:
        if method.startswith("_"):
            raise AttributeError(method)
        operation = method.title().replace("_", "")
        return lambda **request: self._make_api_call(operation, request)

    def _make_api_call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer, its binary values as bytes. The name is botocore's, by which rows and the bench call."""
        from botocore.exceptions import BotoCoreError, ClientError

        message = self.service.dialect.write(operation, self._counted_once(operation, request))
        for tried in range(1, self.tries):
            try:
                return self._once(operation, message)
            except (BotoCoreError, ClientError) as error:
                bound = _first_pause(error)
                if bound is None:
                    raise
            self._pause(random.uniform(0, bound * 2 ** (tried - 1)))  # noqa: S311  # no secret
        return self._once(operation, message)

    def _once(self, operation: str, message: Message) -> dict[str, Any]:
        reply = self._sent(message)
        if reply.status < ERRORS:
            return self.service.dialect.read(operation, reply.body)
        raise self._error(operation, reply)

    def _counted_once(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if operation not in self.service.tokens or "ClientRequestToken" in request:
            return request
        return {**request, "ClientRequestToken": token_hex(16)}

    def _sent(self, message: Message) -> Reply:
        sent = signed(
            {"host": self.connections.host, **message.headers},
            message.body,
            keys=self._keys(),
            region=self._region,
            service=self.service.signing,
            at=datetime.now(UTC),
            path=message.path,
        )
        return self.connections.exchange(sent, message.body, message.path)

    def _error(self, operation: str, reply: Reply) -> "ClientError":
        """What the service refused, as botocore reads it."""
        from botocore.exceptions import ClientError

        refusal = self.service.dialect.refusal(reply)
        response: Any = {
            **refusal.more,
            "Error": {"Code": refusal.code, "Message": refusal.words},
            "ResponseMetadata": {
                "HTTPStatusCode": reply.status,
                "HTTPHeaders": dict(reply.headers),
                "RequestId": reply.headers.get("x-amzn-requestid", ""),
            },
        }
        return ClientError(response, operation)


def _first_pause(error: Exception) -> float | None:
    """The bound of the first pause before another try; None for an answer that another try would get again."""
    response = getattr(error, "response", None)
    if response is None:
        return SHORT
    if response["Error"]["Code"] in BUSY:
        return LONG
    return SHORT if response["ResponseMetadata"]["HTTPStatusCode"] in FAULTS else None
