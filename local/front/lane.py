"""A connection of the server on which calls of SDKs take the short way (sdk_call.py). Some twenty calls follow a
report, and for each of them h11 and ASGI cost as much as the call itself. Everything else goes the usual way, on the
same connection too."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from local.front import sdk_call
from local.front.edge import Response
from local.front.sdk_call import SdkCall

EARLY = 65_536  # bytes that may come before the answer to a call: then nobody reads until it is given
FAILED: Response = (500, [("content-type", "text/plain; charset=utf-8")], b"Internal Server Error")
Gone = Callable[[], Awaitable[object]]


class Lane(H11Protocol):
    """The application answers an `SdkCall` by `called(call, gone)`; `gone` waits until the caller has left."""

    _held = b""  # the beginning of a call
    _wanted = 0  # bytes that it has when it is whole
    _early = b""
    _work: "asyncio.Task[None] | None" = None
    _ends = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._gone = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        if self._work:
            self._early += data
            if len(self._early) > EARLY:
                self.flow.pause_reading()
        elif self._held or self._rests:
            self._unset_keepalive_if_required()
            self._take(self._held + data)
        else:
            super().data_received(data)

    @property
    def _rests(self) -> bool:
        """Whether a request begins now."""
        conn = self.conn
        return conn.our_state is h11.IDLE and conn.their_state is h11.IDLE and not conn.trailing_data[0]

    def _take(self, data: bytes) -> None:
        self._held = b""
        if len(data) < self._wanted:
            self._held = data
            return
        self._wanted = 0
        found = sdk_call.read(data)
        if isinstance(found, SdkCall):
            self._work = self.loop.create_task(self._answer(found))
            self.tasks.add(self._work)
            self._work.add_done_callback(self.tasks.discard)
        elif found is None:
            super().data_received(data)
        else:
            self._held, self._wanted = data, found

    async def _answer(self, call: SdkCall) -> None:
        try:
            answer = await self.app.called(call, self._gone.wait)  # type: ignore[union-attr]
        except Exception:
            self.logger.exception("A call was not answered.")
            answer = FAILED
        self._work = None
        if self.transport.is_closing():
            return
        self.transport.write(sdk_call.written(*answer))
        self.on_response_complete()
        if self._ends:
            self.shutdown()
        elif self._early:
            early, self._early = self._early, b""
            self.data_received(early)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone.set()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Not before the answer that is due."""
        self._ends = True
        if not self._work:
            super().shutdown()
