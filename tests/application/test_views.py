"""What each audience is shown, key by key."""

from dataclasses import replace

import pytest

from chalicelib.domain.case.complaint import Outside
from chalicelib.domain.case.evidence import Variants
from chalicelib.domain.case.links import agency_hash, answer_token
from chalicelib.domain.errors import GoneError, NotAllowedError, NotFoundError, UnauthenticatedError
from tests.builders import (
    ADMINISTRATOR,
    COORDINATOR,
    DBM,
    ENGINEER,
    HEAD,
    INSPECTOR,
    LURAH,
    LURAH_NEXT_DOOR,
    VALIDATOR,
    VIOLENCE,
)
from tests.city_in_memory import SITI, CityInMemory, an_action

SHARED = {
    *("number", "status", "label", "public_label", "outcome", "version", "category", "area", "unit", "place"),
    *(
        "description",
        "clocks",
        "photos",
        "timeline",
        "parts",
        "followers",
        "outside",
        "merged_into",
        "hidden",
        "erased_at",
    ),
    *("allowed_actions", "next_step", "held"),
}
REPORTERS = SHARED | {"landmark", "location", "answers", "visibility", "contact", "rating", "question", "returns"}
STAFFS = SHARED | {
    "landmark",
    "location",
    "answers",
    "channel",
    "channel_limits",
    "visibility",
    "hops",
    "route",
    "extension",
    "returns",
}
WORDS = {"description": "Lubang dalam", "landmark": "depan masjid", "location": {"lat": -6.17541, "lon": 106.82721}}


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def act(city, number, actor, action, version=None, **values):
    return city.act(city.open_case.as_staff(number, actor), an_action(action, version, **values))


def test_everybody_sees_the_public_keys_and_no_others(city):
    number = city.lodge(contact=SITI, draft={"words": WORDS})["number"]

    view = city.tracking.public(number)

    assert set(view) == SHARED
    assert view["description"] == "Lubang dalam"
    assert "masjid" not in str(view)
    assert "Siti" not in str(view)


def test_the_reporter_sees_everything_of_his_own_and_his_contact_masked(city):
    created = city.lodge(contact=SITI, draft={"words": WORDS})

    view = city.tracking.of_reporter(created["number"], created["secret"])

    assert set(view) == REPORTERS
    masked = {"name": "S***", "email": "s***@example.com"}
    assert view["contact"] == {**masked, "reach": "email", "confirmed": False}
    assert view["location"] == WORDS["location"]


@pytest.mark.parametrize(
    ("actor", "more"), [(LURAH, set()), (COORDINATOR, {"messages", "validator"}), (INSPECTOR, {"validator"})]
)
def test_staff_see_what_the_work_needs_and_never_the_contact(city, actor, more):
    number = city.lodge(contact=SITI, draft={"words": WORDS})["number"]

    view = city.tracking.of_staff(number, actor)

    assert set(view) == STAFFS | more
    assert "example.com" not in str(view)


def test_a_wrong_secret_is_refused_and_a_very_long_one_too(city):
    number = city.lodge()["number"]

    for secret in ("", "salah", "x" * 100_000):
        with pytest.raises(UnauthenticatedError):
            city.tracking.of_reporter(number, secret)


def test_who_does_not_see_the_case_gets_the_public_view_on_the_public_path_only(city):
    number = city.lodge()["number"]

    for actor in (LURAH_NEXT_DOOR, ADMINISTRATOR):
        assert set(city.tracking.of_anybody(number, actor)) == SHARED
    with pytest.raises(NotFoundError):
        city.tracking.of_staff(number, LURAH_NEXT_DOOR)
    with pytest.raises(NotAllowedError):
        city.tracking.of_staff(number, ADMINISTRATOR)


@pytest.mark.parametrize("words", ["hubungi 0812-3456-7890", "email siti@example.com", "plat B 1234 XYZ"])
def test_words_that_may_identify_somebody_are_withheld_from_the_public(city, words):
    created = city.lodge(draft={"words": {"description": words}})

    public = city.tracking.public(created["number"])

    assert (public["description"], public["description_withheld"]) == (None, True)
    assert city.tracking.of_reporter(created["number"], created["secret"])["description"] == words


@pytest.mark.parametrize(
    "difference", [{"visibility": "private"}, {"category": VIOLENCE}], ids=["private", "sensitive"]
)
def test_of_a_private_case_everybody_sees_the_area_but_no_words_place_or_pictures(city, difference):
    number = city.lodge(draft={**difference, "words": WORDS}, photos=(("image/png", 10),))["number"]

    view = city.tracking.public(number)

    assert (view["place"], view["description"], view["photos"]) == (None, None, [])
    assert view["area"]["name"] == "Gambir"
    assert not any("text" in line for line in view["timeline"])


