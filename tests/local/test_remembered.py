"""The emulator reads a text once, and still says the same of it."""

import time
from typing import Any

import pytest

from local.emulator.remembered import Callers, read_once

FIRST = '{"Statement": [{"Effect": "Allow"}]}'


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ([FIRST, FIRST], [FIRST]),
        ([FIRST, FIRST + " ", FIRST], [FIRST, FIRST + " "]),
        ([{"Statement": []}, {"Statement": []}], [{"Statement": []}, {"Statement": []}]),
    ],
    ids=["the same text", "a changed text", "no text"],
)
def test_a_text_is_read_again_when_it_has_changed(asked: list[Any], read: list[Any]) -> None:
    seen: list[Any] = []
    remembering = read_once(lambda given: seen.append(given) or [len(seen)])

    answers = [remembering(given) for given in asked]

    assert seen == read
    assert answers[0] == [1]


def test_who_changes_what_a_text_says_changes_it_for_nobody_else() -> None:
    remembering = read_once(lambda text: [text])

    remembering(FIRST).clear()

    assert remembering(FIRST) == [FIRST]


KEY = "ASIA0123456789ABCDEF"
SESSION = {
    "Arn": "arn:aws:sts::000000000000:assumed-role/Teller/one",
    "UserId": "AROA:one",
    "SecretAccessKey": "secret",
    "SessionToken": "token",
}
HOUR = 3600


@pytest.mark.parametrize(
    ("session", "looked_up"),
    [
        (SESSION, 0),  # of a function: the emulator gives it no end
        ({**SESSION, "Expiration": time.time() + HOUR}, 0),
        ({**SESSION, "Expiration": time.time() - HOUR}, 1),
        ({**SESSION, "SecretAccessKey": ""}, 1),
        ({**SESSION, "Arn": "arn:aws:iam::000000000000:user/one", "PrincipalType": "User"}, 1),
        (None, 1),
    ],
    ids=["without an end", "that lives", "that has ended", "without a secret", "of a user", "nobody's"],
)
def test_a_role_s_session_says_whose_it_is_without_its_policies_and_the_emulator_says_the_same(
    monkeypatch: pytest.MonkeyPatch, session: dict[str, Any] | None, looked_up: int
) -> None:
    from ministack.core import iam_evaluator
    from ministack.services import sts

    seen: list[Any] = []
    usual = iam_evaluator.request_caller_arn
    callers = Callers(lambda *asked: seen.append(asked) or usual(*asked))
    if session:
        monkeypatch.setitem(sts._sessions, KEY, session)
    headers = {"authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20261127/ap-southeast-3/sns/aws4_request, "}

    assert callers(headers) == usual(headers)
    assert len(seen) == looked_up
