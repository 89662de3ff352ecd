"""A front door with nothing behind it, and somebody who asks."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from local.emulator.faults import Faults
from local.front.edge import RateLimit, Response
from local.front.front_door import FrontDoor
from local.front.guesses import Guesses
from local.front.site import Site
from local.played.mailbox import Mailbox

HOST = "127.0.0.1:8080"
KEY = "ASIA0123456789ABCDEF"  # the only one that is known
SIGNED = f"AWS4-HMAC-SHA256 Credential={KEY}/20260101/ap-southeast-3/dynamodb/aws4_request"
CORS = (b"Access-Control-Allow-Origin", b"*")


class Recorded:
    """Stands for the emulator, the API and the own routes: answers its name, and remembers what it was asked. It knows
    one access key, and lets every page read what it says, as the emulator does."""

    def __init__(self) -> None:
        self.writes = 0
        self.asked: list[str] = []
        self.status = 200  # of what the API answers, and the emulator to a call that takes the short way
        self.says = b"cloud"  # the emulator, on the short way
        self.holds = False  # whether others come before it answers

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.asked.append("cloud")
        await send({"type": "http.response.start", "status": 200, "headers": [CORS]})
        await send({"type": "http.response.body", "body": b"cloud"})

    async def answer(self, *words: Any) -> Response:
        name = "api" if len(words) > 1 else "own"
        self.asked.append(name)
        for _ in range(10 if self.holds else 0):
            await asyncio.sleep(0)
        return self.status if name == "api" else 200, [], name.encode()

    async def answered(self, path: str, headers: dict[str, str], body: bytes) -> Response:
        self.asked.append("cloud")
        return self.status, [], self.says

    def knows_key(self, key: str) -> bool:
        return key == KEY

    def knows(self, headers: dict[str, str], query: str) -> bool:
        return KEY in headers.get("authorization", "") + query


def a_door(behind: Recorded, site: Path, *, reports: int = 1, guesses: int = 0, now: Any = lambda: 0.0) -> FrontDoor:
    """With limits so small, per minute; 0: none."""
    (site / "index.html").write_text("site")
    (site / "lapor.html").write_text("form")
    return FrontDoor(
        cloud=behind,
        api=behind,
        site=Site(site),
        own=behind,
        limit=RateLimit(reports, now),
        guesses=Guesses(guesses, now),
        faults=Faults(),
        mailbox=Mailbox(lambda: None, "-unit-"),
        now=lambda: datetime(2026, 11, 25, 9, tzinfo=UTC),
    )


class Answer:
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = dict(messages[0]["headers"])
        self.body: bytes = b"".join(m.get("body", b"") for m in messages[1:])


Got = TypeVar("Got")


def in_a_loop(work: Coroutine[Any, Any, Got]) -> Got:
    """Runs it in a thread of its own: a browser that another test opened keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(
    door: FrontDoor, method: str, path: str, *, body: bytes = b"", peer: str = "127.0.0.1", **headers: str
) -> Answer:
    """Header names with underscores for dashes."""
    return in_a_loop(asked(door, method, path, body=body, peer=peer, **headers))


async def asked(
    door: FrontDoor, method: str, path: str, *, body: bytes = b"", peer: str = "127.0.0.1", **headers: str
) -> Answer:
    """The same inside a loop, where several may ask at once."""
    given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(plain),
        "raw_path": plain.encode("latin-1"),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": (peer, 1),
    }
    sent: list[dict[str, Any]] = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await door(scope, receive, send)
    return Answer(sent)
