"""What left the city, read off the application's own calls."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from local.emulator.faults import Call
from local.played.mailbox import Mailbox

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TOPICS = ":tanggap-local-unit-"
NUMBER = "JKT-7F3K-9QXM-4"
SES = Call(b"ASIA", "ses", "SendEmail")
SNS = Call(b"ASIA", "sns", "Publish")
SMS = Call(b"ASIA", "sms-voice", "SendTextMessage")
ACCEPTED = b"<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"


def a_mailbox() -> Mailbox:
    return Mailbox(lambda: NOON, TOPICS)


def an_email(to: str = "siti@example.com") -> bytes:
    return json.dumps(
        {
            "FromEmailAddress": "tanggap@example.go.id",
            "Destination": {"ToAddresses": [to]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": "Laporan diterima"},
                    "Body": {"Text": {"Data": "Menunggu"}, "Html": {"Data": "<p>Menunggu</p>"}},
                    "Headers": [
                        {"Name": "X-Tanggap-Event", "Value": "waiting"},
                        {"Name": "X-Tanggap-Number", "Value": NUMBER},
                    ],
                }
            },
        }
    ).encode()


def a_publish(**fields: str) -> bytes:
    attributes = {
        "MessageAttributes.entry.1.Name": "event",
        "MessageAttributes.entry.1.Value.StringValue": "breach",
        "MessageAttributes.entry.2.Name": "number",
        "MessageAttributes.entry.2.Value.StringValue": NUMBER,
    }
    return urlencode({"Action": "Publish", **fields, **attributes}).encode()


def an_sms(to: str) -> bytes:
    about = {"event": "breach", "number": NUMBER}
    return json.dumps({"DestinationPhoneNumber": to, "MessageBody": "Menunggu", "Context": about}).encode()


def test_an_email_is_kept_whole_with_what_it_is_about() -> None:
    mailbox = a_mailbox()

    mailbox.notice(SES, an_email(), b'{"MessageId": "m-1"}')

    [mail] = mailbox.items
    assert (mail["id"], mail["kind"], mail["event"], mail["number"]) == ("m-1", "email", "waiting", NUMBER)
    assert (mail["to"], mail["subject"], mail["text"]) == ("siti@example.com", "Laporan diterima", "Menunggu")
    assert (mail["html"], mail["at"]) == ("<p>Menunggu</p>", NOON.isoformat())


def test_an_sms_is_known_by_its_phone_number() -> None:
    mailbox = a_mailbox()

    mailbox.notice(SMS, an_sms("+628123456789"), b'{"MessageId": "m-1"}')

    [sms] = mailbox.items
    assert (sms["id"], sms["kind"], sms["event"], sms["number"]) == ("m-1", "sms", "breach", NUMBER)
    assert (sms["to"], sms["text"]) == ("+628123456789", "Menunggu")


def test_an_alert_is_addressed_to_the_unit_of_its_topic() -> None:
    mailbox = a_mailbox()

    mailbox.notice(SNS, a_publish(TopicArn=f"arn:aws:sns:x:0{TOPICS}KEL_31-71-01-1001", Message="Tugas baru"), ACCEPTED)

    assert [(m["kind"], m["event"], m["to"]) for m in mailbox.items] == [("alert", "breach", "KEL_31.71.01.1001")]


def test_events_between_functions_are_no_messages() -> None:
    mailbox = a_mailbox()

    mailbox.notice(SNS, a_publish(TopicArn="arn:aws:sns:x:0:tanggap-local-complaint-events", Message="{}"), ACCEPTED)

    assert mailbox.items == []


def test_messages_are_found_by_recipient_and_by_number_however_it_is_typed() -> None:
    mailbox = a_mailbox()
    mailbox.notice(SES, an_email("siti@example.com"), b'{"MessageId": "m-1"}')
    mailbox.notice(SES, an_email("budi@example.com"), b'{"MessageId": "m-2"}')

    assert [m["id"] for m in mailbox.find(to="budi@example.com")] == ["m-2"]
    assert [m["id"] for m in mailbox.find(number="7f3k 9qxm 4")] == ["m-1", "m-2"]
    assert mailbox.find(number="JKT-0000-0000-0") == []


@pytest.mark.parametrize(
    "typed", ["+6281234567890", "0812 3456-7890", "0062 812.3456.7890", "+62 (0)812 34567890", "wa.me/6281234567890"]
)
def test_an_sms_is_found_by_every_spelling_of_its_telephone_number(typed: str) -> None:
    mailbox = a_mailbox()
    for number in ("+6281234567890", "+6281234567891"):
        mailbox.notice(SMS, an_sms(number), b'{"MessageId": "m-1"}')

    assert [m["to"] for m in mailbox.find(to=typed)] == ["+6281234567890"]


@pytest.mark.parametrize(
    "typed", ["siti@example.com", "siti@EXAMPLE.com", "<siti@example.com>", "mailto:siti@example.com"]
)
def test_an_email_is_found_by_every_spelling_of_its_address(typed: str) -> None:
    mailbox = a_mailbox()
    for address in ("siti@example.com", "budi@example.com"):
        mailbox.notice(SES, an_email(address), b'{"MessageId": "m-1"}')

    assert [m["to"] for m in mailbox.find(to=typed)] == ["siti@example.com"]
