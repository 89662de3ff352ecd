"""The launcher's own pages, for who tries the city: readable by everybody, in light and in darkness, on a phone too."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.city import City, an_email, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/_local", "/_local/mailbox"])
def test_a_page_of_the_launcher_has_no_barrier(
    city: City, open_page: OpenPage, audit: Audit, path: str, viewport: dict[str, int], scheme: Scheme
) -> None:
    mail = an_email()
    city.lodge(contact={"email": mail})
    eventually(lambda: city.mailbox(to=mail))
    page = open_page(viewport)
    page.emulate_media(color_scheme=scheme)

    page.goto(path)
    for summary in page.locator("summary").all():
        summary.click()

    assert audit(page) == []
    assert fits(page)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (scheme == "dark")


def test_people_are_shown_by_the_names_of_their_work_and_unit(open_page: OpenPage) -> None:
    page = open_page(DESK)

    page.goto("/_local")

    expect(page.get_by_role("row", name="lurah-gambir")).to_contain_text("Petugas kelurahan")
    expect(page.get_by_role("row", name="petugas-binamarga")).to_contain_text("Suku Dinas Bina Marga Jakarta Pusat")
    text = page.locator("main").inner_text()
    assert [code for code in ("kelurahan_officer", "opd_officer", "KEL_", "DBM", "BIRO_PEM") if code in text] == []


def test_the_table_of_people_is_scrolled_by_the_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/_local")

    region = page.get_by_role("region", name="Petugas")
    region.focus()

    expect(region).to_be_focused()


def test_a_message_is_found_by_its_heading(city: City, open_page: OpenPage) -> None:
    case = city.lodge(contact={"email": an_email()})
    eventually(lambda: len(case.messages()) == 2)
    page = open_page()

    page.goto(f"/_local/mailbox?number={case.number}")

    expect(page.get_by_role("heading", level=1)).to_have_text("Kotak pesan")
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    expect(page.get_by_role("article").filter(has_text="Pemberitahuan unit")).to_contain_text("Kelurahan Gambir")
