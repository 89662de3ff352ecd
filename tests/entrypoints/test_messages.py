"""Messages that are no case yet: who reads them, what may be done with them, and that it is done once."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.ports.channels import RawMessage
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.channels.registry import ADAPTERS
from chalicelib.channels.steps import StepInput
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.inboxes import READ_BY, REASONS, MessageTask, task_id_of
from tests.builders import (
    ADMINISTRATOR,
    CITY,
    COORDINATOR,
    DESK,
    GAMBIR,
    HEAD,
    INSPECTOR,
    LURAH,
    OTHER_DESK,
    POTHOLE,
    VALIDATOR,
)
from tests.channels.city_with_channels import CityWithChannels, a_partners_report
from tests.entrypoints.conftest import Http, behind_the_routes
from tests.fakes import RecordingReplies

KEY = "kunci-pesan-000000001"
MENTION = "Lubang besar di jalan RT 03 RW 05 kelurahan Gambir, hubungi 081234567890"
FILLED = {"category": POTHOLE, "description": "Lubang besar di jalan", "location": {"kelurahan": GAMBIR}}
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> CityWithChannels:
    return behind_the_routes(CityWithChannels(), monkeypatch)


def mentioned(city: CityWithChannels, text: str = MENTION, field: str = "mention") -> str:
    """The task of words that were said of the city on Facebook, on another's page."""
    change = {"field": field, "value": {"comment_id": "c1", "message": text}}
    city.hears("FB", json.dumps({"object": "page", "entry": [{"changes": [change]}]}).encode())
    (task_id,) = city.message_tasks.rows
    return task_id


def mailed(city: CityWithChannels, picture: bytes = PICTURE) -> str:
    """The task of a mail that has a photo and no words."""
    import base64

    raw = (
        b"From: Siti <siti@example.com>\r\nMessage-ID: <m1@x>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(picture)
    )
    city.hears("EMAIL", raw, "message/rfc822")
    (task_id,) = city.message_tasks.rows
    return task_id


def path(task_id: str, step: str = "") -> str:
    return f"/staff/messages/{task_id}" + (f"/{step}" if step else "")


# Who reads


NO_INBOX = [LURAH, HEAD, VALIDATOR, INSPECTOR, ADMINISTRATOR]
STEPS = {"case": FILLED, "reply": {"text": "Terima kasih"}, "close": {"reason_code": "spam"}}


@pytest.mark.parametrize("actor", NO_INBOX, ids=lambda actor: actor.role)
def test_who_has_no_inbox_is_told_so_and_reads_nothing(http: Http, city: CityWithChannels, actor: Actor) -> None:
    task_id = mentioned(city)

    assert http.get(path(task_id), as_=actor).status_code == 403
    assert http.get("/staff/queue?queue=inbox", as_=actor).status_code == 403
    for step, body in STEPS.items():
        assert http.post(path(task_id, step), {"version": 1, **body}, as_=actor).status_code == 403


def test_another_desk_does_not_learn_that_the_message_is_there(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)

    foreign = [http.get(path(task_id), as_=DESK), http.get(path("0" * 24), as_=DESK)]
    for step, body in STEPS.items():
        foreign.append(http.post(path(task_id, step), {"version": 1, **body}, as_=DESK))

    assert {answer.status_code for answer in foreign} == {404}
    assert len({answer.body for answer in foreign}) == 1


def test_nobody_reads_a_message_without_signing_in(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)

    assert http.get(path(task_id)).status_code == 401
    assert http.post(path(task_id, "close"), {"version": 1, "reason_code": "spam"}).status_code == 401


@pytest.mark.parametrize("actor", [OTHER_DESK, COORDINATOR], ids=lambda actor: actor.role)
def test_the_right_desk_reads_the_raw_words_and_what_they_may_mean(
    http: Http, city: CityWithChannels, actor: Actor
) -> None:
    view = http.get(path(mentioned(city)), as_=actor).json_body

    assert (view["said"], view["state"], view["version"], view["number"]) == (MENTION, "open", 1, None)
    hints = view["suggestions"]
    assert hints["categories"][0]["category"]["code"] == POTHOLE
    assert hints["categories"][0]["reasons"]
    assert GAMBIR in [area["code"] for area in hints["areas"]]
    assert hints["landmark"] == "RT 03/RW 05"


