"""Contracts of the ports that send: e-mail, SMS, alerts of units, events, queues and timers. Each runs against its
fake, against the adapter with AWS played in this process, and on the city as the function that sends. Also: what each
error of a provider means. On the city nobody but the functions reads the topic's and their own queues: that events and
messages handed back are taken is asked here, that they arrive is asked of whole journeys."""

import json
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.dynamodb.keys import case
from chalicelib.adapters.ses import SesMail
from chalicelib.adapters.sms.voice import SmsVoice
from chalicelib.adapters.sns import SnsEventTopic, SnsUnitAlerts
from chalicelib.adapters.sqs import FIRST_DELAY, SqsDeadLetters, SqsHandBack, SqsRelayRetries
from chalicelib.adapters.step_functions import StepFunctionsTimers
from chalicelib.application.ports.clocks import Timers
from chalicelib.application.ports.messages import (
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
    ProviderUnwantedError,
)
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.messages import PARTNER, THE_REPORTER, UNIT, partner, unit
from tests.adapters.roles import ON_THE_CITY, OPERATOR, Become, By
from tests.builders import DBM, KEL_GAMBIR, LURAH, NOW, NUMBER, Life, a_life, as_decision
from tests.city import City, eventually
from tests.fakes import (
    FakeTimers,
    RecordingAlerts,
    RecordingDeadLetters,
    RecordingHandBack,
    RecordingMail,
    RecordingRetries,
    RecordingSms,
    RecordingTopic,
    Sent,
)

REGION = "ap-southeast-3"
ABOUT = {"event": "waiting", "number": NUMBER, "message_id": f"{NUMBER}_000001_reporter"}
SENDER = "tanggap@example.go.id"
UNITS = "arn:aws:sns:ap-southeast-3:123456789012:tanggap-test-unit-"
URL = "https://nobody.example"


class Stub:
    """A client whose calls fail, or are kept."""

    def __init__(self, *failures: Exception, answer: Any = None) -> None:
        self.failures, self.answer = list(failures), answer or {}
        self.calls: list[dict[str, Any]] = []

    def __getattr__(self, operation: str) -> Any:
        def call(**request: Any) -> Any:
            self.calls.append(request)
            if self.failures:
                raise self.failures.pop(0)
            return self.answer

        return call


def refusal(code: str, status: int = 400, **more: str) -> ClientError:
    response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    return ClientError(response, "Send")  # type: ignore[arg-type]


def events(count: int = 2) -> list[Event]:
    life = a_life()
    while len(life.events) < count:
        life.does(LURAH, "comment", text="Rahasia warga")
    return life.events


def send_mail(mail: Any, about: Mapping[str, str] = ABOUT) -> None:
    mail.send("budi@example.id", "Laporan diterima", "Teks ë", "<p>Teks ë</p>", **about)


def send_sms(sms: Any, about: Mapping[str, str] = ABOUT) -> None:
    sms.send("+6281234567890", "Laporan diterima", **about)


def publish_alert(alerts: Any, about: Mapping[str, str] = ABOUT) -> None:
    alerts.publish(KEL_GAMBIR, "Tugas baru", "Teks", **about)


SENDERS = {
    "mail": (send_mail, lambda client: SesMail(sender=SENDER, client=client), RecordingMail),
    "sms": (send_sms, lambda client: SmsVoice(client=client), RecordingSms),
    "alert": (publish_alert, lambda client: SnsUnitAlerts(prefix=UNITS, client=client), RecordingAlerts),
}
EVERY_SENDER = pytest.mark.parametrize(("send", "real", "fake"), SENDERS.values(), ids=SENDERS)
MEANINGS = [
    (ReadTimeoutError(endpoint_url=URL), ProviderUnclearError),
    (ConnectionClosedError(endpoint_url=URL), ProviderUnclearError),
    (ConnectTimeoutError(endpoint_url=URL), ProviderBusyError),
    (EndpointConnectionError(endpoint_url=URL), ProviderBusyError),
    (NoCredentialsError(), ProviderBusyError),
    (refusal("InternalFailure", 500), ProviderUnclearError),
    (refusal("ThrottlingException"), ProviderBusyError),
    (refusal("ServiceUnavailable", 503), ProviderBusyError),
    (refusal("AccessDeniedException", 403), ProviderBusyError),
    (refusal("ANameOfNextYear"), ProviderBusyError),
]


