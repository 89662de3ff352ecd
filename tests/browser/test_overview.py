"""A coordinator's overview in the console: where cases are late, and flood mode."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, choose, fits
from tests.browser.test_console import sign_in
from tests.city import LURAH, City

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_flood_mode_is_switched_on_for_a_kelurahan_and_off_again(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    kind = "pohon tumbang" if size == PHONE else "genangan"
    page = open_page(size)
    sign_in(page, "koordinator")
    page.get_by_role("link", name="Ikhtisar").click()
    expect(page.get_by_role("heading", name="Mode lonjakan")).to_be_visible()
    expect(page.get_by_role("heading", name="Terlambat sekarang")).to_be_visible()
    assert page.title().startswith("Ikhtisar")
    assert audit(page) == []

    chosen = choose(page, "flood-category", kind)
    page.get_by_label("Kota").select_option("31.71")
    page.get_by_label("Kecamatan").select_option("31.71.01")
    page.get_by_label("Kelurahan").select_option("31.71.01.1001")
    page.get_by_label("Selama berapa jam").select_option("6")
    page.get_by_role("button", name="Nyalakan mode lonjakan").click()

    switch = page.locator(".flood").first
    expect(switch).to_contain_text("menyala sampai")
    expect(switch).to_contain_text("Gambir")
    expect(switch.locator("strong")).to_have_text(chosen)
    assert audit(page) == []
    assert fits(page)

    switch.get_by_role("button", name="Matikan").click()
    expect(page.locator(".flood").first).to_contain_text("dimatikan oleh koordinator")


def test_the_same_is_not_switched_on_twice_and_the_page_says_so(city: City, open_page: OpenPage) -> None:
    switch = {"category": "SALURAN", "area": "31.72", "hours": 1}
    city.post("/staff/floods", switch, user="koordinator")
    page = open_page(DESK)
    sign_in(page, "koordinator")
    page.get_by_role("link", name="Ikhtisar").click()

    choose(page, "flood-category", "saluran")
    page.get_by_label("Kota").select_option("31.72")
    page.get_by_label("Selama berapa jam").select_option("1")
    page.get_by_role("button", name="Nyalakan mode lonjakan").click()

    expect(page.get_by_role("alert")).to_contain_text("sudah menyala")


def test_nobody_else_has_an_overview(city: City, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_role("link", name="Ikhtisar").count() == 0
