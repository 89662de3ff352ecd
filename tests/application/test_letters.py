"""What a citizen reads: the official word, number and link; no words of anybody, and in an SMS nothing else."""

import html
import re
from dataclasses import replace
from itertools import product

import pytest

from chalicelib.application.ports.cases import Contact
from chalicelib.data import messages
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.links import answer_token
from chalicelib.domain.labels import STATUS
from chalicelib.domain.reasons import OUTCOMES
from tests.builders import NOW, NUMBER, VIOLENCE, a_complaint
from tests.corpora.names import HOSTILE, TRUE
from tests.flow import BUDI, SECRET, SITE, SITI, letters

# GSM 03.38: one sign each; those of the second row take two.
BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€\f")
UNTIL = {"until": "2026-12-31T10:00:00+00:00"}
LONGEST_SITE = "https://" + "x" * 22  # 30 signs
LANGUAGES = ("id", "en")
WORDS = "Lubang besar di depan rumah Bu Siti"


def gsm_length(text: str) -> int:
    strange = set(text) - BASIC - EXTENDED
    assert not strange, f"not in the alphabet of SMS: {strange}"
    return len(text) + sum(sign in EXTENDED for sign in text)


def an_event(status: str = "coordinated", before: str | None = "waiting", action: str = "coordinate") -> Event:
    return Event(
        NUMBER, 2, 2, NOW, action, status, before, "opd_officer", "somebody", "DBM", "DBM", {}, {"text": WORDS}
    )


def outcomes() -> list[dict[str, str] | None]:
    return [None, *({"code": code, **(UNTIL if code == "planned" else {})} for code in OUTCOMES)]


def reply() -> Event:
    return an_event("coordinated", "coordinated", "comment")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [*STATUSES, "reply"])
def test_an_sms_fits_into_one_message_at_any_site(status: str, language: str) -> None:
    contact = replace(BUDI, language=language)
    event = reply() if status == "reply" else an_event(status, "referred" if status != "referred" else "waiting")

    for site, outcome in product((SITE, LONGEST_SITE), outcomes()):
        text = letters(site).sms(event, contact, outcome)
        assert gsm_length(text) <= 160
        assert text.endswith(f"#{NUMBER}~{answer_token(SECRET) if status == 'needs_info' else SECRET}")
        assert text.startswith(f"{NUMBER}: ")


@pytest.mark.parametrize(("language", "page"), [("id", "/jawab/"), ("en", "/en/jawab/")])
def test_a_question_leads_to_its_answer_by_a_link_of_its_own(language: str, page: str) -> None:
    contact, event = replace(SITI, language=language), an_event("needs_info", "assigned", "ask")

    letter = letters().letter(event, a_complaint(), contact, None)

    link = f"{SITE}{page}#{NUMBER}~{answer_token(SECRET)}"
    assert f'href="{link}"' in letter.html
    assert link in letter.text
    assert SECRET not in link


def test_an_sms_says_number_official_word_and_link_and_nothing_else() -> None:
    assert letters().sms(an_event(), BUDI, None) == (
        f"{NUMBER}: Koordinasi. https://tanggap.example/lacak/#{NUMBER}~{SECRET}"
    )


@pytest.mark.parametrize("status", ["awaiting_validation", "resolved"])
def test_every_message_of_a_proof_says_its_outcome(status: str) -> None:
    event, said = an_event(status, "in_progress"), {"code": "planned", **UNTIL}

    assert "rencana 31-12-2026" in letters().sms(event, BUDI, said)
    assert "31 Desember 2026 pukul 17.00 WIB" in letters().letter(event, a_complaint(), SITI, said).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_letter_carries_official_word_number_and_owner_link(status: str, language: str) -> None:
    contact = replace(SITI, language=language)
    letter = letters().letter(an_event(status, None), a_complaint(), contact, None)

    path = "/lacak/" if language == "id" else "/en/lacak/"
    link = f"{SITE}{path}#{NUMBER}~{SECRET}"
    for text in (letter.text, letter.html):
        assert STATUS[status].official in text
        assert NUMBER in text
        assert link in text
    assert letter.subject.startswith(f"{NUMBER}: {STATUS[status].official}")


def test_a_letter_names_category_and_kelurahan_in_the_readers_language() -> None:
    texts = [letters().letter(an_event(), a_complaint(), replace(SITI, language=x), None).text for x in LANGUAGES]

    assert "Jalan" in texts[0]
    assert all("Kelurahan Gambir" in text for text in texts)
    assert "Pothole" in texts[1] or "pothole" in texts[1]


def test_a_letter_of_a_sensitive_case_names_neither() -> None:
    letter = letters().letter(an_event(), a_complaint(category=VIOLENCE), SITI, None)

    for text in (letter.subject, letter.text, letter.html):
        assert "Gambir" not in text
        assert "erasan" not in text


def test_a_letter_without_a_place_still_names_the_matter() -> None:
    unplaced = replace(a_complaint(), area=None, place=None)

    text = letters().letter(an_event(), unplaced, SITI, None).text

    assert "Jalan" in text
    assert "Kelurahan" not in text


def test_no_words_of_anybody_leave_in_a_message() -> None:
    letter = letters().letter(an_event(), a_complaint(), SITI, None)

    assert WORDS not in letter.text + letter.html + letters().sms(an_event(), BUDI, None)


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
    assert set(messages.words("id")["statuses"]) == set(STATUSES)
    assert set(messages.words("id")["outcomes"]) == set(OUTCOMES)


def test_the_link_opens_the_case_by_its_fragment_alone() -> None:
    before, fragment = letters().link(NUMBER, SITI).split("#")

    assert SECRET not in before
    assert NUMBER not in before
    assert fragment == f"{NUMBER}~{SECRET}"
