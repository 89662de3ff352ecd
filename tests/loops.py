"""Coroutines beside a browser: its driver keeps a loop running in the thread of the tests, where none may begin."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

Value = TypeVar("Value")


def in_a_loop(work: Coroutine[Any, Any, Value]) -> Value:
    """What it answers, from a loop in a thread of its own with the caller's context."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, asyncio.run, work).result()
