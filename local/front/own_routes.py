"""The launcher's own routes, `/_local…`: who may sign in, time, mailbox, faults, a fresh start. Never deployed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib.channels import signatures
from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.domain.ways import CALLED_BACK
from local import clock
from local.clock import Clock
from local.emulator.cloud import Cloud
from local.emulator.deploy import KEYS_PATH, Deployment
from local.emulator.faults import SERVICES, Faults, InvalidFault
from local.front import edge, pages
from local.front.request import Request
from local.played.channels import path_of
from local.played.mailbox import Mailbox
from local.played.people import PEOPLE, Tokens
from local.played.providers import PATH, Providers, Told
from local.reset import Reset

LARGEST_BODY = 65_536
DEEPEST = 32  # nested brackets that a body may open
Answer = edge.Response
PLAIN = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]


class InvalidBody(Exception):
    """The refusal that answers it."""

    def __init__(self, response: Answer) -> None:
        super().__init__(response[0])
        self.response = response


class OwnRoutes:
    def __init__(
        self,
        *,
        cloud: Cloud,
        deployment: Deployment,
        clock: Clock,
        mailbox: Mailbox,
        faults: Faults,
        reset: Reset,
        origin: str,
        key_file: Path,
    ) -> None:
        self._cloud = cloud
        self._deployment = deployment
        self._clock = clock
        self._mailbox = mailbox
        self._providers = Providers(mailbox, origin)
        self._faults = faults
        self._reset = reset
        self._origin = origin
        self._key_file = key_file
        self._tokens = Tokens(cloud)
        self._one_at_a_time = asyncio.Lock()  # what moves the whole city
        self.channels: dict[str, dict[str, str]] = {}  # what the senders of each channel sign with
        self.ready = False
        self._routes: dict[tuple[str, str], Callable[[Request], Awaitable[Answer]]] = {
            ("GET", "/_local"): self._home,
            ("GET", "/_local/mailbox"): self._messages,
            ("GET", KEYS_PATH): self._keys,
            ("POST", "/_local/token"): self._token,
            ("POST", "/_local/role"): self._role,
            ("POST", "/_local/clock"): self._advance,
            ("GET", "/_local/faults"): self._held,
            ("POST", "/_local/faults"): self._fault,
            ("POST", "/_local/reset"): self._start_afresh,
        }
        for channel in sorted(CALLED_BACK):
            self._routes["POST", path_of(channel)] = partial(self._called_back, channel)

    async def answer(self, request: Request) -> Answer:
        method = "GET" if request.method == "HEAD" else request.method
        if method == "POST" and request.path.startswith(f"{PATH}/"):
            return await self._provide(request)
        if method == "GET" and request.path.startswith(f"{PATH}/"):
            return self._fetched(request)
        route = self._routes.get((method, request.path.rstrip("/")))
        if route is None:
            return edge.not_found()
        if not self.ready and route != self._keys:
            return edge.unavailable()
        try:
            return await route(request)
        except InvalidBody as invalid:
            return invalid.response

    async def _provide(self, request: Request) -> Answer:
        """As a messenger's provider answers."""
        body = await request.body(LARGEST_BODY) or b""
        if self._providers.leave(request.path, request.header("content-type"), body):
            return 204, PLAIN, b""
        return self._told(self._providers.answer(request, body))

    def _fetched(self, request: Request) -> Answer:
        """A picture, or where it lies."""
        found = self._providers.picture(request.path)
        if found:
            kind, data = found
            return 200, [*PLAIN, ("content-type", kind)], data
        return self._told(self._providers.media(request))

    def _told(self, told: Told | None) -> Answer:
        if told is None:
            return edge.not_found()
        status, document = told
        return status, [*PLAIN, ("content-type", "application/json")], json.dumps(document).encode()

    async def _home(self, request: Request) -> Answer:
        city = {
            "now": self._clock.now().isoformat(),
            "addresses": {name: self._origin + path for name, path in ADDRESSES.items()},
            "operator_key": str(self._key_file),
            "users": [person.public() for person in PEOPLE],
            "open311": {"key": self._deployment.standing.get("open311")},
            "channels": self.channels,
        }
        return _html(pages.home(city)) if _wants_html(request) else _json(city)

    async def _messages(self, request: Request) -> Answer:
        wanted = request.parameters
        to, number = wanted.get("to", ""), wanted.get("number", "")
        items = self._mailbox.find(to=to, number=number)
        if _wants_html(request):
            return _html(pages.mailbox(items, self._clock.now(), to, number))
        return _json({"items": items})

    async def _keys(self, _: Request) -> Answer:
        from ministack.services import cognito

        with self._cloud.in_scope():
            status, headers, body = cognito.well_known_jwks(self._deployment.outputs.get("UserPoolId", ""))
        return status, list(headers.items()), body

    async def _token(self, request: Request) -> Answer:
        user = _text(await _body(request, {"user"}), "user")
        outputs = self._deployment.outputs
        issued = await asyncio.to_thread(self._tokens.issue, outputs["UserPoolId"], outputs["UserPoolClientId"], user)
        if issued is None:
            return edge.not_found()
        expires = self._clock.machine_now().timestamp() + issued["ExpiresIn"]
        return _json({"token": issued["AccessToken"], "expires_at": _iso(expires)})

    async def _role(self, request: Request) -> Answer:
        """What a function of the stack has in its environment, its role's credentials too: for tests of adapters."""
        name = _text(await _body(request, {"function"}), "function")
        found = await asyncio.to_thread(self._deployment.environment_of, name)
        return _json({"environment": found}) if found else edge.not_found()

    async def _advance(self, request: Request) -> Answer:
        text = _text(await _body(request, {"advance"}), "advance")
        try:
            by = clock.duration(text)
            async with self._one_at_a_time:
                now = await asyncio.to_thread(self._clock.advance, by)
        except ValueError:
            return _invalid("advance", "value", "an ISO 8601 duration such as PT6H")
        return _json({"now": now.isoformat()})

    async def _fault(self, request: Request) -> Answer:
        document = await _body(request, {"service", "operation", "probability", "when", "hold"})
        try:
            self._faults.switch(document)
        except InvalidFault as invalid:
            return _invalid(str(invalid), "value", f"service: one of {', '.join(SERVICES)}; probability: 0 to 1")
        return _json({})

    async def _held(self, _: Request) -> Answer:
        """How many calls stand still now: for tests that kill a caller in the middle."""
        return _json({"held": self._faults.held})

    async def _called_back(self, channel: str, request: Request) -> Answer:
        """Plays the system of a partner: believes what is signed for it, and shows it in the mailbox."""
        raw = await request.body(LARGEST_BODY)
        secret = self.channels.get(channel.lower(), {}).get("call_back_secret", "")
        try:
            signatures.check_standard(request.texts, raw or b"", [secret], self._clock.machine_now())
        except UnauthenticatedError:
            return edge.problem(401, "unauthenticated", "Not signed for this partner")
        self._mailbox.called_back(channel, request.texts["webhook-id"], raw or b"")
        return _json({})

    async def _start_afresh(self, request: Request) -> Answer:
        await _body(request, set())
        async with self._one_at_a_time:
            await asyncio.to_thread(self._reset)
        return _json({})


