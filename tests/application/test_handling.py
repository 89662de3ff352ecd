"""Every change of a case goes one way: seen, allowed, needed, possible, committed, shown."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import (
    ConflictError,
    FieldError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    TooManyError,
    UnauthenticatedError,
    UnavailableError,
)
from chalicelib.domain.lifecycle import ROWS, TABLE
from chalicelib.entrypoints.forms import ActionForm
from tests.builders import ADMINISTRATOR, COORDINATOR, DBM, DESK, ENGINEER, HEAD, LURAH, LURAH_NEXT_DOOR, SUDIN
from tests.city_in_memory import KEY, CityInMemory, an_action


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


@pytest.fixture
def number(city) -> str:
    return city.lodge()["number"]


def act(city, number, actor, action, version=1, *, key=None, misformed=(), **values):
    return city.act(
        city.open_case.as_staff(number, actor), an_action(action, version, key=key, misformed=misformed, **values)
    )


def test_an_action_raises_the_version_by_one_and_shows_the_callers_new_view(city, number):
    view = act(city, number, LURAH, "coordinate", unit=DBM, text="Kewenangan Bina Marga")

    assert (view["status"], view["version"], view["unit"]["code"]) == ("coordinated", 2, DBM)
    assert [line["action"] for line in view["timeline"]] == ["lodge", "coordinate"]
    assert view["timeline"][-1]["text"] == "Kewenangan Bina Marga"


def test_the_reporter_acts_with_the_secret_and_nobody_with_another(city):
    created = city.lodge()

    with pytest.raises(UnauthenticatedError):
        city.open_case.as_reporter(created["number"], "salah")

    opened = city.open_case.as_reporter(created["number"], created["secret"])
    assert city.act(opened, an_action("withdraw", 1))["status"] == "withdrawn"


@pytest.mark.parametrize("actor", [LURAH_NEXT_DOOR, ENGINEER, DESK], ids=lambda actor: actor.id)
def test_who_does_not_see_a_case_cannot_tell_it_from_none(city, number, actor):
    with pytest.raises(NotFoundError):
        act(city, number, actor, "comment", text="halo")
    with pytest.raises(NotFoundError):
        act(city, "JKT-0000-0000-0", actor, "comment", text="halo")


def test_an_unknown_action_is_not_there(city, number):
    with pytest.raises(NotFoundError):
        act(city, number, LURAH, "explode")


def test_the_administrator_works_no_cases(city, number):
    with pytest.raises(NotAllowedError):
        act(city, number, ADMINISTRATOR, "comment", text="halo")


@pytest.mark.parametrize("action", ["ring", "lapse", "resume"])
def test_what_the_system_does_nobody_else_may(city, number, action):
    with pytest.raises(NotAllowedError):
        act(city, number, LURAH, action)


def test_a_row_that_is_not_built_is_forbidden_by_the_state(city, number, monkeypatch):
    monkeypatch.setitem(ROWS, "accept", replace(ROWS["accept"], built=False))

    with pytest.raises(ConflictError) as refused:
        act(city, number, LURAH, "accept", text="Kami kerjakan")

    assert (refused.value.code, refused.value.version) == ("state_forbids", 1)
    assert "coordinate" in refused.value.allowed_actions


def test_every_fault_of_form_and_meaning_is_told_together(city, number):
    bad_form = FieldError("text", "type", "no text")

    with pytest.raises(InvalidError) as refused:
        act(city, number, LURAH, "coordinate", version=None, misformed=(bad_form,), unit="NO_SUCH_UNIT")

    told = {(fault.field, fault.code) for fault in refused.value.errors}
    assert told == {("text", "type"), ("version", "required"), ("unit", "value")}


def test_a_place_outside_jakarta_locates_nothing(city):
    number = city.lodge(actor=DESK, source="staff:dewi-loket", draft={"area": None, "place": None})["number"]

    with pytest.raises(InvalidError) as refused:
        act(city, number, COORDINATOR, "locate", location={"lat": -6.595, "lon": 106.8166})

    assert [(fault.field, fault.code) for fault in refused.value.errors] == [("location", "outside")]


def test_a_stale_view_is_told_what_happened_since(city, number):
    act(city, number, LURAH, "coordinate", unit=DBM)
    act(city, number, HEAD, "comment", version=None, text="dicek")

    with pytest.raises(ConflictError) as refused:
        act(city, number, HEAD, "start", version=1)

    assert (refused.value.code, refused.value.version) == ("version_conflict", 2)
    (change,) = refused.value.changes
    assert (change["version"], change["action"], change["unit"]["code"]) == (2, "coordinate", DBM)
    assert (change["by"]["role"], change["by"]["unit"]["code"]) == (LURAH.role, LURAH.unit)


def test_an_operation_sent_twice_is_done_once(city, number):
    once = act(city, number, LURAH, "coordinate", key=KEY, unit=DBM)
    again = act(city, number, LURAH, "coordinate", key=KEY, unit=DBM)

    assert once == again
    assert len(city.complaints.events(number)) == 2


def test_who_lost_sight_of_a_case_by_an_operation_may_still_repeat_it(city, number):
    act(city, number, LURAH, "coordinate", unit=DBM)
    once = act(city, number, ENGINEER, "assign", 2, key=KEY, unit=SUDIN)

    assert act(city, number, ENGINEER, "assign", 2, key=KEY, unit=SUDIN) == once
    with pytest.raises(NotFoundError):
        act(city, number, ENGINEER, "assign", 3, unit=SUDIN)


def test_a_comment_sent_twice_with_one_key_stands_once_and_twice_without(city, number):
    for _ in range(2):
        act(city, number, LURAH, "comment", version=None, key=KEY, text="halo")
    for _ in range(2):
        act(city, number, LURAH, "comment", version=None, text="halo")

    assert [event.action for event in city.complaints.events(number)] == ["lodge", "comment", "comment", "comment"]


@pytest.mark.parametrize("other", [{"text": "lain"}, {"unit": "DSDA"}])
def test_a_key_with_another_body_is_refused(city, number, other):
    act(city, number, LURAH, "coordinate", key=KEY, unit=DBM)

    with pytest.raises(ConflictError) as refused:
        act(city, number, LURAH, "coordinate", key=KEY, **{"unit": DBM, **other})

    assert (refused.value.code, refused.value.version) == ("key_reused", 2)


def test_nobody_takes_another_persons_operation(city, number):
    act(city, number, LURAH, "comment", version=None, key=KEY, text="halo")
    act(city, number, COORDINATOR, "comment", version=None, key=KEY, text="halo")

    assert len(city.complaints.events(number)) == 3


def test_a_race_lost_on_a_comment_alone_is_run_again(city, number):
    opened = city.open_case.as_staff(number, LURAH)
    act(city, number, COORDINATOR, "comment", version=None, text="sela")

    assert city.act(opened, an_action("coordinate", 1, **{"unit": DBM}))["version"] == 2


def test_a_race_lost_on_the_version_is_told(city, number):
    opened = city.open_case.as_staff(number, LURAH)
    act(city, number, LURAH, "accept")

    with pytest.raises(ConflictError) as refused:
        city.act(opened, an_action("accept", 1))

    assert refused.value.code == "version_conflict"


def test_the_same_operation_at_once_is_done_once_and_shown_to_all(city, number):
    with ThreadPoolExecutor(8) as people:
        views = list(people.map(lambda _: act(city, number, LURAH, "coordinate", key=KEY, unit=DBM), range(8)))

    assert {view["version"] for view in views} == {2}
    assert len(city.complaints.events(number)) == 2


@pytest.mark.parametrize("actor", [LURAH, COORDINATOR], ids=lambda actor: actor.id)
def test_who_was_overtaken_is_told_so_though_the_case_is_no_longer_his_or_already_there(city, number, actor):
    act(city, number, COORDINATOR, "coordinate", unit=DBM)

    with pytest.raises(ConflictError) as refused:
        act(city, number, actor, "coordinate", unit=DBM)

    assert (refused.value.code, refused.value.version) == ("version_conflict", 2)
    assert [change["action"] for change in refused.value.changes] == ["coordinate"]


def test_who_has_seen_the_case_as_it_is_gets_the_plain_refusal(city, number):
    act(city, number, LURAH, "coordinate", unit=DBM)

    with pytest.raises(NotAllowedError):
        act(city, number, LURAH, "coordinate", version=2, unit=SUDIN)
    with pytest.raises(NotAllowedError):
        act(city, number, LURAH, "validate", version=1)
    with pytest.raises(InvalidError):
        act(city, number, COORDINATOR, "coordinate", version=2, unit=DBM)


@pytest.mark.parametrize("before", [1, 15])
def test_who_writes_at_the_same_moment_as_fifteen_others_is_served(city, number, monkeypatch, before):
    commit, others = city.complaints.commit, iter(range(before))

    def late(decision):
        if next(others, None) is not None:
            raise LostRaceError
        commit(decision)

    monkeypatch.setattr(city.complaints, "commit", late)

    assert act(city, number, LURAH, "coordinate", unit=DBM)["status"] == "coordinated"


def test_a_store_that_always_loses_the_race_is_told_as_unavailable(city, number, monkeypatch):
    def lost(*_):
        raise LostRaceError

    monkeypatch.setattr(city.complaints, "commit", lost)

    with pytest.raises(UnavailableError):
        act(city, number, LURAH, "coordinate", unit=DBM)


def test_a_photo_that_moved_between_load_and_commit_is_not_ready(city, number):
    act(city, number, LURAH, "accept")
    act(city, number, LURAH, "start", version=2)
    opened = city.open_case.as_staff(number, LURAH)
    ticket = city.tickets.issue(opened, "image/png", 1000)["photo_id"]

    with pytest.raises(ConflictError) as refused:
        act(city, number, LURAH, "propose_done", version=3, text="selesai", photos=[ticket])
    assert refused.value.code == "photo_not_ready"

    city.settle_photo(number, ticket)
    assert act(city, number, LURAH, "propose_done", version=3, text="selesai", photos=[ticket])["version"] == 4


def test_who_handed_the_case_on_sees_what_he_may_still_see(city, number):
    city.act(city.open_case.as_staff(number, LURAH), an_action("coordinate", 1, **{"unit": DBM}))
    view = act(city, number, HEAD, "reject", version=2, reason_code="not_a_complaint", text="Bukan aduan")
    reopened = city.act(city.open_case.as_staff(number, COORDINATOR), an_action("object", 3, **{"text": "Ini aduan"}))

    assert view["status"] == "rejected"
    assert reopened["unit"]["code"] == "BIRO_PEM"
    with pytest.raises(NotFoundError):
        act(city, number, HEAD, "comment", version=None, text="masih lihat?")


def test_every_field_of_the_table_can_be_read_from_a_body():
    fields = {name for row in TABLE for name in row.fields}

    assert fields <= set(ActionForm.model_fields)


def comment(city, number, actor, **needs):
    return act(city, number, actor, "comment", version=None, text="halo", **needs)


@pytest.mark.parametrize("actor", [REPORTER, LURAH, COORDINATOR], ids=lambda actor: actor.id)
def test_the_eleventh_comment_of_one_person_within_an_hour_waits(city, number, actor):
    for _ in range(10):
        city.pass_time(timedelta(minutes=1))
        comment(city, number, actor)

    with pytest.raises(TooManyError) as refused:
        comment(city, number, actor)

    assert refused.value.retry_after == 51 * 60
    assert comment(city, number, LURAH if actor == COORDINATOR else COORDINATOR), "others write on"
    city.pass_time(timedelta(seconds=refused.value.retry_after))
    assert comment(city, number, actor)
    with pytest.raises(TooManyError):
        comment(city, number, actor)


@pytest.mark.parametrize(
    ("actor", "needs", "most", "still"),
    [
        (REPORTER, {}, 100, [(LURAH, {}), (LURAH, {"internal": True})]),
        (LURAH, {}, 100, [(REPORTER, {}), (LURAH, {"internal": True})]),
        (LURAH, {"internal": True}, 300, [(REPORTER, {}), (LURAH, {})]),
    ],
    ids=["reporter", "staff", "internal"],
)
def test_a_case_takes_so_many_comments_of_each_voice_and_the_others_write_on(city, number, actor, needs, most, still):
    for _ in range(most):
        city.pass_time(timedelta(minutes=6))
        comment(city, number, actor, **needs)
    city.pass_time(timedelta(minutes=6))

    with pytest.raises(ConflictError) as refused:
        comment(city, number, actor, **needs)

    assert refused.value.code == "state_forbids"
    for other, others_needs in still:
        assert comment(city, number, other, **others_needs)
