"""What a citizen reads: the matter first, who acted, what is next and until when; an SMS in one segment; and nobody's
words but an officer's, where these may leave."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from chalicelib.application.messages.letters import asks
from chalicelib.application.messages.naming import Names
from chalicelib.application.messages.outcomes import tells_outcome
from chalicelib.application.ports.cases import Contact
from chalicelib.data import messages
from chalicelib.domain.case.complaint import STATUSES, Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.links import answer_token
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.labels import REASON, STATUS
from chalicelib.domain.ladder import ORDER
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.messages import for_reporter
from chalicelib.domain.next_step import PLACE, STEPS, next_step_after, questions_in
from chalicelib.domain.reasons import OUTCOMES
from tests.builders import (
    CITY,
    DBM,
    HOUR,
    ILLEGAL_LEVY,
    KEL_GAMBIR,
    NOW,
    NUMBER,
    POTHOLE,
    STREET_SWEEPERS,
    VIOLENCE,
    a_complaint,
)
from tests.corpora.links import LINKS
from tests.corpora.names import HOSTILE, TRUE
from tests.corpora.personal_data import FIRST
from tests.flow import BUDI, SECRET, SITE, SITI, letters

# GSM 03.38: one sign each; those of the second row take two.
BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€\f")
UNTIL = {"until": "2026-12-31T10:00:00+00:00"}
PRODUCTION = "https://tanggap.jakarta.go.id"
REAL = "A" * 22 + "~" + "B" * 10  # as long as an owner's secret, with what shows that a message was read
LONGEST_SITE = "https://" + "x" * 22  # 30 signs
LANGUAGES = ("id", "en")
WORDS = "Lubang sudah kami tambal dengan aspal dingin"
DELICATE = (VIOLENCE, ILLEGAL_LEVY, STREET_SWEEPERS)
OPEN_CATEGORIES = [code for code, found in CITY.categories.items() if not is_delicate(found)]
DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d\d[.:]\d\d")
LATER = NOW + HOUR


def gsm_length(text: str) -> int:
    strange = set(text) - BASIC - EXTENDED
    assert not strange, f"not in the alphabet of SMS: {strange}"
    return len(text) + sum(sign in EXTENDED for sign in text)


def an_event(
    status: str = "coordinated",
    before: str | None = "waiting",
    action: str = "coordinate",
    *,
    words: str = WORDS,
    at: Any = LATER,
    **facts: Any,
) -> Event:
    """Of an officer of Bina Marga, an hour after the report."""
    said = {"text": words} if words else {}
    return Event(NUMBER, 2, 2, at, action, status, before, "opd_officer", "somebody", KEL_GAMBIR, DBM, facts, said)


def a_ring(rung: str, clock: str = "resolution") -> Event:
    return an_event("in_progress", "in_progress", "ring", words="", clock=clock, rung=rung, told=[[clock, rung]])


def reply() -> Event:
    return an_event("in_progress", "in_progress", "comment")


def missed() -> Event:
    """A part of an SMS that did not come, as its channel writes it down."""
    return replace(an_event("waiting", "waiting", "comment", missed=True), role="channel", actor="channel:SMS")


def told_events() -> Iterator[Event]:
    """One event of every kind that a reporter is told of."""
    yield from (an_event(status, "referred" if status != "referred" else "waiting") for status in STATUSES)
    yield from (a_ring(rung) for rung in ORDER if for_reporter(a_ring(rung)))
    yield reply()
    yield missed()
    for action in HANDED_ON:
        yield handed_on(action)


HANDED_ON = ("transfer", "recategorise", "take_over")


def handed_on(action: str) -> Event:
    """The case went to another unit, and its status stayed."""
    return replace(an_event("waiting", "waiting", action), facts={"from": "DSDA", "unit": DBM})


EVENTS = list(told_events())
NAMED = [f"{event.status}-{event.facts.get('rung', event.action)}" for event in EVENTS]


def case_of(event: Event, **differences: Any) -> Complaint:
    """The case as it stands after the event, as far as the builders know its clocks."""
    return a_complaint(event.status, DBM, **differences)


def outcomes() -> list[dict[str, str] | None]:
    return [None, *({"code": code, **(UNTIL if code == "planned" else {})} for code in OUTCOMES)]


def an_sms(event: Event, case: Complaint, language: str, site: str, outcome: Any = None) -> str:
    return letters(site).sms(event, case, replace(BUDI, language=language, secret=REAL), outcome)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EVENTS, ids=NAMED)
def test_an_sms_fits_into_one_message_whatever_the_case_is_called(event: Event, language: str) -> None:
    said = outcomes() if tells_outcome(event) else [None]

    for outcome, category in product(said, CITY.categories):
        case = case_of(event, category=category)
        text = an_sms(event, case, language, LONGEST_SITE, outcome)

        assert gsm_length(text) <= 160
        assert text.startswith("Tanggap DKI: ")
        assert text.endswith(f"#{NUMBER}~{answer_token(REAL) if asks(event) else REAL}")
        assert WORDS not in text


@pytest.mark.parametrize(("language", "page"), [("id", "/jawab"), ("en", "/en/jawab")])
def test_a_question_leads_to_its_answer_by_a_link_of_its_own(language: str, page: str) -> None:
    contact, event = replace(SITI, language=language), an_event("needs_info", "assigned", "ask")

    letter = letters().letter(event, a_complaint(), contact, None)

    link = f"{SITE}{page}#{NUMBER}~{answer_token(SECRET)}"
    assert f'href="{link}"' in letter.html
    assert link in letter.text
    assert SECRET not in link


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EVENTS, ids=NAMED)
def test_an_sms_names_the_matter_and_the_next_date(event: Event, language: str) -> None:
    words = messages.words(language)
    is_due = "due" in words["said"][kind_of(event)]["sms"]

    for category, outcome in product(OPEN_CATEGORIES, outcomes() if tells_outcome(event) else [None]):
        case = case_of(event, category=category)
        text = an_sms(event, case, language, PRODUCTION, outcome)

        assert any(name in text for name in Names(case, words, CITY).matters()), text
        assert bool(DATE.search(text)) == (is_due and has_date(event, case)), text


def kind_of(event: Event) -> str:
    message = for_reporter(event)
    assert message
    return message.event


def has_date(event: Event, case: Complaint) -> bool:
    """Whether a date is ahead."""
    return next_step_after(event, case, CITY.categories[case.category]).form == "due"


def test_an_sms_of_a_fresh_report_reads_as_a_sentence() -> None:
    event, contact = an_event("waiting", None, "lodge", at=NOW), replace(BUDI, secret=REAL[:22])

    assert letters(PRODUCTION).sms(event, a_complaint(category="SAMPAH"), contact, None) == (
        f"Tanggap DKI: Sampah menumpuk, Gambir: diterima, ditanggapi s.d. 2 Mar 14.00. "
        f"{PRODUCTION}/lacak#{NUMBER}~{REAL[:22]}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", DELICATE)
@pytest.mark.parametrize("event", EVENTS, ids=NAMED)
def test_a_message_of_a_delicate_case_names_neither_matter_nor_place_nor_unit(
    event: Event, category: str, language: str
) -> None:
    case = case_of(event, category=category)
    contact = replace(SITI, language=language)

    letter = letters().letter(event, case, contact, {"code": "cannot", "reason_code": "no_budget"})
    texts = (letter.subject, letter.text, letter.html, letters().sms(event, case, contact, None))

    found = CITY.categories[category]
    units = {CITY.units[code].name for code in (DBM, KEL_GAMBIR, "BIRO_PEM", "INSPEKTORAT", "SEKDA")}
    kept_back = {"Gambir", found.name_id, found.name_en, WORDS, *(words.id for words in REASON.values()), *units}
    assert [secret for secret, text in product(kept_back, texts) if secret in text] == []


@pytest.mark.parametrize("status", ["awaiting_validation", "resolved"])
def test_every_message_of_a_proof_says_its_outcome(status: str) -> None:
    event, said = an_event(status, "in_progress"), {"code": "planned", **UNTIL}

    assert "rencana 31-12-26" in letters().sms(event, a_complaint(), BUDI, said)
    assert "31 Desember 2026 pukul 17.00 WIB" in letters().letter(event, a_complaint(), SITI, said).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_letter_carries_official_word_number_and_owner_link(status: str, language: str) -> None:
    contact = replace(SITI, language=language)
    letter = letters().letter(an_event(status, None), a_complaint(), contact, None)

    path = "/lacak" if language == "id" else "/en/lacak"
    link = f"{SITE}{path}#{NUMBER}~{SECRET}"
    for text in (letter.text, letter.html):
        assert STATUS[status].official in text
        assert NUMBER in text
        assert link in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EVENTS, ids=NAMED)
def test_a_subject_says_the_matter_first_and_no_official_word(event: Event, language: str) -> None:
    case = case_of(event, category="SAMPAH")
    words = messages.words(language)

    subject = letters().letter(event, case, replace(SITI, language=language), None).subject

    assert not subject.startswith(NUMBER)
    assert subject.endswith(f"({NUMBER})")
    assert Names(case, words, CITY).matter() in subject
    assert len(subject) <= 120


def test_the_subject_of_a_result_asks_and_says_until_when() -> None:
    letter = letters().letter(an_event("resolved", "awaiting_validation"), case_of(an_event("resolved")), SITI, None)

    assert letter.subject == (
        f"Apakah sudah selesai? {CITY.categories[POTHOLE].name_id}, Gambir, jawab sebelum 5 Mar 09.00 ({NUMBER})"
    )


@pytest.mark.parametrize("status", STATUSES)
def test_a_letter_leads_straight_to_each_answer_that_is_asked_for(status: str) -> None:
    letter = letters().letter(an_event(status, None), a_complaint(), SITI, None)

    asked = [action for action in questions_in(status) if action != "answer"]  # which has a link of its own
    answers = [f"{SITE}/lacak?act={action}#{NUMBER}~{SECRET}" for action in asked]
    assert re.findall(r"https?://\S+\?act=\S+", letter.text) == answers
    assert re.findall(r'href="([^"]+\?act=[^"]+)"', letter.html) == answers


def test_a_letter_says_who_acted_what_is_next_and_until_when() -> None:
    event = an_event(words="")

    text = letters().letter(event, case_of(event), SITI, None).text

    assert "Kelurahan Gambir meneruskan laporan Anda kepada Dinas Bina Marga" in text
    assert "Selanjutnya: Dinas Bina Marga menugaskan petugasnya; masalahnya harus selesai paling lambat" in text
    assert "Kamis, 5 Maret pukul 08.00 WIB" in text


def test_a_late_letter_says_that_the_time_has_passed() -> None:
    event = an_event("in_progress", "assigned", "start", at=NOW + timedelta(days=30))

    text = letters().letter(event, case_of(event), SITI, None).text

    assert "sudah lewat" in text


def test_the_action_says_more_than_the_status_where_it_has_words_of_its_own() -> None:
    lapsed = letters().letter(an_event("closed", "resolved", "lapse"), a_complaint("closed"), SITI, None)
    confirmed = letters().letter(an_event("closed", "resolved", "confirm"), a_complaint("closed"), SITI, None)

    assert "Masa konfirmasi berakhir" in lapsed.text
    assert "Masa konfirmasi berakhir" not in confirmed.text


def test_a_letter_names_category_and_kelurahan_in_the_readers_language() -> None:
    texts = [letters().letter(an_event(), a_complaint(), replace(SITI, language=x), None).text for x in LANGUAGES]

    assert "Jalan" in texts[0]
    assert all("Kelurahan Gambir" in text for text in texts)
    assert "Pothole" in texts[1] or "pothole" in texts[1]


def indonesian_words() -> set[str]:
    """What an English letter has no business with: our own Indonesian sentences, word by word."""
    own = " ".join(_texts({**messages.words("id"), "signature": "", "months": (), "short_months": ()}))
    english = set(re.findall(r"[a-z]{4,}", " ".join(_texts(messages.words("en"))).lower()))
    return set(re.findall(r"[a-z]{4,}", own.lower())) - english


def _texts(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    else:
        for inner in words.values() if isinstance(words, dict) else words:
            yield from _texts(inner)


@pytest.mark.parametrize("event", EVENTS, ids=NAMED)
def test_an_english_message_is_wholly_english_but_for_names_and_the_official_word(event: Event) -> None:
    quiet = replace(event, words={})
    case = case_of(quiet)
    english = replace(SITI, language="en")

    letter = letters().letter(quiet, case, english, {"code": "solved"})
    text = " ".join((letter.subject, letter.text, letters().sms(quiet, case, english, {"code": "solved"})))

    names = [unit.name for unit in CITY.units.values() if unit.name in text] + [STATUS[quiet.status].official]
    for name in ["lacak", *sorted(names, key=len, reverse=True)]:
        text = text.replace(name, "")
    assert indonesian_words() & set(re.findall(r"[a-z]{4,}", text.lower())) == set()


def test_a_letter_without_a_place_still_names_the_matter() -> None:
    unplaced = replace(a_complaint(), area=None, place=None)

    letter = letters().letter(an_event(), unplaced, SITI, None)

    assert "Jalan" in letter.subject
    assert "Gambir" not in letter.subject + Names(unplaced, messages.words("id"), CITY).about()


# Whose words leave


def letter_about(event: Event, case: Complaint | None = None) -> str:
    letter = letters().letter(event, case or case_of(event), SITI, None)
    return letter.text + html.unescape(letter.html)


def test_an_officers_words_stand_in_the_letter() -> None:
    assert letter_about(reply()).count(f"Pesan petugas: “{WORDS}”") == 2


def test_the_reason_of_a_rejection_stands_in_the_letter() -> None:
    event = an_event("rejected", "waiting", "reject", reason_code="outside_jakarta")

    assert letter_about(event).count("Alasan: Di luar wilayah Jakarta.") == 2


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(replace(reply(), role="reporter"), id="the reporter's own"),
        pytest.param(replace(reply(), role="agency"), id="an agency's outside"),
        pytest.param(an_event("reopened", "resolved", "object") and replace(
            an_event("reopened", "resolved", "object"), role="reporter"), id="an objection"),
        pytest.param(an_event("rework", "awaiting_validation", "refuse", internal=True), id="among officers"),
        pytest.param(an_event("rework", "awaiting_validation", "refuse", withheld=["telephone"]), id="somebody named"),
    ],
)  # fmt: skip
def test_other_words_do_not(event: Event) -> None:
    assert WORDS not in letter_about(event)


@pytest.mark.parametrize(
    "shielded",
    [{"visibility": "private"}, {"hidden": True}, *({"category": category} for category in DELICATE)],
    ids=str,
)
def test_no_words_and_no_reason_leave_about_a_shielded_case(shielded: dict[str, Any]) -> None:
    event = an_event("rejected", "waiting", "reject", reason_code="outside_jakarta")

    text = letter_about(event, case_of(event, **shielded))

    assert WORDS not in text
    assert "Di luar wilayah" not in text
    assert "di halaman laporan Anda" in text


@pytest.mark.parametrize("words", [*LINKS[:40], *(row.text for row in FIRST[:60])], ids=ascii)
def test_an_officers_words_that_lead_elsewhere_or_name_somebody_are_left_to_the_page(words: str) -> None:
    text = letter_about(an_event("in_progress", "in_progress", "comment", words=f"Silakan hubungi {words} ya"))

    assert "Silakan hubungi" not in text
    assert "di halaman laporan Anda" in text


def test_an_officers_words_are_text_in_html() -> None:
    letter = letters().letter(
        an_event("in_progress", "in_progress", "comment", words="<b>a</b>\nb"), a_complaint(), SITI, None
    )

    assert "&lt;b&gt;a&lt;/b&gt;<br>b" in letter.html


def greeting(name: str, language: str) -> list[str]:
    """The first words of a letter, in text and in HTML."""
    letter = letters().letter(an_event(), a_complaint(), replace(SITI, name=name, language=language), None)
    first = re.search(r'<p style="margin:0 0 14px">(.*?)</p>', letter.html)
    assert first
    return [letter.text.splitlines()[0], html.unescape(first[1])]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_stranger_s_words_stand_in_the_city_s_letter(name: str) -> None:
    assert greeting(name, "id") == ["Yth. Pelapor,"] * 2
    assert greeting(name, "en") == ["Dear Sir or Madam,"] * 2


@pytest.mark.parametrize("name", TRUE)
def test_a_name_is_greeted(name: str) -> None:
    assert greeting(name, "id") == [f"Yth. {' '.join(name.split())},"] * 2
    assert greeting(name, "en") == [f"Dear {' '.join(name.split())},"] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_without_a_name_is_greeted_politely(language: str) -> None:
    contact = Contact(None, None, "x@example.id", language, SECRET)

    letter = letters().letter(an_event(), a_complaint(), contact, None)

    assert messages.words(language)["stranger"] in letter.text.splitlines()[0]


def test_both_languages_have_the_same_words() -> None:
    def shape(words: object) -> object:
        return {key: shape(value) for key, value in words.items()} if isinstance(words, dict) else type(words)

    assert shape(messages.words("id")) == shape(messages.words("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_every_next_step_has_its_words(language: str) -> None:
    words = messages.words(language)
    needed = {status: {"open", *(("due", "late") if step.clocks else ())} for status, step in STEPS.items()}
    kinds = set(map(kind_of, EVENTS))

    steps = {name.removesuffix("_own"): set(forms) for name, forms in words["steps"].items()}
    assert steps == {**needed, PLACE: {"open", "due", "late"}}
    assert set(words["said"]) >= kinds >= set(STATUSES)
    assert set(words["said"]) - kinds | set(words["said_by_action"]) <= set(ROWS)
    assert set(words["outcomes"]) == set(OUTCOMES)


def test_the_link_opens_the_case_by_its_fragment_alone() -> None:
    before, fragment = letters().link(NUMBER, SITI).split("#")

    assert SECRET not in before
    assert NUMBER not in before
    assert fragment == f"{NUMBER}~{SECRET}"