@EVERY_SENDER
@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=lambda value: getattr(value, "__name__", repr(value)))
def test_only_what_may_have_been_sent_is_unclear(send: Any, real: Any, fake: Any, error: Any, meaning: Any) -> None:
    with pytest.raises(meaning):
        send(real(Stub(error)))


@EVERY_SENDER
@pytest.mark.parametrize("error", [ProviderBusyError, ProviderRefusedError, ProviderUnclearError])
def test_the_fakes_fail_in_the_same_words(send: Any, real: Any, fake: Any, error: Any) -> None:
    sender = fake([error("once")])

    with pytest.raises(error):
        send(sender)
    send(sender)

    assert len(sender.sent) == 1


@pytest.mark.parametrize("code", ["MessageRejected", "BadRequestException"])
def test_a_bad_address_is_refused_for_good(code: str) -> None:
    with pytest.raises(ProviderRefusedError):
        send_mail(SesMail(sender=SENDER, client=Stub(refusal(code))))


@pytest.mark.parametrize(
    "code",
    ["TooManyRequestsException", "LimitExceededException", "SendingPausedException", "AccountSuspendedException",
     "MailFromDomainNotVerifiedException", "NotFoundException"],
)  # fmt: skip
def test_mail_that_is_not_yet_allowed_is_worth_another_try(code: str) -> None:
    with pytest.raises(ProviderBusyError):
        send_mail(SesMail(sender=SENDER, client=Stub(refusal(code))))


SMS_REFUSALS = [
    ("ValidationException", "INVALID_PARAMETER", ProviderRefusedError),
    ("ValidationException", "DESTINATION_COUNTRY_BLOCKED", ProviderRefusedError),
    ("ValidationException", "SENDER_ID_REQUIRES_REGISTRATION", ProviderBusyError),
    ("ValidationException", "SENDER_ID_NOT_REGISTERED", ProviderBusyError),
    ("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT", ProviderUnwantedError),
    ("ConflictException", "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE", ProviderRefusedError),
    ("ConflictException", "DESTINATION_PHONE_NUMBER_NOT_VERIFIED", ProviderBusyError),  # the sandbox
    ("ConflictException", "NO_ORIGINATION_IDENTITIES_FOUND", ProviderBusyError),
    ("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", ProviderBusyError),
    ("AccessDeniedException", "ACCOUNT_DISABLED", ProviderBusyError),
]


@pytest.mark.parametrize(("code", "reason", "meaning"), SMS_REFUSALS, ids=lambda value: str(value))
def test_why_an_sms_was_not_taken_follows_from_the_reason(code: str, reason: str, meaning: type[Exception]) -> None:
    with pytest.raises(ProviderBusyError if meaning is ProviderBusyError else ProviderRefusedError) as told:
        send_sms(SmsVoice(client=Stub(refusal(code, Reason=reason))))

    assert type(told.value) is meaning


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("ValidationException", ProviderRefusedError),
        ("ConflictException", ProviderBusyError),
        ("ResourceNotFoundException", ProviderBusyError),
        ("ServiceQuotaExceededException", ProviderBusyError),
    ],
)
def test_an_sms_that_was_not_taken_without_a_reason_is_judged_by_its_code(code: str, meaning: type[Exception]) -> None:
    with pytest.raises(meaning):
        send_sms(SmsVoice(client=Stub(refusal(code))))


def test_what_a_provider_says_about_a_telephone_number_is_in_no_traceback() -> None:
    said = refusal("Throttled")
    said.args = (" ".join(["+62", "812"]),)  # put together here: a traceback quotes the lines of this file too

    with pytest.raises(ProviderBusyError) as told:
        send_sms(SmsVoice(client=Stub(said)))

    assert "+62 812" not in "".join(traceback.format_exception(told.value))


@pytest.mark.parametrize("code", ["Throttled", "NotFound", "AuthorizationError", "KMSThrottling"])
def test_a_topic_that_is_not_there_yet_is_worth_another_try(code: str) -> None:
    with pytest.raises(ProviderBusyError):
        publish_alert(SnsUnitAlerts(prefix=UNITS, client=Stub(refusal(code))))


@EVERY_SENDER
def test_an_impossible_request_is_refused_for_good(aws: None, send: Any, real: Any, fake: Any) -> None:
    class Wrong:
        def __getattr__(self, operation: str) -> Any:
            return lambda **_: boto3.client("sns", REGION).publish(Message=7)

    with pytest.raises(ProviderRefusedError):
        send(real(Wrong()))


