"""Plays AWS End User Messaging, which the emulator does not know, inside the emulator. It takes SMS from callers who
may send them. A moment later it publishes the fate of each to the topic of the configuration set. The mailbox shows
what it took."""

import asyncio
import json
import time
from functools import partial
from typing import Any

from local.emulator import spared
from local.settings import ACCOUNT, REGION

SERVICE, TARGET = "sms-voice", "PinpointSMSVoiceV2"  # as signatures and headers name it
KIND = "AWS::SMSVOICE::ConfigurationSet"
MOMENT = 0.2  # seconds until it tells
FATES = "sms-fates"  # the topic's name after that of the set (infra/messaging.yaml)
ARRIVED = "TEXT_DELIVERED"
# Telephones that nobody has: 0899-0, this digit, and whatever comes after it.
NOWHERE = "+628990"
SILENT = "0"
COMES_BACK = {
    "1": "TEXT_CARRIER_UNREACHABLE",
    "2": "TEXT_INVALID",
    "3": "TEXT_BLOCKED",
    "4": "TEXT_CARRIER_BLOCKED",
    "5": "TEXT_UNKNOWN",
}
REFUSED = {
    "8": ("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"),
    "9": ("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
}
Answer = tuple[int, dict[str, str], bytes]
Sent = dict[str, Any]


async def handle_request(_method: str, _path: str, headers: dict[str, str], body: bytes, _query: dict) -> Answer:
    """As the emulator calls its services, after it has asked for the caller's rights."""
    if headers.get("x-amz-target") != f"{TARGET}.SendTextMessage":
        return _refused("ValidationException", "UNKNOWN_OPERATION")
    try:
        sent = json.loads(body)
        digit = _digit(sent["DestinationPhoneNumber"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return _refused("ValidationException", "MISSING_PARAMETER")
    if digit in REFUSED:
        return _refused(*REFUSED[digit])
    message_id = spared.name()
    if "ConfigurationSetName" in sent and digit != SILENT:
        asyncio.get_running_loop().call_later(MOMENT, partial(tell, sent, message_id))
    return _answered(200, {"MessageId": message_id})


def tell(sent: Sent, message_id: str) -> None:
    """What became of an SMS, if the topic's policy lets the configuration set publish it."""
    from ministack.core.responses import request_scope
    from ministack.services import sns

    name = sent["ConfigurationSetName"]
    topic, source = _arn("sns", f"{name}-{FATES}"), _arn(SERVICE, f"configuration-set/{name}")
    with request_scope(ACCOUNT, REGION):
        if sns.topic_policy_allows(topic, "sms-voice.amazonaws.com", source, ACCOUNT):
            sns.publish_internal(topic, json.dumps(event_of(sent, message_id)))


def event_of(sent: Sent, message_id: str) -> dict[str, Any]:
    """As the user guide shows it ("Messaging events"), with the number that must go no further."""
    kind = COMES_BACK.get(_digit(sent["DestinationPhoneNumber"]), ARRIVED)
    at = int(time.time() * 1000)
    return {
        "eventType": kind,
        "eventVersion": "1.0",
        "eventTimestamp": at,
        "isFinal": True,
        "originationPhoneNumber": sent.get("OriginationIdentity"),
        "destinationPhoneNumber": sent["DestinationPhoneNumber"],
        "isoCountryCode": "ID",
        "messageId": message_id,
        "messageRequestTimestamp": at,
        "messageEncoding": "GSM",
        "messageType": sent.get("MessageType"),
        "messageStatus": kind.removeprefix("TEXT_"),
        "context": sent.get("Context", {}),
        "totalMessageParts": 1,
    }


def sender(body: bytes) -> str:
    """The resource that a call is judged by: its sender's. "*" for none, which no policy of ours allows."""
    try:
        identity = json.loads(body)["OriginationIdentity"]
    except (ValueError, LookupError, TypeError):
        return "*"
    return _arn(SERVICE, f"sender-id/{identity}/ID")


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack import app
    from ministack.core import iam_actions, router
    from ministack.services.cloudformation import provisioners

    router.SERVICE_PATTERNS[SERVICE] = {"target_prefixes": [TARGET]}
    app.SERVICE_HANDLERS[SERVICE] = handle_request
    iam_actions.SERVICE_TO_IAM_NAMESPACE[SERVICE] = SERVICE
    usual = iam_actions.extract_resource_arn

    def resource(service: str, method: str, path: str, headers: dict, body: bytes, *rest: Any) -> Any:
        return sender(body) if service == SERVICE else usual(service, method, path, headers, body, *rest)

    iam_actions.extract_resource_arn = resource
    provisioners._RESOURCE_HANDLERS[KIND] = {"create": _made, "update": _changed, "delete": lambda *_: None}


def _made(_logical: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    """Nothing is kept of a set: its topic follows from its name."""
    return properties["ConfigurationSetName"], {}


def _changed(name: str, *_: Any) -> tuple[str, dict[str, str]]:
    return name, {}


def _arn(service: str, name: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


def _digit(number: str) -> str:
    """By which a telephone that nobody has says what becomes of its messages; "" of any other."""
    return number[len(NOWHERE) : len(NOWHERE) + 1] if number.startswith(NOWHERE) else ""


def _refused(code: str, reason: str) -> Answer:
    return _answered(400, {"__type": code, "Message": "Played in the local city.", "Reason": reason})


def _answered(status: int, told: dict[str, Any]) -> Answer:
    return status, {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(told).encode()
