"""The one port: site, API, AWS calls, the launcher's own routes. An ASGI application."""

import asyncio
import email.utils
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from local.emulator import faults
from local.emulator.cloud import Cloud
from local.emulator.faults import Faults
from local.front import edge, encoding, spelling
from local.front.api import Api
from local.front.guesses import Guesses, is_wrong, may_be_guess
from local.front.own_routes import OwnRoutes
from local.front.request import Receive, Request
from local.front.sdk_call import SdkCall
from local.front.site import Site
from local.played.mailbox import Mailbox

TELLING = ("ses", "sns", "sms-voice")  # services whose accepted calls are messages that left
Send = Callable[[dict], Awaitable[None]]
Ask = Callable[[], Awaitable[edge.Response]]
Gone = Callable[[], Awaitable[object]]


class FrontDoor:
    def __init__(
        self,
        *,
        cloud: Cloud,
        api: Api,
        site: Site,
        own: OwnRoutes,
        limit: edge.RateLimit,
        guesses: Guesses,
        faults: Faults,
        mailbox: Mailbox,
        now: Callable[[], datetime],
    ) -> None:
        self._cloud = cloud
        self._api = api
        self._site = site
        self._own = own
        self._limit = limit
        self._guesses = guesses
        self._faults = faults
        self._mailbox = mailbox
        self._now = now

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request, open_send, send = Request(scope, receive), send, without_cors(send)
        if not request.names_this_machine:
            await respond(send, request, edge.misdirected())
        elif within(request.path, "/api"):
            answer = encoding.of_api(await self._of_api(request), request.header("accept-encoding"))
            await respond(open_send if _is_for_all(request) else send, request, self._dated(edge.shielded(answer)))
        elif _is_of_site(request):
            await self._of_site(request, scope, send)
        elif not request.is_local:
            await respond(send, request, edge.forbidden())
        elif within(request.path, "/_local"):
            await respond(send, request, await self._of_launcher(request))
        elif request.is_aws and spelling.is_direct(request.raw_path):
            await self._of_aws(request, scope, send)
        else:
            await respond(send, request, edge.not_found())

    async def _of_launcher(self, request: Request) -> edge.Response:
        return await self._own.answer(request) if spelling.is_plain(request.raw_path) else edge.not_found()

    async def _of_api(self, request: Request) -> edge.Response:
        """One spelling of a path reaches the routes, so what is counted here is what happens there."""
        path = request.raw_path.removeprefix("/api") or "/"
        if request.method not in spelling.METHODS or path.endswith("/") or not spelling.is_plain(request.raw_path):
            return edge.not_found()
        if (request.method, path) == ("POST", "/complaints") and (wait := self._limit.wait(request.address)):
            return edge.too_many(wait)
        if not may_be_guess(request, path):
            return await self._asked(request, path)
        async with self._guesses.attempt(request.address) as attempt:
            if attempt.wait:
                return edge.too_many(attempt.wait)
            answer = await self._asked(request, path)
            attempt.wrong = is_wrong(request, path, answer[0])
        return answer

    async def _asked(self, request: Request, path: str) -> edge.Response:
        body = await request.body(edge.LARGEST_BODY)
        if body is None:
            return edge.too_large()
        query = request.query.decode("latin-1")
        return await self._api.answer(request.method, path, query, request.texts, body, request.address)

    def _dated(self, answer: edge.Response) -> edge.Response:
        """With the city's own time, as a server in the cloud dates what it says: pages count from it."""
        status, headers, body = answer
        return status, [*headers, ("date", email.utils.format_datetime(self._now(), usegmt=True))], body

    async def _of_aws(self, request: Request, scope: dict[str, Any], send: Send) -> None:
        """Passes a call on; looks at the application's own, for faults and for messages."""
        if request.is_signed and not self._cloud.knows(request.texts, request.query.decode("latin-1")):
            await respond(send, request, edge.forbidden())
            return
        if request.method not in ("GET", "HEAD"):
            self._cloud.writes += 1
        call = faults.call_of(request.method, request.path, request.query, request.headers, b"")
        if call is None or not call.of_application:
            await self._cloud.app(scope, request.receive, send)
            return
        body = await request.body()
        call = faults.call_of(request.method, request.path, request.query, request.headers, body)
        fault = self._faults.hits(call) if self._faults else None
        if not fault and call.service not in TELLING:
            await self._cloud.app(scope, replay(body), send)
            return
        ask = partial(collect, self._cloud.app, scope, body)
        await respond(send, request, await self._of_application(call, body, ask, fault, request.receive))

    async def called(self, sent: SdkCall, gone: Gone) -> edge.Response:
        """What `_of_aws` says to a call of the application that an SDK sent from this machine."""
        call = faults.call_of("POST", sent.path, b"", sent.headers, sent.body)
        if call is None or not self._cloud.knows_key(call.key.decode()):
            return edge.forbidden()
        self._cloud.writes += 1
        ask = partial(self._cloud.answered, sent.path, sent.texts, sent.body)
        fault = self._faults.hits(call) if self._faults else None
        return await self._of_application(call, sent.body, ask, fault, gone)

    async def _of_application(
        self, call: faults.Call, body: bytes, ask: Ask, fault: faults.Fault | None, gone: Gone
    ) -> edge.Response:
        if fault and fault.when == "before" and not await self._passes(fault, gone):
            return faults.answer(call.service)
        status, headers, content = await ask()
        if status == 200 and call.service in TELLING:
            self._mailbox.notice(call, body, content)
        lost = fault and fault.when == "after" and not await self._passes(fault, gone)
        return faults.answer(call.service) if lost else (status, headers, content)

    async def _passes(self, fault: faults.Fault, gone: Gone) -> bool:
        """A held call passes when its time is over and its caller still lives; any other one fails."""
        if not fault.hold:
            return False
        self._faults.held += 1
        try:
            await asyncio.wait_for(gone(), fault.hold)  # all that can still come is the caller's end
        except TimeoutError:
            return True
        finally:
            self._faults.held -= 1
        return False

    async def _of_site(self, request: Request, scope: dict[str, Any], send: Send) -> None:
        if not spelling.is_plain(request.raw_path):
            await respond(send, request, self._site.missing())
        elif request.host.lower().startswith("localhost") and "text/html" in request.header("accept"):
            # The upload forms name 127.0.0.1: one origin for everything.
            target = f"http://127.0.0.1{request.host[len('localhost') :]}{request.raw_path}"
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


def within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _is_for_all(request: Request) -> bool:
    """Open311 is read by pages of other sites: what it shows is public, and no credential goes with the question."""
    return request.method in ("GET", "HEAD") and within(request.path, "/api/open311/v2")


def _is_of_site(request: Request) -> bool:
    """Pages, and what they are made of."""
    return request.method in ("GET", "HEAD") and not request.is_aws and not request.path.startswith("/_")


def without_cors(send: Send) -> Send:
    """No page of another origin reads anything here, whatever the emulator would allow it."""

    async def filtered(message: dict) -> None:
        if message["type"] == "http.response.start":
            kept = [line for line in message["headers"] if not bytes(line[0]).lower().startswith(b"access-control-")]
            message = {**message, "headers": kept}
        await send(message)

    return filtered


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