def test_a_message_whose_raw_form_is_gone_is_still_there_to_be_ended(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)
    city.raw_messages.kept.clear()

    assert http.get(path(task_id), as_=OTHER_DESK).json_body["said"] is None
    assert http.post(path(task_id, "close"), {"version": 1, "reason_code": "other"}, as_=OTHER_DESK).status_code == 200


def test_every_channel_that_sends_messages_has_somebody_who_reads_what_is_left_over() -> None:
    desks = {channel.code for channel in CITY.channels.values() if channel.desk}

    assert set(ADAPTERS) <= set(READ_BY)
    assert {desk for desk in READ_BY.values() if desk} <= desks
    assert set(READ_BY) <= set(CITY.channels)


# The list


def test_messages_stand_in_the_inbox_and_carry_no_number(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)

    (item,) = http.get("/staff/queue?queue=inbox", as_=OTHER_DESK).json_body["items"]

    assert (item["kind"], item["task_id"], item["number"], item["channel"]) == ("message", task_id, None, "FB")
    assert item["text"] == MENTION
    assert item["clocks"]["coordination"]["state"] == "running"
    assert http.get("/staff/queue?queue=inbox", as_=DESK).json_body["items"] == []
    assert http.get("/staff/queue/counts", as_=COORDINATOR).json_body["counts"]["inbox"] == 1
    assert http.get("/staff/queue?queue=mine", as_=COORDINATOR).json_body["items"] == []


SOUGHT = {
    "words=lubang": 1,
    "words=trotoar": 0,
    "late=true": 0,
    "late=false": 1,
    f"category={POTHOLE}": 1,
    "status=waiting": 0,
    "photo=true": 0,
    "sort=newest": 1,
    "words=JKT": 0,
}


@pytest.mark.parametrize(("query", "found"), SOUGHT.items(), ids=SOUGHT)
def test_the_inbox_is_searched_like_every_list(http: Http, city: CityWithChannels, query: str, found: int) -> None:
    mentioned(city)

    assert len(http.get(f"/staff/queue?queue=inbox&{query}", as_=OTHER_DESK).json_body["items"]) == found


def test_a_message_that_nobody_has_read_in_time_is_late(http: Http, city: CityWithChannels) -> None:
    mentioned(city)
    city.clock.advance(hours=7)

    assert http.get("/staff/queue?queue=inbox", as_=OTHER_DESK).json_body["items"][0]["flags"] == ["late"]


# A case


def test_a_person_makes_a_case_of_a_message_and_it_is_nobodys_secret_any_more(
    http: Http, city: CityWithChannels
) -> None:
    task_id = mentioned(city)

    answer = http.post(path(task_id, "case"), {"version": 1, **FILLED}, as_=OTHER_DESK)

    (case,) = city.cases()
    assert answer.status_code == 200
    assert (answer.json_body["number"], answer.json_body["state"]) == (case.number, "case")
    assert (case.channel, case.area, case.lodging.typed_by) == ("FB", GAMBIR, OTHER_DESK.id)
    assert not case.unsorted
    assert city.tracking.public(case.number)["description"] == FILLED["description"]
    assert http.get("/staff/queue?queue=inbox", as_=OTHER_DESK).json_body["items"] == []
    assert city.message_tasks.rows[task_id].text == "", "its words are in the case"
    assert {number for number, _ in city.message_sources.keys} == {case.number}, "erased with the case"


