"""Whole lives of cases over HTTP, with what the people concerned read on the way."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.city import (
    COORDINATOR,
    LURAH,
    OFFICER,
    SUPERVISOR,
    VALIDATORS,
    City,
    a_phone,
    a_picture,
    an_email,
    done,
    eventually,
    told,
)

DESK = "meja-aduan"
OFFICIAL = {
    "waiting": "Menunggu",
    "coordinated": "Koordinasi",
    "assigned": "Disposisi",
    "in_progress": "Proses",
    "awaiting_validation": "Menunggu Validasi",
    "resolved": "Selesai",
    "closed": "Ditutup",
}


def test_from_a_phone_to_a_validated_repair(city: City) -> None:
    mail = an_email()
    case = city.lodge(contact={"name": "Siti", "email": mail}, photos=[{"content_type": "image/jpeg", "size": 12345}])
    assert case.lodged["uploads"][0]["fields"]["key"].startswith(f"incoming/{case.number}/")

    before = city.upload(case.number, a_picture(1200, 900), secret=case.secret)
    assert case.settled(before)["urls"]
    case.drive("closed")

    letters = eventually(lambda: city.mailbox(to=mail), lambda found: len(found) >= 7, what="seven letters")
    assert sorted(letter["event"] for letter in letters) == sorted(OFFICIAL)
    assert all(f"Status: {OFFICIAL[letter['event']]}\n" in letter["text"] for letter in letters)
    assert all(
        letter["subject"].endswith(f", Gambir ({case.number})") for letter in letters if letter["event"] != "resolved"
    )
    assert all(f"#{case.number}~{case.secret}" in letter["text"] for letter in letters)
    shown = case.public()
    assert [shown["clocks"][kind]["state"] for kind in ("coordination", "resolution")] == ["met", "met"]
    assert shown["allowed_actions"] == []
    assert [photo["kind"] for photo in shown["photos"] if "urls" in photo] == ["after"]


def test_each_unit_is_alerted_once_of_what_it_has_to_do(city: City) -> None:
    case = city.lodge().drive("awaiting_validation")

    alerts = eventually(lambda: case.messages("alert"), lambda found: len(found) >= 4, what="four alerts")

    assert sorted(alert["to"] for alert in alerts) == ["BIRO_PEM", "DBM", "DBM.31.71", "KEL_31.71.01.1001"]
    assert {alert["event"] for alert in alerts} == {"alert"}
    assert all("Jalan" in alert["text"] and case.number in alert["text"] for alert in alerts)
    assert all(case.draft["description"] in alert["text"] for alert in alerts)


def test_a_refused_proof_gives_no_time_and_the_work_is_done_again(city: City) -> None:
    case = city.lodge().drive("awaiting_validation")
    due = case.view()["clocks"]["resolution"]["due_at"]

    case.act("refuse", case.validator(), reason_code="not_solved", text="Masih berlubang")
    again = case.view()
    assert (again["status"], again["clocks"]["resolution"]["stopped_at"]) == ("rework", None)
    assert again["clocks"]["resolution"]["due_at"] == due

    case.act("start", OFFICER)
    case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal ulang.")
    assert case.act("validate", case.validator())["status"] == "resolved"


def test_the_citizen_objects_with_a_photo_and_the_same_number_is_worked_again(city: City) -> None:
    case = city.lodge().drive("resolved")
    photo = city.upload(case.number, a_picture(form="PNG"), content_type="image/png", secret=case.secret)
    assert case.settled(photo)["kind"] == "objection"

    reopened = case.say("object", text="Lubangnya masih ada", photos=[photo])

    assert (reopened["status"], reopened["unit"]["code"]) == ("reopened", "DBM.31.71")
    assert reopened["clocks"]["rework"]["state"] == "running"
    assert reopened["clocks"]["resolution"]["state"] == "met", "the first clocks stay on record"
    case.act("start", OFFICER)
    assert (
        case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal lagi")["status"]
        == "awaiting_validation"
    )


def test_a_rejected_report_can_be_objected_to_and_then_the_bureau_holds_it(city: City) -> None:
    case = city.lodge()
    case.act("reject", LURAH, reason_code="not_a_complaint", text="Bukan aduan")

    assert case.say("object", text="Ini aduan")["unit"]["code"] == "BIRO_PEM"
    assert city.get(f"/staff/complaints/{case.number}", user="petugas-biropem").status_code == 200


def test_the_kelurahan_works_what_is_its_own(city: City) -> None:
    case = city.lodge(category="JLN_LUBANG")

    case.act("accept", LURAH)
    case.act("start", LURAH)
    case.act("propose_done", LURAH, photos=[case.proof(LURAH)], text="Ditambal petugas kelurahan")

    assert case.act("validate", case.validator())["status"] == "resolved"


def test_a_report_without_a_place_waits_with_the_desks_until_it_is_located(city: City) -> None:
    typed = {"category": "JLN", "description": "Jalan rusak, kata penelepon", "channel": "EMAIL"}
    answer = done(city.post("/staff/complaints", typed, user=DESK))
    number = answer["number"]
    assert (answer["unit"]["code"], answer["clocks"]["location"]["state"]) == ("BIRO_PEM", "running")
    eventually(lambda: [row["number"] for row in city.queue(DESK)], lambda rows: number in rows, what="the pool")

    body = {"version": 1, "location": {"kelurahan": "31.71.01.1001"}}
    located = done(city.post(f"/complaints/{number}/actions/locate", body, user=DESK))

    assert (located["status"], located["unit"]["code"]) == ("waiting", "KEL_31.71.01.1001")
    assert located["clocks"]["location"]["state"] == "met"
    eventually(
        lambda: [row["number"] for row in city.queue(LURAH)], lambda rows: number in rows, what="the lurah's queue"
    )


def test_an_sms_says_the_matter_the_next_date_and_the_link_in_one_message(city: City) -> None:
    phone = a_phone()
    case = city.lodge(contact={"phone": phone.replace("+62", "0"), "language": "en"}, landmark="depan masjid raya")

    sms = eventually(lambda: city.mailbox(to=phone))[0]

    assert (sms["kind"], len(sms["text"]) <= 160) == ("sms", True)
    assert case.number in sms["text"]
    assert sms["text"].startswith("Tanggap DKI: Damaged road, Gambir: received, reply by ")
    assert f"#{case.number}~{case.secret}" in sms["text"]
    assert not any(word in sms["text"] for word in ("masjid", "Jalan", "Menunggu"))


def test_messages_of_a_sensitive_case_name_neither_category_nor_place(city: City) -> None:
    mail = an_email()
    case = city.lodge(category="KDRT", contact={"email": mail}, visibility="public")

    letter = eventually(lambda: city.mailbox(to=mail))[0]
    alert = eventually(lambda: case.messages("alert"))[0]

    for message in (letter, alert):
        words = f"{message['subject']} {message['text']} {message.get('html', '')}"
        assert not any(named in words for named in ("Gambir", "Kekerasan", "KDRT", "rumah tangga"))
    shown = case.public()
    assert (shown["description"], shown["place"], shown["photos"]) == (None, None, [])


def test_a_comment_of_an_officer_reaches_the_reporter_and_an_internal_one_does_not(city: City) -> None:
    mail = an_email()
    case = city.lodge(contact={"email": mail})
    case.act("comment", LURAH, text="CATATAN DALAM", internal=True)
    case.act("comment", LURAH, text="Kami cek besok pagi")

    letters = eventually(lambda: city.mailbox(to=mail), lambda found: len(found) >= 2)

    assert [letter["event"] for letter in letters] == ["waiting", "reply"]
    assert "CATATAN" not in str(letters)
    assert "CATATAN" not in str(case.view())


def test_the_rating_is_given_once(city: City) -> None:
    case = city.lodge().drive("resolved")

    case.say("confirm", rating=4)

    assert case.view()["rating"] == 4
    again = case.attempt("rate", secret=case.secret, rating=1)
    assert (again.status_code, again.json()["code"]) == (409, "state_forbids")


def test_public_lists_and_figures_follow_the_case(city: City) -> None:
    quiet = {"lat": -6.2603 + random.uniform(-0.005, 0.005), "lon": 106.8103 + random.uniform(-0.005, 0.005)}
    case = city.lodge(category="JLN_LUBANG", location=quiet)  # in the south, where no other test reports anything
    place = case.draft["location"]
    query = {"lat": place["lat"], "lon": place["lon"], "category": "JLN_LUBANG"}

    def nearby() -> list[dict[str, Any]]:
        found = done(city.get("/complaints/nearby", params=query))["items"]
        return [row for row in found if row["number"] == case.number]

    row = eventually(nearby, what="the case nearby")[0]
    assert (row["status"], row["distance_m"] <= 10) == ("waiting", True)
    box = f"{place['lon'] - 0.005},{place['lat'] - 0.005},{place['lon'] + 0.005},{place['lat'] + 0.005}"
    assert any(dot.get("number") == case.number for dot in done(city.get("/map", params={"bbox": box}))["items"])

    case.say("withdraw")
    eventually(nearby, lambda found: not found, what="the case to leave the list")
    figures = done(city.get("/statistics"))
    assert figures["received"] >= 1
    assert set(figures["clocks"]) == {"coordination", "resolution"}


def test_one_validator_is_drawn_and_never_the_one_who_uploaded(city: City) -> None:
    case = city.lodge().drive("awaiting_validation")

    offered = {user: "validate" in case.staff(user)["allowed_actions"] for user in VALIDATORS}
    assert sorted(offered.values()) == [False, True]
    assert {case.staff(user)["validator"] for user in VALIDATORS} == {case.validator()}
    refused = case.attempt("validate", user=OFFICER)
    assert refused.status_code == 403, told(refused)


def stored(view: dict[str, Any]) -> dict[str, Any]:
    """The view without what grows by itself: the seconds for which the present holder has held the case."""
    return {name: value for name, value in view.items() if name != "held"}


def test_who_has_no_right_is_refused_and_nothing_changes(city: City) -> None:
    case = city.lodge().drive("coordinated")
    before = stored(case.view())

    for user, status in (("lurah-cideng", 404), ("petugas-sda", 404), (OFFICER, 404), ("admin", 403), (LURAH, 403)):
        assert case.attempt("start", user=user).status_code == status, user
    assert case.attempt("start", secret=case.secret).status_code == 403

    assert stored(case.view()) == before
    assert done(city.get(f"/complaints/{case.number}", user="admin"))["status"] == "coordinated"


def test_the_coordinator_places_a_case_with_a_unit_that_may_then_close_it(city: City) -> None:
    case = city.lodge(category="JLN_LUBANG")
    case.act("coordinate", COORDINATOR, unit="DSDA", text="Dekat saluran, dikerjakan SDA")

    for action, user in (("accept", "kadis-sda"), ("start", "kadis-sda")):
        answer = case.attempt(action, user=user)
        assert answer.status_code == (409 if action == "accept" else 200), told(answer)
    done_ = case.act("propose_done", "kadis-sda", photos=[case.proof("kadis-sda")], text="Saluran diperbaiki")
    assert done_["status"] == "awaiting_validation"


@pytest.mark.parametrize("unit", ["KEL_31.71.01.1002", "PLN", "NO_SUCH"])
def test_a_case_goes_to_no_unit_without_authority(city: City, unit: str) -> None:
    case = city.lodge()

    refused = case.attempt("coordinate", user=LURAH, unit=unit)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "unit")


def test_a_unit_without_the_closing_right_is_told_whose_it_is(city: City) -> None:
    case = city.lodge(category="TROTOAR")  # led by Bina Marga; the kelurahan only receives it

    refused = case.attempt("accept", user=LURAH)

    assert (refused.status_code, refused.json()["code"], refused.json()["owner"]) == (403, "not_your_authority", "DBM")


def test_the_supervisor_assigns_only_inside_his_opd(city: City) -> None:
    case = city.lodge().drive("coordinated")

    for needs in ({"officer": "petugas-sda"}, {"unit": "DSDA"}, {"officer": "nobody"}, {}):
        assert case.attempt("assign", user=SUPERVISOR, **needs).status_code == 422, needs
    assert case.act("assign", SUPERVISOR, unit="DBM.31.71")["unit"]["code"] == "DBM.31.71"


def test_an_agency_outside_answers_by_its_link_and_the_unit_hears_it(city: City) -> None:
    case = city.lodge()
    until = datetime.fromisoformat(city.local()["now"]) + timedelta(days=5)
    outside = {"outside_unit": "PLN", "outside_number": "G-1203", "until": until.isoformat()}
    link: str = case.act("refer", LURAH, text="Tiang miring, mohon ditegakkan.", **outside)["agency_link"]
    token = link.partition(f"/instansi#{case.number}~")[2]

    shown = done(city.get(f"/complaints/{case.number}", secret=token))
    photo = city.upload(case.number, a_picture(), secret=token)
    case.settled(photo)
    said = done(case.attempt("comment", secret=token, text="Sudah kami tegakkan.", photos=[photo]))

    assert (shown["referral"]["unit"], shown["allowed_actions"]) == ("PLN", ["comment"])
    assert (said["status"], said["timeline"][-1]["agency"]) == ("referred", "PLN")
    heard = eventually(lambda: [m for m in case.messages("alert") if m["event"] == "reply"], what="the unit's alert")
    assert [(alert["to"], alert["subject"].partition(":")[0]) for alert in heard] == [
        ("KEL_31.71.01.1001", "Keterangan instansi luar")
    ]
    case.act("recall", LURAH, text="Selesai di sana")
    assert case.attempt("comment", secret=token, text="Satu lagi").status_code == 401