# ------------------------------------------------------------------------------------------------- as it arrives


class CityMessages:
    """What functions of the city sent about this number, as the recipients have it."""

    def __init__(self, become: Become, city: City, number: str) -> None:
        self.city, self.number = city, number
        self.mail = By(become, "mail", "notify_citizen")
        self.sms = By(become, "sms", "notify_citizen")
        self.alert = By(become, "unit_alerts", "alert_unit")

    @property
    def sent(self) -> list[Sent]:
        names = ("to", "subject", "text", "event", "number", "notice", "html")
        found = self.city.mailbox(number=self.number)
        return [Sent(*(message.get(name, "") for name in names)) for message in found]


ARRIVED = {
    "mail": Sent("budi@example.id", "Laporan diterima", "Teks ë", "waiting", "", "", "<p>Teks ë</p>"),
    "sms": Sent("+6281234567890", "", "Laporan diterima", "waiting", "", ""),
    "alert": Sent(KEL_GAMBIR, "Tugas baru", "Teks", "waiting", "", ""),
}


@pytest.mark.parametrize("kind", SENDERS)
@pytest.mark.parametrize("where", ["memory", ON_THE_CITY])
def test_a_message_arrives_as_it_was_sent(where: str, kind: str, number: str, request: pytest.FixtureRequest) -> None:
    send, _, fake = SENDERS[kind]
    about = {"event": "waiting", "number": number, "message_id": f"{number}_000001_reporter"}
    if where == "city":
        box = CityMessages(request.getfixturevalue("become"), request.getfixturevalue("city"), number)
        send(getattr(box, kind), about)
    else:
        box = fake()
        send(box, about)

    (arrived,) = eventually(lambda: box.sent, what="the message")
    assert arrived == replace(ARRIVED[kind], number=number, message_id=about["message_id"])


# ------------------------------------------------------------------------------------------------ as AWS takes it


def test_mail_says_what_it_is_about_in_headers_and_tags(aws: None) -> None:
    boto3.client("sesv2", REGION).create_email_identity(EmailIdentity=SENDER)
    asked = Stub()

    send_mail(SesMail(sender=SENDER, client=asked))
    send_mail(SesMail(sender=SENDER, client=Clients(region=REGION).once("sesv2")))

    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    assert (sent.source, sent.destinations["ToAddresses"], sent.subject) == (
        SENDER,
        ["budi@example.id"],
        "Laporan diterima",
    )
    named = {"Tanggap-Event": "waiting", "Tanggap-Number": NUMBER}
    headers = {header["Name"]: header["Value"] for header in asked.calls[0]["Content"]["Simple"]["Headers"]}
    assert headers == AUTOMATIC | {f"X-{name}": value for name, value in named.items()}
    assert {tag["Name"]: tag["Value"] for tag in asked.calls[0]["EmailTags"]} == named | {
        "Tanggap-Notice": ABOUT["message_id"]
    }


def test_no_header_of_a_letter_names_another_case_than_its_own() -> None:
    """What the message is in the ledger of the case that goes on comes back in a tag, which its reader never sees."""
    asked, other = Stub(), "JKT-0000-0009-J"

    send_mail(SesMail(sender=SENDER, client=asked), {**ABOUT, "message_id": f"{other}_000002_merged_{NUMBER}"})

    (call,) = asked.calls
    assert other not in str(call["Content"])
    assert other in str(call["EmailTags"])


AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}


@pytest.mark.parametrize("event", ["waiting", "coordinated", "reply", "resolved", "rejected"])
def test_absence_notices_are_told_that_a_machine_wrote(event: str) -> None:
    client = Stub()

    send_mail(SesMail(sender=SENDER, client=client), {**ABOUT, "event": event})

    headers = [(header["Name"], header["Value"]) for header in client.calls[0]["Content"]["Simple"]["Headers"]]
    assert set(AUTOMATIC.items()) <= set(headers)
    assert len({name.lower() for name, _ in headers}) == len(headers) <= 15  # SES takes each once, fifteen in all


@pytest.mark.city
def test_a_letter_of_the_city_says_that_a_machine_wrote_it(become: Become, city: City, number: str) -> None:
    box = CityMessages(become, city, number)

    send_mail(box.mail, {"event": "waiting", "number": number, "message_id": f"{number}_000001_citizen"})

    (arrived,) = eventually(lambda: city.mailbox(number=number), what="the message")
    assert AUTOMATIC.items() <= arrived["headers"].items()


