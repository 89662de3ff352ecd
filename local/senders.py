"""The emulator asks whether a role may send mail on "*"; AWS asks it of the sender's identity. A policy that names the
identity, as ours must, would be right in the cloud and refused here, so the launcher teaches it AWS's way."""

import json
from email.utils import parseaddr
from typing import Any


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack.core import iam_actions

    usual = iam_actions.extract_resource_arn

    def resource(
        service: str, method: str, path: str, headers: dict, body: bytes, query: dict, region: str, account: str
    ) -> Any:
        answer = usual(service, method, path, headers, body, query, region, account)
        if service != "ses" or answer != "*" or not (address := sender(body, query)):
            return answer
        return f"arn:aws:ses:{region}:{account}:identity/{address}"

    iam_actions.extract_resource_arn = resource


def sender(body: bytes, query: dict[str, Any]) -> str:
    """The address that mail goes out from: `FromEmailAddress` of SES v2, `Source` of v1."""
    text = json.loads(body).get("FromEmailAddress", "") if body[:1] == b"{" else query.get("Source", "")
    return parseaddr(str(text[0] if isinstance(text, list) and text else text))[1]
