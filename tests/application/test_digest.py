"""The daily digest to the regional secretary: what stands at the last rung, once a day, and nothing on other days."""

from datetime import date, timedelta

import pytest

from chalicelib.application.messages.to_units.digest import MOST_NAMED, due_day
from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.errors import UnavailableError
from tests.builders import COORDINATOR, DBM, ENGINEER, GAMBIR, LURAH, given
from tests.flow import Flow

MONDAY = date(2026, 11, 23)
WORDS = "Jalan berlubang di depan pasar"


@pytest.fixture
def flow() -> Flow:
    return Flow()


def project(flow):
    for number, case in flow.complaints.rows.items():
        flow.project(number, case.sequence)


def late_cases(flow, count=1):
    """So many, that nobody has touched until the last rung rang."""
    numbers = [flow.lodge(bits=bits) for bits in range(1, count + 1)]
    flow.pass_time(days=14)
    flow.sweep()
    project(flow)
    return numbers


def told(flow):
    return [sent for sent in flow.alerts.sent if sent.event == "digest"]


def a_day(flow):
    """The sweeper asks for what is due, and whoever alerts units tells it."""
    flow.remind_digest()
    asked, flow.hand_back.digests = flow.hand_back.digests, []
    return [flow.tell_secretary(day) for day in asked]


def test_the_secretary_is_told_how_many_stand_there_for_each_unit_and_how_long(flow):
    first, second = late_cases(flow, 2)
    flow.act(second, "coordinate", LURAH, unit=DBM)
    project(flow)

    assert a_day(flow) == ["sent"]

    (digest,) = told(flow)
    assert digest.to == "SEKDA"
    assert "2 laporan" in digest.subject
    assert "Kelurahan Gambir: 1" in digest.text
    assert "Dinas Bina Marga: 1" in digest.text
    assert f"- {first}: diterima 14 hari 0 jam lalu, terlambat 13 hari 18 jam" in digest.text
    assert second in digest.text


def test_it_says_nothing_of_a_person_a_place_or_what_was_written(flow):
    late_cases(flow)

    a_day(flow)

    (digest,) = told(flow)
    for word in (WORDS, "Siti", "siti@example.id", "-6.1754", GAMBIR, "Jalan"):
        assert word not in digest.text + digest.subject


def test_nothing_is_sent_where_nothing_stands_there(flow):
    flow.lodge()
    flow.pass_time(days=2)
    flow.sweep()
    project(flow)

    assert a_day(flow) == ["empty"]
    assert told(flow) == []
    assert a_day(flow) == []


def test_it_is_told_once_a_day_however_often_anybody_asks(flow):
    late_cases(flow)
    today = due_day(flow.now())

    assert a_day(flow) == ["sent"]
    flow.pass_time(hours=5)
    assert a_day(flow) == []
    assert flow.tell_secretary(today) == "sent"
    assert len(told(flow)) == 1

    flow.pass_time(days=1)
    assert a_day(flow) == ["sent"]
    assert len(told(flow)) == 2


@pytest.mark.parametrize(("hours", "day"), [(-2, date(2026, 11, 22)), (-1, MONDAY), (0, MONDAY), (22, MONDAY)])
def test_the_day_begins_at_seven_in_the_morning_in_jakarta(flow, hours, day):
    assert due_day(flow.now() + timedelta(hours=hours)) == day


def test_a_message_of_a_day_that_is_over_tells_nothing(flow):
    late_cases(flow)
    yesterday = due_day(flow.now()) - timedelta(days=1)

    assert flow.tell_secretary(yesterday) == "superseded"
    assert told(flow) == []


def test_what_the_topic_was_too_busy_for_is_told_later_the_same_day(flow):
    late_cases(flow)
    flow.alerts.failures = [ProviderBusyError()]
    assert a_day(flow) == ["deferred"]
    assert a_day(flow) == []  # not yet

    flow.pass_time(minutes=5)

    assert a_day(flow) == ["sent"]


def test_what_was_solved_before_the_next_try_is_told_no_more(flow):
    (number,) = late_cases(flow)
    flow.alerts.failures = [ProviderBusyError()]
    assert a_day(flow) == ["deferred"]
    flow.act(number, "reject", COORDINATOR, given(reason_code="other", text="Bukan aduan"))
    project(flow)
    flow.pass_time(minutes=5)

    assert a_day(flow) == ["empty"]
    assert told(flow) == []


def test_a_late_case_that_somebody_works_on_stands_there_until_it_is_done(flow):
    (number,) = late_cases(flow)
    flow.act(number, "coordinate", LURAH, unit=DBM)
    flow.act(number, "assign", ENGINEER, unit=DBM)
    project(flow)

    assert a_day(flow) == ["sent"]  # the work itself is late, too

    assert f"- {number}: diterima 14 hari 0 jam lalu" in told(flow)[0].text


def test_beyond_the_numbers_that_fit_cases_are_counted(flow):
    late_cases(flow, MOST_NAMED + 7)

    a_day(flow)

    (digest,) = told(flow)
    assert digest.text.count("\n- JKT-") == MOST_NAMED
    assert f"Kelurahan Gambir: {MOST_NAMED + 7}" in digest.text
    assert "- dan 7 lainnya" in digest.text


def test_a_list_that_does_not_answer_is_asked_again(flow):
    late_cases(flow)
    overdue, flow.lists.overdue = flow.lists.overdue, unavailable
    flow.remind_digest()
    with pytest.raises(UnavailableError):
        flow.tell_secretary(flow.hand_back.digests.pop())

    flow.lists.overdue = overdue

    assert a_day(flow) == ["sent"]


def unavailable(*_):
    raise UnavailableError("dynamodb")
