"""LAPOR! (SP4N 1708): a report is taken over with its number, whatever is odd about it; what its reporter says there
later stands in the case once; our status and answer go back in LAPOR!'s words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.application.intake.sorting import UNSORTED
from chalicelib.data import exchange, tables
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.exchange import Exchange
from tests.builders import CITY, COORDINATOR, DBM, GAMBIR, LURAH
from tests.channels.city_with_channels import CityWithChannels, from_lapor

TRACKING = "1916449"


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


@pytest.fixture
def number(city: CityWithChannels) -> str:
    """Of a report that was taken over."""
    (number,) = city.hears("LAPOR1708", from_lapor())
    return number


def update(of: str, **differences: Any) -> bytes:
    known = {"update_id": "u-2", "type": "reply", "tracking_id": TRACKING, "number": of, "text": "Belum diperbaiki"}
    return json.dumps({**known, **differences}).encode()


def said(city: CityWithChannels, number: str) -> list[str]:
    return [event.words["text"] for event in city.complaints.events(number) if event.action == "comment"]


def told(city: CityWithChannels, number: str) -> list[dict[str, Any]]:
    city.call_back(number)
    return [dict(body["data"]) for _, body in city.partners.heard]


def test_a_report_is_taken_over_with_its_number(city: CityWithChannels, number: str) -> None:
    (case,) = city.cases()

    assert (case.channel, case.category, case.area) == ("LAPOR1708", "JLN", GAMBIR)
    assert city.complaints.events(number)[0].words["partner"] == {"tracking_id": TRACKING}


def test_a_report_that_is_handed_over_twice_is_one_case(city: CityWithChannels, number: str) -> None:
    assert city.hears("LAPOR1708", from_lapor()) == [number]
    assert len(city.cases()) == 1


def test_the_same_number_with_other_words_is_left_to_a_person(city: CityWithChannels, number: str) -> None:
    assert city.hears("LAPOR1708", from_lapor(update_id="u-9", description="Lampu mati")) == ["task"]
    assert len(city.cases()) == 1


ODD: dict[str, dict[str, Any]] = {
    "no place": {"location": None},
    "a place outside": {"location": {"lat": 1.3, "lon": 103.8}},
    "a place that is none": {"location": "Monas"},
    "a category that we do not have": {"category": "Cukai Rokok"},
    "a category that is a number": {"category": 7},
    "a telephone number that is none": {"reporter": {"phone": "123"}},
    "a reporter who is a text": {"reporter": "Siti"},
    "keys of its own": {"instansi": "Pemprov DKI", "lampiran": ["https://lapor.example/1.jpg"]},
    "a number that is a number": {"tracking_id": 1916449},
    "a long address": {"address": "x" * 500},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_report_is_never_refused_for_what_is_odd_about_it(city: CityWithChannels, odd: dict[str, Any]) -> None:
    (outcome,) = city.hears("LAPOR1708", from_lapor(**odd))

    assert outcome.startswith("JKT-")


def test_a_category_that_says_nothing_is_read_from_the_words(city: CityWithChannels) -> None:
    city.hears("LAPOR1708", from_lapor(category="", title="", description="Lampu penerangan jalan mati"))
    city.hears("LAPOR1708", from_lapor(category="", tracking_id="2", title="", description="Tolong dibantu ya"))

    assert [case.category for case in city.cases()] == ["PJU", UNSORTED]


def test_a_secret_report_is_private(city: CityWithChannels) -> None:
    city.hears("LAPOR1708", from_lapor(secret=True))

    assert [case.visibility for case in city.cases()] == ["private"]


UNREADABLE = {
    "no JSON": b"{",
    "a list": b"[]",
    "no type": from_lapor(type=None),
    "another type": from_lapor(type="delete"),
    "no number": from_lapor(tracking_id=""),
    "no update id": from_lapor(update_id=None),
    "a type that is a list": from_lapor(type=[]),
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_left_to_a_person(city: CityWithChannels, raw: bytes) -> None:
    assert city.hears("LAPOR1708", raw) == ["task"]


def test_an_update_stands_in_the_case_once(city: CityWithChannels, number: str) -> None:
    for _ in range(3):
        assert city.hears("LAPOR1708", update(number)) == [number]

    assert said(city, number) == ["Belum diperbaiki"]


def test_the_id_of_an_update_is_the_same_whatever_else_it_says(city: CityWithChannels, number: str) -> None:
    city.hears("LAPOR1708", update(number))
    city.hears("LAPOR1708", update(number, text="Belum diperbaiki!"))

    assert said(city, number) == ["Belum diperbaiki"]


def test_a_status_of_theirs_is_told_in_words_and_changes_none_of_ours(city: CityWithChannels, number: str) -> None:
    city.hears("LAPOR1708", update(number, type="status", text="", status="Selesai"))

    assert said(city, number) == ["[Status di LAPOR!: Selesai]"]
    assert city.complaints.load(number).status == "waiting"


STRANGE: dict[str, dict[str, Any]] = {
    "another number of theirs": {"tracking_id": "1"},
    "no number of ours": {"number": None},
    "a number that is none": {"number": "JKT-XXXX"},
    "a number that nobody has": {"number": "JKT-0000-0000-0"},
    "no words": {"text": " "},
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_an_update_that_fits_no_case_is_left_to_a_person(
    city: CityWithChannels, number: str, strange: dict[str, Any]
) -> None:
    assert city.hears("LAPOR1708", update(number, **strange)) == ["task"]
    assert said(city, number) == []


def test_an_update_never_reaches_a_case_of_another_channel(city: CityWithChannels) -> None:
    number = city.lodge()["number"]

    assert city.hears("LAPOR1708", update(number)) == ["task"]


def test_the_answer_says_their_number_status_and_limits(city: CityWithChannels, number: str) -> None:
    (first,) = told(city, number)

    assert (first["tracking_id"], first["number"], first["status"]) == (TRACKING, number, "VERIFIKASI")
    assert first["limits"].keys() == {"verify", "answer"}


def test_an_officers_answer_is_pushed_in_their_words(city: CityWithChannels, number: str) -> None:
    city.does(number, LURAH, "coordinate", unit=DBM, text="Kami teruskan ke Dinas Bina Marga")

    last = told(city, number)[-1]

    assert (last["status"], last["answer"]) == ("DISPOSISI", "Kami teruskan ke Dinas Bina Marga")


def test_what_is_not_the_citys_is_handed_back(city: CityWithChannels, number: str) -> None:
    city.does(number, COORDINATOR, "reject", reason_code="outside_authority", text="Ini wewenang pusat")

    last = told(city, number)[-1]

    assert (last["status"], last["reason"]) == ("BUKAN_WEWENANG", "Di luar kewenangan Pemprov")


# ---------------------------------------------------------------------------------------------------- the tables
@pytest.fixture
def lapor() -> Exchange:
    return exchange("LAPOR1708")


def test_every_status_of_ours_has_one_of_theirs(lapor: Exchange) -> None:
    assert {status for status, reason in lapor.statuses if not reason} == set(STATUSES)


def test_every_topic_leads_to_a_category_that_is_there(lapor: Exchange) -> None:
    rows = list(tables.rows("lapor_topics.csv"))

    assert {row["category"] for row in rows} <= CITY.categories.keys()
    assert len(lapor.topics) == len(rows)


def test_every_source_of_the_tables_is_known() -> None:
    known = {row["key"] for row in tables.rows("sources.csv")} | {"assumed"}
    named = (row["source"] for table in ("topics", "statuses", "limits") for row in tables.rows(f"lapor_{table}.csv"))

    assert set(named) <= known


@pytest.mark.parametrize(
    ("since", "step", "due"),
    [
        ("2026-11-23T02:00+00:00", "verify", "2026-11-27T00:00+07:00"),  # Monday
        ("2026-11-23T16:59+00:00", "verify", "2026-11-27T00:00+07:00"),  # the last minute of Monday
        ("2026-11-23T17:00+00:00", "verify", "2026-11-28T00:00+07:00"),  # Tuesday in Jakarta
        ("2026-11-27T02:00+00:00", "verify", "2026-12-03T00:00+07:00"),  # Friday: over a weekend
        ("2026-11-28T02:00+00:00", "answer", "2026-12-05T00:00+07:00"),  # Saturday
        ("2026-12-23T02:00+00:00", "verify", "2026-12-31T00:00+07:00"),  # over Christmas and its day of leave
    ],
)
def test_working_days_leave_weekends_and_holidays_out(lapor: Exchange, since: str, step: str, due: str) -> None:
    assert lapor.due(step, datetime.fromisoformat(since).astimezone(UTC)) == datetime.fromisoformat(due)
