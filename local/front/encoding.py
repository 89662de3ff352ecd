"""Compressed answers, as the edge gives them to whoever asks by Accept-Encoding."""

import gzip

from local.front.edge import Response

PREFERRED = ("br", "gzip")
VARY = ("vary", "accept-encoding")
SMALLEST = 1024  # bytes of an API answer; the template's MinimumCompressionSize, which a test compares


def chosen(accepted: str, there: list[str]) -> str:
    """The best encoding that is there and accepted; "" is none. What is named with `q=0` is refused."""
    weights = dict(_weighed(part) for part in accepted.lower().split(",") if part.strip())
    wanted = [name for name in PREFERRED if name in there and weights.get(name, weights.get("*", 0))]
    return max(wanted, key=lambda name: weights.get(name, 0), default="")


def _weighed(part: str) -> tuple[str, float]:
    name, _, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0


def of_api(answer: Response, accepted: str) -> Response:
    """As API Gateway: gzip, and only what is worth it."""
    status, headers, body = answer
    if len(body) < SMALLEST or not chosen(accepted, ["gzip"]):
        return answer
    return status, [*headers, ("content-encoding", "gzip"), VARY], gzip.compress(body, 6, mtime=0)
