"""What people look for is found in their own words: kinds of problems, kelurahan, and danger that cannot wait."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, fits
from tests.browser.lone_pages import LonePages

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
OpenStep = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LonePages]:
    pages = LonePages(tmp_path_factory.mktemp("searched") / "site")
    yield pages
    pages.stop()


@pytest.fixture
def open_step(chromium: Browser, served: LonePages) -> Iterator[OpenStep]:
    """A step of the form on a phone: `open_step("masalah")`. `without`: addresses that cannot be had."""
    faults: list[str] = []
    contexts = []

    def visit(step: str, *, path: str = "/lapor", without: str | None = None) -> Page:
        context = chromium.new_context(viewport=PHONE, has_touch=True, base_url=served.origin, service_workers="block")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.clock.install()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if without:
            page.route(without, lambda route: route.abort())
        page.goto(f"{path}#{step}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def search(page: Page, words: str) -> None:
    if not page.locator("#category-words").is_visible():
        page.locator(".tile", has_text="Lainnya").click()
    page.locator("#category-words").fill(words)


def hits(page: Page) -> Any:
    return page.locator(".every .choice")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("got mampet", "Saluran air tersumbat"),
        ("bolon", "Jalan berlubang"),
        ("pengemis", "Gelandangan, pengemis"),
        ("ktp", "Masalah KTP"),
        ("tutup got ilang", "Tutup saluran/manhole"),
        ("busway", "Transjakarta"),
    ],
)
def test_a_kind_is_found_by_an_everyday_word(open_step: OpenStep, typed: str, name: str) -> None:
    page = open_step("masalah")

    search(page, typed)

    expect(hits(page).first).to_contain_text(name)
    hits(page).first.locator("input").check()
    expect(page.locator(".every input:checked")).to_have_count(1)


def test_what_nobody_knows_is_answered_with_a_way_on(open_step: OpenStep, audit: Audit, served: LonePages) -> None:
    page = open_step("masalah")
    search(page, "lampu")
    expect(hits(page).first).to_be_visible()
    asked = len(served.asked)

    search(page, "zxqwv")

    expect(page.get_by_text("Tidak ada jenis masalah untuk “zxqwv”.")).to_be_visible()
    expect(page.get_by_text("ceritakan apa yang rusak")).to_be_visible()
    assert audit(page) == []
    assert fits(page)
    page.locator(".elsewhere .choice", has_text="Lainnya").locator("input").check()
    assert served.asked[asked:] == []  # nothing that is typed leaves the page


def test_what_looks_like_a_word_is_answered_with_the_nearest_kinds(open_step: OpenStep) -> None:
    page = open_step("masalah")

    search(page, "xtrotoarx")

    expect(page.locator(".elsewhere")).to_contain_text("Yang paling mirip")
    expect(page.locator(".elsewhere")).to_contain_text("Trotoar rusak")


def test_a_description_offers_its_kind_and_chooses_none(open_step: OpenStep, audit: Audit) -> None:
    page = open_step("masalah")

    page.get_by_label("Ceritakan masalahnya").fill("got depan rumah mampet penuh sampah, airnya ga ngalir")

    offered = page.locator("#suggested").get_by_role("button", name="Saluran air tersumbat")
    expect(offered).to_be_visible()
    expect(page.locator("#suggested")).to_contain_text("dari kata: ")
    expect(page.locator(".tile[aria-pressed=true]")).to_have_count(0)
    assert audit(page) == []
    offered.click()
    expect(page.locator(".tile[aria-pressed=true]")).to_have_text("Saluran air mampet")
    expect(page.locator("#suggested button")).to_have_count(0)


def test_what_the_person_chose_is_left_alone(open_step: OpenStep) -> None:
    page = open_step("masalah")
    page.get_by_role("button", name="Saluran air mampet").click()

    page.get_by_label("Ceritakan masalahnya").fill("got mampet, banyak sampah, air bau")
    page.clock.run_for(1_000)  # an offer comes half a second after the last key

    expect(page.locator("#suggested button")).to_have_count(0)


def test_without_the_table_names_are_still_searched(open_step: OpenStep) -> None:
    page = open_step("masalah", without="**/assets/words.*.json")

    search(page, "trotoar")

    expect(hits(page).first).to_contain_text("Trotoar rusak")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kel. Gambir", "Gambir"),
        ("gambir ", "Gambir"),
        ("Kp. Melayu", "Kampung Melayu"),
        ("Kali Deres", "Kalideres"),
        ("Ps. Minggu", "Pasar Minggu"),
        ("Pd. Pinang", "Pondok Pinang"),
        ("timur tebet", "Tebet Timur"),
        ("Durensawit", "Duren Sawit"),
        ("Kebun Jeruk", "Kebon Jeruk"),
    ],
)
def test_a_kelurahan_is_found_as_people_write_it(open_step: OpenStep, typed: str, name: str) -> None:
    page = open_step("lokasi")
    page.get_by_text("Pilih kelurahan tanpa peta").click()

    page.locator("#area-words").fill(typed)
    first = page.locator(".hits button").first
    expect(first).to_contain_text(name)
    first.click()

    expect(page.locator("#place-chosen")).to_contain_text(f"Kelurahan {name}, Kec.")
    expect(page.locator("#place-chosen")).to_be_focused()
    expect(page.locator("#place-list")).not_to_have_attribute("open", "")


def test_a_kelurahan_is_also_found_by_its_city(open_step: OpenStep, audit: Audit) -> None:
    page = open_step("lokasi")
    page.get_by_text("Pilih kelurahan tanpa peta").click()

    page.locator("#area-kota").select_option(label="Jakarta Pusat")

    assert audit(page) == []
    assert fits(page)
    page.get_by_role("button", name="Cideng", exact=True).click()
    expect(page.locator("#place-chosen")).to_contain_text("Cideng")


def test_a_place_that_is_none_is_answered_with_a_way_on(open_step: OpenStep) -> None:
    page = open_step("lokasi")
    page.get_by_text("Pilih kelurahan tanpa peta").click()

    page.locator("#area-words").fill("zzzzz")

    expect(page.locator("#place-list").get_by_role("status")).to_contain_text("Tidak ditemukan. Coba nama kecamatannya")


def write_danger(page: Page, words: str) -> None:
    page.get_by_role("button", name="Sampah menumpuk").click()
    page.get_by_label("Ceritakan masalahnya").fill(words)
    page.locator("button[type=submit]").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_danger_stops_the_form_once_at_the_number_to_call(open_step: OpenStep, audit: Audit) -> None:
    page = open_step("masalah")

    write_danger(page, "Rumah tetangga terbakar, apinya besar!")

    heading(page, "Apakah ada orang dalam bahaya sekarang?")
    expect(page.get_by_role("link", name="Telepon 112")).to_have_attribute("href", "tel:112")
    assert audit(page) == []
    assert fits(page)
    page.get_by_role("button", name="Lanjutkan laporan").click()
    heading(page, "Ke mana kami mengabari Anda?")
    page.go_back()
    page.go_back()
    heading(page, "Masalah apa yang Anda laporkan?")
    page.locator("button[type=submit]").click()
    heading(page, "Ke mana kami mengabari Anda?")


def test_what_is_no_danger_goes_on_at_once(open_step: OpenStep) -> None:
    page = open_step("masalah")

    write_danger(page, "Sampah menumpuk, kami takut terjadi kebakaran.")

    heading(page, "Ke mana kami mengabari Anda?")


def test_without_the_table_the_form_goes_on(open_step: OpenStep) -> None:
    page = open_step("masalah", without="**/assets/dangers.*.json")

    write_danger(page, "Rumah tetangga terbakar, apinya besar!")

    heading(page, "Ke mana kami mengabari Anda?")


def test_the_searches_speak_english(open_step: OpenStep) -> None:
    page = open_step("masalah", path="/en/lapor")
    page.locator(".tile", has_text="Other").click()

    page.locator("#category-words").fill("mosquito")

    expect(hits(page).first).to_contain_text("Dengue")
    page.get_by_label("Describe the problem").fill("There is a house on fire near the market")
    hits(page).first.locator("input").check()
    page.locator("button[type=submit]").click()
    heading(page, "Is anybody in danger now?")
