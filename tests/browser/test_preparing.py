"""A photo that was chosen is never left out, however fast somebody sends: every form waits until it is ready."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.test_console import sign_in
from tests.browser.test_typed import type_a_report
from tests.city import DESK as DESK_OFFICER
from tests.city import City, a_picture

pytestmark = pytest.mark.browser
# Decoding waits until it is let go: a slow telephone.
SLOW = """
  const decode = globalThis.createImageBitmap.bind(globalThis);
  let letGo;
  const gate = new Promise((done) => (letGo = done));
  globalThis.createImageBitmap = async (...given) => (await gate, decode(...given));
  globalThis.letGo = letGo;
"""


@pytest.fixture
def slow_page(open_page: OpenPage) -> Callable[..., Page]:
    def opened(*viewport: object) -> Page:
        page = open_page(*viewport)
        page.add_init_script(SLOW)
        return page

    return opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "foto.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


def test_an_objection_waits_for_its_photo(city: City, slow_page: Callable[..., Page], picture: Path) -> None:
    case = city.lodge().drive("resolved")
    page = slow_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.locator("#act-object").click()
    page.locator("#text").fill("Lubangnya masih ada.")
    page.locator("#photos-file").set_input_files(picture)

    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("button", name="Mengirim…")).to_be_visible()
    page.evaluate("letGo()")

    expect(page.locator(".chip").first).to_have_text("Dibuka Kembali")
    assert [photo["kind"] for photo in case.view()["photos"] if photo["kind"] != "after"] == ["objection"]


def test_photos_alone_wait_too(city: City, slow_page: Callable[..., Page], picture: Path) -> None:
    case = city.lodge()
    page = slow_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tambah foto").click()
    page.locator("#photos-file").set_input_files(picture)

    page.get_by_role("button", name="Kirim").click()
    page.evaluate("letGo()")

    expect(page.get_by_role("img", name="Foto masalah 1")).to_be_visible()


def test_a_file_that_cannot_be_taken_is_said_and_nothing_is_sent(
    city: City, slow_page: Callable[..., Page], tmp_path: Path
) -> None:
    case = city.lodge().drive("resolved")
    broken = tmp_path / "rusak.jpg"
    broken.write_bytes(a_picture()[:200])
    page = slow_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.locator("#act-object").click()
    page.locator("#text").fill("Lubangnya masih ada.")
    page.locator("#photos-file").set_input_files(broken)

    page.get_by_role("button", name="Kirim").click()
    page.evaluate("letGo()")

    expect(page.locator("#photos-error")).not_to_be_empty()
    expect(page.get_by_role("button", name="Kirim")).to_be_enabled()
    assert case.view()["status"] == "resolved"


def test_a_desks_report_waits_for_the_photos_of_who_stands_there(
    city: City, slow_page: Callable[..., Page], picture: Path
) -> None:
    page = slow_page(DESK)
    sign_in(page, DESK_OFFICER, "new")
    type_a_report(page)
    page.locator("input[type=file]").set_input_files(picture)

    page.get_by_role("button", name="Simpan laporan").click()
    page.evaluate("letGo()")

    expect(page.locator(".receipt")).to_be_visible()
    expect(page.locator(".receipt").get_by_role("status")).to_have_count(1)
