"""A question goes out by a message, and its link takes one answer: from who asks to the case that runs on."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, fits
from tests.city import OFFICER, Case, City, a_picture, an_email, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
LINK = re.compile(r"(?:/en)?/jawab/?#\S+")
ASKED = "Di depan nomor berapa? <b>Nomor 10 & 12</b> tidak ada."


def question(city: City, text: str = ASKED, language: str = "id") -> tuple[Case, str]:
    """A case whose officer asks, and the link of the letter that came."""
    case = city.lodge(contact={"email": (address := an_email()), "language": language}).drive("in_progress")
    case.act("ask", OFFICER, text=text)
    texts = eventually(lambda: _links(city, address), what="the letter with the question")
    return case, texts[-1]


def _links(city: City, address: str) -> list[str]:
    return [found[0] for letter in city.mailbox(to=address) if (found := LINK.search(letter["text"]))]


def test_a_question_is_answered_by_the_link_of_its_letter(
    city: City, open_page: OpenPage, audit: Audit, tmp_path: Path
) -> None:
    case, link = question(city)
    picture = tmp_path / "depan.jpg"
    picture.write_bytes(a_picture())
    page = open_page()

    page.goto(link)
    expect(page.locator("blockquote")).to_have_text(ASKED)
    expect(page.locator("#due")).to_contain_text("paling lambat")
    assert page.url.endswith(f"/jawab#{case.number}") or page.url.endswith(f"/jawab/#{case.number}")
    assert (audit(page), fits(page)) == ([], True)
    page.get_by_role("textbox", name="Jawaban Anda").fill("Di depan nomor 14.")
    page.locator("#photos-file").set_input_files(picture)
    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_role("heading", name="Jawaban terkirim")).to_be_focused()
    assert (audit(page), fits(page)) == ([], True)
    seen = case.staff(OFFICER)
    assert seen["status"] == "in_progress"
    assert "Di depan nomor 14." in str(seen["timeline"])
    assert len(seen["photos"]) == 1


def test_a_link_that_was_used_says_so_and_leads_to_the_report(city: City, open_page: OpenPage, audit: Audit) -> None:
    case, link = question(city)
    case.say("answer", text="Nomor 14")
    page = open_page()

    page.goto(link)

    expect(page.get_by_role("alert")).to_contain_text("sudah dijawab, atau waktunya sudah berakhir")
    assert (audit(page), fits(page)) == ([], True)
    page.get_by_role("link", name="Lihat laporan").click()
    expect(page.locator(".case")).to_contain_text(case.number)


def test_what_was_written_survives_a_reload_and_an_answer_that_came_first(city: City, open_page: OpenPage) -> None:
    case, link = question(city)
    page = open_page()
    page.goto(link)
    page.get_by_role("textbox", name="Jawaban Anda").fill("Di depan nomor 14.")

    page.reload()

    expect(page.get_by_role("textbox", name="Jawaban Anda")).to_have_value("Di depan nomor 14.")
    case.say("answer", text="Nomor 14")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah dijawab")
    expect(page.get_by_text("Di depan nomor 14.")).to_be_visible()


def test_an_answer_goes_through_although_the_case_changed_meanwhile(city: City, open_page: OpenPage) -> None:
    case, link = question(city)
    page = open_page()
    page.goto(link)
    page.get_by_role("textbox", name="Jawaban Anda").fill("Di depan nomor 14.")
    case.say("comment", text="Saya sedang di lokasi.")

    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_role("heading", name="Jawaban terkirim")).to_be_visible()


def test_an_empty_answer_is_asked_for_at_its_field(city: City, open_page: OpenPage) -> None:
    _, link = question(city)
    page = open_page()
    page.goto(link)

    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.locator("#text-error")).to_have_text("Tulis jawabannya.")
    expect(page.get_by_role("textbox", name="Jawaban Anda")).to_be_focused()


BROKEN = {
    "another token": lambda link, number: f"/jawab#{number}~AAAAAAAAAAAAAAAAAAAAAAAA",
    "no token": lambda link, number: f"/jawab#{number}",
    "a cut token": lambda link, number: link[:-6],
    "no number": lambda link, number: "/jawab",
    "a mangled number": lambda link, number: "/jawab#JKT-7K~abc",
    "another number": lambda link, number: "/jawab#JKT-0000-0000-0~AAAAAAAAAAAAAAAAAAAAAAAA",
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_link_that_is_wrong_says_what_to_do(
    city: City, open_page: OpenPage, audit: Audit, kind: str, language: str, broken_from: tuple[str, str]
) -> None:
    number, link = broken_from
    page = open_page()

    page.goto(language + BROKEN[kind](link, number))

    says = "Open the link" if language else "Buka lagi tautan"
    expect(page.locator("#app")).to_contain_text(says)
    expect(page.locator("#app a.button.main")).to_be_visible()
    assert (audit(page), fits(page)) == ([], True)


@pytest.fixture(scope="module")
def broken_from(city: City) -> tuple[str, str]:
    case, link = question(city)
    return case.number, link


def test_the_owner_reads_the_question_on_the_tracking_page_and_answers_it(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    case, _ = question(city)
    page = open_page()

    page.goto(f"/lacak#{case.number}~{case.secret}")

    expect(page.locator(".asks blockquote")).to_have_text(ASKED)
    assert (audit(page), fits(page)) == ([], True)
    page.locator("#act-answer").click()
    page.get_by_role("textbox", name="Jawaban Anda").fill("Di depan nomor 14.")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator(".asks")).to_have_count(0)
    assert case.view()["status"] == "in_progress"
