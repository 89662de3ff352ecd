"""One structured logger for every function: events, not prose; identifiers, never personal data."""

from functools import cache
from typing import Any


@cache
def logger() -> Any:
    """The powertools logger, made on first use (importing it costs 50 ms of a cold start)."""
    from aws_lambda_powertools import Logger

    return Logger(service="tanggap", level="INFO")  # whatever level the machine around asks of others
