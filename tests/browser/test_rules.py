"""The routing rules in the console: one person proposes, another one rehearses and decides."""

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.browser.test_console import sign_in
from tests.city import City

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


def chosen(page: Page, field: str, typed: str) -> None:
    """Something that has a code, found by a few letters and taken by Enter."""
    box = page.get_by_role("dialog").get_by_label(f"Cari dan tambah: {field}")
    box.fill(typed)
    expect(page.get_by_role("dialog").locator("button.choice")).to_have_count(1)
    box.press("Enter")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_rule_is_proposed_by_one_person_rehearsed_and_approved_by_another(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    name, reason = f"lubang-{secrets.token_hex(4)}", "Musim hujan: langsung ke dinas."
    city.lodge()
    page = open_page(size)
    sign_in(page, "koordinator")
    page.get_by_role("link", name="Aturan rute").click()
    expect(page.get_by_role("heading", level=1, name="Aturan rute")).to_be_focused()
    page.get_by_role("button", name="Ubah aturan").click()
    expect(page.get_by_role("heading", name="Perubahan Anda")).to_be_focused()
    page.get_by_role("button", name="Tambah aturan").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Simpan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Pilih penerima pertama")
    assert audit(page) == []

    dialog.get_by_label("Nama pendek").fill(name)
    chosen(page, "Jenis masalah", "JLN_LUBANG")
    chosen(page, "Wilayah", "31.71.01.1001")
    dialog.locator("summary", has_text="Hari").click()
    for day in ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"):
        dialog.get_by_label(day).check()
    dialog.get_by_label("Cari unit").fill("Dinas Bina Marga")
    dialog.locator("input[value=DBM]").check()
    assert audit(page) == []
    assert fits(page)
    dialog.get_by_role("button", name="Simpan").click()

    mine = page.locator(".rule-editor .rule").filter(has_text=name)
    expect(mine).to_contain_text("baru")
    page.get_by_role("button", name="Ajukan").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis alasan")
    page.reload()
    expect(mine).to_contain_text("Dinas Bina Marga")
    page.get_by_label("Alasan").fill(reason)
    assert audit(page) == []
    assert fits(page)
    page.get_by_role("button", name="Ajukan").click()
    expect(page.get_by_text("Usulan Anda menunggu keputusan orang kedua.")).to_be_visible()
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)

    second = open_page(size)
    sign_in(second, "admin", "rules")
    proposal = second.locator(".proposal")
    expect(proposal).to_contain_text(reason)
    proposal.get_by_role("button", name="Uji coba").click()
    expect(proposal.get_by_role("heading", name="laporan akan diterima unit lain")).to_be_focused()
    expect(proposal.get_by_role("table", name="Per aturan")).to_contain_text(name)
    assert "JKT-" not in proposal.inner_text()
    proposal.get_by_role("button", name="Tolak").click()
    expect(proposal.get_by_label("Jawaban")).to_be_focused()
    expect(proposal.locator(".wrong")).to_contain_text("Tulis jawaban")
    assert audit(second) == []
    assert fits(second)
    proposal.get_by_role("button", name="Setujui").click()

    expect(second.locator(".proposal")).to_have_count(0)
    expect(second.get_by_role("heading", name="Berlaku sekarang")).to_be_visible()
    expect(second.locator(".routing > section").first.locator(".rule").filter(has_text=name)).to_have_count(1)
    second.locator(".version summary", has_text="disetujui").first.click()
    expect(second.locator(".version[open]")).to_contain_text(reason)
    assert audit(second) == []
    assert fits(second)


def test_a_coordinator_sees_in_the_inbox_that_a_rule_was_switched_off(open_page: OpenPage, audit: Audit) -> None:
    def counted(route: Route) -> None:
        route.fulfill(json={"counts": {"mine": 0, "rules": 1, "rules_off": 1}})

    page = open_page()
    page.route("**/staff/queue/counts", counted)
    sign_in(page, "koordinator")

    expect(page.get_by_text("1 aturan rute gagal dan dimatikan.")).to_be_visible()
    expect(page.get_by_role("link", name="Aturan rute 1")).to_have_count(1)
    assert audit(page) == []
    assert fits(page)


def test_who_changes_no_rules_has_no_way_to_them(open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, "lurah-gambir")

    expect(page.locator(".inbox")).to_be_visible()
    expect(page.get_by_role("link", name="Aturan rute")).to_have_count(0)
