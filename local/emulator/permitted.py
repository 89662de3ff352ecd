"""What a role may do, asked once: some twenty questions follow each report, and most of them have been asked before, in
the same words and about the same policies. Who asks is still looked at each time: key, session, time and signature.

Only a permission is remembered, never a denial, and with everything that it depended on. That is the texts of the
role's policies and of the resource's own policy. If one of them has a condition, it is also the call's values for the
names in that condition."""

import functools
from collections.abc import Callable
from typing import Any

MOST = 4096  # questions: then it begins anew
ELSEWHERE = ("s3", "kms")  # services with rules beside policies, or with a number in every question
NEVER_THE_SAME = ("time", "resourcetag", "principaltag")  # what conditions may ask that no call says of itself
Question = tuple[Any, ...]


class Permitted:
    """In place of the emulator's `enforce`, which `usual` is: None is leave."""

    def __init__(self, usual: Callable[..., Any]) -> None:
        self._usual = usual
        self._given: set[Question] = set()

    def __call__(
        self,
        access_key_id: str,
        iam_action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        words = (access_key_id, iam_action, service, region, resource_arn, service_context)
        if service in ELSEWHERE or not _is_signed(access_key_id):
            return self._usual(*words)
        refused, credential = _authenticated(access_key_id)
        if refused:
            return refused
        question = _question(words, credential)
        if question in self._given:
            return None
        answer = self._usual(*words)
        if answer is None and question:
            self._remember(question)
        return answer

    def _remember(self, question: Question) -> None:
        if len(self._given) >= MOST:
            self._given.clear()
        self._given.add(question)


def _is_signed(key: str) -> bool:
    """Whether it is a call signed in its header by this key, or one that was found to be."""
    from ministack.core import iam_evaluator

    request = iam_evaluator._signed_request.get()
    if request is None:
        return bool(key) and iam_evaluator._verified_key.get() == key
    return bool(key) and request.access_key_id == key and not (request.presigned or request.sigv2)


def _authenticated(key: str) -> tuple[Any, Any]:
    """Why the caller is not who they say, or their credential."""
    from ministack.core import iam_evaluator, responses

    account = responses.get_account_id()
    found = iam_evaluator.authenticate(key, account)
    if isinstance(found, iam_evaluator.AuthError):
        return found, None
    return None, found or iam_evaluator.resolve_credential(key, account)


def _question(words: tuple[Any, ...], credential: Any) -> Question | None:
    """None: its answer hangs on more than can be said here."""
    from ministack.core import iam_evaluator

    policies = policies_of(credential)
    key, action, service, region, arn, context = words
    own = iam_evaluator._resource_policy(service, arn) or ("", "")
    if policies is None or not all(isinstance(text, str) for text in own if text is not None):
        return None
    said = _lowered(*policies, own[0] or "")
    if '"condition"' not in said:
        return key, action, service, region, arn, policies, own
    if any(word in said for word in NEVER_THE_SAME):
        return None
    named = {name: value for name, value in (context or {}).items() if name.lower() in said}
    return key, action, service, region, arn, policies, own, repr(named)


@functools.lru_cache(MOST)
def _lowered(*texts: str) -> str:
    return "".join(texts).lower()


def policies_of(credential: Any) -> tuple[str, ...] | None:
    """The texts of all policies of a role's session; None where other things bound it too."""
    from ministack.core import iam_evaluator
    from ministack.services import iam, sts

    if getattr(credential, "principal_type", "") != "AssumedRole":
        return None
    session = sts._sessions.get(credential.access_key_id)
    name = iam_evaluator._role_name_from_assumed_arn(credential.principal_arn)
    role = iam._roles.get_scoped(credential.account_id, None, name)
    if not session or not role or role.get("PermissionsBoundary") or session.get("SessionPolicies") is not None:
        return None
    managed = (iam_evaluator._resolve_managed_policy_document(arn, credential.account_id) for arn in _attached(role))
    return tuple(map(str, [*(role.get("InlinePolicies") or {}).values(), *managed]))


def _attached(role: dict[str, Any]) -> list[str]:
    return list(role.get("AttachedPolicies") or [])


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import iam_evaluator

    iam_evaluator.enforce = Permitted(iam_evaluator.enforce)