@pytest.mark.parametrize(("configured", "named"), [("tanggap-test", {"tanggap-test"}), ("", set())])
def test_a_letter_names_the_set_by_which_its_fate_is_told(configured: str, named: set[str]) -> None:
    client = Stub()

    send_mail(SesMail(sender=SENDER, client=client, configuration_set=configured))

    assert {call["ConfigurationSetName"] for call in client.calls if "ConfigurationSetName" in call} == named


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ({"sender_id": "TANGGAP"}, {"OriginationIdentity": "TANGGAP"}),
        ({"configuration_set": "tanggap-test"}, {"ConfigurationSetName": "tanggap-test"}),
        ({}, {}),
    ],
    ids=["the registered sender", "the set by which its fate is told", "neither"],
)
def test_an_sms_goes_to_the_number_alone_as_the_stage_says(chosen: dict[str, str], named: dict[str, str]) -> None:
    client = Stub()

    send_sms(SmsVoice(client=client, **chosen))

    (call,) = client.calls
    assert call == named | {
        "DestinationPhoneNumber": "+6281234567890",
        "MessageBody": "Laporan diterima",
        "MessageType": "TRANSACTIONAL",
        "TimeToLive": 86_400,
        "Context": {"event": "waiting", "number": NUMBER, "notice": ABOUT["message_id"]},
    }


def test_the_context_of_an_sms_has_what_it_is_about_and_nothing_empty() -> None:
    client = Stub()

    send_sms(SmsVoice(client=client), {"event": "own_reports", "number": "", "message_id": "own_reports_1"})

    assert client.calls[0]["Context"] == {"event": "own_reports", "notice": "own_reports_1"}


def test_an_alert_goes_to_the_topic_of_its_unit(aws: None) -> None:
    arn = boto3.client("sns", REGION).create_topic(Name="tanggap-test-unit-KEL_31-71-01-1001")["TopicArn"]
    queue, subscribed = subscribed_queue(arn)

    publish_alert(
        SnsUnitAlerts(prefix=arn.removesuffix("KEL_31-71-01-1001"), client=Clients(region=REGION).once("sns"))
    )

    (message,) = subscribed()
    told = json.loads(message["Body"])
    assert (told["Subject"], told["Message"]) == ("Tugas baru", "Teks")
    about = {name: attribute["Value"] for name, attribute in told["MessageAttributes"].items()}
    assert about == {"event": "waiting", "number": NUMBER, "notice": ABOUT["message_id"]}
    assert queue


def subscribed_queue(topic_arn: str, raw: bool = False) -> tuple[str, Any]:
    sqs, sns = boto3.client("sqs", REGION), boto3.client("sns", REGION)
    url = sqs.create_queue(QueueName="told")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": str(raw).lower()})
    return url, lambda: received(url)


def received(url: str) -> list[dict[str, Any]]:
    sqs = boto3.client("sqs", REGION)
    found: list[dict[str, Any]] = []
    while page := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get(
        "Messages"
    ):
        found += page
    return found


# ------------------------------------------------------------------------------------------------------- events


@pytest.fixture
def topic(aws: None) -> tuple[SnsEventTopic, Any]:
    arn = boto3.client("sns", REGION).create_topic(Name="complaint-events")["TopicArn"]
    return SnsEventTopic(topic_arn=arn, client=Clients(region=REGION).client("sns")), subscribed_queue(arn, raw=True)[1]


@pytest.mark.parametrize("count", [1, 10, 11, 23])
def test_every_event_is_published(topic: tuple[SnsEventTopic, Any], count: int) -> None:
    told = events(count)

    for one in (topic[0], RecordingTopic()):
        assert one.publish(told) == []

    assert sorted(event.sequence for event in told) == sorted(json.loads(m["Body"])["sequence"] for m in topic[1]())


@pytest.mark.city
def test_the_relay_may_publish_every_event(become: Become, life: Life) -> None:
    while len(life.events) < 12:
        life.does(LURAH, "comment", text="Rahasia warga")

    assert become("relay").topic.publish(life.events) == []


