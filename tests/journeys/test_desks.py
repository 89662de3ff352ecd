"""Every desk of a running city, and the form embedded in another site. Each test follows what is sent, the case with
its channel, the receipt, and the message about the next status by the way that the reporter chose."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from chalicelib.domain.calendar import WIB
from tests.city import (
    GAMBIR,
    LURAH,
    OFFICER,
    Case,
    City,
    Document,
    a_draft,
    a_phone,
    an_email,
    done,
    eventually,
)

ADMINISTRATOR = "admin"
KELURAHAN = {"kelurahan": "31.71.01.1001"}  # Gambir, whose lurah has the last word on these reports
HOLE = {"category": "JLN_LUBANG", "visibility": "public"}


@dataclass(frozen=True)
class Desk:
    """`user`: who sits there in the local city; where nobody does, an administrator adds somebody of this unit.
    `place`: as one is told it there; None: nobody knows yet."""

    channel: str
    unit: str
    place: Document | None
    user: str = ""


DESKS = (
    Desk("KELURAHAN", "KEL_31.71.01.1001", KELURAHAN, user=LURAH),
    Desk("KECAMATAN", "KEC_31.71.01", KELURAHAN),
    Desk("WALIKOTA", "KOTA_31.71", GAMBIR),
    Desk("PENDOPO", "BIRO_PEM", GAMBIR),
    Desk("INSPEKTORAT", "INSPEKTORAT", KELURAHAN),
    Desk("SURATGUB", "BIRO_PEM", None),
    Desk("MEDIAMASSA", "BIRO_PEM", None),
)
FACE_TO_FACE = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.channel)


@dataclass(frozen=True)
class Way:
    """How somebody wants to be told: the field of the contact, an address of their own, the message that comes."""

    field: str
    address: Callable[[], str]
    kind: str


WAYS = pytest.mark.parametrize(
    "way", [Way("email", an_email, "email"), Way("phone", a_phone, "sms")], ids=lambda way: way.field
)


@pytest.fixture(scope="module")
def seated(city: City) -> Callable[[Desk], str]:
    """Who sits at a desk, as an administrator adds them: once for all tests here."""
    people = {desk.channel: desk.user for desk in DESKS if desk.user}

    def find(desk: Desk) -> str:
        if desk.channel not in people:
            people[desk.channel] = added(city, desk)
        return people[desk.channel]

    return find


def added(city: City, desk: Desk) -> str:
    user = f"loket-{desk.channel.lower()}-{uuid.uuid4().hex[:8]}"
    person = {"user": user, "name": "Petugas Loket", "role": "desk", "unit": desk.unit, "channels": [desk.channel]}
    answer = done(city.post("/staff/people", person, user=ADMINISTRATOR))
    assert answer["temporary_password"]
    return user


def typed(city: City, desk: Desk, user: str, contact: Document | None = None) -> Document:
    """As the console sends it, twice, since the first answer is lost; the receipt."""
    place = {"location": desk.place} if desk.place else {}
    body = {**HOLE, "channel": desk.channel, "description": a_draft()["description"], **place}
    body |= {"contact": {**contact, "language": "id"}} if contact else {}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = city.post("/staff/complaints", body, user=user, headers=key)
    assert first.status_code == 201, first.text
    again = done(city.post("/staff/complaints", body, user=user, headers=key))
    assert again == first.json()
    return again


def comes_into_hands(desk: Desk, user: str, case: Case) -> None:
    """A case without a place is located first, by the desk that took it in."""
    if desk.place is None:
        case.act("locate", user, location=KELURAHAN)
    case.act("accept", LURAH)


def today(city: City, user: str) -> list[str]:
    return [item["number"] for item in done(city.get("/staff/intake/today", user=user))["items"]]


def assert_stands_in_todays_list(city: City, user: str, case: Case) -> None:
    """Or the day has ended meanwhile."""
    received = datetime.fromisoformat(case.view()["timeline"][0]["at"]).astimezone(WIB).date()

    def stands() -> bool:
        return case.number in today(city, user) or now_in_jakarta(city).date() > received

    eventually(stands, what="the desk's list of today")


def now_in_jakarta(city: City) -> datetime:
    return datetime.fromisoformat(city.local()["now"]).astimezone(WIB)


def told(city: City, address: str, event: str) -> Document:
    """The one message of this kind that came to them."""
    found = eventually(
        lambda: [each for each in city.mailbox(to=address) if each["event"] == event], what=f"{event} to {address}"
    )
    assert len(found) == 1
    return found[0]


def opened_by(city: City, message: Document, number: str) -> Case:
    """The reporter's own case, by the link in their message."""
    secret = message["text"].partition(f"#{number}~")[2].split()[0].partition("~")[0]
    return Case(city, {"number": number, "secret": secret}, {})