def test_photos_and_address_of_the_sender_go_into_the_case(http: Http, city: CityWithChannels) -> None:
    task_id = mailed(city)
    shown = http.get(path(task_id, "photos/1"), as_=DESK).json_body
    view = http.get(path(task_id), as_=DESK)

    http.post(path(task_id, "case"), {"version": 1, **FILLED}, as_=DESK)

    (case,) = city.cases()
    assert (case.reachable, len(case.uploads)) == (True, 1)
    assert [stored[3] for stored in city.originals.stored] == [PICTURE]
    assert shown["content_type"] == "image/jpeg"
    assert "siti@example.com" not in view.body.decode()


@pytest.mark.parametrize("place", ["0", "2", "01", "-1", "x", "1e0", "²", "9" * 5000])
def test_a_photo_that_is_not_there_is_not_found(http: Http, city: CityWithChannels, place: str) -> None:
    from urllib.parse import quote

    assert http.get(path(mailed(city), f"photos/{quote(place)}"), as_=DESK).status_code == 404


def test_photos_stay_behind_where_they_show_something_else(http: Http, city: CityWithChannels) -> None:
    http.post(path(mailed(city), "case"), {"version": 1, "photos": False, **FILLED}, as_=DESK)

    assert (city.cases()[0].uploads, city.originals.stored) == ((), [])


def test_what_a_partner_sent_with_a_fault_is_shown_and_mended(http: Http, city: CityWithChannels) -> None:
    city.hears("JAKI", a_partners_report(landmark="Pasar Gambir", assigned_to="me"))
    (task_id,) = city.message_tasks.rows
    hints = http.get(path(task_id), as_=COORDINATOR).json_body["suggestions"]

    assert hints["categories"][0]["category"]["code"] == POTHOLE
    assert (hints["point"]["area"]["code"], hints["landmark"]) == (GAMBIR, "Pasar Gambir")
    assert http.post(path(task_id, "case"), {"version": 1, **FILLED}, as_=COORDINATOR).status_code == 200
    assert city.cases()[0].channel == "JAKI"


# Once


@pytest.mark.parametrize(("step", "body"), STEPS.items(), ids=STEPS)
def test_a_repeated_request_does_nothing_twice(
    http: Http, city: CityWithChannels, step: str, body: dict[str, Any]
) -> None:
    task_id = mailed(city)
    first, second = (
        http.post(path(task_id, step), {"version": 1, **body}, as_=DESK, Idempotency_Key=KEY) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.body == second.body
    other = http.post(path(task_id, step), {"version": 2, **body}, as_=DESK, Idempotency_Key=KEY)
    assert (other.status_code, other.json_body["code"]) == (409, "key_reused")
    assert len(city.cases()) == (step == "case")


@pytest.mark.parametrize(("step", "body"), STEPS.items(), ids=STEPS)
def test_whoever_saw_an_older_version_is_told_and_nothing_happens(
    http: Http, city: CityWithChannels, step: str, body: dict[str, Any]
) -> None:
    task_id = mailed(city)
    http.post(path(task_id, "close"), {"version": 1, "reason_code": "spam"}, as_=DESK)

    stale = http.post(path(task_id, step), {"version": 1, **body}, as_=DESK)
    forbidden = http.post(path(task_id, step), {"version": 2, **body}, as_=DESK)

    assert (stale.status_code, stale.json_body["code"], stale.json_body["version"]) == (409, "version_conflict", 2)
    assert (forbidden.status_code, forbidden.json_body["code"]) == (409, "state_forbids")
    assert forbidden.json_body["allowed_actions"] == []
    assert city.cases() == []


def test_two_who_make_a_case_at_once_make_one(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)
    faster = {"version": 1, **FILLED, "description": "Yang lebih cepat"}
    city.message_tasks.interrupted = lambda: http.post(path(task_id, "case"), faster, as_=COORDINATOR)

    slower = http.post(path(task_id, "case"), {"version": 1, **FILLED}, as_=OTHER_DESK)

    assert (slower.status_code, slower.json_body["code"]) == (409, "version_conflict")
    assert len(city.cases()) == 1


def test_a_case_whose_task_was_not_written_is_found_again(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)
    before = city.message_tasks.rows[task_id]
    first = http.post(path(task_id, "case"), {"version": 1, **FILLED}, as_=OTHER_DESK).json_body["number"]
    city.message_tasks.rows[task_id] = before

    again = http.post(path(task_id, "case"), {"version": 1, **FILLED, "description": "Lain"}, as_=OTHER_DESK)

    assert again.json_body["number"] == first
    assert len(city.cases()) == 1


# Faults of form


FAULTS = [
    ("case", {"version": 1}, {"category", "description"}),
    ("case", FILLED, {"version"}),
    ("case", {"version": 1, **FILLED, "category": "TERBANG"}, {"category"}),
    ("case", {"version": 1, **FILLED, "location": {"lat": 1.3, "lon": 103.8}}, {"location"}),
    ("case", {"version": 1, **FILLED, "photos": "yes"}, {"photos"}),
    ("case", {"version": 1, **FILLED, "contact": {"email": "x@example.com"}}, {"contact"}),
    ("case", {"version": 0, **FILLED}, {"version"}),
    ("case", {"version": "1", "x": 1}, {"version", "x", "category", "description"}),
    ("reply", {"version": 1}, {"text"}),
    ("reply", {"text": "  "}, {"text", "version"}),
    ("reply", {"version": 1, "text": "x" * 4001}, {"text"}),
    ("close", {"version": 1}, {"reason_code"}),
    ("close", {"version": 1, "reason_code": "tired"}, {"reason_code"}),
    ("close", {"version": 1, "reason_code": "spam", "number": "x"}, {"number"}),
]


@pytest.mark.parametrize(("step", "body", "fields"), FAULTS)
def test_every_fault_is_named_at_once(
    http: Http, city: CityWithChannels, step: str, body: dict[str, Any], fields: set[str]
) -> None:
    answer = http.post(path(mailed(city), step), body, as_=DESK)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json_body["errors"]} == fields


