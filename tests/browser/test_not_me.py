"""What the links of a message do when a person opens them: the address is confirmed, or left alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.city import COORDINATOR, Case, City, an_email, eventually

pytestmark = pytest.mark.browser
OWN_LINK = re.compile(r"/lacak#(\S+)")
NOT_ME = re.compile(r"/bukan-saya#(\S+)")


def receipt(city: City, address: str) -> str:
    """The text of the first letter."""
    letters = eventually(lambda: city.mailbox(to=address), what="the receipt")
    return str(letters[0]["text"])


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match, text
    return match[1]


def to_reporter(case: Case) -> list[str]:
    """What became of the messages to the reporter."""
    return [m["state"] for m in case.staff(COORDINATOR)["messages"] if m["kind"] != "alert"]


def test_opening_the_link_of_a_letter_confirms_the_address(city: City, open_page: OpenPage) -> None:
    address = an_email()
    case = city.lodge(contact={"email": address})
    page = open_page()

    page.goto(f"/lacak#{found(OWN_LINK, receipt(city, address))}")

    eventually(lambda: case.view()["contact"]["confirmed"], what="the confirmation")
    expect(page.get_by_role("link", name="Bukan Anda yang melapor?")).to_be_visible()
    assert page.url.endswith(f"#{case.number}")


def test_a_program_that_fetches_the_page_confirms_nothing(city: City, open_page: OpenPage) -> None:
    address = an_email()
    case = city.lodge(contact={"email": address})
    page = open_page(scripts=False)

    page.goto(f"/lacak#{found(OWN_LINK, receipt(city, address))}")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert case.view()["contact"]["confirmed"] is False


def test_who_did_not_report_stops_all_messages_with_one_button(city: City, open_page: OpenPage) -> None:
    address = an_email()
    city.lodge(contact={"email": address})
    link = found(NOT_ME, receipt(city, address))
    page = open_page()

    page.goto(f"/bukan-saya#{link}")
    page.get_by_role("button", name="Hentikan semua pesan").click()
    expect(page.locator("#app").get_by_text("Kami tidak akan mengirim pesan lagi")).to_be_visible()

    later = city.lodge(contact={"email": address})
    eventually(lambda: [m for m in city.mailbox(number=later.number) if m["kind"] == "alert"], what="the unit's alert")
    told = eventually(lambda: to_reporter(later), what="the ledger")
    assert (told, city.mailbox(number=later.number, to=address)) == (["suppressed"], [])


@pytest.mark.parametrize("address", ["/bukan-saya", "/bukan-saya#x", "/bukan-saya#%", "/en/bukan-saya"])
def test_a_link_that_was_cut_says_so(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.goto(address)

    page.locator("#app button").click()

    expect(page.get_by_role("alert")).to_be_visible()
