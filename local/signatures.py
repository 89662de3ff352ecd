"""Who calls, and whether they signed: seen at once in a function's call that is spelt as SDKs spell it, and is right.
Whatever is spelt otherwise, or is not right, is the emulator's to judge, as before."""

import calendar
import functools
import hashlib
import hmac
import re
import time
from collections.abc import Callable
from typing import Any

UNSAID = object()  # no token is none that is wrong
MOST = 4096  # credentials: then it begins anew
PATHS = {"/", "/v2/email/outbound-emails"}
WINDOW = 240  # seconds between the caller's clock and ours; the emulator refuses at 300, of some services at 900
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)/([0-9]{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)
DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")


class Credentials:
    """In place of the emulator's `resolve_credential`, which `usual` is: of a role's session it is remembered, as long
    as the session is the same. Whether it has ended is looked at each time."""

    def __init__(self, usual: Callable[..., Any]) -> None:
        self._usual = usual
        self._known: dict[tuple[Any, ...], tuple[dict[str, Any], Any]] = {}

    def __call__(self, access_key_id: str, account_id: str | None = None, session_token: Any = UNSAID) -> Any:
        from ministack.core.responses import get_account_id
        from ministack.services import sts

        told = () if session_token is UNSAID else (session_token,)
        words = (access_key_id, account_id or get_account_id(), *told)
        session = sts._sessions.get(access_key_id)
        then, credential = self._known.get(words, (None, None))
        if session and session == then and lives(session):
            return credential
        found = self._usual(*words)
        if session and getattr(found, "principal_type", "") == "AssumedRole":
            self._remember(words, (dict(session), found))
        return found

    def _remember(self, words: tuple[Any, ...], known: tuple[dict[str, Any], Any]) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[words] = known


def lives(session: dict[str, Any] | None) -> bool:
    """The session of a function has no end, since the function gets no new one."""
    if not session or not session.get("SecretAccessKey"):
        return False
    end = session.get("Expiration")
    return not isinstance(end, int | float) or time.time() <= end


class Signatures:
    """In place of the emulator's `authenticate`, which `usual` is. A credential is leave to go on."""

    def __init__(self, usual: Callable[[str, str], Any], now: Callable[[], float] = time.time) -> None:
        self._usual = usual
        self._now = now

    def __call__(self, access_key_id: str, account_id: str) -> Any:
        from ministack.core import iam_evaluator

        request = iam_evaluator._signed_request.get()
        found = AUTHORIZATION.fullmatch(request.headers.get("authorization", "")) if _is_plain(request) else None
        if not found or not found[1] == access_key_id == request.access_key_id or not self._is_of_now(request, found):
            return self._usual(access_key_id, account_id)
        credential = _credential(request, account_id)
        if credential is None or not hmac.compare_digest(_signature(request, found, credential), found[6]):
            return self._usual(access_key_id, account_id)
        iam_evaluator._signed_request.set(None)  # as the emulator: a request is looked at once
        iam_evaluator._verified_key.set(access_key_id)
        return credential

    def _is_of_now(self, request: Any, found: re.Match[str]) -> bool:
        signed = request.headers.get("x-amz-date", "")
        is_date = DATE.fullmatch(signed) and signed[:8] == found[2]
        return bool(is_date) and abs(_seconds(signed) - self._now()) < WINDOW


def _is_plain(request: Any) -> bool:
    return (
        request is not None
        and request.method == "POST"
        and request.raw_path in PATHS
        and not (request.query_params or request.presigned or request.handshake)
        and not (request.sigv2 or request.unverifiable)
        and "x-amz-content-sha256" not in request.headers
    )


@functools.lru_cache(64)
def _seconds(signed: str) -> float:
    """Since the epoch. A time that no calendar has is long ago."""
    try:
        return calendar.timegm(time.strptime(signed, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return 0


def _credential(request: Any, account: str) -> Any:
    """None when the emulator gives none for this key and token."""
    from ministack.core import iam_evaluator, responses

    key, token = request.access_key_id, request.headers.get("x-amz-security-token", "")
    found = iam_evaluator.resolve_credential(key, responses._account_from_sts_session(key) or account, token)
    return found if isinstance(found, iam_evaluator.ResolvedCredential) else None


def _signature(request: Any, found: re.Match[str], credential: Any) -> str:
    """What it must be. The canonical parts are the emulator's."""
    from ministack.core import sigv4

    _, date, region, service, names, _ = found.groups()
    headers = sigv4.build_canonical_headers(request.headers, names)
    body = hashlib.sha256(request.body).hexdigest()
    canonical = f"POST\n{request.raw_path}\n\n{headers}\n{names}\n{body}"
    told = sigv4.build_string_to_sign(request.headers["x-amz-date"], date, region, service, canonical)
    key = sigv4._cached_signing_key(credential.secret_access_key, date, region, service)
    return hmac.digest(key, told.encode(), "sha256").hex()


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import iam_evaluator

    iam_evaluator.resolve_credential = Credentials(iam_evaluator.resolve_credential)
    iam_evaluator.authenticate = Signatures(iam_evaluator.authenticate)
