"""A conditional write of a row (and of what is counted with it) whose lost answer is told from somebody else's write:
the row carries the mark of the call that wrote it. The client repeats a call that was not answered, and then fails on
its own success."""

import secrets
from collections.abc import Callable

from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, lost_condition, reasons, store_answers
from chalicelib.adapters.dynamodb.rows import Row
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.domain.errors import UnavailableError

MARK = 8  # bytes: enough that no two writers of one row make the same
TRIES = 10  # of a transaction that meets others on the same counter


def written(row: Row, condition: Condition) -> bool:
    """Whether this call wrote the row; False when the condition was lost to another. Raises UnavailableError."""
    row.writer = secrets.token_bytes(MARK)
    with store_answers():
        try:
            row.save(condition)
        except PutError as error:
            if not lost_condition(error):
                raise
            return _stands(row)
    return True


def written_with(row: Row, condition: Condition, count: Callable[[TransactWrite], None]) -> bool:
    """The same in one transaction with what `count` adds. Raises UnavailableError."""
    row.writer = secrets.token_bytes(MARK)
    for _ in range(TRIES):
        try:
            with TransactWrite(connection=raw.connection()) as transaction:
                transaction.save(row, condition)
                count(transaction)
        except TransactWriteError as error:
            why = reasons(error)
            if not {CONDITION, CONFLICT} & set(why):
                raise UnavailableError("dynamodb") from error
            if CONDITION in why or _stands(row):
                return _stands(row)
        else:
            return True
    raise UnavailableError("dynamodb")


def _stands(row: Row) -> bool:
    try:
        return bool(type(row).get(row.pk, row.sk, consistent_read=True).writer == row.writer)
    except DoesNotExist:
        return False
