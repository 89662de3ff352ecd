"""The emulator, inside this process: started and stopped by us, called over its own door or directly."""

import asyncio
import functools
from typing import Any

from local.settings import ACCOUNT, REGION, Settings

ROOT_KEY = "test"  # the emulator's own root user; the application's keys begin with ASIA


class Cloud:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
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
        await started.wait()

    async def stop(self) -> None:
        """Ends without the emulator's own shutdown, which would save everything once more, logs included."""
        if self._lifespan:
            self._lifespan.cancel()

    @property
    def app(self) -> Any:
        from ministack.app import app

        return app

    @functools.cache  # noqa: B019 - one object per process
    def client(self, service: str) -> Any:
        """A client of root, for threads beside the event loop: it calls this process by its own door."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self._settings.origin,
            aws_access_key_id=ROOT_KEY,
            aws_secret_access_key=ROOT_KEY,
            config=Config(retries={"max_attempts": 1}, read_timeout=120, s3={"addressing_style": "path"}),
        )

    def in_scope(self) -> Any:
        """A context in which the emulator's stores answer for our account and region."""
        from ministack.core.responses import request_scope

        return request_scope(ACCOUNT, REGION)
