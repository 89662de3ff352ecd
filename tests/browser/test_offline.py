"""Without a network, on a device that has been here before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, fits
from tests.city import City, eventually

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


INDONESIAN = ["/", "/peta", "/statistik", "/konsol", "/tentang", "/tidak-ada", "/api/statistics"]
ENGLISH = ["/en", "/en/peta", "/en/"]


@pytest.mark.parametrize(
    ("first", "path", "said"),
    [
        *(("/lapor", path, "Tidak ada sambungan") for path in INDONESIAN),
        *(("/en/lapor", path, "No connection") for path in ENGLISH),
        ("/lapor", "/en/peta", "Tidak ada sambungan"),  # a language that was never used is not kept
    ],
)
def test_every_other_page_says_what_still_works(
    cut_off: Callable[..., Page], audit: Callable[[Page], list[str]], first: str, path: str, said: str
) -> None:
    page = cut_off(first)

    page.goto(path)

    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    assert page.get_by_role("main").get_by_role("link").first.get_attribute("href") == first
    assert (audit(page), fits(page)) == ([], True)


def test_a_language_that_is_used_later_is_kept_too(open_page: OpenPage) -> None:
    page = open_page(keeps_pages=True)
    page.goto("/lapor")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # now the worker sees what is asked for
    page.goto("/en/tentang")
    eventually(lambda: page.evaluate("caches.match('/en/tanpa-sambungan').then(Boolean)"), what="the English page")
    page.context.set_offline(True)

    page.goto("/en/statistik")

    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")


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