# An answer


def test_an_answer_goes_back_to_whoever_wrote_and_stands_on_the_trail(http: Http, city: CityWithChannels) -> None:
    task_id = mailed(city)
    answer = http.post(path(task_id, "reply"), {"version": 1, "text": "Mohon tulis lokasinya."}, as_=DESK)
    assert (answer.json_body["state"], city.mail.sent) == ("sending", []), "nothing leaves inside a request"

    assert city.answer_message(task_id) == "answered"
    assert city.answer_message(task_id) == "answered"

    (sent,) = city.mail.sent
    assert (sent.to, sent.text) == ("siti@example.com", "Mohon tulis lokasinya.")
    view = http.get(path(task_id), as_=DESK).json_body
    assert [(step["action"], step["by"]) for step in view["trail"]] == [("reply", DESK.id), ("sent", None)]
    assert view["allowed_actions"] == []


def test_an_answer_that_the_provider_refuses_comes_back_to_the_desk(http: Http, city: CityWithChannels) -> None:
    task_id = mailed(city)
    http.post(path(task_id, "reply"), {"version": 1, "text": "Mohon tulis lokasinya."}, as_=DESK)
    city.mail.failures.append(ProviderRefusedError("no such address"))

    assert city.answer_message(task_id) == "open"
    view = http.get(path(task_id), as_=DESK).json_body
    assert (view["trail"][-1]["action"], view["version"]) == ("returned", 3)
    assert view["allowed_actions"] == ["case", "reply", "close"]


def test_an_answer_that_the_provider_cannot_take_now_stays_a_promise(http: Http, city: CityWithChannels) -> None:
    task_id = mailed(city)
    http.post(path(task_id, "reply"), {"version": 1, "text": "Mohon tulis lokasinya."}, as_=DESK)
    city.mail.failures.append(ProviderBusyError("slow down"))

    with pytest.raises(ProviderBusyError):
        city.answer_message(task_id)

    assert [(alarm.kind, alarm.id) for alarm in city.queues.alarms(city.now(), 9)] == [("message", task_id)]
    assert city.answer_message(task_id) == "answered"


