"""The link of an agency outside the city that a case was referred to: what it shows, what may be done with it, when it
ends. Over HTTP, as the page sends it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.case.evidence import Variants
from tests.builders import COORDINATOR, CREW, DBM, ENGINEER, HEAD, INSPECTOR, LURAH, PUMP_OFFICER
from tests.entrypoints.test_hands_and_clocks import DRAFT, KEY, Case, announced

WORDS = "Jalan berlubang di depan pasar"
TOLD = "Tiang listrik miring di depan pasar, mohon ditangani"
SAID = "Tiang sudah kami tegakkan pagi ini"
LINK = re.compile(r"https://tanggap\.example/instansi#(JKT-[0-9A-Z-]+)~([\w-]{24})")


class Referred(Case):
    """A case that its holder has referred to PLN."""

    def __init__(self, http, city, draft=DRAFT, **told):
        super().__init__(http, draft)
        self.city = city
        self.act("coordinate", LURAH, unit=DBM)
        self.token = self.refer(**told)

    def refer(self, unit="PLN", text=TOLD):
        until = (self.city.now() + timedelta(days=5)).isoformat()
        named = {"outside_unit": unit, "outside_number": "PLN-17", "until": until, "text": text}
        return token_of(self.act("refer", ENGINEER, **named))

    def opened(self):
        """What the agency reads."""
        answer = self.view(secret=self.token)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    def says(self, text=SAID, **more):
        return self.act("comment", secret=self.token, text=text, **more)


def token_of(view):
    found = LINK.fullmatch(view["agency_link"])
    assert found
    assert found[1] == view["number"]
    return found[2]


@pytest.fixture
def case(http, city):
    return Referred(http, city)


def texts(view):
    return [line["text"] for line in view["timeline"] if "text" in line]


def test_the_officer_who_refers_reads_the_link_at_once_and_later(case):
    assert token_of(case.staff(ENGINEER)) == case.token


READERS = {
    "its holder": (ENGINEER, True),
    "the supervisor": (HEAD, True),
    "the coordinator": (COORDINATOR, True),
    "the inspectorate": (INSPECTOR, False),
    "the kelurahan that had it before": (LURAH, False),
}


@pytest.mark.parametrize("who", READERS)
def test_the_link_is_shown_to_who_may_recall_the_referral_and_to_nobody_else(case, who):
    actor, may = READERS[who]

    assert ("agency_link" in case.staff(actor)) is may


@pytest.mark.parametrize("who", ["everybody", "the reporter", "the agency"])
def test_the_link_stands_in_no_view_outside_the_console(case, who):
    secret = {"everybody": None, "the reporter": case.secret, "the agency": case.token}[who]

    view = case.view(secret=secret).json_body

    assert "agency_link" not in view
    assert case.token not in str(view)


def test_nothing_that_is_stored_opens_the_case(case, city):
    stored = city.complaints.rows[case.number]

    kept = [stored.outside.link_hash, *(str(event) for event in city.complaints.events(case.number))]

    assert case.token not in str(stored) + str(kept)
    assert case.view(secret=stored.outside.link_hash).status_code == 401


def test_the_agency_reads_what_everybody_reads_and_what_it_was_told(case):
    everybody, seen = case.view().json_body, case.opened()

    assert seen["referral"] == {"unit": "PLN", "number": "PLN-17", "until": seen["outside"]["until"], "text": TOLD}
    assert seen["allowed_actions"] == ["comment"]
    own = ("referral", "allowed_actions")
    assert {k: v for k, v in seen.items() if k not in own} == {k: v for k, v in everybody.items() if k not in own}
    assert seen["description"] == WORDS


def hide(case):
    case.act("hide", COORDINATOR, legal_ground="personal_data", text="Memuat data pribadi")


SHIELDED = {
    "private": (DRAFT | {"visibility": "private"}, TOLD, lambda case: None, TOLD),
    "hidden since": (DRAFT, TOLD, hide, None),
    "with somebody's number among the words": (DRAFT, "Hubungi pelapor di 0812 3456 7890", lambda case: None, None),
}


@pytest.mark.parametrize("kind", SHIELDED)
def test_the_agency_reads_neither_contact_nor_words_that_are_kept_back(http, city, kind):
    draft, told, then, shown = SHIELDED[kind]
    case = Referred(http, city, draft, text=told)
    then(case)

    seen = case.opened()

    assert seen["referral"]["text"] == shown
    assert seen["description"] == case.view().json_body["description"]
    assert not {"contact", "landmark", "location", "answers", "channel", "question"} & set(seen)
    assert not any(word in str(seen) for word in ("siti@example.com", "0812"))
    assert (WORDS in str(seen)) is ("number" in kind)


def test_what_the_agency_says_stands_in_the_history_under_its_name(case):
    view = case.says()

    line = view["timeline"][-1]
    assert (line["action"], line["by"], line["agency"], line["text"]) == (
        "comment",
        {"role": "agency", "unit": None},
        "PLN",
        SAID,
    )
    assert case.staff(ENGINEER)["timeline"][-1] == line
    assert case.view(secret=case.secret).json_body["timeline"][-1] == line
    assert case.view().json_body["status"] == "referred"


def test_everybody_reads_that_the_agency_wrote_and_not_what(case):
    case.says()

    line = case.view().json_body["timeline"][-1]

    assert (line["agency"], "text" in line) == ("PLN", False)


def test_of_a_shielded_case_not_even_the_name_of_the_agency_is_public(http, city):
    case = Referred(http, city, DRAFT | {"visibility": "private"})
    own = case.says()["timeline"][-1]

    line = case.view().json_body["timeline"][-1]

    assert ("agency" in line, "PLN" in str(case.view().json_body)) == (False, False)
    assert own["text"] == SAID


def test_a_comment_of_the_agency_makes_nobodys_view_stale(case):
    version = case.view().json_body["version"]

    assert case.says()["version"] == version


FORBIDDEN = {
    "to say that it is done": ("propose_done", {"text": "Selesai"}, 403),
    "to recall itself": ("recall", {"text": "x"}, 403),
    "to withdraw": ("withdraw", {}, 403),
    "to erase": ("erase", {}, 403),
    "to follow": ("follow", {}, 403),
    "to answer for the reporter": ("answer", {"text": "x"}, 403),
    "to assign": ("assign", {"unit": DBM}, 403),
    "to write among officers": ("comment", {"text": "x", "internal": True}, 422),
    "to say nothing": ("comment", {"text": ""}, 422),
}


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_the_link_opens_comments_and_photos_alone(case, deed):
    action, needs, status = FORBIDDEN[deed]

    assert case.attempt(action, secret=case.token, **needs).status_code == status
    assert [line["action"] for line in case.staff()["timeline"]][-1] == "refer"


def test_the_link_opens_older_history_as_its_view_does_and_no_room_of_the_staff(case, http):
    older = http.get(f"/complaints/{case.number}/timeline?before=3", secret=case.token)
    staff = http.get(f"/staff/complaints/{case.number}", secret=case.token)

    assert (older.json_body["items"], staff.status_code) == (case.opened()["timeline"][:2], 401)


def recalled(case):
    case.act("recall", ENGINEER, text="Ditangani sendiri")


def moved_on(case):
    case.act("transfer", COORDINATOR, unit=DBM if case.staff()["unit"]["code"] != DBM else "DSDA", **WRONG)


def proposed(case):
    ticket = {"content_type": "image/jpeg", "size": 1000}
    photo = case.http.post(f"/complaints/{case.number}/photos", ticket, as_=ENGINEER).json_body["photo_id"]
    case.city.settle_photo(case.number, photo)
    case.act("propose_done", ENGINEER, text="PLN sudah selesai", photos=[photo])


def referred_anew(case):
    recalled(case)
    case.token, case.former = case.refer("BBPJN"), case.token
    case.token, case.former = case.former, case.token


WRONG = {"reason_code": "not_ours", "text": "Bukan kewenangan kami"}
ENDINGS = {"recalled": (recalled, 401), "moved on": (moved_on, 401), "proposed as done": (proposed, 410)}
ENDINGS["referred to another one"] = (referred_anew, 401)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_link_ends_with_the_referral_for_every_call(case, http, ending):
    end, status = ENDINGS[ending]
    end(case)
    sequence = len(case.staff()["timeline"])

    shown = case.view(secret=case.token).status_code
    said = case.attempt("comment", secret=case.token, text=SAID).status_code
    form = {"content_type": "image/jpeg", "size": 1000}
    sent = http.post(f"/complaints/{case.number}/photos", form, secret=case.token).status_code

    assert (shown, said, sent) == (status, status, status)
    assert len(case.staff()["timeline"]) == sequence


def test_a_new_referral_has_a_link_of_its_own(case):
    former = case.token
    recalled(case)

    case.token = case.refer("BBPJN")
    case.says("Dijadwalkan minggu depan")

    assert case.token != former
    assert case.staff()["timeline"][-1]["agency"] == "BBPJN"


def test_the_link_of_one_case_opens_no_other(case, http, city):
    other = Referred(http, city)

    assert case.view(secret=other.token).status_code == 401


def test_the_link_outlives_a_change_of_the_secret_that_made_it(case, city):
    former = city.server_secrets.current

    city.server_secrets = Secrets(b"another secret", former)
    shown = token_of(case.staff(ENGINEER))
    city.server_secrets = Secrets(b"another secret")

    assert shown == case.token
    assert case.staff(ENGINEER)["agency_link"] is None
    assert case.says()["status"] == "referred"


def test_a_referral_from_before_there_were_links_has_none(case, city):
    old = city.complaints.rows[case.number]
    city.complaints.rows[case.number] = replace(old, outside=replace(old.outside, referral=0, link_hash=""))

    assert case.staff(ENGINEER)["agency_link"] is None
    assert [case.view(secret=secret).status_code for secret in (case.token, "", "0")] == [401, 401, 401]


def test_ten_comments_an_hour_are_enough_for_an_agency(case, city):
    for count in range(10):
        case.says(f"Kabar {count}")

    refused = case.attempt("comment", secret=case.token, text="Kabar 11")

    assert refused.status_code == 429
    assert case.act("comment", secret=case.secret, text="Terima kasih")["status"] == "referred"
    city.clock.advance(hours=1)
    assert case.says("Kabar 11")["status"] == "referred"


def test_a_hundred_comments_of_agencies_are_the_most_of_a_case(case, city):
    for count in range(100):
        case.says(f"Kabar {count}")
        city.clock.advance(minutes=7)

    refused = case.attempt("comment", secret=case.token, text="Satu lagi")

    assert (refused.status_code, refused.json_body["code"]) == (409, "state_forbids")


def test_a_comment_that_is_sent_again_with_its_key_is_one_comment(case, http):
    path, body = f"/complaints/{case.number}/actions/comment", {"text": SAID}

    first, again = (http.post(path, body, secret=case.token, Idempotency_Key=KEY) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert texts(case.staff()).count(SAID) == 1


def test_a_photo_comes_with_the_comment_and_is_public_once_a_person_has_cleared_it(case, http, city):
    photo = announced(http, case, case.token)
    pending = {p["photo_id"]: p["state"] for p in case.opened()["photos"]}
    arrived(city, case, photo)

    case.says(photos=[photo])

    before = shown(case.view(), photo)
    assert pending[photo] == "pending"
    assert shown(case.view(secret=case.token), photo)["kind"] == "after"
    assert "urls" in shown(case.view(secret=case.secret), photo)
    case.act("clear_photo", COORDINATOR, photo_id=photo)
    assert ("urls" in before, "urls" in shown(case.view(), photo)) == (False, True)


def arrived(city, case, photo):
    pictures = Variants("large", "small", 10, 10, "ab" * 32)
    city.photos.rows[case.number, photo] = replace(
        city.photos.photo(case.number, photo), state="ready", variants=pictures
    )


def shown(answer, photo):
    return next(seen for seen in answer.json_body["photos"] if seen["photo_id"] == photo)


def test_of_a_private_case_the_agency_sees_what_became_of_its_photos_and_no_picture(http, city):
    case = Referred(http, city, DRAFT | {"visibility": "private"})
    theirs, own = announced(http, case, case.secret), announced(http, case, case.token)
    city.settle_photo(case.number, theirs)
    city.refuse_photo(case.number, own, "damaged")

    photos = case.opened()["photos"]

    assert [(p["photo_id"], p["state"], p["reason"], "urls" in p) for p in photos] == [
        (own, "refused", "damaged", False)
    ]


@pytest.mark.parametrize("whose", ["the reporter", "an officer", "the agency before"])
def test_the_agency_names_no_photo_of_somebody_else(case, http, city, whose):
    form = {"content_type": "image/jpeg", "size": 1000}
    who = {"the reporter": {"secret": case.secret}, "an officer": {"as_": ENGINEER}}.get(whose, {"secret": case.token})
    photo = http.post(f"/complaints/{case.number}/photos", form, **who).json_body["photo_id"]
    city.settle_photo(case.number, photo)
    if whose == "the agency before":
        recalled(case)
        case.token = case.refer("BBPJN")

    refused = case.attempt("comment", secret=case.token, text=SAID, photos=[photo])

    assert (refused.status_code, refused.json_body["errors"][0]["field"]) == (422, "photos")


def test_an_agency_sends_ten_photos_and_takes_nobodys_place(case, http):
    form = {"content_type": "image/jpeg", "size": 1000}
    path = f"/complaints/{case.number}/photos"

    sent = [http.post(path, form, secret=case.token).status_code for _ in range(11)]

    assert sent == [*[201] * 10, 409]
    assert http.post(path, form, as_=ENGINEER).status_code == 201
    assert http.post(path, form, secret=case.secret).status_code == 201


def test_an_agency_that_sends_a_photo_is_not_taken_for_who_proposed_the_proof(case, http, city):
    photo = announced(http, case, case.token)
    city.settle_photo(case.number, photo)

    proposed(case)

    assert not any(name.startswith("agency") for name in city.complaints.rows[case.number].proposers)


@pytest.mark.parametrize("who", [CREW, PUMP_OFFICER])
def test_the_token_is_no_credential_of_a_person(case, http, who):
    answer = http.get(f"/complaints/{case.number}", as_=who, secret=case.token)

    assert answer.status_code in (200, 401)
    assert "channel" not in answer.json_body
