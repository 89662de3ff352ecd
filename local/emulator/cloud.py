"""The emulator, inside this process: started and stopped by us, called over its own door or directly."""

import asyncio
import functools
from typing import Any
from urllib.parse import parse_qs

from local import operator_key
from local.emulator import direct
from local.operator_key import OperatorKey
from local.settings import ACCOUNT, REGION, Settings

Response = tuple[int, list[tuple[str, str]], bytes]


class Cloud:
    def __init__(self, settings: Settings, key: OperatorKey) -> None:
        self._settings = settings
        self.key = key
        self._lifespan: asyncio.Task[None] | None = None
        self.writes = 0  # calls that may have changed something: the snapshot looks at it

    async def start(self) -> None:
        """Runs the emulator's own start: thread pool, saved state, schedulers. Needs the scrubbed environment."""
        from ministack import app

        received: asyncio.Queue[dict] = asyncio.Queue()
        started = asyncio.Event()

        async def send(_: dict) -> None:
            started.set()

        await received.put({"type": "lifespan.startup"})
        self._lifespan = asyncio.create_task(app.app({"type": "lifespan"}, received.get, send))
        await until_started(started, self._lifespan)
        operator_key.admit(self.key)

    async def stop(self) -> None:
        """Ends without the emulator's own shutdown, which would save everything once more, logs included."""
        if self._lifespan:
            self._lifespan.cancel()

    @property
    def app(self) -> Any:
        from ministack.app import app

        return app

    async def answered(self, path: str, headers: dict[str, str], body: bytes) -> Response:
        """As `app`, of a call that came whole (direct.py); without leave for pages of other origins."""
        status, given, content = await direct.answered(path, headers, body)
        return status, [line for line in direct.said(given) if not line[0].startswith("access-control-")], content

    @functools.cache  # noqa: B019 - one object per process
    def client(self, service: str) -> Any:
        """A client of the operator, for threads beside the event loop: it calls this process by its own door."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self._settings.origin,
            aws_access_key_id=self.key.id,
            aws_secret_access_key=self.key.secret,
            config=Config(retries={"max_attempts": 1}, read_timeout=120, s3={"addressing_style": "path"}),
        )

    def knows(self, headers: dict[str, str], query: str) -> bool:
        """Whether the access key that the emulator reads off a request is one that it gave out, and still good."""
        from ministack.core.router import extract_access_key_id

        key = extract_access_key_id(headers, parse_qs(query, keep_blank_values=True))
        return bool(key) and self.knows_key(key)

    def knows_key(self, key: str) -> bool:
        from ministack.core.iam_evaluator import ResolvedCredential, resolve_credential

        return isinstance(resolve_credential(key, ACCOUNT), ResolvedCredential)

    def in_scope(self) -> Any:
        """A context in which the emulator's stores answer for our account and region."""
        from ministack.core.responses import request_scope

        return request_scope(ACCOUNT, REGION)


async def until_started(started: asyncio.Event, work: "asyncio.Task[None]") -> None:
    """Waits until it has started. Raises what ended it before: nobody else would hear of it."""
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait([waiting, work], return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        work.result()
        message = "the emulator ended instead of starting"
        raise RuntimeError(message)