ADDRESSES = {
    "site": "/",
    "form": "/lapor",
    "console": "/konsol",
    "mailbox": "/_local/mailbox",
    "api": "/api",
    "open311": "/api/open311/v2",
}


async def _body(request: Request, known: set[str]) -> dict[str, Any]:
    """The JSON object, with no other than the known keys. An empty body is an empty object."""
    raw = await request.body(LARGEST_BODY)
    if raw is None:
        raise InvalidBody(edge.too_large())
    document = _read(raw or b"{}")
    if not isinstance(document, dict):
        raise InvalidBody(_invalid("", "type", "an object is expected"))
    if strange := sorted(document.keys() - known):
        raise InvalidBody(_invalid(strange[0], "unknown", "not known here"))
    return document


def _read(raw: bytes) -> Any:
    unreadable = InvalidBody(edge.problem(400, "unreadable", "Unreadable"))
    if raw.count(b"[") + raw.count(b"{") > DEEPEST:
        raise unreadable
    try:
        return json.loads(raw)
    except ValueError:
        raise unreadable from None


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    if value in (None, ""):
        raise InvalidBody(_invalid(name, "required", "is missing"))
    if not isinstance(value, str) or not value.isprintable() or len(value) > 128:
        raise InvalidBody(_invalid(name, "type", "a short text is expected"))
    return value


def _invalid(field: str, code: str, message: str) -> Answer:
    error = {"field": field, "code": code, "message": message}
    return edge.problem(422, "invalid", "Not valid", errors=[error])


def _wants_html(request: Request) -> bool:
    return "text/html" in request.header("accept")


def _json(document: dict[str, Any]) -> Answer:
    return 200, [("content-type", "application/json"), *PLAIN], json.dumps(document, ensure_ascii=False).encode()


def _html(page: str) -> Answer:
    headers = [("content-type", "text/html; charset=utf-8"), ("content-security-policy", pages.POLICY), *PLAIN]
    return 200, headers, page.encode()


def _iso(epoch: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(epoch, UTC).isoformat()
