"""Without a network, on a device that has been here before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, fits
from tests.city import City

pytestmark = pytest.mark.browser


@pytest.fixture
def cut_off(open_page: OpenPage) -> Callable[..., Page]:
    """A phone whose service worker keeps what it must, and which then loses its network. `first` is visited before."""

    def visit(first: str = "/lapor") -> Page:
        page = open_page(keeps_pages=True)
        page.goto(first)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.context.set_offline(True)
        return page

    return visit


@pytest.mark.parametrize(
    ("path", "said", "write"),
    [
        (path, "Tidak ada sambungan", "/lapor")
        for path in ("/", "/peta", "/statistik", "/konsol", "/tentang", "/tidak-ada", "/api/statistics")
    ]
    + [(path, "No connection", "/en/lapor") for path in ("/en", "/en/peta", "/en/")],
)
def test_every_other_page_says_what_still_works(
    cut_off: Callable[..., Page], audit: Callable[[Page], list[str]], path: str, said: str, write: str
) -> None:
    page = cut_off()

    page.goto(path)

    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    assert page.get_by_role("main").get_by_role("link").first.get_attribute("href") == write
    assert (audit(page), fits(page)) == ([], True)


def test_the_devices_own_reports_are_listed(city: City, cut_off: Callable[..., Page]) -> None:
    case = city.lodge()
    page = cut_off(f"/lacak#{case.number}~{case.secret}")
    expect(page.locator(".case, .loading").first).to_be_attached()

    page.goto("/statistik")

    expect(page.get_by_role("link", name=case.number)).to_be_visible()


def test_a_report_can_be_begun_from_there(cut_off: Callable[..., Page]) -> None:
    page = cut_off()
    page.goto("/peta")

    page.get_by_role("link", name="Tulis laporan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tambahkan foto masalahnya")
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana lokasinya?")


def test_the_page_that_was_wanted_comes_with_the_network(cut_off: Callable[..., Page]) -> None:
    page = cut_off()
    page.goto("/tentang")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sambungan")
    expect(page.get_by_role("button", name="Coba lagi")).to_be_enabled()

    page.context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tentang Tanggap")
