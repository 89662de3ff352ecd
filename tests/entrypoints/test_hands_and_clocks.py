"""The steps between units and the questions to a reporter, over HTTP: what each person reads and may do."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.case.links import answer_token
from tests.builders import COORDINATOR, CREW, DBM, DSDA, ENGINEER, HEAD, KEL_GAMBIR, LURAH, PUMP_OFFICER, SUDIN, late

KEY = "a-key-of-sixteen-signs"
DRAFT = {
    "category": "JLN_LUBANG",
    "description": "Jalan berlubang di depan pasar",
    "location": {"lat": -6.1754, "lon": 106.8272},
    "contact": {"email": "siti@example.com"},
}
NOT_OURS = {"reason_code": "not_ours", "text": "Bukan kewenangan kami"}


class Case:
    """A report, and what people do with it."""

    def __init__(self, http, draft):
        made = http.post("/complaints", draft).json_body
        self.http, self.number, self.secret = http, made["number"], made["secret"]

    def view(self, as_=None, secret=None):
        return self.http.get(f"/complaints/{self.number}", as_=as_, secret=secret)

    def attempt(self, action, as_=None, secret=None, **needs):
        version = self.view().json_body["version"]
        body = {"version": version, **needs}
        return self.http.post(f"/complaints/{self.number}/actions/{action}", body, as_=as_, secret=secret)

    def act(self, action, as_=None, secret=None, **needs):
        answer = self.attempt(action, as_, secret, **needs)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    def staff(self, as_=COORDINATOR):
        return self.http.get(f"/staff/complaints/{self.number}", as_=as_).json_body


@pytest.fixture
def case(http):
    return Case(http, DRAFT)


@pytest.fixture
def worked(case):
    case.act("coordinate", LURAH, unit=DBM)
    case.act("start", ENGINEER)
    return case


def test_a_transfer_is_read_by_everybody_with_its_reason_and_hop(case):
    case.act("coordinate", LURAH, unit=DBM)
    due = {kind: clock["due_at"] for kind, clock in case.view().json_body["clocks"].items()}

    case.act("transfer", ENGINEER, unit=DSDA, **NOT_OURS)

    seen, line = case.staff(), case.view().json_body["timeline"][-1]
    assert (seen["unit"]["code"], seen["hops"], seen["status"]) == (DSDA, 1, "waiting")
    assert {kind: clock["due_at"] for kind, clock in seen["clocks"].items()} == due
    assert (line["action"], line["reason_code"], line["hops"], line["from"]["code"]) == ("transfer", "not_ours", 1, DBM)
    assert line["text"] == NOT_OURS["text"]
    assert [held["unit"]["code"] for held in case.view().json_body["held"]] == [KEL_GAMBIR, DBM, DSDA]


def test_a_view_that_is_asked_for_twice_in_a_moment_says_the_same(case, city):
    views = [case.view().json_body]

    for seconds in (1, 58, 1):
        city.clock.advance(seconds=seconds)
        views.append(case.view().json_body)

    assert views[0] == views[1] == views[2]
    assert [held["seconds"] for held in views[3]["held"]] == [60]


def test_who_handed_a_case_on_reads_what_everybody_reads(case):
    case.act("coordinate", LURAH, unit=DBM)

    view = case.act("transfer", ENGINEER, unit=DSDA, **NOT_OURS)

    assert "channel" not in view
    assert set(view["allowed_actions"]) <= {"follow"}


def test_a_third_hop_is_a_conflict_that_says_what_is_left(case):
    case.act("coordinate", LURAH, unit=DBM)
    case.act("transfer", ENGINEER, unit=DSDA, **NOT_OURS)
    case.act("transfer", PUMP_OFFICER, unit=SUDIN, **NOT_OURS)

    refused = case.attempt("transfer", CREW, unit=DSDA, **NOT_OURS)

    assert (refused.status_code, refused.json_body["code"]) == (409, "state_forbids")
    assert "transfer" in refused.json_body["allowed_actions"]  # back to where it came from
    assert case.act("transfer", CREW, **NOT_OURS)["unit"]["code"] == DSDA


@pytest.mark.parametrize(
    ("needs", "field", "code"),
    [
        ({**NOT_OURS, "unit": "PLN"}, "unit", "value"),
        ({**NOT_OURS, "unit": DBM}, "unit", "value"),
        ({"unit": DSDA, "text": "x"}, "reason_code", "required"),
        ({"unit": DSDA, "text": "x", "reason_code": "spam"}, "reason_code", "value"),
        ({"unit": DSDA, "reason_code": "other"}, "text", "required"),
    ],
)
def test_a_wrong_transfer_names_its_field(case, needs, field, code):
    case.act("coordinate", LURAH, unit=DBM)

    refused = case.attempt("transfer", ENGINEER, **needs)

    assert refused.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in refused.json_body["errors"]] == [(field, code)]


def test_a_new_category_is_one_line_with_the_old_and_the_new(worked):
    worked.act("recategorise", ENGINEER, category="PJU", text="Lampu, bukan lubang")

    line = worked.staff()["timeline"][-1]
    named = (line["former_category"]["code"], line["category"]["code"], line["text"], line["by"]["unit"]["code"])
    assert named == ("JLN_LUBANG", "PJU", "Lampu, bukan lubang", DBM)


def test_the_reporter_reads_the_question_and_answers_it(worked):
    worked.act("ask", ENGINEER, text="Di depan nomor berapa?")

    asked = worked.view(secret=worked.secret).json_body
    answered = worked.act("answer", secret=worked.secret, text="Nomor 12")

    assert (asked["status"], asked["question"]["text"]) == ("needs_info", "Di depan nomor berapa?")
    assert asked["clocks"]["resolution"]["state"] == "paused"
    assert (answered["status"], answered["question"]) == ("in_progress", None)
    assert "Nomor 12" in str(worked.staff()["timeline"])
    assert "Nomor 12" not in str(worked.view().json_body)


def test_the_link_of_a_question_shows_it_and_takes_one_answer(worked):
    token = answer_token(worked.secret)
    worked.act("ask", ENGINEER, text="Di depan nomor berapa?")

    shown = worked.view(secret=token).json_body
    worked.act("answer", secret=token, text="Nomor 12")
    again = worked.attempt("answer", secret=token, text="Nomor 13")

    assert (shown["question"]["text"], shown["allowed_actions"]) == ("Di depan nomor berapa?", ["answer"])
    assert "contact" not in shown
    assert (again.status_code, again.json_body["code"]) == (410, "gone")
    assert worked.view(secret=token).status_code == 410


def test_an_answer_that_is_sent_again_with_its_key_is_still_a_success(worked, http):
    token = answer_token(worked.secret)
    version = worked.act("ask", ENGINEER, text="Di depan nomor berapa?")["version"]
    path, body = f"/complaints/{worked.number}/actions/answer", {"version": version, "text": "Nomor 12"}

    first, again = (http.post(path, body, secret=token, Idempotency_Key=KEY) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json_body == again.json_body


def test_the_link_of_a_question_does_nothing_else(worked):
    token = answer_token(worked.secret)
    before = worked.view(secret=token).status_code
    worked.act("ask", ENGINEER, text="Di depan nomor berapa?")

    refused = [worked.attempt(action, secret=token, text="x").status_code for action in ("withdraw", "comment")]

    assert (before, refused) == (410, [403, 403])


def test_the_link_of_another_question_is_a_wrong_secret(worked, http):
    other = Case(http, DRAFT)
    worked.act("ask", ENGINEER, text="Di depan nomor berapa?")

    assert worked.view(secret=answer_token(other.secret)).status_code == 401


def test_a_photo_comes_with_the_answer_of_the_link(worked, http):
    worked.act("ask", ENGINEER, text="Kirim foto lain?")

    ticket = http.post(
        f"/complaints/{worked.number}/photos",
        {"content_type": "image/jpeg", "size": 1000},
        secret=answer_token(worked.secret),
    )

    assert ticket.status_code == 201


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_the_link_of_a_question_says_what_became_of_its_photos_and_shows_none(http, city, visibility):
    case = Case(http, DRAFT | {"visibility": visibility})
    before = announced(http, case, case.secret)
    city.clock.advance(minutes=1)
    case.act("coordinate", LURAH, unit=DBM)
    case.act("start", ENGINEER)
    case.act("ask", ENGINEER, text="Kirim foto lain?")
    token = answer_token(case.secret)
    good, bad = (announced(http, case, token) for _ in range(2))
    city.settle_photo(case.number, good)
    city.refuse_photo(case.number, bad, "damaged")

    photos = {photo["photo_id"]: photo for photo in case.view(secret=token).json_body["photos"]}

    assert (photos[good]["state"], photos[bad]["state"], photos[bad]["reason"]) == ("ready", "refused", "damaged")
    assert [photo for photo in photos.values() if "urls" in photo] == []
    assert before not in photos
    assert {bad, before} & {photo["photo_id"] for photo in case.view().json_body["photos"]} == set()


def announced(http, case, secret):
    form = {"content_type": "image/jpeg", "size": 1000}
    return http.post(f"/complaints/{case.number}/photos", form, secret=secret).json_body["photo_id"]


def test_who_left_no_contact_is_not_asked(http):
    silent = Case(http, {key: value for key, value in DRAFT.items() if key != "contact"})
    silent.act("coordinate", LURAH, unit=DBM)
    silent.act("start", ENGINEER)

    refused = silent.attempt("ask", ENGINEER, text="Di mana?")

    assert (refused.status_code, refused.json_body["code"]) == (409, "state_forbids")
    assert "ask" not in silent.staff(ENGINEER)["allowed_actions"]


def test_more_time_waits_in_the_supervisors_list_until_it_is_decided(worked, http):
    due = datetime.fromisoformat(worked.view().json_body["clocks"]["resolution"]["due_at"])
    until = (due + timedelta(days=9)).isoformat()
    worked.act("extend", ENGINEER, until=until, text="Alat berat baru tersedia")

    waiting = approvals(http, HEAD, worked.number)
    proposed = worked.staff(HEAD)["extension"]["until"]
    view = worked.act("approve_extension", HEAD)

    clock = view["clocks"]["resolution"]
    assert (len(waiting), proposed, approvals(http, ENGINEER, worked.number)) == (1, until, [])
    assert (view["status"], clock["due_at"], clock["first_due_at"]) == ("scheduled", until, due.isoformat())
    assert (view["extension"], approvals(http, HEAD, worked.number)) == (None, [])
    assert "Alat berat baru tersedia" in str(worked.view().json_body["timeline"])


def approvals(http, actor, number):
    items = http.get("/staff/queue?queue=mine&limit=100", as_=actor).json_body["items"]
    return [item for item in items if item["kind"] == "approval" and item["number"] == number]


def test_nobody_approves_their_own_proposal_and_an_officer_none(worked):
    due = datetime.fromisoformat(worked.view().json_body["clocks"]["resolution"]["due_at"])
    worked.act("extend", HEAD, until=(due + timedelta(days=9)).isoformat(), text="Alat berat")

    refused = [worked.attempt("approve_extension", who).status_code for who in (HEAD, ENGINEER)]

    assert refused == [403, 403]
    assert worked.act("approve_extension", COORDINATOR)["status"] == "scheduled"


def test_a_referred_case_shows_the_agency_its_number_and_date(worked):
    until = "2030-01-02T00:00:00+00:00"
    worked.act("refer", ENGINEER, outside_unit="PLN", outside_number="PLN-17", until=until, text="Tiang milik PLN")

    assert worked.view().json_body["outside"] == {"unit": "PLN", "number": "PLN-17", "until": until}
    assert worked.act("recall", ENGINEER, text="Ditolak PLN")["outside"] is None


def test_a_shielded_case_says_neither_the_agency_nor_the_reasons(http):
    private = Case(http, {**DRAFT, "visibility": "private"})
    private.act("coordinate", LURAH, unit=DBM)
    until = "2030-01-02T00:00:00+00:00"
    private.act("refer", ENGINEER, outside_unit="PLN", outside_number="PLN-17", until=until, text="Tiang milik PLN")
    private.act("transfer", ENGINEER, unit=DSDA, **NOT_OURS)

    public = private.view().json_body

    assert (public["outside"], "not_ours" in str(public), "PLN" in str(public)) == (None, False, False)
    assert "not_ours" in str(private.view(secret=private.secret).json_body)


def test_the_superior_of_a_late_case_takes_it_over(case, city):
    case.act("coordinate", LURAH, unit=SUDIN)
    rows = city.complaints.rows
    rows[case.number] = late(rows[case.number])

    view = case.act("take_over", HEAD, text="Saya tangani")

    assert (view["status"], view["unit"]["code"]) == ("assigned", DBM)