def test_an_event_is_told_without_its_words(topic: tuple[SnsEventTopic, Any]) -> None:
    (event,) = events(1)

    topic[0].publish([event])

    (message,) = topic[1]()
    assert json.loads(message["Body"]) == {
        "v": 1,
        "number": NUMBER,
        "sequence": 1,
        "version": 1,
        "action": "lodge",
        "status": "waiting",
        "before": None,
        "unit": KEL_GAMBIR,
        "at": "2026-03-02T01:00:00.000+00:00",
    }


@pytest.mark.parametrize(
    ("action", "arms"), [("lodge", "yes"), ("coordinate", "yes"), ("assign", "no"), ("ring", "no")]
)
def test_subscriptions_filter_by_action_and_arming(action: str, arms: str) -> None:
    client = Stub()

    SnsEventTopic(topic_arn="arn", client=client).publish([replace(events(1)[0], action=action)])

    (entry,) = client.calls[0]["PublishBatchRequestEntries"]
    told = {name: attribute["StringValue"] for name, attribute in entry["MessageAttributes"].items()}
    assert (entry["Subject"], told) == (f"complaint.{action}", {"action": action, "arms": arms})


def test_what_the_topic_did_not_take_comes_back() -> None:
    told = events(3)
    client = Stub(answer={"Failed": [{"Id": "1", "Code": "Throttled", "SenderFault": False}]})

    assert SnsEventTopic(topic_arn="arn", client=client).publish(told) == [told[1]]
    assert RecordingTopic(refuses=lambda event: event.sequence == 2).publish(told) == [told[1]]


def test_a_topic_that_does_not_answer_is_told_as_such() -> None:
    with pytest.raises(UnavailableError):
        SnsEventTopic(topic_arn="arn", client=Stub(ReadTimeoutError(endpoint_url=URL))).publish(events(1))


# ------------------------------------------------------------------------------------------------ queues, timers


@pytest.fixture
def queues(aws: None) -> dict[str, str]:
    sqs = boto3.client("sqs", REGION)
    return {
        name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("retry", "notify", "alert", "partner", "dead")
    }


