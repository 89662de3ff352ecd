"""What CloudFront and WAF do in the cloud: the rate rule, the largest body, and refusals in the application's form."""

import json
import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from local.settings import ROOT

WINDOW_SECONDS = 60
LARGEST_BODY = 10 * 1024 * 1024
Response = tuple[int, list[tuple[str, str]], bytes]


class Window:
    """What happened in the last 60 seconds, per address; at most `limit` of it fit."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._now = now
        self._seen: dict[str, deque[float]] = {}

    def add(self, address: str) -> None:
        self._seen.setdefault(address, deque()).append(self._now())

    def count(self, address: str) -> int:
        seen, oldest = self._seen.get(address), self._now() - WINDOW_SECONDS
        while seen and seen[0] <= oldest:
            seen.popleft()
        if seen is not None and not seen:
            del self._seen[address]
        return len(seen or ())

    def wait(self, address: str) -> int:
        """Seconds until one more fits; 0: it fits now."""
        if self.count(address) < self._limit:
            return 0
        return max(1, math.ceil(self._seen[address][0] + WINDOW_SECONDS - self._now()))


class RateLimit:
    """`limit` in any 60 seconds per address; 0 lifts it. A refused request does not count."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._lifted = not limit
        self._taken = Window(limit, now)

    def wait(self, address: str) -> int:
        """Seconds until the next is taken; 0: this one is."""
        if self._lifted:
            return 0
        if not (wait := self._taken.wait(address)):
            self._taken.add(address)
        return wait


def problem(status: int, code: str, title: str, *, retry_after: int | None = None, **members: Any) -> Response:
    """A refusal as the application writes it; `members` are its `detail` and `errors`."""
    document = {"type": "about:blank", "title": title, "status": status, "code": code, **members}
    headers = [
        ("content-type", "application/problem+json"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ]
    if retry_after is not None:
        headers.append(("retry-after", str(retry_after)))
    return status, headers, json.dumps(document).encode()


def shielded(answer: Response) -> Response:
    """With the headers that the distribution gives to every answer of the API."""
    status, headers, body = answer
    return status, [*(line for line in headers if line[0].lower() not in API_HEADERS), *API_HEADERS.items()], body


def _api_headers() -> dict[str, str]:
    source = json.loads((ROOT / "infra" / "api_headers.json").read_text())
    directives = source["content_security_policy"].items()
    policy = "; ".join(" ".join([name, *listed]) for name, listed in directives)
    return {"content-security-policy": policy, **{name.lower(): value for name, value in source["headers"].items()}}


API_HEADERS = _api_headers()


def too_many(seconds: int) -> Response:
    return problem(429, "too_many_requests", "Too many requests", retry_after=seconds)


def too_large() -> Response:
    return problem(413, "too_large", "Too large")


def forbidden() -> Response:
    return problem(403, "not_allowed", "Not allowed")


def misdirected() -> Response:
    """This Host is served somewhere else, if anywhere."""
    return problem(421, "misdirected", "Misdirected request")


def not_found() -> Response:
    return problem(404, "not_found", "Not found")


def unavailable() -> Response:
    return problem(503, "unavailable", "Not available, please try again", retry_after=2)
