"""What a unit reads: what is asked of it, what it is about, the time left, the link; words only where they may go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.messages.to_units.alerts import SUBJECT_LIMIT, Alerts, Matter, span, subject_line
from chalicelib.data import messages
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.lifecycle import TABLE
from chalicelib.domain.messages import for_units
from tests.builders import CITY, ILLEGAL_LEVY, NOW, NUMBER, STREET_SWEEPERS, VIOLENCE, a_complaint, unlocated
from tests.flow import SITE

ALERTS = Alerts(words=messages.words, site_url=SITE, reference=CITY)
WORDS = "Lubang besar di depan rumah Bu Siti"
SPOT = "seberang halte Harmoni"
LATER = NOW + timedelta(hours=1)


def an_event(complaint: Complaint, action: str = "lodge", **facts: object) -> Event:
    quiet = action in ("ring", "comment", "assign", "locate")
    return Event(
        NUMBER, 3, 3, NOW, action, complaint.status, complaint.status if quiet else None, "reporter", "reporter", None,
        complaint.unit, facts, {"text": WORDS},
    )  # fmt: skip


def a_report(description: str = WORDS, landmark: str = SPOT, **facts: object) -> Event:
    return replace(an_event(a_complaint(), **facts), words={"description": description, "landmark": landmark})


def composed(
    event: Event, complaint: Complaint, outcome: dict[str, str] | None = None, report: Event | None = None
) -> tuple[str, str]:
    message = for_units(event, complaint, CITY)[0]
    return ALERTS.alert(event, message, Matter(complaint, report or a_report(), outcome), LATER)


def test_a_first_alert_says_what_where_how_long_and_how_to_get_there() -> None:
    case = a_complaint()

    subject, text = composed(an_event(case), case)

    assert subject == f"Laporan baru: {CITY.categories[case.category].name_id}, Gambir ({NUMBER})"
    assert "Kategori: " in text
    assert "Kelurahan: Gambir, Kecamatan Gambir" in text
    assert f"Patokan: {SPOT}" in text
    assert f"Isi laporan: “{WORDS}”" in text
    assert "Tanggapan pertama: sisa waktu 5 jam 0 menit, paling lambat Senin, 2 Maret 2026 pukul 14.00 WIB" in text
    assert f"{SITE}/konsol/#{NUMBER}" in text


def test_a_long_report_is_quoted_by_its_first_words() -> None:
    case = a_complaint()

    _, text = composed(an_event(case), case, report=a_report("Lubang besar sekali " * 30))

    (quoted,) = [line for line in text.splitlines() if line.startswith("Isi laporan: ")]
    assert quoted.endswith(" …”")
    assert len(quoted) < 140


@pytest.mark.parametrize(
    ("shielded", "report"),
    [
        pytest.param({"visibility": "private"}, a_report(), id="private"),
        pytest.param({"hidden": True}, a_report(), id="hidden"),
        *(pytest.param({"category": code}, a_report(), id=code) for code in (VIOLENCE, ILLEGAL_LEVY, STREET_SWEEPERS)),
        pytest.param({}, a_report(withheld=["telephone"]), id="somebody is named in it"),
        pytest.param({}, replace(a_report(), words={}), id="erased"),
    ],
)
def test_no_words_of_the_report_leave_where_not_everybody_may_read_them(
    shielded: dict[str, object], report: Event
) -> None:
    case = a_complaint(**shielded)

    _, text = composed(an_event(case), case, report=report)

    assert WORDS not in text
    assert SPOT not in text


@pytest.mark.parametrize("text", ["Lihat evil.example/x sekarang", "Hubungi 0812 3456 7890"])
def test_words_that_lead_elsewhere_or_name_somebody_are_left_out_and_the_others_stay(text: str) -> None:
    case = a_complaint()

    of_report = composed(an_event(case), case, report=a_report(description=text))[1]
    of_landmark = composed(an_event(case), case, report=a_report(landmark=text))[1]

    assert (text in of_report, SPOT in of_report) == (False, True)
    assert (text in of_landmark, WORDS in of_landmark) == (False, True)


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

    subject, text = ALERTS.alert(ring, message, Matter(case), NOW + timedelta(hours=7, minutes=5))

    assert subject.startswith("Lewat tenggat: ")
    assert "Tanggapan pertama: terlambat 1 jam 5 menit, batasnya" in text


def test_a_reminder_and_a_breach_together_are_one_alert_about_the_breach() -> None:
    case = a_complaint()
    told = [["resolution", "reminder_50"], ["coordination", "breach"]]
    ring = an_event(case, "ring", clock="resolution", rung="reminder_50", told=told)

    (message,) = for_units(ring, case, CITY)
    subject, text = ALERTS.alert(ring, message, Matter(case), NOW + timedelta(hours=7, minutes=5))

    assert subject.startswith("Lewat tenggat: ")
    assert "Tanggapan pertama: terlambat 1 jam 5 menit" in text


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
    facts |= {"approvers": "DBM", "from": "DBM"}

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
