"""An administrator in the console: people, and who hears a unit's alerts."""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.browser.test_console import sign_in
from tests.city import City

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_somebody_is_added_signs_in_and_is_disabled(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    user = f"petugas-{secrets.token_hex(4)}"
    page = open_page(size)
    sign_in(page, "admin")
    expect(page.get_by_text("koordinator").first).to_be_visible()
    assert page.locator("#find").count() == 0
    assert page.locator("#find-person").evaluate("field => field.offsetWidth") >= 200
    assert audit(page) == []

    page.get_by_role("button", name="Tambah orang").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Simpan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Nama pengguna")
    dialog.get_by_label("Nama pengguna").fill(user)
    dialog.get_by_label("Nama", exact=True).fill("Wati Baru")
    dialog.get_by_label("Peran").select_option("opd_officer")
    dialog.get_by_label("Cari unit").fill("suku dinas bina marga jakarta pusat")
    dialog.locator("input[name=unit]").first.check()
    assert audit(page) == []
    dialog.get_by_role("button", name="Simpan").click()

    password = page.locator(".password").inner_text()
    assert audit(page) == []
    assert fits(page)
    person = open_page(size)
    person.goto("/konsol")
    person.get_by_label("Nama pengguna").fill(user)
    person.get_by_label("Kata sandi").fill(password)
    person.get_by_role("button", name="Masuk", exact=True).click()
    expect(person.get_by_label("Kata sandi baru")).to_be_visible()

    page.get_by_placeholder("Nama, pengguna, unit").fill(user)
    page.keyboard.press("Enter")
    expect(page.locator(".person")).to_have_count(1)
    page.get_by_role("button", name="Ubah Wati Baru").click()
    page.get_by_role("dialog").get_by_label("Nonaktifkan").check()
    page.get_by_role("dialog").get_by_role("button", name="Simpan").click()

    expect(page.locator(".person").filter(has_text=user)).to_contain_text("nonaktif")


def test_who_hears_a_units_alerts_is_chosen_and_taken_away(city: City, open_page: OpenPage, audit: Audit) -> None:
    number = f"+62811{secrets.randbelow(10**7):07d}"
    page = open_page()
    sign_in(page, "admin", "units")
    page.get_by_label("Cari unit").fill("Dinas Bina Marga")
    page.locator("input[value=DBM]").check()
    page.get_by_label("Tambah alamat").fill("di sana")
    page.get_by_role("button", name="Tambah", exact=True).click()
    expect(page.get_by_label("Tambah alamat")).to_have_accessible_description(re.compile("tidak dapat dihubungi"))

    page.get_by_label("Tambah alamat").fill(number)
    page.get_by_role("button", name="Tambah", exact=True).click()
    listener = page.locator(".listener").filter(has_text=number)
    expect(listener).to_be_visible()
    assert audit(page) == []
    assert fits(page)

    page.get_by_role("button", name=f"Hapus {number}").click()
    expect(listener).to_have_count(0)
