"""What each function does with its adapters, on a local city and with the function's own role: the rights that it is
given in the cloud suffice, and no more is given."""

import json
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.adapters.dynamodb import rows
from chalicelib.application.ports import (
    AlreadyLodgedError,
    Contact,
    LostRaceError,
    Notice,
    PhotoMovedError,
    ProviderBusyError,
)
from chalicelib.application.projection import projection_of
from chalicelib.bootstrap import Bootstrap
from chalicelib.domain import numbers
from chalicelib.domain.errors import UnavailableError
from tests.builders import CITY, DBM, ENGINEER, KEL_GAMBIR, LURAH, Life, a_life, a_photo, acted

CONTACT = Contact("Budi", None, "budi@example.id", "id", "rahasia")
REFUSED = r"AuthorizationError|AccessDenied"
Become = Callable[[str], Bootstrap]


@pytest.fixture
def become(as_function: Callable[[str], dict[str, str]]) -> Iterator[Become]:
    """The adapters of a function, with the credentials of its role."""
    bound = rows.Row.Meta.table_name, rows.Row.Meta.region

    def function(name: str) -> Bootstrap:
        rows.Row._connection = None  # it holds the credentials of the function before
        return Bootstrap(settings.read(as_function(name)))

    yield function
    rows.bind(table_name=bound[0], region=bound[1])
    rows.Row._connection = None


@pytest.fixture
def life() -> Life:
    """A case of this very moment, under a number of its own: the city's own functions see it too."""
    number = numbers.from_bits(secrets.randbits(40))
    now = datetime.now(UTC).replace(microsecond=0)
    born = a_life(now=now)
    complaint, event = replace(born.complaint, number=number), replace(born.events[0], number=number)
    return Life(replace(complaint, head=event.digest), [event], now)


@pytest.fixture
def lodged(become: Become, life: Life) -> Life:
    """By the API."""
    become("api").complaints.lodge(life.complaint, life.events[0], None)
    return life


def a_notice(life: Life) -> Notice:
    """Of a message that nobody else sends: the case has no contact, and no unit of this name."""
    now = life.now
    key = "000009#citizen"
    later = now + timedelta(minutes=5)
    return Notice(life.complaint.number, key, "reply", "email", "claimed", now, later, now + timedelta(seconds=8))


def test_the_api_keeps_cases_and_lists_them(become: Become, life: Life) -> None:
    api, case = become("api"), life.complaint
    photo = replace(a_photo(state="pending"), number=case.number, announced_at=life.now)

    api.complaints.lodge(case, life.events[0], api.vault.seal(case.number, CONTACT))
    api.photos.announce(photo)
    life.does(LURAH, "comment", text="Sedang dicek")
    api.complaints.commit(case, life.complaint, life.events[-1])

    file = api.complaints.case_file(case.number)
    assert file
    assert (file.complaint, list(file.photos)) == (life.complaint, [photo])
    assert file.masked_contact == {"name": "B***", "email": "b***@example.id"}
    due = int(case.clocks["coordination"].due_at.timestamp())
    assert case.number in [e.number for e in api.queues.page([KEL_GAMBIR], limit=100, after=(due - 1, ""))]
    assert api.queues.alarms(life.now, 1) is not None


def test_the_api_reads_people_secret_and_public_lists(become: Become) -> None:
    api = become("api")

    assert api.staff.member("nobody-of-this-name") is None
    assert api.secrets().current
    assert api.lists.figures().counts["received"] >= 0


def test_the_api_cannot_open_what_it_sealed(become: Become, life: Life) -> None:
    api, number = become("api"), life.complaint.number
    api.complaints.lodge(life.complaint, life.events[0], api.vault.seal(number, CONTACT))

    with pytest.raises(UnavailableError) as told:
        api.vault.open(number)

    assert "AccessDenied" in str(told.value.__cause__)


def test_refusals_of_the_store_are_told_apart(become: Become, lodged: Life) -> None:
    api, case = become("api"), lodged.complaint
    photo = replace(a_photo(state="pending"), number=case.number, announced_at=lodged.now)
    api.photos.announce(photo)
    first, second = (acted(case, "comment", LURAH, text=text, now=lodged.now) for text in ("Satu", "Dua"))

    with pytest.raises(AlreadyLodgedError) as taken:
        api.complaints.lodge(replace(case, category="PJU"), lodged.events[0], None)
    with pytest.raises(PhotoMovedError):
        api.complaints.commit(case, first.complaint, first.event, [photo])
    api.complaints.commit(case, first.complaint, first.event)
    with pytest.raises(LostRaceError):
        api.complaints.commit(case, second.complaint, second.event)
    api.complaints.commit(case, first.complaint, first.event)  # the answer was lost: it stands already

    assert taken.value.existing == case
    assert api.complaints.load(case.number) == first.complaint


def test_of_many_at_once_one_wins(become: Become, lodged: Life) -> None:
    """Changes on one sequence, claims of one message, settlements of one photo: really at the same time."""
    notify, case, notice = become("notify_citizen"), lodged.complaint, a_notice(lodged)
    photo = replace(a_photo(), number=case.number, announced_at=lodged.now)

    def change(turn: int) -> bool:
        decision = acted(case, "comment", LURAH, text=f"Catatan {turn}", now=lodged.now)
        try:
            notify.complaints.commit(case, decision.complaint, decision.event)
        except LostRaceError:
            return False
        return True

    assert at_once(change) == 1
    assert at_once(lambda turn: notify.notices_ledger.claim(notice, None)) == 1
    assert at_once(lambda turn: notify.photos.settle(photo, announced=True)) == 1
    assert [event.sequence for event in notify.complaints.events(case.number)] == [1, 2]


