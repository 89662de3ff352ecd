"""Asks a stage from outside what a citizen would: the site, the city's health, a case that nobody has, a report that is
none. It writes nothing, so no list, figure or alert needs an exception for it. Deployed as it stands, as the code of a
function of the stack in us-east-1: the standard library only, at most 4,096 signs."""

import json
import os
import urllib.error
import urllib.request
from typing import Any

HANGS = 20  # seconds
ASKED = (  # method, path, what is sent; what a city that works answers: the status, and a word of the body
    ("GET", "/", None, 200, "<html"),
    ("GET", "/api/health", None, 200, '"stage"'),  # 503 when a table does not answer
    ("GET", "/api/complaints/JKT-0000-0000-0", None, 404, '"not_found"'),  # one number in 2^40
    ("POST", "/api/complaints", b"{}", 422, '"code"'),  # through both walls to the form, and no further
)


class WrongError(Exception):
    """What was asked, and what came instead."""


def handler(_event: Any, _context: Any) -> None:
    """Raises WrongError when one answer or more is not as it must be; then the function's metric Errors counts one."""
    wrong = [found for asked in ASKED if (found := told(os.environ["SITE_URL"], *asked))]
    if wrong:
        raise WrongError("; ".join(wrong))


def told(site: str, method: str, path: str, body: bytes | None, status: int, word: str) -> str:
    """What is wrong with the answer, in words; nothing when it is as it must be."""
    headers = {"Content-Type": "application/json", "User-Agent": "tanggap-probe"}
    request = urllib.request.Request(site + path, data=body, method=method, headers=headers)  # noqa: S310  # by https
    try:
        found, text = _asked(request)
    except (OSError, ValueError) as error:
        return f"{method} {path}: {type(error).__name__}"
    if found != status:
        return f"{method} {path}: {found} instead of {status}"
    return "" if word in text else f"{method} {path}: {found} without {json.dumps(word)}"


def _asked(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=HANGS) as answer:  # noqa: S310  # the stack takes no other
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