def test_what_waits_for_a_retry_is_the_row_s_keys_and_no_image(
    queues: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.sqs.FIRST_DELAY", 0)
    keys = {"Keys": {"pk": {"S": "C#7"}, "sk": {"S": "EVENT#000001"}}}
    record = {"eventName": "INSERT", "dynamodb": {**keys, "NewImage": {"words": {"S": "lubang"}}}}
    fake = RecordingRetries()

    for retries in (SqsRelayRetries(url=queues["retry"], client=Clients(region=REGION).client("sqs")), fake):
        retries.put(record)

    found = [json.loads(message["Body"]) for message in received(queues["retry"])]
    assert found == fake.records == [{"eventName": "INSERT", "dynamodb": keys}]


def test_the_first_retry_is_put_off_and_a_failed_one_for_as_long_as_it_says() -> None:
    calls = Stub()
    retries = SqsRelayRetries(url=URL, client=calls)

    retries.put({"eventName": "INSERT", "dynamodb": {"Keys": {}}})
    retries.postpone("receipt", 8400)

    assert calls.calls[0]["DelaySeconds"] == FIRST_DELAY
    assert calls.calls[1] == {"QueueUrl": URL, "ReceiptHandle": "receipt", "VisibilityTimeout": 8400}


def test_a_dead_letter_stands_in_its_queue_as_it_was_written(queues: dict[str, str]) -> None:
    letter, fake = {"fate": {"arrived": None, "is_refused": False}}, RecordingDeadLetters()

    for letters in (SqsDeadLetters(url=queues["dead"], client=Clients(region=REGION).client("sqs")), fake):
        letters.put(letter)

    found = [json.loads(message["Body"]) for message in received(queues["dead"])]
    assert found == fake.letters == [letter]


def test_dead_letters_that_do_not_answer_are_told_as_such(queues: dict[str, str]) -> None:
    letters = SqsDeadLetters(url=f"{queues['dead']}-elsewhere", client=Clients(region=REGION).client("sqs"))

    with pytest.raises(UnavailableError):
        letters.put({})


@pytest.mark.city
def test_relay_may_leave_a_record_to_its_retry_queue(become: Become, number: str) -> None:
    """Which the city's own relay_retry empties: it names a row that there is not."""
    keys = {"pk": {"S": case(number)}, "sk": {"S": "EVENT#000001"}}
    become("relay").relay_retries.put({"eventName": "INSERT", "dynamodb": {"Keys": keys}})


@pytest.mark.city
def test_relay_retry_may_read_an_event_and_publish_it(become: Become, life: Life) -> None:
    event = life.events[0]
    become("api").complaints.lodge(as_decision(None, life.complaint, event), None)
    function = become("relay_retry")

    read = function.complaints.event(event.number, event.sequence)
    assert read
    assert read.digest == event.digest
    assert function.topic.publish([read]) == []


@pytest.mark.city
@pytest.mark.parametrize("to", [THE_REPORTER, unit(DBM), partner("JAKI")])
def test_the_sweeper_may_hand_messages_back(become: Become, life: Life, to: str) -> None:
    become("sweep").hand_back.put(life.events[0], to)


@pytest.mark.city
def test_the_sweeper_may_ask_for_a_digest(become: Become) -> None:
    """Of a day that is over: nobody is told anything."""
    become("sweep").hand_back.put_digest(date(2020, 1, 1))


def test_a_digest_is_asked_of_who_alerts_units(queues: dict[str, str]) -> None:
    client = Clients(region=REGION).client("sqs")

    SqsHandBack(notify_url=queues["notify"], urls={UNIT: queues["alert"]}, client=client).put_digest(date(2026, 11, 23))

    assert [json.loads(message["Body"]) for message in received(queues["alert"])] == [{"digest": "2026-11-23"}]
    assert received(queues["notify"]) == []


def test_late_messages_are_told_by_who_alerts_units(queues: dict[str, str]) -> None:
    client, hour = Clients(region=REGION).client("sqs"), datetime(2026, 11, 23, 3, tzinfo=UTC)

    SqsHandBack(urls={UNIT: queues["alert"]}, client=client).put_late_messages(hour, Counter(X=2))

    told = {"inbox": {"hour": "2026-11-23T03:00:00+00:00", "waiting": {"X": 2}}}
    assert [json.loads(message["Body"]) for message in received(queues["alert"])] == [told]


@pytest.mark.parametrize(
    ("to", "queue"),
    [(THE_REPORTER, "notify"), (unit(DBM), "alert"), (unit(KEL_GAMBIR), "alert"), (partner("JAKI"), "partner")],
)
def test_a_message_is_handed_to_who_may_tell_it(queues: dict[str, str], to: str, queue: str) -> None:
    (event,) = events(1)
    client = Clients(region=REGION).client("sqs")

    urls = {UNIT: queues["alert"], PARTNER: queues["partner"]}
    SqsHandBack(notify_url=queues["notify"], urls=urls, client=client).put(event, to)

    found = {name: [json.loads(m["Body"])["number"] for m in received(queues[name])] for name in queues}
    assert {key: [] for key in queues} | {queue: [NUMBER]} == found


def test_what_is_handed_back_looks_as_if_the_topic_had_brought_it(
    queues: dict[str, str], topic: tuple[SnsEventTopic, Any]
) -> None:
    (event,) = events(1)
    fake = RecordingHandBack()

    topic[0].publish([event])
    for hands in (
        SqsHandBack(notify_url=queues["notify"], urls={}, client=Clients(region=REGION).client("sqs")),
        fake,
    ):
        hands.put(event, THE_REPORTER)

    brought, handed = topic[1](), received(queues["notify"])
    assert [m["Body"] for m in brought] == [m["Body"] for m in handed]
    assert [m["MessageAttributes"].keys() for m in brought] == [m["MessageAttributes"].keys() for m in handed]
    assert fake.given == [(event, THE_REPORTER)]


@pytest.mark.parametrize(
    "call",
    [
        lambda client: SqsRelayRetries(url=URL, client=client).put({}),
        lambda client: SqsRelayRetries(url=URL, client=client).postpone("receipt", 30),
        lambda client: SqsHandBack(notify_url=URL, urls={UNIT: URL}, client=client).put(events(1)[0], THE_REPORTER),
        lambda client: StepFunctionsTimers(state_machine_arn="arn", client=client, once=client).start(NUMBER, 1, NOW),
    ],
)
@pytest.mark.parametrize("error", [refusal("InternalFailure", 500), ReadTimeoutError(endpoint_url=URL)], ids=repr)
def test_a_service_that_does_not_answer_is_told_as_such(call: Any, error: Exception) -> None:
    with pytest.raises(UnavailableError):
        call(Stub(error))


def test_a_timer_sleeps_until_machine_time() -> None:
    client = Stub()

    a_machine(client, offset=timedelta(days=7)).start(NUMBER, 2, NOW)

    (request,) = client.calls
    assert (request["stateMachineArn"], request["name"]) == ("arn", f"{NUMBER}-2")
    given = {"v": 2, "number": NUMBER, "arming": 2, "sleep": 1, "until": "2026-02-23T01:00:00Z"}
    assert json.loads(request["input"]) == given


def a_machine(client: Any, **more: Any) -> StepFunctionsTimers:
    return StepFunctionsTimers(state_machine_arn="arn", client=client, once=client, **more)


UNANSWERED = [
    refusal("ThrottlingException"),
    refusal("AccessDeniedException", 403),
    refusal("ExecutionDoesNotExist"),
    refusal("ValidationException"),
    refusal("InternalFailure", 500),
    ReadTimeoutError(endpoint_url=URL),
]


@pytest.mark.parametrize("error", UNANSWERED, ids=repr)
def test_a_stop_is_tried_once_and_whatever_stands_in_its_way_is_no_fault(error: Exception) -> None:
    once, machine = Stub(error), "arn:aws:states:ap-southeast-3:123456789012:stateMachine:city-clocks"
    timers = StepFunctionsTimers(state_machine_arn=machine, client=Stub(), once=once)

    assert timers.stop(NUMBER, 2) is False

    execution = f"arn:aws:states:ap-southeast-3:123456789012:execution:city-clocks:{NUMBER}-2"
    assert once.calls == [{"executionArn": execution}]


def test_the_client_that_stops_never_tries_again() -> None:
    assert Clients(region=REGION, keys=AccessKeys("a", "b")).once("stepfunctions").tries == 1


@pytest.fixture(params=["memory", "stepfunctions", ON_THE_CITY])
def timers(request: pytest.FixtureRequest) -> tuple[Timers, Any]:
    """And how to ask which executions there are; by a status, which of them."""
    if request.param == "memory":
        fake = FakeTimers()
        return fake, lambda status="": fake.stopped if status else list(fake.started)
    if request.param == "city":
        become = request.getfixturevalue("become")
        machine, client = become("arm").settings.state_machine_arn, become(OPERATOR).clients.client("stepfunctions")
        return By(become, "timers", "arm"), partial(executions, client, machine)
    request.getfixturevalue("aws")
    machine, clients = a_state_machine(), Clients(region=REGION)
    client = clients.client("stepfunctions")
    timers = StepFunctionsTimers(state_machine_arn=machine, client=client, once=clients.once("stepfunctions"))
    return timers, partial(executions, client, machine)


def a_state_machine() -> str:
    iam = "arn:aws:iam::123456789012:role/clocks"
    definition = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
    made = boto3.client("stepfunctions", REGION).create_state_machine(name="clocks", definition=definition, roleArn=iam)
    return str(made["stateMachineArn"])


def executions(client: Any, machine: str, status: str = "") -> list[str]:
    """By name, the newest thousand."""
    found = client.list_executions(stateMachineArn=machine, maxResults=1000)["executions"]
    return [execution["name"] for execution in found if execution["status"] == (status or execution["status"])]


def test_a_timer_that_is_there_already_is_success(timers: tuple[Timers, Any], number: str, now: datetime) -> None:
    timer, started = timers

    timer.start(number, 1, now)
    timer.start(number, 1, now + timedelta(hours=1))
    timer.start(number, 1, now, sleep=2)
    timer.start(number, 1, now + timedelta(hours=1), sleep=2)
    timer.start(number, 2, now)

    mine = [name for name in started() if name.startswith(number)]
    assert sorted(mine) == [f"{number}-1", f"{number}-1-2", f"{number}-2"]


def test_a_timer_that_is_stopped_stays_so_and_the_others_sleep_on(
    timers: tuple[Timers, Any], number: str, now: datetime
) -> None:
    timer, started = timers
    timer.start(number, 1, now)
    timer.start(number, 2, now)

    assert timer.stop(number, 1)
    timer.start(number, 1, now)

    assert [name for name in started("ABORTED") if name.startswith(number)] == [f"{number}-1"]


def test_a_timer_that_never_was_cannot_be_stopped(timers: tuple[Timers, Any], number: str) -> None:
    assert timers[0].stop(number, 1) is False
