"""Who writes sees what others will not; and what people wrote turns nothing on a page around it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, OpenPage, fits
from tests.browser.test_console import begin, sign_in
from tests.city import DESK as DESK_OFFICER
from tests.city import LURAH, City

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
TELEPHONE = "0812 - 3456 - 7890"
TURNED = "\u202egnabul\u202c \u2067di jalan\u2069"


def shows_also(page: Page, number: str, **more: Any) -> None:
    """The city's answer about a report, with what it does not say yet."""

    def answer(route: Route) -> None:
        fetched = route.fetch()
        route.fulfill(response=fetched, json={**fetched.json(), **more})

    page.route(f"**/api/complaints/{number}", answer)


def test_the_form_names_what_others_will_not_see_and_goes_on(open_page: OpenPage, audit: Audit) -> None:
    page = open_page()
    page.goto("/lapor#masalah")
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()

    page.get_by_label("Ceritakan masalahnya").fill(f"Lubang besar, hubungi saya {TELEPHONE}, mobil B 1234 XYZ")

    hint = page.locator(".personal")
    expect(hint).to_contain_text(f"Terlihat seperti nomor telepon: {TELEPHONE}")
    expect(hint).to_contain_text("Terlihat seperti pelat nomor: B 1234 XYZ")
    expect(hint).to_contain_text("Umum tidak akan melihat uraian ini")
    assert audit(page) == []
    assert fits(page)
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ke mana kami mengabari Anda?")


def test_the_form_says_nothing_of_house_numbers_and_dates(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#masalah")
    box, hint = page.get_by_label("Ceritakan masalahnya"), page.locator(".personal")

    box.fill("Hubungi 0812 3456 7890")
    expect(hint).to_contain_text("nomor telepon")
    box.fill("Jl. Sabang No. 12 RT 03 RW 05, sejak 02-03-2026 pukul 08.30, Gang B 200 m")

    expect(hint).to_have_text("")


def test_the_form_in_english_says_it_in_english(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/en/lapor#masalah")

    page.locator("#description").fill("call me at siti at contoh dot id")

    expect(page.locator(".personal")).to_contain_text("This looks like an e-mail address: siti at contoh dot id")


def test_a_landmark_is_looked_at_too(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#lokasi")

    page.get_by_label("Patokan").fill(f"rumah Bu Siti {TELEPHONE}")

    expect(page.locator(".personal")).to_contain_text("Patokan hanya dibaca petugas")


def test_the_desk_sees_it_while_it_types(open_page: OpenPage, audit: Audit) -> None:
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, "new")

    page.get_by_label("Cerita warga").fill("Warga bernomor NIK 3171 - 0101 - 0190 - 0001 mengeluh")

    expect(page.locator(".personal").first).to_contain_text("Terlihat seperti NIK: 3171 - 0101 - 0190 - 0001")
    assert audit(page) == []


def test_an_officer_reads_that_the_public_will_not_see_the_note(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page(DESK)
    sign_in(page, LURAH, case.number)

    begin(page, "comment").get_by_label("Catatan").fill("Silakan hubungi 021 - 384 - 2222")

    expect(page.get_by_role("dialog").locator(".personal")).to_contain_text("Umum tidak akan melihat catatan ini")


def test_reporters_see_their_own_words_and_why_others_do_not(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge(description=f"Lubang besar, hubungi saya {TELEPHONE}")
    page = open_page()
    shows_also(page, case.number, description_withheld=True)

    page.goto(f"/lacak#{case.number}~{case.secret}")

    card = page.locator("section", has=page.get_by_role("heading", name="Uraian"))
    expect(card).to_contain_text(f"hubungi saya {TELEPHONE}")
    expect(card).to_contain_text("Umum tidak melihat uraian ini")
    expect(card).to_contain_text(f"nomor telepon: {TELEPHONE}")
    assert audit(page) == []


def test_a_reporter_s_comment_is_looked_at_while_it_is_written(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")

    page.get_by_role("button", name="Tambah keterangan").click()
    page.get_by_label("Keterangan").fill(f"Nomor saya {TELEPHONE}")

    expect(page.locator(".personal")).to_contain_text("Keterangan ini hanya dibaca petugas")


@pytest.mark.parametrize("who", ["everybody", "an officer"])
def test_words_that_turn_the_direction_turn_nothing_around_them(city: City, open_page: OpenPage, who: str) -> None:
    case = city.lodge(description=TURNED)
    page = open_page(DESK)

    if who == "everybody":
        page.goto(f"/lacak#{case.number}")
        words = page.locator(".said-by bdi")
    else:
        sign_in(page, LURAH, case.number)
        words = page.locator(".description bdi")

    expect(words).to_have_text("gnabul di jalan")
    assert words.evaluate("node => node.textContent") == "gnabul di jalan"
    assert words.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"
