"""What a careless or hostile person may send: always a documented answer, never a failure of ours."""

import json

import pytest

from tests.builders import ADMINISTRATOR, DBM, LURAH, LURAH_NEXT_DOOR
from tests.city_in_memory import KEY

DRAFT = {
    "category": "JLN_LUBANG",
    "description": "  Jalan berlubang di depan pasar  ",
    "location": {"lat": -6.1754, "lon": 106.8272, "accuracy_m": 12.5},
    "landmark": "dekat pos",
    "contact": {"name": "Siti\nAminah", "phone": "0812 3456-7890", "language": "en"},
    "photos": [{"content_type": "image/jpeg", "size": 1000}],
}


def faults(response):
    """(field, code) of a 422, in the contract's form."""
    assert (response.status_code, response.headers["Content-Type"]) == (422, "application/problem+json"), response.body
    return {(error["field"], error["code"]) for error in response.json_body["errors"]}


@pytest.fixture
def created(http):
    return http.post("/complaints", DRAFT).json_body


def test_a_report_is_taken_in_trimmed_and_its_contact_in_one_line(http, city):
    answer = http.post("/complaints", DRAFT, Idempotency_Key=KEY)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    contact = city.vault.contacts[answer.json_body["number"]]
    assert (contact.name, contact.phone, contact.language) == ("Siti Aminah", "+6281234567890", "en")
    assert city.complaints.events(answer.json_body["number"])[0].words["description"] == DRAFT["description"].strip()


def test_the_same_key_and_body_answer_the_same_bytes(http):
    first, again = (http.post("/complaints", DRAFT, Idempotency_Key=KEY) for _ in range(2))

    assert first.body == again.body


def test_a_key_with_another_body_is_a_conflict(http):
    http.post("/complaints", DRAFT, Idempotency_Key=KEY)

    answer = http.post("/complaints", {**DRAFT, "landmark": "lain"}, Idempotency_Key=KEY)

    assert (answer.status_code, answer.json_body["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("named", "channel"), [({}, "WEB"), ({"channel": "WEB"}, "WEB"), ({"channel": "BALAIWARGA"}, "BALAIWARGA")]
)
def test_a_report_has_the_channel_of_the_site_in_whose_frame_it_was_typed(http, city, named, channel):
    number = http.post("/complaints", DRAFT | named).json_body["number"]

    assert city.complaints.load(number).channel == channel


@pytest.mark.parametrize("channel", ["JAKI", "KELURAHAN", "web", "OPEN311", "NOTHING", "\u0660"])
def test_nobody_types_a_report_into_another_channel(http, channel):
    assert faults(http.post("/complaints", DRAFT | {"channel": channel})) == {("channel", "value")}


@pytest.mark.parametrize("key", ["short", "x" * 256])
def test_a_key_of_the_wrong_length_is_named(http, key):
    assert faults(http.post("/complaints", DRAFT, Idempotency_Key=key)) == {("Idempotency-Key", "value")}


def test_everything_that_is_missing_or_wrong_is_told_at_once(http):
    body = {
        "location": {"lat": -6.595, "lon": 106.8166},
        "contact": {"phone": "12", "email": "no", "fax": "1"},
        "visibility": "secret",
        "status": "resolved",
        "photos": [{"content_type": "image/svg+xml", "size": 0}],
        "landmark": "x" * 201,
    }

    assert faults(http.post("/complaints", body)) == {
        ("category", "required"),
        ("description", "required"),
        ("location", "outside"),
        ("contact.fax", "unknown"),
        ("visibility", "value"),
        ("status", "unknown"),
        ("photos.0.content_type", "value"),
        ("photos.0.size", "value"),
        ("landmark", "too_long"),
    }


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("description", "   ", ("description", "required")),
        ("description", None, ("description", "required")),
        ("description", 5, ("description", "type")),
        ("description", "x" * 4001, ("description", "too_long")),
        ("category", "NO_SUCH", ("category", "value")),
        ("category", ["JLN"], ("category", "type")),
        ("location", {}, ("location", "required")),
        ("location", {"lat": "a", "lon": 1}, ("location.lat", "type")),
        ("location", {"lat": 10**400, "lon": 1}, ("location.lat", "type")),
        ("location", {"lat": 91, "lon": 1}, ("location.lat", "value")),
        ("location", {"lat": True, "lon": 1}, ("location.lat", "type")),
        ("location", {"kelurahan": "00.00"}, ("location.kelurahan", "value")),
        ("location", {"kelurahan": "31.71.01.1001", "lat": 1.0, "lon": 1.0}, ("location", "value")),
        ("location", "Monas", ("location", "type")),
        ("contact", {"email": "a@b"}, ("contact.email", "value")),
        ("contact", [], ("contact", "type")),
        ("contact", {"email": "a@b.id", "by": "sms"}, ("contact.by", "value")),
        ("contact", {"email": "a@b.id", "by": "pigeon"}, ("contact.by", "value")),
        ("answers", {"no_such_question": "x"}, ("answers.no_such_question", "value")),
        ("answers", {"q": {"deep": 1}}, ("answers.q", "value")),
        ("photos", [{"content_type": "image/png", "size": 1}] * 4, ("photos", "too_long")),
        ("photos", [{"content_type": "image/png", "size": 8 * 1024**2 + 1}], ("photos.0.size", "value")),
        ("landmark", "a\x00b", ("landmark", "value")),
    ],
    ids=str,
)
def test_one_wrong_field_is_named(http, field, value, fault):
    assert faults(http.post("/complaints", {**DRAFT, field: value})) == {fault}


