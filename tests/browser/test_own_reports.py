"""Somebody asks for all their reports, opens the link that comes to their own address, joins another address of theirs,
and has everything forgotten."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.city import Case, City, a_phone, an_email, eventually

pytestmark = pytest.mark.browser
LINK = re.compile(r"/laporan-saya#([\w-]{32})")
SENT = "Bila alamat itu pernah dipakai melapor"


def asks(page: Page, address: str) -> None:
    page.goto("/laporan-saya")
    page.get_by_label("Alamat email atau nomor HP").fill(address)
    page.get_by_role("button", name="Kirim tautan").click()
    expect(page.locator("#app").get_by_text(SENT)).to_be_visible()


def link_for(city: City, address: str) -> str:
    """What the latest link to it holds; the sweeper hands it on within five minutes."""
    city.advance("PT6M")
    found = eventually(lambda: [m for m in city.mailbox(to=address) if m["event"] == "own_reports"], what="the link")
    return LINK.findall(found[0]["text"])[0]


def told(city: City, case: Case, address: str) -> Case:
    eventually(lambda: city.mailbox(to=address), what="the receipt")
    return case


def test_all_reports_of_an_address_are_opened_joined_and_forgotten(city: City, open_page: OpenPage) -> None:
    mail, phone, page = an_email(), a_phone(), open_page()
    first, second = (told(city, city.lodge(contact={"email": mail}), mail) for _ in range(2))
    third = told(city, city.lodge(contact={"phone": phone}), phone)
    asks(page, mail.upper().replace("EXAMPLE.COM", "example.com"))
    token = link_for(city, mail)

    page.goto(f"/laporan-saya#{token}")

    own = page.locator("li.own")
    expect(own).to_have_count(2)
    assert token not in page.url
    asks(open_page(), phone.replace("+62", "0"))
    page.get_by_text("Gabungkan alamat lain").click()
    page.get_by_label("Tautan dari pesan yang lain").fill(
        f"https://tanggap.example/laporan-saya#{link_for(city, phone)}"
    )
    page.get_by_role("button", name="Gabungkan").click()
    expect(own).to_have_count(3)

    for case in (first, second, third):
        expect(own.filter(has_text=case.number)).to_have_count(1)
    page.get_by_role("button", name="Hapus data saya dari semuanya").click()
    page.get_by_role("button", name="Ya, hapus sekarang").click()

    expect(page.get_by_text("Tidak ada laporan dengan alamat ini.")).to_be_visible()
    assert all(case.public()["erased_at"] for case in (first, second, third))


def test_a_report_opens_from_the_list_as_its_reporters_and_its_own_secret_stays(
    city: City, open_page: OpenPage
) -> None:
    mail, page = an_email(), open_page()
    case = told(city, city.lodge(contact={"email": mail}), mail)
    page.goto(f"/lacak#{case.number}~{case.secret}")
    expect(page.locator("#act-comment")).to_be_visible()
    asks(page, mail)

    page.goto(f"/laporan-saya#{link_for(city, mail)}")
    page.locator("li.own a").click()

    expect(page.get_by_text(case.number).first).to_be_visible()
    expect(page.locator("#act-comment")).to_be_visible()
    page.goto("/lacak")
    page.goto(f"/lacak#{case.number}")
    expect(page.locator("#act-comment")).to_be_visible()


@pytest.mark.parametrize("address", ["", "siti@", "12", "021 555 1234"])
def test_an_address_that_is_none_is_told_at_its_field(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.goto("/laporan-saya")
    page.get_by_label("Alamat email atau nomor HP").fill(address)

    page.get_by_role("button", name="Kirim tautan").click()

    expect(page.locator("#address-error")).to_be_visible()


@pytest.mark.parametrize("address", ["/laporan-saya#" + "A" * 32, "/en/laporan-saya#" + "A" * 32])
def test_a_link_that_is_over_says_so_and_offers_another(open_page: OpenPage, address: str) -> None:
    page = open_page()

    page.goto(address)

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#address")).to_be_visible()


@pytest.mark.parametrize("address", ["/laporan-saya", "/laporan-saya#x", "/laporan-saya#%", "/en/laporan-saya"])
def test_without_a_link_the_page_asks_for_an_address(open_page: OpenPage, address: str) -> None:
    page = open_page()

    page.goto(address)

    expect(page.locator("#address")).to_be_visible()
