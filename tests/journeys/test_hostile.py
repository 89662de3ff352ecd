"""What a hostile citizen and a colleague with a stolen login try over HTTP, and what the city answers."""

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.city import (
    COORDINATOR,
    DESK,
    GAMBIR,
    HANGS,
    LURAH,
    OFFICER,
    SUPERVISOR,
    VALIDATORS,
    Case,
    City,
    Document,
    a_draft,
    a_picture,
    an_email,
    done,
    eventually,
    told,
)

INSPECTOR, ADMINISTRATOR = "inspektur-1", "admin"
JSON_TYPE = {"Content-Type": "application/json"}
NEW_KEY = "kunci-{:032x}"


@pytest.fixture(scope="module")
def case(city: City) -> Case:
    """Nobody changes it."""
    return city.lodge()


def refused(answer: requests.Response, status: int) -> Document:
    """The problem document of a refusal in the contract's form."""
    assert answer.status_code == status, told(answer)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    document: Document = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert document["code"]
    return document


def at_once(calls: list[Any]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(), calls))


# bodies, paths and headers


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"answers":' + b"[" * 940 + b"]" * 940 + b"}",
        b"[" * 200_000,
        b'{"category":NaN}',
        b'{"category":"JLN","category":"JLN"}',
        b'{"size":' + b"9" * 5000 + b"}",
        b"\xff\xfe{\x00}\x00",
    ],
    ids=["deep", "deep answers", "deeper", "NaN", "a key twice", "5,000 digits", "UTF-16"],
)
def test_an_unreadable_body_is_told_as_such(city: City, body: bytes) -> None:
    refused(city.call("POST", "/complaints", data=body, headers=JSON_TYPE), 400)


def test_eleven_megabytes_are_too_large(city: City) -> None:
    refused(city.call("POST", "/complaints", data=b" " * 11_000_000, headers=JSON_TYPE), 413)


@pytest.mark.parametrize(
    "path", ["/complaints/%00", "/complaints/%ff", "/complaints/..%2f..", "/nowhere", "/%ed%a0%80"]
)
def test_a_path_that_leads_nowhere_is_not_found_and_not_kept(city: City, path: str) -> None:
    answer = city.get(path, secret="x" * 22)

    refused(answer, 404)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_is_not_there_is_not_found(city: City, case: Case, method: str) -> None:
    refused(city.call(method, f"/complaints/{case.number}", user=LURAH), 404)


def test_rights_are_looked_at_before_the_body_is_blamed(city: City, case: Case) -> None:
    path, key = f"/complaints/{case.number}/actions/accept", {"Idempotency-Key": "short", **JSON_TYPE}

    for user, status in (("petugas-sda", 404), (ADMINISTRATOR, 403), (COORDINATOR, 403), (LURAH, 422)):
        for body in (b"[]", b'{"text": "\\u0000"}', b'{"version": "x"}'):
            refused(city.call("POST", path, data=body, user=user, headers=key), status)


def test_the_administrator_is_refused_his_queue_whatever_he_asks(city: City) -> None:
    refused(city.get("/staff/queue?queue=somewhere&limit=0&cursor=x", user=ADMINISTRATOR), 403)
    wrong = refused(city.get("/staff/queue?queue=somewhere&limit=0&cursor=x", user=LURAH), 422)
    assert {error["field"] for error in wrong["errors"]} == {"queue", "limit", "cursor"}


def test_a_promise_at_the_end_of_the_calendar_leaves_the_case_readable(city: City) -> None:
    case = city.lodge().drive("in_progress")
    needs = {"text": "Terjadwal.", "outcome": "planned", "until": "9999-12-31T23:59:59-14:00"}

    refused(case.attempt("propose_done", user=OFFICER, **needs), 422)
    assert case.public()["status"] == "in_progress"


# credentials


def forged(token: str) -> dict[str, str]:
    head, body, signature = token.split(".")

    def changed(part: str, **members: Any) -> str:
        told_there = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return base64.urlsafe_b64encode(json.dumps({**told_there, **members}).encode()).decode().rstrip("=")

    return {
        "alg none": f"{changed(head, alg='none')}.{body}.",
        "no signature": f"{head}.{body}.",
        "another user": f"{head}.{changed(body, username=COORDINATOR)}.{signature}",
        "longer life": f"{head}.{changed(body, exp=9_999_999_999)}.{signature}",
        "another key": f"{changed(head, kid='x')}.{body}.{signature}",
        "a turned byte": f"{head}.{body}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}",
        "nothing": "",
    }


