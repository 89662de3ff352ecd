"""The ledger cannot be written for longer than a message is tried: what waits for a person holds nothing of a person,
and given back it does what it would have done."""

import json
from typing import Any

from tests.city import COORDINATOR, City, a_picture, eventually
from tests.conftest import OwnCity
from tests.journeys.test_disasters import operate
from tests.journeys.test_sms import nowhere

STACK = "tanggap-local"
IP = "36.68.1.2"


def queue(city: City, name: str) -> str:
    url: str = city.aws("sqs").get_queue_url(QueueName=f"{STACK}-{name}")["QueueUrl"]
    return url


def put(city: City, name: str, told: Any) -> None:
    """To a queue whose messages come again after a second."""
    sqs, url = city.aws("sqs"), queue(city, name)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(told))


def dead(city: City, name: str) -> list[str]:
    """What stands in its dead letters, left there."""
    sqs, url = city.aws("sqs"), queue(city, f"{name}-dead")
    found = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0, MaxNumberOfMessages=10)
    return [message["Body"] for message in found.get("Messages", [])]


def sms_of(city: City, number: str) -> list[tuple[str, str]]:
    told = city.get(f"/staff/complaints/{number}", user=COORDINATOR).json()["messages"]
    return [(message["state"], message.get("reason", "")) for message in told if message["kind"] == "sms"]


def test_what_could_not_be_noted_waits_without_telephone_number_and_ip_address_and_is_noted_when_given_back(
    own_city: OwnCity,
) -> None:
    process, city = own_city()
    phone = nowhere(0)
    case = city.lodge(contact={"phone": phone})
    eventually(lambda: sms_of(city, case.number) == [("sent", "")], what="the SMS")
    picture = a_picture()
    form = {"content_type": "image/jpeg", "size": len(picture)}
    ticket = city.post(f"/complaints/{case.number}/photos", form, secret=case.secret).json()
    fate = {
        "eventType": "TEXT_INVALID",
        "destinationPhoneNumber": phone,
        "context": {"notice": f"{case.number}_000001_reporter"},
    }
    stored = {"object": {"key": ticket["fields"]["key"], "eTag": "e", "size": 9}}
    city.fault("dynamodb", 1)

    put(city, "notify-citizen", fate)
    put(city, "photos", {"Records": [{"requestParameters": {"sourceIPAddress": IP}, "s3": stored}]})
    eventually(lambda: dead(city, "notify-citizen") and dead(city, "photos"), what="dead letters")
    city.fault("dynamodb", 0)

    (sms,), (photo,) = dead(city, "notify-citizen"), dead(city, "photos")
    assert json.loads(sms)["fate"]["message_id"] == fate["context"]["notice"]
    assert json.loads(photo)["Records"][0]["s3"]["object"]["size"] == 9
    log = (process.home / "functions.log").read_text()
    assert not [word for word in (phone.lstrip("+"), IP) if word in sms + photo + log]

    operate(city, "redrive", "notify-citizen", "photos")
    eventually(lambda: sms_of(city, case.number) == [("failed", "no_such_number")], what="the fate of the SMS")
    assert (dead(city, "notify-citizen"), dead(city, "photos")) == ([], [])
