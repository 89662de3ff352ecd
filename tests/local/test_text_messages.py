"""The played End User Messaging: what it takes, what it refuses, what it tells of an SMS afterwards, and by whose
leave."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.aws.wire import Reply
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.sms.events import fate_of
from chalicelib.adapters.sms.voice import SmsVoice
from chalicelib.application.ports.messages import ProviderBusyError, ProviderUnwantedError
from local.played import text_messages
from tests.loops import in_a_loop

REGION = "ap-southeast-3"
NOTICE = "JKT-7F3K-9QXM-4_000001_reporter"
ABOUT = {"event": "waiting", "number": "JKT-7F3K-9QXM-4", "message_id": NOTICE}
SET = {"configuration_set": "tanggap-local"}


def exchange(_: Connections, headers: dict[str, str], body: bytes, path: str) -> Reply:
    """As the emulator hands a call on, without its own HTTP."""

    async def ask() -> text_messages.Answer:
        return await text_messages.handle_request("POST", path, headers, body, {})

    return Reply(*in_a_loop(ask()))


@pytest.fixture
def sms() -> Iterator[SmsVoice]:
    """The real adapter before the played provider."""
    client = Clients(region=REGION, keys=AccessKeys("AKIDEXAMPLE", "secret", "")).once("pinpoint-sms-voice-v2")
    with patch.object(Connections, "exchange", exchange):
        yield SmsVoice(client=client, sender_id="TANGGAP", **SET)


def test_a_telephone_is_reached(sms: SmsVoice) -> None:
    sms.send("+6281234567890", "Laporan diterima", **ABOUT)


@pytest.mark.parametrize(
    ("number", "meaning"), [("+6289908123456", ProviderBusyError), ("+6289909123456", ProviderUnwantedError)]
)
def test_some_telephones_are_refused_as_the_provider_refuses(
    sms: SmsVoice, number: str, meaning: type[Exception]
) -> None:
    with pytest.raises(meaning) as told:
        sms.send(number, "Laporan diterima", **ABOUT)

    assert type(told.value) is meaning


def sent(number: str) -> dict[str, Any]:
    return {"DestinationPhoneNumber": number, "Context": {"notice": NOTICE}, "ConfigurationSetName": "tanggap-local"}


@pytest.mark.parametrize(
    ("number", "arrived"),
    [
        ("+6281234567890", True),
        ("+6289901123456", False),
        ("+6289902123456", False),
        ("+6289903123456", False),
        ("+6289904123456", False),
        ("+6289905123456", None),
        ("+6289906123456", True),
    ],
)
def test_what_became_of_it_is_told_in_words_that_the_city_reads(number: str, arrived: bool | None) -> None:
    fate = fate_of(text_messages.event_of(sent(number), "m-1"))

    assert fate
    assert (fate.message_id, fate.arrived) == (NOTICE, arrived)


@pytest.mark.parametrize(
    ("number", "told"), [("+6281234567890", 1), ("+6289902123456", 1), ("+6289900123456", 0), ("+6289909123456", 0)]
)
def test_it_is_told_once_and_of_silent_telephones_never(
    monkeypatch: pytest.MonkeyPatch, number: str, told: int
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(text_messages, "MOMENT", 0)
    monkeypatch.setattr(text_messages, "tell", lambda _, message_id: heard.append(message_id))
    headers = {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}

    async def ask() -> text_messages.Answer:
        answer = await text_messages.handle_request("POST", "/", headers, json.dumps(sent(number)).encode(), {})
        for _ in range(2):  # turns of the loop
            await asyncio.sleep(0)
        return answer

    status, _, body = in_a_loop(ask())

    assert len(heard) == told
    assert status == 400 or not told or heard == [json.loads(body)["MessageId"]]


@pytest.mark.parametrize("allowed", [True, False])
def test_it_publishes_what_the_policy_of_the_topic_allows(monkeypatch: pytest.MonkeyPatch, allowed: bool) -> None:
    from ministack.services import sns

    asked: list[tuple[str, ...]] = []
    published: list[tuple[str, str]] = []
    monkeypatch.setattr(sns, "topic_policy_allows", lambda *who: asked.append(who) or allowed)
    monkeypatch.setattr(sns, "publish_internal", lambda topic, words: published.append((topic, words)))

    text_messages.tell(sent("+6281234567890"), "m-1")

    topic = "arn:aws:sns:ap-southeast-3:000000000000:tanggap-local-sms-fates"
    source = "arn:aws:sms-voice:ap-southeast-3:000000000000:configuration-set/tanggap-local"
    assert asked == [(topic, "sms-voice.amazonaws.com", source, "000000000000")]
    assert [to for to, _ in published] == [topic] * allowed


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"DestinationPhoneNumber": 7}'])
def test_what_is_no_message_is_refused(body: bytes) -> None:
    headers = {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}

    status, _, told = in_a_loop(text_messages.handle_request("POST", "/", headers, body, {}))

    assert (status, json.loads(told)["__type"]) == (400, "ValidationException")


@pytest.mark.parametrize(
    ("body", "arn"),
    [
        (b'{"OriginationIdentity": "TANGGAP"}', "arn:aws:sms-voice:ap-southeast-3:000000000000:sender-id/TANGGAP/ID"),
        (b"{}", "*"),
        (b"[]", "*"),
        (b"{", "*"),
    ],
)
def test_a_call_is_judged_by_the_sender_that_it_names(body: bytes, arn: str) -> None:
    assert text_messages.sender(body) == arn