def test_a_forged_token_opens_nothing_and_is_refused_on_public_routes_too(city: City, case: Case) -> None:
    for kind, token in forged(city.token(LURAH)).items():
        for path in ("/staff/queue", f"/complaints/{case.number}", "/health"):
            answer = city.get(path, headers={"Authorization": f"Bearer {token}"})
            assert (answer.status_code, kind) == (401, kind)


def test_an_id_token_is_no_access_token(city: City) -> None:
    pool = requests.get(f"{city.origin}/config.json", timeout=HANGS).json()
    signed = requests.post(
        city.origin,
        json={
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": pool["userPoolClientId"],
            "AuthParameters": {"USERNAME": "lurah-cideng", "PASSWORD": "tanggap-jakarta"},
        },
        headers={
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            "Content-Type": "application/x-amz-json-1.1",
        },
        timeout=HANGS,
    ).json()["AuthenticationResult"]

    assert city.get("/staff/me", headers={"Authorization": f"Bearer {signed['AccessToken']}"}).ok
    refused(city.get("/staff/me", headers={"Authorization": f"Bearer {signed['IdToken']}"}), 401)


def test_the_secret_counts_in_its_header_only_and_on_its_own_case_only(city: City, case: Case) -> None:
    withdraw = f"/complaints/{case.number}/actions/withdraw"

    assert "contact" not in done(city.get(f"/complaints/{case.number}?secret={case.secret}"))
    refused(city.post(f"{withdraw}?secret={case.secret}", {"version": 1}), 401)
    refused(city.post(withdraw, {"version": 1}, secret=city.lodge().secret), 401)
    refused(city.get(f"/staff/complaints/{case.number}", secret=case.secret), 401)


# who sees what


@pytest.mark.parametrize(
    ("category", "readers"),
    [
        ("JLN", {LURAH, COORDINATOR, INSPECTOR}),
        ("KDRT", {COORDINATOR, INSPECTOR}),
        ("LAYANKEL", {COORDINATOR, INSPECTOR}),
        ("PUNGLI", {INSPECTOR}),
    ],
)
def test_a_case_is_read_by_those_whose_matter_it_is(city: City, category: str, readers: set[str]) -> None:
    case = city.lodge(category=category)
    others = {LURAH, "lurah-cideng", SUPERVISOR, OFFICER, *VALIDATORS, COORDINATOR, DESK, INSPECTOR}

    for user in others:
        answer = city.get(f"/staff/complaints/{case.number}", user=user)
        assert (user, answer.ok) == (user, user in readers)
        assert ("channel" in done(city.get(f"/complaints/{case.number}", user=user))) == (user in readers)
    refused(city.get(f"/staff/complaints/{case.number}", user=ADMINISTRATOR), 403)


def test_the_public_reads_no_person_and_none_of_his_words_but_the_description(city: City) -> None:
    contact = {"name": "Siti Kenari", "email": an_email(), "phone": "0812 9876 5432"}
    case = city.lodge(contact=contact, landmark="PATOKAN")
    case.say("comment", text="KATAPELAPOR")
    case.act("comment", LURAH, text="KATADALAM", internal=True)
    case.act("comment", LURAH, text="Hubungi 0812–3456–7890")
    case.act("comment", LURAH, text="KATAPETUGAS")

    shown = json.dumps(case.public())

    hidden = ("Kenari", contact["email"], "9876", "PATOKAN", "KATAPELAPOR", "KATADALAM", "7890", LURAH)
    assert [word for word in hidden if word in shown] == []
    assert "KATAPETUGAS" in shown
    assert case.view()["contact"]["name"] == "S***"
    assert "KATADALAM" not in json.dumps(case.view())


