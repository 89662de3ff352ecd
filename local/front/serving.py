"""The port, and the server on it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

STOP_SECONDS = 4
IDLE_SECONDS = 65  # an edge keeps a quiet connection about a minute; a client that uses it again must not be cut off


def listen(port: int) -> socket.socket:
    # The protocol is named, else asyncio leaves Nagle's algorithm on, and every answer waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(2048)
    except OSError as fault:
        raise SystemExit(f"Port {port} is taken ({fault.strerror}); another one: PORT=8090 make run") from None
    return listening


def configured(application: Any) -> Any:
    """How uvicorn serves it."""
    import uvicorn

    from local.front.lane import Lane

    return uvicorn.Config(
        application,
        http=Lane,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,  # nobody says who they are but by connecting
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=2,
    )


@contextlib.asynccontextmanager
async def served(application: Any, listening: socket.socket) -> AsyncIterator[None]:
    import uvicorn

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Any:
            """They are the launcher's."""
            yield

    server = Server(configured(application))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=STOP_SECONDS)
