"""Calls the emulator without its own HTTP. A call that came whole goes at once to the check of rights and to the
service. It skips the fifty checks (a website of a bucket? a load balancer?) that the emulator makes for every address.
Who called, whether the signature holds, what the policies say and what the service answers, is the emulator's to say,
as before."""

import functools
import time
from email.utils import formatdate
from typing import Any

from local.emulator import spared

Answer = tuple[int, dict[str, Any], bytes]


async def answered(path: str, headers: dict[str, str], body: bytes) -> Answer:
    """The answer to a POST without a query, signed in its header. It runs in the context of its caller, so call it in a
    task of its own."""
    from ministack import app

    request_id = spared.name()
    _pin(path, headers, body)
    found = await app._handle_ses_v2_request("POST", path, headers, body, {}, request_id)
    if found is None:
        found = await app._dispatch_service_request("POST", path, headers, body, {}, request_id)
    status, given, content = found
    return (
        status,
        {"date": _date(int(time.time())), **given},
        content if isinstance(content, bytes) else content.encode(),
    )


def _pin(path: str, headers: dict[str, str], body: bytes) -> None:
    """What the emulator remembers of a request while it answers."""
    from ministack import app
    from ministack.core import iam_evaluator, responses, router

    key = router.extract_access_key_id(headers)
    responses.set_request_client_ip("127.0.0.1")
    iam_evaluator.pin_request_origin("127.0.0.1", False)
    responses.set_request_account_id(app._request_account_scope(key))
    responses.set_request_region(router.extract_region(headers))
    iam_evaluator._verified_key.set("")
    iam_evaluator._anonymous.set(False)
    iam_evaluator._signed_request.set(iam_evaluator.SignedRequest(key, "POST", path, {}, headers, body))


def said(headers: dict[str, Any]) -> list[tuple[str, str]]:
    """One by one, with small names; the length of the body is left to who sends it."""
    return [(name.lower(), str(value)) for name, value in headers.items() if name.lower() != "content-length"]


@functools.lru_cache(1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)