def test_a_private_case_is_in_no_list_and_shows_neither_words_nor_place(city: City) -> None:
    private, public = city.lodge(visibility="private", location=GAMBIR), city.lodge(location=GAMBIR)
    private.act("comment", LURAH, text="KATAPETUGAS")
    query = {"lat": str(GAMBIR["lat"]), "lon": str(GAMBIR["lon"]), "category": "JLN"}

    def known() -> set[str]:
        return {item["number"] for item in done(city.get("/complaints/nearby", params=query))["items"]}

    near = eventually(known, lambda numbers: public.number in numbers, what="the public case nearby")
    box = done(city.get("/map?bbox=106.82,-6.182,106.834,-6.17"))["items"]
    assert private.number not in near | {dot.get("number") for dot in box}
    view = private.public()
    assert (view["description"], view["place"], view["photos"]) == (None, None, [])
    assert "KATAPETUGAS" not in json.dumps(view)


def test_a_desk_is_shown_the_secret_only_where_no_message_will_bring_it(city: City) -> None:
    typed = {**{k: v for k, v in a_draft().items() if k != "location"}, "channel": "EMAIL"}
    shown = {
        kind: done(city.post("/staff/complaints", {**typed, "contact": contact}, user=DESK))["secret"]
        for kind, contact in {"nobody": {}, "a name": {"name": "Siti"}, "an address": {"email": an_email()}}.items()
    }

    assert {kind for kind, secret in shown.items() if secret} == {"nobody", "a name"}


# at the same time, and again


def test_fifty_times_the_same_report_is_one_report_and_one_answer(city: City) -> None:
    draft, key = a_draft(), {"Idempotency-Key": NEW_KEY.format(time.time_ns())}

    answers = at_once([lambda: city.post("/complaints", draft, headers=key)] * 50)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert refused(city.post("/complaints", {**draft, "landmark": "lain"}, headers=key), 409)["code"] == "key_reused"


@pytest.mark.parametrize("user", [LURAH, COORDINATOR])
def test_of_sixteen_at_once_one_wins_and_the_others_are_told_of_it(city: City, user: str) -> None:
    case = city.lodge()
    path, body = f"/complaints/{case.number}/actions/coordinate", {"version": 1, "unit": "DBM"}

    answers = at_once([lambda: city.post(path, body, user=user)] * 16)

    lost = [refused(answer, 409) for answer in answers if not answer.ok]
    assert len(lost) == 15
    assert {(problem["code"], problem["version"]) for problem in lost} == {("version_conflict", 2)}
    assert {change["action"] for problem in lost for change in problem["changes"]} == {"coordinate"}


def test_an_action_repeated_under_its_key_is_done_once_and_under_it_no_other(city: City, case: Case) -> None:
    case = city.lodge()
    path, key = f"/complaints/{case.number}/actions/comment", {"Idempotency-Key": NEW_KEY.format(time.time_ns())}

    answers = at_once([lambda: city.post(path, {"text": "Sekali."}, secret=case.secret, headers=key)] * 16)

    assert {answer.status_code for answer in answers} == {200}
    assert [line.get("text") for line in case.view()["timeline"]] == [None, "Sekali."]
    assert refused(city.post(path, {"text": "Dua."}, secret=case.secret, headers=key), 409)["code"] == "key_reused"
    assert city.post(path, {"text": "Dua."}, user=LURAH, headers=key).ok


def test_a_rating_given_eight_times_at_once_counts_once(city: City) -> None:
    case = city.lodge().drive("resolved")
    path = f"/complaints/{case.number}/actions/rate"

    answers = at_once([lambda: city.post(path, {"rating": 4}, secret=case.secret)] * 8)

    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]


# actions whose time it is not


@pytest.fixture(scope="module")
def withdrawn(city: City) -> Case:
    """Nobody can change it any more."""
    case = city.lodge()
    case.say("withdraw")
    return case


def forbidden(attempt: requests.Response, action: str) -> None:
    problem = refused(attempt, 409)
    assert problem["code"] == "state_forbids"
    assert action not in problem["allowed_actions"]


@pytest.mark.parametrize(
    ("action", "user", "needs"),
    [
        ("start", LURAH, {}),
        ("invite", LURAH, {"unit": "DSDA", "text": "x"}),
        ("ask", LURAH, {"text": "x"}),
        ("extend", LURAH, {"until": "2027-01-30T00:00:00Z", "text": "x"}),
        ("recall", LURAH, {"text": "x"}),
        ("unmerge", COORDINATOR, {"text": "x"}),
        ("locate", COORDINATOR, {"location": GAMBIR}),
        ("restore", INSPECTOR, {"text": "x"}),
        ("answer", "", {"text": "x"}),
        ("confirm", "", {}),
        ("object", "", {"text": "x"}),
        ("rate", "", {"rating": 5}),
    ],
)
def test_what_cannot_be_done_with_a_new_report_is_forbidden_by_its_state_and_not_offered(
    case: Case, action: str, user: str, needs: Document
) -> None:
    forbidden(case.attempt(action, user=user, secret="" if user else case.secret, **needs), action)


