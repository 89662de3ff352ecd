"""Where the emulator asks other rights than AWS does, so that policies which are right in the cloud are right here too.

Mail: it asks for "*", AWS for the sender's identity, which ours name. Batches: it asks for an action of their own, AWS
for that of their single call (there is no other)."""

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
    from ministack.core import iam_actions

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


def sender(body: bytes, query: dict[str, Any]) -> str:
    """The address that mail goes out from: `FromEmailAddress` of SES v2, `Source` of v1."""
    text = json.loads(body).get("FromEmailAddress", "") if body[:1] == b"{" else query.get("Source", "")
    return parseaddr(str(text[0] if isinstance(text, list) and text else text))[1]