@FACE_TO_FACE
@WAYS
def test_who_was_at_a_desk_is_told_by_the_way_that_they_named(
    city: City, seated: Callable[[Desk], str], desk: Desk, way: Way
) -> None:
    user, address = seated(desk), way.address()

    receipt = typed(city, desk, user, {"name": "Siti", way.field: address})

    number = receipt["number"]
    assert (receipt["status"], receipt["secret"], receipt["links"]["owner"]) == ("waiting", None, None)
    assert receipt["links"]["public"].endswith(f"/lacak/#{number}")
    message = told(city, address, "waiting")
    assert (message["kind"], message["number"]) == (way.kind, number)
    case = opened_by(city, message, number)
    assert case.view()["status"] == "waiting"
    assert case.staff(user)["channel"] == desk.channel
    assert_stands_in_todays_list(city, user, case)

    comes_into_hands(desk, user, case)

    assert told(city, address, "assigned")["kind"] == way.kind
    assert case.view()["status"] == "assigned"


@FACE_TO_FACE
def test_who_gave_no_name_at_a_desk_follows_their_report_with_the_receipt(
    city: City, seated: Callable[[Desk], str], desk: Desk
) -> None:
    user = seated(desk)

    receipt = typed(city, desk, user)

    case = Case(city, receipt, {})
    assert receipt["links"]["owner"] == f"{receipt['links']['public']}~{case.secret}"
    assert case.staff(user)["channel"] == desk.channel
    comes_into_hands(desk, user, case)
    assert (case.view()["status"], case.public()["status"]) == ("assigned", "assigned")
    read_out = done(city.get(f"/complaints/{case.number.removeprefix('JKT').replace('-', ' ').lower()}"))
    assert read_out["number"] == case.number
    case.say("comment", text="Sudah diperbaiki sebagian")
    assert case.staff(LURAH)["timeline"][-1]["text"] == "Sudah diperbaiki sebagian"
    eventually(lambda: case.messages("alert"), what="the kelurahan's alert")
    assert case.messages("email") + case.messages("sms") == []


@FACE_TO_FACE
def test_a_desk_takes_nothing_in_by_a_channel_of_another_desk(
    city: City, seated: Callable[[Desk], str], desk: Desk
) -> None:
    user = seated(desk)
    foreign = [channel for channel in every_channel(city) if channel != desk.channel]

    answers = {channel: city.post("/staff/complaints", named(channel), user=user) for channel in foreign}

    refused = {
        channel: (answer.status_code, answer.json()["errors"][0]["field"]) for channel, answer in answers.items()
    }
    assert refused == dict.fromkeys(foreign, (422, "channel"))


def test_who_sits_at_no_desk_types_nothing_in(city: City) -> None:
    assert city.post("/staff/complaints", named("PENDOPO"), user=OFFICER).status_code == 403
    assert city.post("/staff/complaints", named("PENDOPO")).status_code == 401


def every_channel(city: City) -> list[str]:
    return [channel["code"] for channel in done(city.get("/reference"))["channels"]]


def named(channel: str) -> Document:
    return {**HOLE, "channel": channel, "description": a_draft()["description"], "location": KELURAHAN}


@WAYS
def test_who_reports_in_another_sites_page_is_told_by_the_way_that_they_named(city: City, way: Way) -> None:
    address = way.address()

    case = city.lodge(channel="BALAIWARGA", category="JLN_LUBANG", contact={way.field: address, "language": "id"})

    assert case.lodged["links"]["owner"].endswith(f"/lacak/#{case.number}~{case.secret}")
    message = told(city, address, "waiting")
    assert (message["kind"], opened_by(city, message, case.number).secret) == (way.kind, case.secret)
    assert case.staff(LURAH)["channel"] == "BALAIWARGA"
    case.act("accept", LURAH)
    assert told(city, address, "assigned")["kind"] == way.kind


def test_who_gave_no_name_in_another_sites_page_follows_their_report_with_the_receipt(city: City) -> None:
    case = city.lodge(channel="BALAIWARGA", category="JLN_LUBANG")

    case.act("accept", LURAH)

    assert case.staff(LURAH)["channel"] == "BALAIWARGA"
    assert (case.view()["status"], case.public()["status"]) == ("assigned", "assigned")
    assert case.messages("email") + case.messages("sms") == []
