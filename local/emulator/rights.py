"""Where the emulator asks other rights than AWS does, so that policies which are right in the cloud are right here too.

Mail: it asks for "*", AWS for the sender's identity, and it does not show policies the sender's address. Batches: it
asks for an action of their own, AWS for that of their single call (there is no other). Keys: it does not show policies
the encryption context. Callers: for aws:PrincipalArn it takes the session of a role, AWS the role."""

import contextlib
import json
from email.utils import parseaddr
from typing import Any

SINGLE = {
    "sns:PublishBatch": "sns:Publish",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import iam_actions, iam_evaluator

    usual_resource, usual_action = iam_actions.extract_resource_arn, iam_actions.extract_iam_action

    def resource(
        service: str, method: str, path: str, headers: dict, body: bytes, query: dict, region: str, account: str
    ) -> Any:
        answer = usual_resource(service, method, path, headers, body, query, region, account)
        if service != "ses" or answer != "*" or not (address := sender(body, query)):
            return answer
        return f"arn:aws:ses:{region}:{account}:identity/{address}"

    def action(*words: Any, **more: Any) -> Any:
        answer = usual_action(*words, **more)
        return SINGLE.get(answer, answer)

    iam_actions.extract_resource_arn, iam_actions.extract_iam_action = resource, action
    usual_context, usual_key = iam_actions.request_tag_context, iam_evaluator._resolve_condition_key

    def context(service: str, called: str, body: bytes, query: dict) -> dict:
        shown = usual_context(service, called, body, query)
        return {**shown, **encryption_context(body)} if service == "kms" else shown

    def key(name: str, asked: Any) -> Any:
        if name.lower() == "ses:fromaddress":
            return asked.resource_arn.partition(":identity/")[2]  # the sender's, as above
        value = usual_key(name, asked)
        return role_of(value) if name.lower() == "aws:principalarn" else value

    iam_actions.request_tag_context, iam_evaluator._resolve_condition_key = context, key


def encryption_context(body: bytes) -> dict[str, Any]:
    """What policies may ask of the encryption context of a call to KMS."""
    given = json.loads(body or b"{}").get("EncryptionContext") or {}
    named = {f"kms:EncryptionContext:{name}": value for name, value in given.items()}
    return {**named, "kms:EncryptionContextKeys": list(given)} if given else {}


def role_of(arn: str) -> str:
    """The role of a session, which is what AWS calls the principal; any other ARN as it is."""
    account, _, session = arn.removeprefix("arn:aws:sts::").partition(":assumed-role/")
    return f"arn:aws:iam::{account}:role/{session.partition('/')[0]}" if session else arn


def sender(body: bytes, query: dict[str, Any]) -> str:
    """The address that mail goes out from: `FromEmailAddress` of SES v2, `Source` of v1. "" in what is no mail."""
    text = query.get("Source", "")
    if body[:1] == b"{":
        with contextlib.suppress(ValueError):
            text = json.loads(body).get("FromEmailAddress", "")
    return parseaddr(str(text[0] if isinstance(text, list) and text else text))[1]
