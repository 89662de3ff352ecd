"""Orders to the function `administer` (application/people/orders.py)."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.people.orders import as_refusal
from chalicelib.domain.errors import UnavailableError


class LambdaOrders:
    """Implements AdministrationOrders. `client` is one of lambda whose calls are not repeated."""

    def __init__(self, *, function: str, client: Any) -> None:
        self._function = function
        self._client = client

    def give(self, token: str, order: str, values: Mapping[str, Any]) -> dict[str, Any]:
        payload = json.dumps({"token": token, "order": order, "values": dict(values)}).encode()
        with answering("lambda"):
            answered = self._client.invoke(FunctionName=self._function, Payload=payload)
            told = json.loads(answered["Payload"].read())
        if "FunctionError" in answered or not isinstance(told, dict):
            raise UnavailableError("administer")
        if "refusal" in told:
            raise as_refusal(told["refusal"])
        answer: dict[str, Any] = told["answer"]
        return answer
