"""A conditional write of one row whose lost answer is told from somebody else's write: the row carries the mark of the
call that wrote it. The client repeats a call that was not answered, and then fails on its own success."""

import secrets

from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.faults import lost_condition, store_answers
from chalicelib.adapters.dynamodb.rows import Row

MARK = 8  # bytes: enough that no two writers of one row make the same


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


def _stands(row: Row) -> bool:
    try:
        return bool(type(row).get(row.pk, row.sk, consistent_read=True).writer == row.writer)
    except DoesNotExist:
        return False