def at_once(attempt: Callable[[int], bool], workers: int = 8) -> int:
    """How many of them won."""
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(attempt, range(workers)))


def test_one_of_two_claims_and_one_of_two_settlements_wins(become: Become, lodged: Life) -> None:
    notify, notice = become("notify_citizen"), a_notice(lodged)
    photo = replace(a_photo(), number=lodged.complaint.number, announced_at=lodged.now)

    assert [notify.notices_ledger.claim(notice, None) for _ in range(2)] == [True, False]
    assert [notify.photos.settle(photo, announced=True) for _ in range(2)] == [True, False]


def test_who_tells_citizens_opens_contacts_and_sends(become: Become, life: Life) -> None:
    api, number = become("api"), life.complaint.number
    api.complaints.lodge(life.complaint, life.events[0], api.vault.seal(number, CONTACT))
    notify, notice = become("notify_citizen"), a_notice(life)
    about = {"event": "reply", "number": number, "message_id": notice.message_id}

    assert notify.vault.open(number) == CONTACT
    assert notify.notices_ledger.claim(notice, None)
    notify.mail.send("budi@example.id", "Percobaan", "Teks", "<p>Teks</p>", **about)
    notify.sms.send("+6281234567890", "Percobaan", **about)
    notify.notices_ledger.record(replace(notice, state="sent"))

    assert notify.notices_ledger.find(number, notice.key) == replace(notice, state="sent")


def test_who_tells_units_reaches_their_topics_alone(become: Become, lodged: Life) -> None:
    alert = become("alert_unit")
    about = {"event": "reply", "number": lodged.complaint.number, "message_id": "percobaan"}

    alert.unit_alerts.publish(KEL_GAMBIR, "Percobaan", "Teks", **about)

    with pytest.raises(ProviderBusyError, match=REFUSED):
        alert.sms.send("+6281234567890", "Percobaan", **about)


def test_who_processes_photos_settles_them(become: Become, lodged: Life) -> None:
    processing, number = become("process_photo"), lodged.complaint.number
    photo = replace(a_photo(), number=number, announced_at=lodged.now)

    assert processing.pictures.original(f"incoming/{number}/{photo.photo_id}", "0" * 32) is None
    processing.pictures.store(f"photos/{number}/{photo.photo_id}/test-small.webp", b"RIFF")
    assert processing.photos.settle(photo, announced=True)
    assert processing.photos.photo(number, photo.photo_id) == photo


def test_who_rings_commits(become: Become, lodged: Life) -> None:
    ring, before = become("ring"), lodged.complaint
    lodged.does(ENGINEER if before.unit == DBM else LURAH, "comment", text="Percobaan")

    ring.complaints.commit(before, lodged.complaint, lodged.events[-1])

    assert ring.complaints.load(before.number) == lodged.complaint


def test_who_arms_starts_a_timer_once(become: Become, lodged: Life) -> None:
    arm, number = become("arm"), lodged.complaint.number

    for _ in range(2):
        arm.timers.start(number, 7, lodged.now + timedelta(hours=6))
    assert arm.complaints.load(number)


def test_the_relay_publishes_and_keeps_what_it_cannot(become: Become, lodged: Life, city_origin: str) -> None:
    relay = become("relay")
    record = {"number": lodged.complaint.number}

    assert relay.topic.publish(lodged.events) == []
    relay.dead_letters.put(record)

    assert record in taken_back(relay.settings.relay_dlq_url, city_origin)


def taken_back(url: str, origin: str) -> list[Any]:
    """By the operator: nothing of this test stays in the queue."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "aws_session_token": None}
    sqs = boto3.session.Session(**keys).client("sqs", endpoint_url=origin, region_name="ap-southeast-3")
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in found]


def test_the_sweeper_sees_promises_and_hands_messages_back(become: Become, lodged: Life) -> None:
    sweep, number = become("sweep"), lodged.complaint.number
    expired = replace(a_photo(state="expired"), number=number, announced_at=lodged.now)

    assert sweep.queues.alarms(lodged.now, 10) is not None
    assert sweep.photos.settle(expired, announced=True)
    for to in ("citizen", DBM):
        sweep.hand_back.put(lodged.events[0], to)


def test_the_sweeper_can_neither_open_contacts_nor_publish(become: Become, lodged: Life) -> None:
    sweep = become("sweep")

    with pytest.raises(ClientError, match=REFUSED):
        sweep.clients.client("sns").publish(TopicArn="arn:aws:sns:ap-southeast-3:000000000000:any", Message="x")
    with pytest.raises(ClientError, match="AccessDenied"):
        sweep.clients.client("kms").generate_data_key(KeyId="alias/tanggap-local-contacts", KeySpec="AES_256")


def test_the_public_lists_are_kept_by_who_projects(become: Become, lodged: Life) -> None:
    project = become("project")
    file = project.complaints.case_file(lodged.complaint.number)
    assert file

    project.lists.keep(projection_of(file, CITY.categories[file.complaint.category]))

    assert not project.lists.keep(projection_of(file, CITY.categories[file.complaint.category]))