def test_an_answer_goes_by_the_channel_that_the_message_came_by(city: CityWithChannels) -> None:
    task_id = mailed(city)
    city.replies = RecordingReplies()
    city.inbox.reply(city.inbox.permit(DESK), task_id, StepInput("hash", version=1, text="Terima kasih"))

    city.answer_message(task_id)

    ((conversation, words, _),) = city.replies.sent
    assert (conversation.channel, conversation.address, conversation.public) == ("EMAIL", "siti@example.com", False)
    assert words == "Terima kasih"


ANSWERS = {"short enough": ("x" * 160, 200), "too long": ("x" * 161, 422), "signs that take two": ("{" * 81, 422)}


@pytest.mark.parametrize(("words", "status"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_by_sms_is_one_segment(http: Http, city: CityWithChannels, words: str, status: int) -> None:
    sent = {"id": "sms-1", "from": "+6281234567890", "text": "Jalan berlubang besar"}
    key = city.raw_messages.keep(RawMessage("SMS", "application/json", json.dumps(sent).encode(), city.now()))
    task_id = task_id_of("SMS", "sms-1")
    city.message_tasks.add(MessageTask(task_id, "SMS", "sms-1", "unclear", "Jalan", key, city.now(), city.now()))

    answer = http.post(path(task_id, "reply"), {"version": 1, "text": words}, as_=DESK)

    assert answer.status_code == status
    if status == 200:
        city.answer_message(task_id)
        assert [(sent.to, sent.text) for sent in city.sms.sent] == [("+6281234567890", words)]


def test_the_message_of_the_queue_names_the_task_and_nobody(http: Http, city: CityWithChannels) -> None:
    from chalicelib.entrypoints.subscribers import notify_citizen

    task_id = mailed(city)
    http.post(path(task_id, "reply"), {"version": 1, "text": "Mohon tulis lokasinya."}, as_=DESK)
    record = {"messageId": "1", "receiptHandle": "r", "body": json.dumps({"message": task_id})}

    assert notify_citizen({"Records": [record]}, None) == {"batchItemFailures": []}
    assert len(city.mail.sent) == 1


def test_no_answer_is_offered_where_there_is_no_way_back(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)

    assert http.get(path(task_id), as_=OTHER_DESK).json_body["allowed_actions"] == ["case", "close"]
    refused = http.post(path(task_id, "reply"), {"version": 1, "text": "Terima kasih"}, as_=OTHER_DESK)
    assert (refused.status_code, refused.json_body["code"]) == (409, "state_forbids")


# The end


@pytest.mark.parametrize("reason", REASONS)
def test_a_message_is_closed_with_a_reason(http: Http, city: CityWithChannels, reason: str) -> None:
    task_id = mentioned(city)

    closed = http.post(path(task_id, "close"), {"version": 1, "reason_code": reason, "text": "Iklan"}, as_=OTHER_DESK)

    (step,) = closed.json_body["trail"]
    assert (closed.json_body["state"], step["reason_code"], step["by"]) == ("closed", reason, OTHER_DESK.id)
    assert city.cases() == []


def test_the_desk_of_the_sms_reads_what_comes_on_its_number_by_whatsapp(http: Http, city: CityWithChannels) -> None:
    said = {"id": "wamid.1", "from": "6281234567890", "type": "sticker"}
    city.hears("WHATSAPP", json.dumps({"entry": [{"changes": [{"value": {"messages": [said]}}]}]}).encode())

    assert len(http.get("/staff/queue?queue=inbox", as_=DESK).json_body["items"]) == 1
    assert http.get("/staff/queue?queue=inbox", as_=OTHER_DESK).json_body["items"] == []


def test_a_desk_that_lost_its_channel_reads_nothing_of_it_any_more(http: Http, city: CityWithChannels) -> None:
    task_id = mentioned(city)
    city.staff.put(replace(city.staff.member(OTHER_DESK.id), channels=("EMAIL",)))

    assert http.get(path(task_id), as_=OTHER_DESK).status_code == 404
