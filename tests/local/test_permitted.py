"""Leave that was given is not asked for again, and is gone when anything that it hung on has changed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local.emulator import permitted

ACCOUNT, REGION, KEY = "000000000000", "ap-southeast-3", "ASIA0123456789ABCDEF"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:unit"
MAY = {"Effect": "Allow", "Action": "sns:Publish", "Resource": TOPIC}
MAY_NOT = {**MAY, "Effect": "Deny"}
SHOWN = {**MAY, "Condition": {"StringEquals": {"sns:Protocol": "sms"}}}
LATER = {**MAY, "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2000-01-01T00:00:00Z"}}}
MANAGED = f"arn:aws:iam::{ACCOUNT}:policy/own"
Role = dict[str, Any]


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class Asked:
    """The emulator's own judgement, counted."""

    def __init__(self, usual: Callable[..., Any]) -> None:
        self._usual = usual
        self.times = 0

    def __call__(self, *words: Any) -> Any:
        self.times += 1
        return self._usual(*words)


@pytest.fixture
def asked() -> Asked:
    from ministack.core import iam_evaluator

    return Asked(iam_evaluator.enforce)


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch) -> Iterator[Role]:
    """Of the one session, which may publish; the call's signature was found to be good."""
    from ministack.core import iam_evaluator
    from ministack.services import iam, sts

    own = {"RoleName": "Teller", "InlinePolicies": {"Own": document(MAY)}, "AttachedPolicies": []}
    session = {
        "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Teller/one",
        "AccountId": ACCOUNT,
        "SecretAccessKey": "secret",
        "SessionToken": "token",
        "UserId": "AROA:one",
    }
    monkeypatch.setitem(iam._roles._data, (ACCOUNT, "Teller"), own)
    monkeypatch.setitem(sts._sessions, KEY, session)
    token = iam_evaluator._verified_key.set(KEY)
    yield own
    iam_evaluator._verified_key.reset(token)


def decision(judge: Any, action: str = "sns:Publish", arn: str = TOPIC, **context: Any) -> str:
    found = judge(KEY, action, "sns", REGION, arn, context)
    return "allowed" if found is None else str(getattr(found, "decision", None) or found.code)


def test_the_same_question_is_judged_once(role: Role, asked: Asked) -> None:
    judge = permitted.Permitted(asked)

    assert [decision(judge) for _ in range(3)] == ["allowed"] * 3
    assert asked.times == 1


def test_a_refusal_is_judged_each_time(role: Role, asked: Asked) -> None:
    judge = permitted.Permitted(asked)

    assert [decision(judge, "sns:CreateTopic") for _ in range(2)] == ["ImplicitDeny"] * 2
    assert asked.times == 2


def _another_policy(role: Role, *statements: dict[str, Any]) -> None:
    role["InlinePolicies"] = {"Own": document(*statements)}


def _in_place(role: Role) -> None:
    role["InlinePolicies"]["Own"] = document(MAY, MAY_NOT)


def _one_more(role: Role) -> None:
    role["InlinePolicies"]["More"] = document(MAY_NOT)


def _boundary(role: Role) -> None:
    from ministack.services import iam

    iam._policies._data[ACCOUNT, MANAGED] = {"Versions": {"v1": {"Document": document({**MAY, "Action": "sns:List*"})}}}
    role["PermissionsBoundary"] = MANAGED


def _attached(role: Role) -> None:
    from ministack.services import iam

    iam._policies._data[ACCOUNT, MANAGED] = {"Versions": {"v1": {"Document": document(MAY_NOT)}}}
    role["AttachedPolicies"] = [MANAGED]


def _session(_: Role) -> None:
    from ministack.services import sts

    sts._sessions[KEY]["SessionPolicies"] = {"Policy": document(MAY_NOT)}


def _expired(_: Role) -> None:
    from ministack.services import sts

    sts._sessions[KEY]["Expiration"] = 1.0


CHANGES: dict[str, tuple[Callable[[Role], None], str]] = {
    "a policy that says less": (lambda role: _another_policy(role, {**MAY, "Action": "sns:List*"}), "ImplicitDeny"),
    "no policy": (lambda role: role.update(InlinePolicies={}), "ImplicitDeny"),
    "a refusal in the same policy": (_in_place, "Deny"),
    "a refusal in one more policy": (_one_more, "Deny"),
    "a refusal in an attached policy": (_attached, "Deny"),
    "a boundary": (_boundary, "ImplicitDeny"),
    "a policy of the session": (_session, "Deny"),
    "a session that has ended": (_expired, "ExpiredTokenException"),
}


@pytest.mark.parametrize(("change", "then"), CHANGES.values(), ids=CHANGES)
def test_leave_ends_with_what_it_hung_on(
    role: Role, asked: Asked, change: Callable[[Role], None], then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ministack.services import iam

    monkeypatch.setitem(iam._policies._data, (ACCOUNT, MANAGED), {})
    judge = permitted.Permitted(asked)
    before = decision(judge)

    change(role)

    assert (before, decision(judge)) == ("allowed", then)


OTHERS: dict[str, Callable[[Any], str]] = {
    "another action": lambda judge: decision(judge, "sns:CreateTopic"),
    "another topic": lambda judge: decision(judge, arn=f"{TOPIC}-other"),
    "something else that a condition asks of the call": lambda judge: decision(judge, **{"sns:Protocol": "email"}),
}


@pytest.mark.parametrize("ask", OTHERS.values(), ids=OTHERS)
def test_another_question_is_another(role: Role, asked: Asked, ask: Callable[[Any], str]) -> None:
    _another_policy(role, SHOWN)
    judge = permitted.Permitted(asked)
    first = decision(judge, **{"sns:Protocol": "sms"})

    assert (first, ask(judge)) == ("allowed", "ImplicitDeny")


def test_what_hangs_on_the_time_is_judged_each_time(role: Role, asked: Asked) -> None:
    _another_policy(role, LATER)
    judge = permitted.Permitted(asked)

    assert [decision(judge) for _ in range(2)] == ["allowed"] * 2
    assert asked.times == 2


def test_whoever_did_not_sign_is_not_taken_for_somebody_who_did(role: Role, asked: Asked) -> None:
    from ministack.core import iam_evaluator

    judge = permitted.Permitted(asked)
    decision(judge)
    iam_evaluator._verified_key.set("")

    decision(judge)

    assert asked.times == 2
