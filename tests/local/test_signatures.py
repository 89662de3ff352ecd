"""A call that is right is seen at once; whatever is not is judged by the emulator, and the answer is the same."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Keys

from local import signatures
from local.signatures import Credentials, Signatures

ACCOUNT, REGION, KEY, NOW = "000000000000", "ap-southeast-3", "ASIA0123456789ABCDEF", 1_790_000_000.0
SESSION = {
    "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Teller/one",
    "AccountId": ACCOUNT,
    "SecretAccessKey": "secret",
    "SessionToken": "token",
    "UserId": "AROA:one",
}


class Asked:
    """The emulator's own function, counted."""

    def __init__(self, usual: Any) -> None:
        self._usual = usual
        self.times = 0

    def __call__(self, *words: Any) -> Any:
        self.times += 1
        return self._usual(*words)


@dataclass(frozen=True)
class Sent:
    """How a call was made, and what became of it on its way."""

    ago: float = 0  # seconds
    method: str = "POST"
    path: str = "/"
    key: str = KEY
    secret: str = "secret"
    token: str | None = "token"
    service: str = "dynamodb"
    body: bytes | None = None  # another one than was signed
    headers: tuple[tuple[str, str], ...] = ()  # other ones
    told: tuple[tuple[str, Any], ...] = ()  # what the emulator noted of it
    instead: tuple[str, str] = ("", "")  # words of the signature, by others


