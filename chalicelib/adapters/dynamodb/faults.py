"""What the store's errors mean: a lost condition is an answer, everything else is a store that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeGuard

from botocore.exceptions import ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import UnavailableError

CONDITION = "ConditionalCheckFailed"
CONFLICT = "TransactionConflict"


@contextmanager
def store_answers() -> Iterator[None]:
    """Raises UnavailableError (retryable) for whatever the store could not do."""
    try:
        yield
    except PynamoDBException as error:
        raise UnavailableError("dynamodb") from error


def lost_condition(error: PynamoDBException) -> bool:
    """PynamoDB's own `cause_response_code` fails on a call that was not answered at all."""
    return is_lost(error.cause)


def is_lost(cause: BaseException | None) -> TypeGuard[ClientError]:
    """Whether it is the store's word that a condition did not hold."""
    return isinstance(cause, ClientError) and cause.response["Error"]["Code"] == "ConditionalCheckFailedException"


def reasons(error: PynamoDBException) -> list[str | None]:
    """Why a transaction was cancelled, in PynamoDB's own order: condition checks, deletes, puts, updates."""
    found = getattr(error, "cancellation_reasons", [])
    return [reason.code if reason else None for reason in found]
