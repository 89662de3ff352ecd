"""The one port: site, API, AWS calls, the launcher's own routes. An ASGI application."""

import asyncio
import email.utils
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from local import edge, encoding, faults
from local.api import Api
from local.cloud import Cloud
from local.faults import Faults
from local.mailbox import Mailbox
from local.own_routes import OwnRoutes
from local.request import Receive, Request
from local.site import Site

EMULATOR_PATHS = ("/_ministack", "/_localstack", "/_aws")
Send = Callable[[dict], Awaitable[None]]


class FrontDoor:
    def __init__(
        self,
        *,
        cloud: Cloud,
        api: Api,
        site: Site,
        own: OwnRoutes,
        limit: edge.RateLimit,
        faults: Faults,
        mailbox: Mailbox,
        now: Callable[[], datetime],
    ) -> None:
        self._cloud = cloud
        self._api = api
        self._site = site
        self._own = own
        self._limit = limit
        self._faults = faults
        self._mailbox = mailbox
        self._now = now

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        path = request.path
        if path == "/_local" or path.startswith(("/_local/", *EMULATOR_PATHS)):
            await self._for_developers(request, scope, send)
        elif path == "/api" or path.startswith("/api/"):
            answer = encoding.of_api(await self._of_api(request), request.header("accept-encoding"))
            await respond(send, request, self._dated(answer))
        elif request.is_aws:
            await self._of_aws(request, scope, send)
        elif request.method in ("GET", "HEAD"):
            await self._of_site(request, scope, send)
        else:
            await respond(send, request, edge.not_found())

    async def _for_developers(self, request: Request, scope: dict[str, Any], send: Send) -> None:
        if not request.is_local:
            await respond(send, request, edge.problem(403, "not_allowed", "Not allowed"))
        elif request.path.startswith("/_local"):
            await respond(send, request, await self._own.answer(request))
        else:
            await self._cloud.app(scope, request.receive, send)

    async def _of_api(self, request: Request) -> edge.Response:
        path = request.raw_path.removeprefix("/api") or "/"
        if (
            request.method == "POST"
            and path.rstrip("/") == "/complaints"
            and (wait := self._limit.wait(request.address))
        ):
            return edge.too_many(wait)
        body = await request.body(edge.LARGEST_BODY)
        if body is None:
            return edge.too_large()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers.items()}
        return await self._api.answer(
            request.method, path, request.query.decode("latin-1"), headers, body, request.address
        )

    def _dated(self, answer: edge.Response) -> edge.Response:
        """With the city's own time, as a server in the cloud dates what it says: pages count from it."""
        status, headers, body = answer
        return status, [*headers, ("date", email.utils.format_datetime(self._now(), usegmt=True))], body

    async def _of_aws(self, request: Request, scope: dict[str, Any], send: Send) -> None:
        """Passes a call on; looks at the application's own, for faults and for messages."""
        if request.method not in ("GET", "HEAD"):
            self._cloud.writes += 1
        call = faults.call_of(request.method, request.path, request.query, request.headers, b"")
        if call is None or not call.of_application:
            await self._cloud.app(scope, request.receive, send)
            return
        body = await request.body()
        call = faults.call_of(request.method, request.path, request.query, request.headers, body)
        fault = self._faults.hits(call) if self._faults else None
        if fault and fault.when == "before" and not await self._passes(fault, request):
            await respond(send, request, faults.answer(call.service))
            return
        told = call.service in ("ses", "sns")
        if not fault and not told:
            await self._cloud.app(scope, replay(body), send)
            return
        status, headers, content = await collect(self._cloud.app, scope, body)
        if told and status == 200:
            self._mailbox.notice(call, body, content)
        lost = fault and fault.when == "after" and not await self._passes(fault, request)
        await respond(send, request, faults.answer(call.service) if lost else (status, headers, content))

    async def _passes(self, fault: faults.Fault, request: Request) -> bool:
        """A held call passes when its time is over and its caller still lives; any other one fails."""
        if not fault.hold:
            return False
        self._faults.held += 1
        try:
            await asyncio.wait_for(request.receive(), fault.hold)  # all that can still come is the caller's end
        except TimeoutError:
            return True
        finally:
            self._faults.held -= 1
        return False

    async def _of_site(self, request: Request, scope: dict[str, Any], send: Send) -> None:
        if request.host.startswith("localhost") and "text/html" in request.header("accept"):
            # The upload forms name 127.0.0.1: one origin for everything.
            target = f"http://127.0.0.1{request.host.removeprefix('localhost')}{request.raw_path}"
            await respond(send, request, (307, [("location", target)], b""))
        elif request.path == "/config.json":
            await respond(send, request, self._site.answer_config())
        elif file := self._site.find(request.path):
            seen, accepted = request.header("if-none-match"), request.header("accept-encoding")
            part = request.header("range")
            await respond(send, request, self._site.answer(file, seen, accepted=accepted, part=part))
        elif request.path.endswith("/.well-known/jwks.json"):
            await self._cloud.app(scope, request.receive, send)
        else:
            await respond(send, request, self._site.missing(request.header("accept-encoding")))


def replay(body: bytes) -> Receive:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def collect(app: Any, scope: dict[str, Any], body: bytes) -> edge.Response:
    started: dict[str, Any] = {}
    parts: list[bytes] = []

    async def send(message: dict) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, replay(body), send)
    headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in started["headers"]]
    return started["status"], headers, b"".join(parts)


async def respond(send: Send, request: Request, response: edge.Response) -> None:
    status, headers, content = response
    kept = [(n, v) for n, v in headers if n.lower() not in ("content-length", "transfer-encoding", "connection")]
    lines = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in [*kept, ("content-length", str(len(content)))]]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else content})