RIGHT = {
    "as SDKs do": Sent(),
    "a mail": Sent(path="/v2/email/outbound-emails", service="ses"),
    "words with blanks": Sent(headers=(("user-agent", "an SDK"),)),
    "some minutes ago": Sent(ago=200),
    "by a clock that is fast": Sent(ago=-200),
}
OTHERS = {
    "long ago": Sent(ago=3600),
    "in an hour": Sent(ago=-3600),
    "a little too long ago for a mail": Sent(ago=400, service="ses", path="/v2/email/outbound-emails"),
    "a while ago, as this service allows": Sent(ago=400),
    "another secret": Sent(secret="other"),
    "another token": Sent(token="other"),
    "no token": Sent(token=None),
    "a key that nobody has": Sent(key="ASIA0000000000000000"),
    "another body": Sent(body=b'{"TableName":"others"}'),
    "another operation": Sent(headers=(("x-amz-target", "DynamoDB.DeleteItem"),)),
    "another date": Sent(headers=(("x-amz-date", "20260921T131321Z"),)),
    "no date": Sent(headers=(("x-amz-date", ""),)),
    "a date that no calendar has": Sent(headers=(("x-amz-date", "20269921T131320Z"),)),
    "another way": Sent(method="PUT"),
    "another path": Sent(path="/queue"),
    "with the body's digest": Sent(headers=(("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),)),
    "another day in its scope": Sent(instead=("20260921/", "20260920/")),
    "another region in its scope": Sent(instead=(REGION, "us-east-1")),
    "another service in its scope": Sent(instead=("/dynamodb/", "/sqs/")),
    "a half signature": Sent(instead=("Signature=", "Signature=0")),
    "no signature": Sent(instead=("Signature=", "Other=")),
    "capitals in its names": Sent(instead=("SignedHeaders=content-type", "SignedHeaders=Content-Type")),
    "fewer names": Sent(instead=("SignedHeaders=content-type;", "SignedHeaders=")),
    "more after it": Sent(instead=("Signature=", "More=1, Signature=")),
    "another algorithm": Sent(instead=("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")),
    "a link": Sent(told=(("presigned", True),)),
    "a question after the path": Sent(told=(("query_params", {"a": ["b"]}),)),
    "an older form": Sent(told=(("sigv2", True),)),
    "what cannot be read": Sent(told=(("unverifiable", True),)),
    "another key beside it": Sent(told=(("access_key_id", "ASIA1111111111111111"),)),
}


def request_of(sent: Sent) -> Any:
    from ministack.core.iam_evaluator import SignedRequest

    made = AWSRequest(
        sent.method,
        f"http://127.0.0.1:8080{sent.path}",
        {"content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB.GetItem"},
        b"{}",
    )
    then = datetime.fromtimestamp(NOW, UTC) - timedelta(seconds=sent.ago)
    with patch.object(auth, "get_current_datetime", lambda *_: then):
        auth.SigV4Auth(Keys(sent.key, sent.secret, sent.token), sent.service, REGION).add_auth(made)
    headers = {name.lower(): value for name, value in made.headers.items()}
    headers |= {"host": "127.0.0.1:8080", **dict(sent.headers)}
    headers["authorization"] = (
        headers["authorization"].replace(*sent.instead) if sent.instead[0] else headers["authorization"]
    )
    body = b"{}" if sent.body is None else sent.body
    return replace(SignedRequest(sent.key, sent.method, sent.path, {}, headers, body), **dict(sent.told))


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Any:
    """With one session, at one time."""
    import datetime as dates

    from ministack.core import iam_evaluator, sigv4
    from ministack.services import sts

    class Clock(dates.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls.fromtimestamp(NOW, tz)

    monkeypatch.setattr(sigv4, "dt", SimpleNamespace(**{**vars(dates), "datetime": Clock}))
    monkeypatch.setitem(sts._sessions, KEY, dict(SESSION))
    return iam_evaluator


def judged(emulator: Any, judge: Any, sent: Sent) -> tuple[Any, Any, str]:
    """Its answer, whether the request is still to be looked at, and whose signature was found good."""
    pinned, verified = emulator._signed_request.set(request_of(sent)), emulator._verified_key.set("")
    try:
        return judge(KEY, ACCOUNT), emulator._signed_request.get(), emulator._verified_key.get()
    finally:
        emulator._signed_request.reset(pinned)
        emulator._verified_key.reset(verified)


@pytest.mark.parametrize(
    ("sent", "times"),
    [*((sent, 0) for sent in RIGHT.values()), *((sent, 1) for sent in OTHERS.values())],
    ids=[*RIGHT, *OTHERS],
)
def test_a_call_is_judged_as_by_the_emulator_and_one_that_is_right_is_not_asked_about(
    emulator: Any, sent: Sent, times: int
) -> None:
    asked = Asked(emulator.authenticate)

    found = judged(emulator, Signatures(asked, lambda: NOW), sent)

    assert found == judged(emulator, emulator.authenticate, sent)
    assert asked.times == times
    if not times:
        assert isinstance(found[0], emulator.ResolvedCredential)
        assert found[1:] == (None, KEY)


def test_a_call_is_looked_at_once(emulator: Any) -> None:
    judge = Signatures(emulator.authenticate, lambda: NOW)
    pinned = emulator._signed_request.set(request_of(Sent()))

    first, second = judge(KEY, ACCOUNT), judge(KEY, ACCOUNT)
    emulator._signed_request.reset(pinned)

    assert isinstance(first, emulator.ResolvedCredential)
    assert second is None


CHANGES: dict[str, dict[str, Any]] = {
    "another secret": {"SecretAccessKey": "other"},
    "another token": {"SessionToken": "other"},
    "another role": {"Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Other/one"},
    "another account": {"AccountId": "111111111111"},
    "no secret": {"SecretAccessKey": ""},
    "an end that has passed": {"Expiration": 1.0},
    "a person's": {"Arn": f"arn:aws:iam::{ACCOUNT}:user/one", "PrincipalType": "User"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_session_that_changed_is_looked_up_again(emulator: Any, change: dict[str, Any]) -> None:
    from ministack.services import sts

    asked = Asked(emulator.resolve_credential)
    remembering = Credentials(asked)
    before = [remembering(KEY, ACCOUNT, "token") for _ in range(3)]
    assert (asked.times, len(set(map(id, before)))) == (1, 1)

    sts._sessions[KEY] |= change

    for words in ((KEY, ACCOUNT, "token"), (KEY, ACCOUNT), (KEY, ACCOUNT, "other"), (KEY, "222222222222")):
        assert remembering(*words) == emulator.resolve_credential(*words)
    assert asked.times == 5


def test_a_session_that_was_taken_away_is_nobody_s(emulator: Any) -> None:
    from ministack.services import sts

    remembering = Credentials(emulator.resolve_credential)
    remembering(KEY, ACCOUNT)

    sts._sessions.pop(KEY)

    assert remembering(KEY, ACCOUNT) == emulator.resolve_credential(KEY, ACCOUNT)
    assert isinstance(remembering(KEY, ACCOUNT), emulator.CredentialResolutionError)


def test_a_session_ends_while_it_is_remembered(emulator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from ministack.services import sts

    sts._sessions[KEY]["Expiration"] = NOW
    remembering = Credentials(emulator.resolve_credential)

    monkeypatch.setattr("time.time", lambda: NOW - 1)
    assert isinstance(remembering(KEY, ACCOUNT), emulator.ResolvedCredential)
    monkeypatch.setattr("time.time", lambda: NOW + 1)
    assert isinstance(remembering(KEY, ACCOUNT), emulator.CredentialResolutionError)


def test_a_call_signed_for_another_day_than_its_own_is_refused(emulator: Any) -> None:
    request = request_of(Sent(instead=("20260921/", "20260920/")))
    found = signatures.AUTHORIZATION.fullmatch(request.headers["authorization"])
    right = signatures._signature(request, found, emulator.resolve_credential(KEY, ACCOUNT))
    request.headers["authorization"] = request.headers["authorization"].replace(found[6], right)
    pinned = emulator._signed_request.set(request)

    answer = Signatures(emulator.authenticate, lambda: NOW)(KEY, ACCOUNT)
    emulator._signed_request.reset(pinned)

    assert answer.code == "CredentialDateMismatch"