@pytest.mark.parametrize("answer", [None, "", " \u200b", []], ids=repr)
@pytest.mark.parametrize("question", ["BLOCKS_ROAD", "SIZE", "no_such_question"])
def test_a_question_left_open_is_not_answered(http, question, answer):
    created = http.post("/complaints", {**DRAFT, "answers": {question: answer}}).json_body

    shown = http.get(f"/complaints/{created['number']}", secret=created["secret"]).json_body

    assert not shown["answers"]


@pytest.mark.parametrize("value", ["", None, []], ids=repr)
def test_an_optional_field_may_be_empty(http, value):
    empty = {name: value for name in ("landmark", "photos") if value != [] or name == "photos"}
    empty.pop("photos", None) if value == "" else None

    assert http.post("/complaints", {**DRAFT, **empty}).status_code == 201


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"a":1,"a":2}', 400),
        (b'{"a":NaN}', 400),
        (b"\xff\xfe{}", 400),
        (b"[" * 200_000, 400),
        (b'{"a":' + b"9" * 5000 + b"}", 400),
        (b"null", 422),
        (b"[]", 422),
        (b'"x"', 422),
        (b"1", 422),
        (b'{"description":"\\ud800"}', 422),
        (b'{"\\ud800":1}', 422),
        (b" " * 300_000, 413),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else None,
)
def test_a_body_that_is_no_object_is_a_clear_refusal(http, raw, status):
    answer = http.post("/complaints", raw)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("Application/JSON; charset=UTF-8", 201), ("text/plain", 415), ("application/xml", 415)],
)
def test_the_content_type_is_compared_without_case_and_parameters(http, kind, status):
    assert http.post("/complaints", DRAFT, Content_Type=kind).status_code == status


def test_a_number_is_read_as_people_type_it(http, created):
    signs = created["number"].replace("-", "").removeprefix("JKT")
    for typed in (signs.lower(), f"jkt {signs}".replace(" ", "%20"), created["number"].lower()):
        assert http.get(f"/complaints/{typed}").json_body["number"] == created["number"]


@pytest.mark.parametrize(
    ("typed", "status"),
    [("JKT-0000-0000-1", 400), ("xyz", 404), ("%00", 404), ("..%2f..", 404), ("JKT-0000-0000-0", 404)],
)
def test_a_number_that_is_none_is_refused_by_its_kind(http, typed, status):
    assert http.get(f"/complaints/{typed}").status_code == status


