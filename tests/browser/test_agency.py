"""An agency outside the city: from the officer who copies its link to its word in the history; and what a link says
that opens nothing any more."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage, fits
from tests.browser.test_console import sign_in
from tests.city import COORDINATOR, LURAH, Case, City, a_picture

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
TOLD = "Tiang <b>miring</b> & berbahaya, mohon ditegakkan."
SAID = "Tiang sudah kami tegakkan pagi ini."


def referred(city: City, **draft: str) -> tuple[Case, str]:
    """A case that its kelurahan has referred to PLN, and the path of the agency's link."""
    case = city.lodge(**draft)
    return case, refer(city, case)


def refer(city: City, case: Case) -> str:
    until = datetime.fromisoformat(city.local()["now"]) + timedelta(days=5)
    named = {"outside_unit": "PLN", "outside_number": "G-1203", "until": until.isoformat()}
    link: str = case.act("refer", LURAH, text=TOLD, **named)["agency_link"]
    return link[link.index("/instansi") :]


def test_the_officer_copies_the_link_on_the_cases_page(city: City, open_page: OpenPage, audit: Audit) -> None:
    case, link = referred(city)
    page = open_page(DESK)

    sign_in(page, LURAH, case.number)

    address = page.get_by_role("textbox", name="Alamat tautan")
    expect(address).to_have_value(re.compile(re.escape(link) + "$"))
    expect(page.locator("#agency-link")).to_contain_text("PLN")
    assert (audit(page), fits(page)) == ([], True)


def test_an_agency_reads_the_case_writes_and_sends_a_photo_by_its_link(
    city: City, open_page: OpenPage, audit: Audit, tmp_path: Path
) -> None:
    case, link = referred(city)
    picture = tmp_path / "tiang.jpg"
    picture.write_bytes(a_picture())
    page = open_page()

    page.goto(link)
    expect(page.locator("blockquote")).to_have_text(TOLD)
    expect(page.locator("#app")).to_contain_text("G-1203")
    expect(page.locator(".description")).to_contain_text("Jalan berlubang")
    assert "~" not in page.url
    assert (audit(page), fits(page)) == ([], True)
    page.get_by_role("textbox", name="Keterangan untuk petugas dan pelapor").fill(SAID)
    page.locator("#photos-file").set_input_files(picture)
    page.get_by_role("button", name="Kirim keterangan").click()

    expect(page.locator("#sent")).to_be_focused()
    expect(page.locator(".timeline li").last).to_contain_text("PLN")
    expect(page.locator(".timeline li").last).to_contain_text(SAID)
    expect(page.get_by_role("textbox", name="Keterangan untuk petugas dan pelapor")).to_have_value("")
    assert (audit(page), fits(page)) == ([], True)
    assert [photo["kind"] for photo in case.staff(LURAH)["photos"]] == ["after"]


def test_an_agency_writes_twice_and_each_word_stands_once(city: City, open_page: OpenPage) -> None:
    case, link = referred(city)
    page = open_page()
    page.goto(link)
    field = page.get_by_role("textbox", name="Keterangan untuk petugas dan pelapor")

    for text in ("Dijadwalkan besok", "Sudah selesai"):
        field.fill(text)
        page.get_by_role("button", name="Kirim keterangan").click()
        expect(page.locator(".timeline")).to_contain_text(text)

    said = [line["text"] for line in case.staff(LURAH)["timeline"] if line["by"]["role"] == "agency"]
    assert said == ["Dijadwalkan besok", "Sudah selesai"]


def test_officers_and_reporter_read_the_agencys_word_under_its_name(city: City, open_page: OpenPage) -> None:
    case, _ = referred(city)
    token = case.staff(LURAH)["agency_link"].partition("~")[2]
    case.attempt("comment", secret=token, text=SAID).raise_for_status()

    officers, reporters = open_page(DESK), open_page()
    sign_in(officers, LURAH, case.number)
    reporters.goto(f"/lacak#{case.number}~{case.secret}")

    for page in (officers, reporters):
        expect(page.locator(".timeline li", has_text=SAID)).to_contain_text("PLN")


def test_what_was_written_survives_a_reload_and_a_referral_that_was_recalled(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    case, link = referred(city)
    page = open_page()
    page.goto(link)
    page.get_by_role("textbox", name="Keterangan untuk petugas dan pelapor").fill(SAID)

    page.reload()

    field = page.get_by_role("textbox", name="Keterangan untuk petugas dan pelapor")
    expect(field).to_have_value(SAID)
    case.act("recall", COORDINATOR, text="Ditangani sendiri")
    page.get_by_role("button", name="Kirim keterangan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tautan ini tidak berlaku")
    expect(page.get_by_text(SAID)).to_be_visible()
    assert (audit(page), fits(page)) == ([], True)


BROKEN = {
    "another token": lambda link, case: f"/instansi#{case.number}~AAAAAAAAAAAAAAAAAAAAAAAA",
    "no token": lambda link, case: f"/instansi#{case.number}",
    "a cut token": lambda link, case: link[:-6],
    "no number": lambda link, case: "/instansi",
    "a mangled number": lambda link, case: "/instansi#JKT-7K~abc",
    "another number": lambda link, case: "/instansi#JKT-0000-0000-0~AAAAAAAAAAAAAAAAAAAAAAAA",
    "the reporter's own secret": lambda link, case: f"/instansi#{case.number}~{case.secret}",
}


@pytest.fixture(scope="module")
def broken_from(city: City) -> tuple[Case, str]:
    return referred(city)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_link_that_is_wrong_says_what_to_do(
    city: City, open_page: OpenPage, audit: Audit, kind: str, broken_from: tuple[Case, str]
) -> None:
    case, link = broken_from
    page = open_page()

    page.goto(BROKEN[kind](link, case))

    expect(page.locator("#app")).to_contain_text("Buka lagi tautan")
    expect(page.locator("#app a.button.main")).to_be_visible()
    assert (audit(page), fits(page)) == ([], True)


def test_of_a_private_report_the_page_shows_the_referral_alone(city: City, open_page: OpenPage, audit: Audit) -> None:
    case, link = referred(city, visibility="private")
    page = open_page()

    page.goto(link)

    expect(page.locator("blockquote")).to_have_text(TOLD)
    expect(page.locator(".description")).to_contain_text("tidak ditampilkan")
    expect(page.locator("#app")).not_to_contain_text(case.draft["description"])
    assert (audit(page), fits(page)) == ([], True)