@pytest.mark.parametrize(
    ("action", "user", "needs"),
    [
        ("accept", LURAH, {}),
        ("coordinate", LURAH, {"unit": "DBM"}),
        ("reject", LURAH, {"reason_code": "other", "text": "x"}),
        ("transfer", LURAH, {"unit": "DSDA", "reason_code": "not_ours", "text": "x"}),
        ("recategorise", COORDINATOR, {"category": "PJU", "text": "x"}),
        ("comment", COORDINATOR, {"text": "x"}),
        ("withdraw", "", {}),
    ],
)
def test_what_would_change_a_withdrawn_report_is_forbidden_by_its_state_and_not_offered(
    withdrawn: Case, action: str, user: str, needs: Document
) -> None:
    forbidden(withdrawn.attempt(action, user=user, secret="" if user else withdrawn.secret, **needs), action)


def test_a_withdrawn_report_is_not_merged_nor_merged_into(withdrawn: Case, case: Case) -> None:
    forbidden(withdrawn.attempt("merge", user=COORDINATOR, survivor=case.number, text="x"), "merge")
    (fault,) = refused(case.attempt("merge", user=COORDINATOR, survivor=withdrawn.number, text="x"), 422)["errors"]
    assert fault["field"] == "survivor"


# uploads


def test_an_upload_form_takes_its_own_object_and_no_other(city: City, case: Case) -> None:
    picture = a_picture()
    sent = {"content_type": "image/jpeg", "size": len(picture)}
    ticket = done(city.post(f"/complaints/{case.number}/photos", sent, secret=case.secret))

    def post(data: bytes, kind: str = "image/jpeg", drop: str = "", **fields: str) -> int:
        form = {name: value for name, value in {**ticket["fields"], **fields}.items() if name != drop}
        return requests.post(ticket["url"], data=form, files={"file": ("foto", data, kind)}, timeout=HANGS).status_code

    assert post(picture, key="photos/x/large.webp") == 403
    assert post(picture, **{"Content-Type": "text/html"}) == 403
    assert post(picture, acl="public-read") == 403
    assert post(picture + b"x") == 400
    assert post(picture[:-1]) == 400
    assert post(picture, drop="policy") == 400
    assert post(picture, drop="x-amz-signature") == 400


def test_replacing_the_object_later_changes_nothing_that_is_shown(city: City) -> None:
    case = city.lodge()
    picture = a_picture()
    sent = {"content_type": "image/jpeg", "size": len(picture)}
    ticket = done(city.post(f"/complaints/{case.number}/photos", sent, secret=case.secret))
    city.send(ticket, picture)
    first = case.settled(ticket["photo_id"])["urls"]["large"]
    before = requests.get(first, timeout=HANGS)
    assert before.headers["Content-Type"] == "image/webp"
    later = city.upload(case.number, a_picture(), secret=case.secret)

    city.send(ticket, (picture[:-2] + b"\x00\xd9")[: len(picture)])
    case.settled(later)

    again = case.photo(ticket["photo_id"])
    assert again
    assert again["state"] == "ready"
    assert requests.get(again["urls"]["large"], timeout=HANGS).content == before.content
    assert requests.get(first.partition("?")[0], timeout=HANGS).status_code in (403, 404)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        a_picture(64, 48) + b"<html ><script>alert(1)</script>",
        a_picture(64, 48)[:-200],
        a_picture(64, 48, "GIF"),
    ],
    ids=["SVG", "polyglot", "truncated", "GIF"],
)
def test_what_is_no_honest_photo_is_refused_with_a_reason_and_the_case_untouched(city: City, data: bytes) -> None:
    case = city.lodge()

    photo = case.settled(city.upload(case.number, data, secret=case.secret))

    assert photo["state"] == "refused"
    assert photo["reason"]
    assert "urls" not in photo
    assert (case.view()["version"], case.public()["photos"]) == (1, [])