def test_officers_words_are_public_unless_internal_or_naming_somebody(city):
    number = city.lodge()["number"]
    for text, internal in (("Sudah dicek", False), ("CATATAN DALAM", True), ("hubungi 081234567890", False)):
        act(city, number, LURAH, "comment", text=text, internal=internal)

    public = city.tracking.public(number)["timeline"]
    staff = city.tracking.of_staff(number, LURAH)["timeline"]

    assert [line.get("text") for line in public] == [None, "Sudah dicek", None]
    assert [line.get("text") for line in staff] == [None, "Sudah dicek", "CATATAN DALAM", "hubungi 081234567890"]


def test_the_reporters_words_are_never_public_in_the_timeline(city):
    created = city.lodge()
    city.act(
        city.open_case.as_reporter(created["number"], created["secret"]),
        an_action("comment", None, **{"text": "rahasia saya"}),
    )

    assert "rahasia saya" not in str(city.tracking.public(created["number"]))
    assert "rahasia saya" in str(city.tracking.of_reporter(created["number"], created["secret"]))
    assert "rahasia saya" in str(city.tracking.of_staff(created["number"], LURAH))


def test_rings_are_shown_to_staff_only(city):
    created = city.lodge()
    city.clock.advance(hours=4)
    city.ring(created["number"])

    rung = [line for line in city.tracking.of_staff(created["number"], LURAH)["timeline"] if line["action"] == "ring"]

    assert [(line["clock"], line["rung"]) for line in rung] == [("coordination", "reminder_50")]
    for view in (
        city.tracking.public(created["number"]),
        city.tracking.of_reporter(created["number"], created["secret"]),
    ):
        assert [line["action"] for line in view["timeline"]] == ["lodge"]


def test_an_announced_photo_that_never_came_reads_expired_to_its_owner_and_is_not_public(city):
    created = city.lodge(photos=(("image/png", 10),))
    states = []
    for hours in (0, 2):
        city.clock.advance(hours=hours)
        states += [p["state"] for p in city.tracking.of_reporter(created["number"], created["secret"])["photos"]]

    assert states == ["pending", "expired"]
    assert city.tracking.public(created["number"])["photos"] == []


def test_the_proof_has_an_address_for_everybody_once_it_was_validated(city):
    created = city.lodge()
    number = created["number"]
    for actor, action, values in (
        (LURAH, "coordinate", {"unit": DBM}),
        (HEAD, "assign", {"officer": ENGINEER.id}),
        (ENGINEER, "start", {}),
    ):
        version = city.complaints.rows[number].version
        act(city, number, actor, action, version, **values)
    proof = city.tickets.issue(city.tickets.permit(city.open_case.as_staff(number, ENGINEER)), "image/png", 10)[
        "photo_id"
    ]
    city.settle_photo(number, proof)
    shown = replace(city.photos.photo(number, proof), variants=Variants("large", "small", 10, 10, "ab" * 32))
    city.photos.rows[number, proof] = shown
    act(city, number, ENGINEER, "propose_done", 4, text="Ditambal", photos=[proof])

    before = city.tracking.public(number)["photos"]
    judge = city.complaints.rows[number].validator
    act(city, number, replace(VALIDATOR, id=judge), "validate", 5)
    after = city.tracking.public(number)["photos"]

    assert before == [{"photo_id": proof, "kind": "after", "state": "ready"}]
    assert set(after[0]["urls"]) == {"large", "small"}


def test_who_clears_photos_reads_which_of_them_everybody_sees(city):
    created = city.lodge()
    number = created["number"]
    reporter = city.open_case.as_reporter(number, created["secret"])
    photo = city.tickets.issue(city.tickets.permit(reporter), "image/png", 10)["photo_id"]

    def shown():
        return [each.get("public") for each in city.tracking.of_staff(number, COORDINATOR)["photos"]]

    pending = shown()
    city.settle_photo(number, photo)
    fresh = shown()
    act(city, number, COORDINATOR, "clear_photo", photo_id=photo)
    cleared = shown()
    act(city, number, INSPECTOR, "hide", 1, legal_ground="minor", text="Wajah anak.")
    hidden = shown()

    assert (pending, fresh, cleared, hidden) == ([None], [False], [True], [False])
    assert "public" not in str(city.tracking.of_reporter(number, created["secret"])["photos"])


def talked(city):
    """A case of 450 events. The last 440 are, in turn, the officers' own notes and the reporter's questions."""
    created = city.lodge(contact=SITI, draft={"words": WORDS})
    number = created["number"]
    act(city, number, LURAH, "comment", text="Sudah dicek")
    known = city.complaints.events(number)[-1]
    for sequence in range(3, 451):
        own = {"role": "reporter", "actor": "reporter"} if sequence % 2 else {"facts": {"internal": True}}
        words = {"text": f"rahasia {sequence}"}
        city.complaints.history[number].append(replace(known, sequence=sequence, words=words, **own))
    city.complaints.rows[number] = replace(city.complaints.rows[number], sequence=450)
    return created


def walked(city, number, view, **who):
    """Every line from the newest to the report, as the pages read them."""
    lines, before = view["timeline"][1:], view.get("timeline_before")
    while before is not None:
        page = city.tracking.timeline(number, before, **who)
        assert len(page["items"]) <= 200
        lines, before = [*page["items"], *lines], page["next_before"]
    return [line["sequence"] for line in lines]


