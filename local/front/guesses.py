"""How often an address may be wrong: about the number of a report, or the secret of one. Counted by what was answered,
so that no spelling of a request passes it; somebody signed in is not counted, they answer for what they do."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from local.front.edge import Window
from local.front.request import Request
from local.front.spelling import LONGEST

MOST = 30
READ_THE_TOKEN = ("/complaints/", "/staff/")  # routes that refuse a bad token before they look for the number
SEPARATORS = re.compile(r"[/?&=]")


@dataclass
class Attempt:
    """One request that may be a guess. `wait`: seconds until its address may ask again; 0: it may now."""

    wait: int = 0
    wrong: bool = False


class Guesses:
    """`limit` in any 60 seconds per address; 0 lifts it. While as many are under way as could still be wrong, the next
    one waits for their end: a thousand at once are not a thousand guesses."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._wrong = Window(limit, now)
        self._under_way: Counter[str] = Counter()
        self._waiting: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def attempt(self, address: str) -> AsyncIterator[Attempt]:
        """Say in `wrong` what came of it."""
        attempt = Attempt(wait=await self._admit(address))
        try:
            yield attempt
        finally:
            if not attempt.wait:
                self._end(address, attempt.wrong)

    async def _admit(self, address: str) -> int:
        while self._limit:
            if wait := self._wrong.wait(address):
                return wait
            if self._wrong.count(address) + self._under_way[address] < self._limit:
                break
            await self._waiting.setdefault(address, asyncio.Event()).wait()
        self._under_way[address] += 1
        return 0

    def _end(self, address: str, wrong: bool) -> None:
        self._under_way[address] -= 1
        if not self._under_way[address]:
            del self._under_way[address]
        if wrong and self._limit:
            self._wrong.add(address)
        if waiting := self._waiting.pop(address, None):
            waiting.set()


def may_be_guess(request: Request, path: str) -> bool:
    """Whether its answer tells if a number or a secret is right. `path` is below /api."""
    if b"authorization" in request.headers and path.startswith(READ_THE_TOKEN):
        return False
    return names_number(path, request.query) or _sends_secret(request)


def is_wrong(request: Request, path: str, status: int) -> bool:
    """Whether the answer to such a request says that it was a wrong guess."""
    return (status == 404 and names_number(path, request.query)) or (status == 401 and _sends_secret(request))


def names_number(path: str, query: bytes = b"") -> bool:
    """Whether a part of the address reads as a report's number, its check sign being right. A query too long to be
    looked through may."""
    if len(query) > LONGEST:
        return True
    parts = SEPARATORS.split(path) + SEPARATORS.split(query.decode("latin-1").replace("+", " "))
    return any(_is_number(unquote(part)) for part in parts if part)


def _is_number(text: str) -> bool:
    for candidate in {text, text.rpartition(".")[0]}:  # also of a file: `JKT-….atom`
        try:
            numbers.read(candidate)
        except (NotFoundError, UnreadableError):
            continue
        return True
    return False


def _sends_secret(request: Request) -> bool:
    return b"x-complaint-secret" in request.headers