def test_the_case_is_shown_by_who_asks(http, created):
    path = f"/complaints/{created['number']}"

    assert "landmark" not in http.get(path).json_body
    assert http.get(path, secret=created["secret"]).json_body["contact"]["phone"] == "+6281***90"
    assert http.get(path, as_=LURAH).json_body["landmark"] == "dekat pos"
    assert "landmark" not in http.get(path, as_=LURAH_NEXT_DOOR).json_body
    assert "landmark" not in http.get(path + f"?secret={created['secret']}").json_body


def test_bad_credentials_are_refused_on_public_routes_too(http, created):
    path = f"/complaints/{created['number']}"

    for answer in (
        http.get(path, secret="salah"),
        http.get(path, secret=""),
        http.get(path, Authorization="Bearer forged"),
        http.get(path, Authorization="Basic abc"),
        http.post("/complaints", DRAFT, Authorization="Bearer forged"),
        http.post(f"{path}/actions/accept", {"version": 1}),
        http.post(f"{path}/actions/withdraw", {"version": 1}, secret="salah"),
        http.post(f"{path}/photos", {"content_type": "image/png", "size": 1}),
    ):
        assert (answer.status_code, answer.json_body["code"]) == (401, "unauthenticated")
    assert http.get(path, secret="salah").headers["Cache-Control"] == "no-store"


def test_an_action_answers_in_the_contracts_order(http, created):
    path = f"/complaints/{created['number']}/actions"

    assert http.post(f"{path}/accept", b"{", as_=LURAH).status_code == 400
    assert http.post(f"{path}/accept", {"version": 1}, as_=LURAH_NEXT_DOOR).status_code == 404
    assert http.post(f"{path}/explode", {"version": 1}, as_=LURAH).status_code == 404
    assert http.post(f"{path}/accept", {"version": 1}, as_=ADMINISTRATOR).status_code == 403
    assert http.post(f"{path}/validate", {"version": 1, "zzz": 1}, as_=LURAH).status_code == 403
    assert faults(http.post(f"{path}/coordinate", {"zzz": 1}, as_=LURAH)) == {
        ("version", "required"),
        ("unit", "required"),
        ("zzz", "unknown"),
    }
    assert http.post(f"{path}/accept", {"version": 9}, as_=LURAH).json_body["code"] == "version_conflict"
    assert http.post(f"{path}/start", {"version": 1}, as_=LURAH).json_body["code"] == "state_forbids"
    assert http.post(f"{path}/coordinate", {"version": 1, "unit": DBM}, as_=LURAH).json_body["version"] == 2


@pytest.mark.parametrize(
    "sent", [b"[]", b'{"text": "\\u0000"}', b'{"text": "\\ud800"}'], ids=["list", "NUL", "surrogate"]
)
def test_who_does_not_see_the_case_is_not_told_what_is_wrong_with_his_body(http, created, sent):
    path = f"/complaints/{created['number']}/actions/comment"

    assert http.post(path, sent, as_=LURAH_NEXT_DOOR, Idempotency_Key="short").status_code == 404
    assert http.post(path, sent, as_=ADMINISTRATOR, Idempotency_Key="short").status_code == 403
    assert http.post(path, sent, as_=LURAH, Idempotency_Key="short").status_code == 422


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2027-01-01T00:00:00"])
def test_a_time_at_the_end_of_the_calendar_never_reaches_the_case(http, created, until):
    body = {"version": 1, "unit": DBM, "until": until}

    assert faults(http.post(f"/complaints/{created['number']}/actions/coordinate", body, as_=LURAH)) == {
        ("until", "value")
    }