def test_a_long_history_is_shown_from_its_end_after_the_report_itself(city):
    created = talked(city)

    for view in (
        city.tracking.of_staff(created["number"], LURAH),
        city.tracking.of_reporter(created["number"], created["secret"]),
        city.tracking.public(created["number"]),
    ):
        assert view["description"] == WORDS["description"]
        assert view["timeline_before"] == 252
        assert len(view["timeline"]) <= 200
        assert [view["timeline"][0]["action"], view["timeline"][0]["sequence"]] == ["lodge", 1]
        assert view["timeline"][1]["sequence"] in (252, 253)


def test_older_lines_are_what_the_same_view_would_have_shown(city):
    created = talked(city)
    number, secret = created["number"], created["secret"]
    public, own, staff = list(range(3, 451, 2)), list(range(3, 451, 2)), list(range(3, 451))

    assert walked(city, number, city.tracking.public(number)) == [1, 2, *public]
    assert walked(city, number, city.tracking.of_reporter(number, secret), secret=secret) == [1, 2, *own]
    assert walked(city, number, city.tracking.of_staff(number, LURAH), actor=LURAH) == [1, 2, *staff]
    assert walked(city, number, city.tracking.of_anybody(number, ENGINEER), actor=ENGINEER) == [1, 2, *public]


def test_older_words_are_kept_from_the_public_as_newer_ones_are(city):
    created = talked(city)
    number = created["number"]

    texts = [line.get("text") for line in city.tracking.timeline(number, 200)["items"]]

    assert "rahasia" not in str(texts)
    assert "Sudah dicek" in str(city.tracking.timeline(number, 3)["items"])
    city.complaints.rows[number] = replace(city.complaints.rows[number], visibility="private")
    assert "Sudah dicek" not in str(city.tracking.timeline(number, 3)["items"])
    assert "rahasia" in str(city.tracking.timeline(number, 200, secret=created["secret"])["items"])


def test_older_lines_open_by_every_link_that_opens_the_view(city):
    created = talked(city)
    number, question, referral = created["number"], answer_token(created["secret"]), "tautan-instansi-000000000"
    case = city.complaints.rows[number]
    asked = {**case.clocks, "answer": replace(case.clocks["resolution"], kind="answer")}
    outside = Outside("PLN", "1", city.now(), 2, agency_hash(referral))
    city.complaints.rows[number] = replace(case, status="referred", clocks=asked, outside=outside)

    read = {link: city.tracking.timeline(number, 200, secret=link)["items"] for link in (question, referral)}

    public = city.tracking.timeline(number, 200)["items"]
    assert read == {question: public, referral: public}


def test_older_lines_by_a_link_that_is_over_are_gone_as_the_view_is(city):
    created = talked(city)

    with pytest.raises(GoneError):
        city.tracking.timeline(created["number"], 200, secret=answer_token(created["secret"]))


def test_an_agency_reads_its_own_older_words(city):
    created = talked(city)
    number, link = created["number"], "tautan-instansi-000000000"
    outside = Outside("PLN", "1", city.now(), 2, agency_hash(link))
    city.complaints.rows[number] = replace(city.complaints.rows[number], status="referred", outside=outside)
    history = city.complaints.history[number]
    history[98] = replace(history[98], role="agency", actor="agency:2", words={"text": "Kami kerjakan"}, facts={})

    told = [str(city.tracking.timeline(number, 120, **who)["items"]) for who in ({"secret": link}, {})]

    assert ["Kami kerjakan" in lines for lines in told] == [True, False]


def test_older_lines_of_nobody_s_case_and_with_a_wrong_secret_are_refused(city):
    with pytest.raises(NotFoundError):
        city.tracking.timeline("JKT-0000-0000-0", 200)
    with pytest.raises(UnauthenticatedError):
        city.tracking.timeline(city.lodge()["number"], 200, secret="salah")


def test_the_reporter_reads_their_words_and_that_the_public_does_not(city):
    created = city.lodge(draft={"words": {"description": "Hubungi saya di 0812 - 3456 - 7890"}})
    reporter = city.tracking.of_reporter(created["number"], created["secret"])

    assert (reporter["description"], reporter["description_withheld"]) == ("Hubungi saya di 0812 - 3456 - 7890", True)
    assert city.complaints.events(created["number"])[0].facts["withheld"] == ["telephone"]
    assert city.tracking.public(created["number"])["description"] is None


@pytest.mark.parametrize(
    ("channel", "steps"), [("WEB", []), ("EMAIL", ["respond"]), ("LAPOR1708", ["verify", "answer"])]
)
def test_officers_read_what_the_channel_promises(city, channel, steps):
    number = city.lodge(draft={"channel": channel})["number"]

    promised = city.tracking.of_staff(number, LURAH)["channel_limits"]

    assert [limit["step"] for limit in promised] == steps
    assert {limit["state"] for limit in promised} <= {"running"}
