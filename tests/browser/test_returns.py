"""A closed problem that has come back: from its page to a new report that names it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_form import heading, onward, secret_of, sent_number
from tests.city import Case, City

pytestmark = pytest.mark.browser


def test_who_sees_a_closed_report_reports_that_it_has_come_back(city: City, open_page: OpenPage) -> None:
    closed = city.lodge().drive("closed")
    page = open_page()

    page.goto(f"/lacak#{closed.number}")
    page.get_by_role("link", name="Masalahnya muncul lagi? Laporkan").click()
    onward(page)
    expect(page.locator("#place-chosen")).to_contain_text("Gambir")
    if page.locator("#place-confirm").is_visible():
        page.locator("#place-confirm").click()
    onward(page)
    expect(page.get_by_role("button", name="Jalan rusak atau berlubang")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Ceritakan masalahnya").fill("Tambalannya sudah lepas lagi.")
    onward(page)
    onward(page)
    heading(page, "Periksa laporan Anda")
    expect(page.locator("#review")).to_contain_text(closed.number)
    onward(page)

    number = sent_number(page)
    again = Case(city, {"number": number, "secret": secret_of(page, number)}, {})
    assert again.view()["returns"] == closed.number


def test_an_open_report_offers_no_such_way(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()

    page.goto(f"/lacak#{case.number}")

    expect(page.locator(".case .chip").first).to_be_visible()
    expect(page.get_by_role("link", name="Masalahnya muncul lagi? Laporkan")).to_have_count(0)