def test_a_bad_key_and_a_bad_text_are_told_with_everything_else(http):
    told = faults(
        http.post("/complaints", b'{"category": "JLN_LUBANG", "landmark": "\\u0000"}', Idempotency_Key="short")
    )

    assert told == {
        ("Idempotency-Key", "value"),
        ("landmark", "value"),
        ("description", "required"),
        ("location", "required"),
    }


@pytest.mark.parametrize("levels", [17, 900, 20_000])
def test_a_deeply_nested_body_is_unreadable(http, levels):
    body = b'{"answers": ' + b"[" * levels + b"]" * levels + b"}"

    assert http.post("/complaints", body).status_code == 400


def test_an_operation_with_a_key_is_done_once(http, created):
    path = f"/complaints/{created['number']}/actions/coordinate"
    once, again = (http.post(path, {"version": 1, "unit": DBM}, as_=LURAH, Idempotency_Key=KEY) for _ in range(2))

    assert (once.status_code, once.json_body) == (200, again.json_body)
    other = http.post(path, {"version": 1, "unit": "DSDA"}, as_=LURAH, Idempotency_Key=KEY)
    assert (other.status_code, other.json_body["code"], other.json_body["version"]) == (409, "key_reused", 2)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, {("content_type", "required"), ("size", "required")}),
        ({"content_type": "application/pdf", "size": 100}, {("content_type", "value")}),
        ({"content_type": "image/jpeg", "size": 0}, {("size", "value")}),
        ({"content_type": "image/jpeg", "size": 9_000_000, "name": "x"}, {("size", "value"), ("name", "unknown")}),
    ],
    ids=["nothing", "a document", "no bytes", "too large and a name"],
)
def test_an_upload_of_the_wrong_kind_gets_no_form(http, created, body, fault):
    assert faults(http.post(f"/complaints/{created['number']}/photos", body, secret=created["secret"])) == fault


def test_an_upload_gets_its_form(http, created):
    body = {"content_type": "image/heic", "size": 8 * 1024**2}
    answer = http.post(f"/complaints/{created['number']}/photos", body, secret=created["secret"])

    assert answer.status_code == 201
    assert {"photo_id", "url", "fields", "expires_at"} == set(answer.json_body)


def test_no_answer_repeats_what_a_hostile_key_says_at_length(http):
    answer = http.post("/complaints", json.dumps({"x" * 100_000: 1}).encode())

    assert len(answer.body) < 2_000


def test_who_writes_too_often_is_told_when_to_come_again(http, created):
    def comment():
        path = f"/complaints/{created['number']}/actions/comment"
        return http.post(path, {"text": "Kapan?"}, secret=created["secret"])

    answers = [comment() for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].json_body["code"] == "too_many"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600


def test_older_lines_are_read_by_whoever_sees_the_view(http, created):
    path = f"/complaints/{created['number']}/timeline?before=2"

    answers = [http.get(path), http.get(path, secret=created["secret"]), http.get(path, as_=LURAH)]

    assert [answer.status_code for answer in answers] == [200] * 3, [answer.body for answer in answers]
    assert [answer.json_body["next_before"] for answer in answers] == [None] * 3
    assert [[line["action"] for line in answer.json_body["items"]] for answer in answers] == [["lodge"]] * 3
    assert http.get(path, secret="salah").status_code == 401


@pytest.mark.parametrize("before", ["", "0", "-1", "1.5", "x", "1000000", "٣"])
def test_older_lines_end_before_a_whole_number(http, created, before):
    assert faults(http.get(f"/complaints/{created['number']}/timeline?before={before}")) == {("before", "value")}


@pytest.mark.parametrize(
    ("query", "fault"), [("", ("before", "required")), ("?before=2&limit=9", ("limit", "unknown"))]
)
def test_a_wrong_question_for_older_lines_is_named(http, created, query, fault):
    assert faults(http.get(f"/complaints/{created['number']}/timeline{query}")) == {fault}


def test_nobody_has_older_lines_of_a_case_that_is_not_there(http):
    assert http.get("/complaints/JKT-0000-0000-0/timeline?before=2").status_code == 404
