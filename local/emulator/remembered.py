"""Texts that the emulator reads anew in each call, three times for a policy, and for each row of a query, though the
same text says the same: read once here."""

import functools
from collections.abc import Callable
from typing import Any

MOST = 4096  # texts: the policies of the stack and the expressions of its adapters are some hundred


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import iam_evaluator
    from ministack.services import dynamodb

    iam_evaluator.parse_policy_document = read_once(iam_evaluator.parse_policy_document)
    dynamodb._tokenize = read_once(dynamodb._tokenize)
    dynamodb._condition_syntax_error = functools.lru_cache(MOST)(dynamodb._condition_syntax_error)


def read_once(read: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """Remembers what a text says, and gives everybody a list of their own; anything else is read each time."""
    remembered = functools.lru_cache(MOST)(read)
    return lambda given: list(remembered(given)) if isinstance(given, str) else read(given)
