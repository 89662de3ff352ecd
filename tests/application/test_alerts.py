"""What a unit reads: what is asked of it, category and kelurahan, the time left, the link; no person, no words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.messages.alerts import SUBJECT_LIMIT, Alerts, span, subject_line
from chalicelib.data import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.lifecycle import TABLE
from chalicelib.domain.messages import for_units
from tests.builders import CITY, ILLEGAL_LEVY, NOW, NUMBER, STREET_SWEEPERS, VIOLENCE, a_complaint, unlocated
from tests.flow import SITE

ALERTS = Alerts(words=messages.words, site_url=SITE, reference=CITY)
WORDS = "Lubang besar di depan rumah Bu Siti"
LATER = NOW + timedelta(hours=1)


def an_event(complaint: Complaint, action: str = "lodge", **facts: object) -> Event:
    quiet = action in ("ring", "comment", "assign", "locate")
    return Event(
        NUMBER, 3, 3, NOW, action, complaint.status, complaint.status if quiet else None, "reporter", "reporter", None,
        complaint.unit, facts, {"text": WORDS},
    )  # fmt: skip


def composed(event: Event, complaint: Complaint, outcome: dict[str, str] | None = None) -> tuple[str, str]:
    message = for_units(event, complaint, CITY)[0]
    return ALERTS.alert(event, message, complaint, outcome, LATER)


def test_a_first_alert_says_what_where_how_long_and_how_to_get_there() -> None:
    case = a_complaint()

    subject, text = composed(an_event(case), case)

    assert subject == f"Laporan baru: {CITY.categories[case.category].name_id}, Gambir ({NUMBER})"
    assert "Kategori: " in text
    assert "Kelurahan: Gambir, Kecamatan Gambir" in text
    assert "Sisa waktu koordinasi: 5 jam 0 menit (tenggat 2 Maret 2026 pukul 14.00 WIB)" in text
    assert f"{SITE}/konsol/#{NUMBER}" in text
    assert WORDS not in text


@pytest.mark.parametrize("category", [VIOLENCE, ILLEGAL_LEVY, STREET_SWEEPERS])
def test_an_alert_of_a_shielded_case_names_neither_category_nor_place(category: str) -> None:
    case = a_complaint(category=category)

    subject, text = composed(an_event(case), case)

    assert subject == f"Laporan baru ({NUMBER})"
    assert not [w for w in ("Gambir", "Kategori", "Kelurahan", CITY.categories[category].name_id) if w in text]


def test_an_alert_without_a_place_says_so() -> None:
    case = unlocated()

    subject, text = composed(an_event(case), case)

    assert "Lokasi: belum diketahui" in text
    assert "Gambir" not in subject + text


def test_a_breach_says_how_late_its_own_clock_is() -> None:
    case = a_complaint()
    told = [["coordination", "breach"]]
    ring = an_event(case, "ring", clock="coordination", rung="breach", told=told)
    message = for_units(ring, case, CITY)[0]

    subject, text = ALERTS.alert(ring, message, case, None, NOW + timedelta(hours=7, minutes=5))

    assert subject.startswith("Lewat tenggat: ")
    assert "Tenggat koordinasi lewat 1 jam 5 menit" in text


def test_the_proofs_alerts_say_its_outcome() -> None:
    case = a_complaint("awaiting_validation")
    outcome = {"code": "planned", "until": "2026-12-31T10:00:00+00:00"}

    _, text = composed(an_event(case, "propose_done"), case, outcome)

    assert "31 Desember 2026" in text


ONLY_PEOPLE = {"reporter", "followers"}
TELLING_UNITS = [row for row in TABLE if row.built and set(row.tells) - ONLY_PEOPLE]


@pytest.mark.parametrize("row", TELLING_UNITS, ids=lambda row: row.action)
def test_every_action_that_tells_a_unit_has_its_words(row: object) -> None:
    action = row.action  # type: ignore[attr-defined]
    case = replace(a_complaint(), status=row.leads_to(row.sources[0], "assigned") if row.sources else "waiting")  # type: ignore[attr-defined]
    told = {"told": [["coordination", "reminder_50"]]}
    facts = {"clock": "coordination", "rung": "reminder_50", **told} if action == "ring" else {}

    subject, text = composed(an_event(case, action, **facts), case)

    assert 0 < len(subject) <= SUBJECT_LIMIT
    assert text.splitlines()[0]


def test_a_subject_is_one_short_line_of_ascii() -> None:
    subject = subject_line("Dipérbaiki – “lekas”\n" + "x" * 200)

    assert subject.isascii()
    assert "\n" not in subject
    assert len(subject) == SUBJECT_LIMIT < 100


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=7), "7 menit"),
        (timedelta(hours=6), "6 jam 0 menit"),
        (timedelta(days=2, hours=3, minutes=59), "2 hari 3 jam"),
        (timedelta(seconds=59), "0 menit"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_parts(length: timedelta, said: str) -> None:
    assert span(length, messages.words("unit")) == said
