"""What CloudFront and WAF do in the cloud: the rate rule, the largest body, and refusals in the application's form."""

import json
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

WINDOW_SECONDS = 60
LARGEST_BODY = 10 * 1024 * 1024
Response = tuple[int, list[tuple[str, str]], bytes]


class RateLimit:
    """`limit` in any 60 seconds per address; 0 lifts it. A refused request does not count."""

    def __init__(self, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._now = now
        self._seen: dict[str, deque[float]] = defaultdict(deque)

    def wait(self, address: str) -> int:
        """Seconds until the next is taken; 0: this one is."""
        if not self._limit:
            return 0
        seen, now = self._seen[address], self._now()
        while seen and seen[0] <= now - WINDOW_SECONDS:
            seen.popleft()
        if len(seen) >= self._limit:
            return max(1, math.ceil(seen[0] + WINDOW_SECONDS - now))
        seen.append(now)
        return 0


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


def too_many(seconds: int) -> Response:
    return problem(429, "too_many_requests", "Too many requests", retry_after=seconds)


def too_large() -> Response:
    return problem(413, "too_large", "Too large")


def not_found() -> Response:
    return problem(404, "not_found", "Not found")


def unavailable() -> Response:
    return problem(503, "unavailable", "Not available, please try again", retry_after=2)
