"""How to reach a person, as they write it: both forms read it as the city does, and say what is wrong."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.test_console import sign_in
from tests.browser.test_form import heading, onward
from tests.browser.test_stores import BROKEN
from tests.browser.test_typed import type_a_report
from tests.city import DESK as DESK_OFFICER

pytestmark = pytest.mark.browser
WRONG = [
    ("phone", "+1 212 555 1234", "Nomor luar negeri"),
    ("phone", "81234567890", "Awali nomor telepon dengan 0 atau +62"),
    ("phone", "0868 1234 5678", "nomor layanan, premium, atau satelit"),
    ("email", "budi.@example.com", "titik tidak boleh"),
    ("email", "budi@localhost", "Bagian setelah tanda @"),
]
RIGHT = [("phone", "\u202a+62 (0)812\u20113456\u20117890\u202c"), ("email", "mailto:Budi@EXAMPLE.com")]


@pytest.mark.parametrize(("field", "typed", "said"), WRONG)
def test_the_citizens_form_says_what_is_wrong(open_page: OpenPage, field: str, typed: str, said: str) -> None:
    page = open_page()
    page.goto("/lapor#kontak")
    heading(page, "Ke mana kami mengabari Anda?")
    page.locator(f"#{field}").fill(typed)

    onward(page)

    expect(page.locator(f"#{field}-error")).to_contain_text(said)


def test_the_citizens_form_takes_what_a_phone_pastes(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#kontak")
    for field, typed in RIGHT:
        page.locator(f"#{field}").fill(typed)

    onward(page)

    heading(page, "Periksa laporan Anda")


def test_a_fixed_line_is_taken_with_a_word_about_it(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#kontak")

    page.locator("#phone").fill("(021) 555-1234")

    expect(page.get_by_text("Ini telepon rumah atau kantor")).to_be_visible()
    onward(page)
    heading(page, "Periksa laporan Anda")


@pytest.mark.parametrize(("field", "typed", "said"), WRONG[:1] + WRONG[-1:])
def test_the_desks_form_says_the_same(open_page: OpenPage, field: str, typed: str, said: str) -> None:
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, "new")
    type_a_report(page)
    page.locator(f"#{field}").fill(typed)

    page.get_by_role("button", name="Simpan laporan").click()

    expect(page.locator(f"#{field}-error")).to_contain_text(said)


@pytest.mark.parametrize("way", ["full", "full at the end", "lost", "not there"])
def test_a_draft_that_the_device_did_not_take_is_not_called_saved(open_page: OpenPage, way: str) -> None:
    page = open_page()
    page.clock.install()
    page.add_init_script(BROKEN[way])
    page.goto("/lapor#masalah")
    page.get_by_label("Ceritakan masalahnya").fill("Lubang besar di tengah jalan.")

    page.clock.run_for(1_500)  # a draft is kept half a second after the last change

    expect(page.get_by_text("Draf tersimpan")).to_have_count(0)
