"""A browser whose store is full, lost, silent or forbidden: nothing that a person must be told depends on it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_form import fill, onward, sent_number
from tests.city import City, a_picture, done, eventually

pytestmark = pytest.mark.browser

# What a browser does to a page's store, as the page meets it. A new way is one more line.
BROKEN = {
    "full": "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "full at the end": """
      IDBTransaction.prototype.commit = undefined;
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...given) {
        const asked = put.apply(this, given);
        asked.onsuccess = () => this.transaction.abort();
        return asked;
      };""",
    "lost": "IDBDatabase.prototype.transaction = () => { throw new DOMException('lost', 'InvalidStateError'); };",
    "lost after a while": """
      const begin = IDBDatabase.prototype.transaction;
      let left = 3;
      IDBDatabase.prototype.transaction = function (...given) {
        if (left-- > 0) return begin.apply(this, given);
        throw new DOMException('lost', 'InvalidStateError');
      };""",
    "silent": "IDBFactory.prototype.open = () => ({});",
    "silent after it was opened": """
      const shelf = new Proxy({}, { get: () => () => ({}) });
      IDBDatabase.prototype.transaction = () => ({ objectStore: () => shelf });""",
    "failing": "IDBFactory.prototype.open = () => { throw new DOMException('broken', 'UnknownError'); };",
    "not there": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "forbidden": """
      for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
      }""",
}
ways = pytest.mark.parametrize("way", BROKEN)


def a_page(open_page: OpenPage, way: str) -> Page:
    page = open_page()
    page.add_init_script(BROKEN[way])
    return page


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "lubang.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


def owner_link(page: Page) -> str:
    return page.locator(".link-text").inner_text()


@ways
def test_a_report_shows_its_number_and_its_owners_link(city: City, open_page: OpenPage, way: str) -> None:
    page = a_page(open_page, way)
    fill(page)

    onward(page)

    number = sent_number(page)
    expect(page.get_by_role("alert")).to_contain_text("tidak dapat menyimpan")
    secret = owner_link(page).partition("~")[2]
    assert done(city.get(f"/complaints/{number}", secret=secret))["status"] == "waiting"


@ways
def test_the_owners_link_opens_the_owners_page(city: City, open_page: OpenPage, way: str) -> None:
    case = city.lodge()
    page = a_page(open_page, way)

    page.goto(f"/lacak#{case.number}~{case.secret}")

    expect(page.get_by_role("button", name="Tarik laporan")).to_be_visible()
    assert page.url.endswith(f"#{case.number}")
    page.get_by_role("button", name="Tambah keterangan").click()
    page.locator("#text").fill("Lubangnya bertambah lebar.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator(".timeline")).to_contain_text("Lubangnya bertambah lebar.")
    expect(page.get_by_role("button", name="Tarik laporan")).to_be_visible()


@pytest.mark.parametrize("way", ["full", "full at the end", "lost after a while", "silent"])
def test_a_photo_that_failed_is_sent_again(city: City, open_page: OpenPage, way: str, picture: Path) -> None:
    page = a_page(open_page, way)
    forms = re.compile(rf"^{re.escape(city.origin)}/(?!api/|lapor|assets/|_local).+")
    refuse = lambda route: route.fulfill(status=400) if route.request.method == "POST" else route.continue_()  # noqa: E731
    page.route(forms, refuse)
    fill(page, picture)
    onward(page)
    number = sent_number(page)
    expect(page.locator("#uploads")).to_contain_text("belum terunggah")
    secret = owner_link(page).partition("~")[2]

    page.unroute(forms, refuse)
    page.locator("#uploads").get_by_role("button", name="Coba lagi").click()

    expect(page.locator("#uploads")).to_contain_text("terunggah")
    eventually(lambda: done(city.get(f"/complaints/{number}", secret=secret))["photos"][0]["state"] == "ready")


@pytest.mark.parametrize("way", ["full", "lost", "silent"])
def test_a_reload_after_sending_shows_the_number_again(open_page: OpenPage, way: str) -> None:
    page = a_page(open_page, way)
    fill(page)
    onward(page)
    number, link = sent_number(page), owner_link(page)

    page.reload()

    assert (sent_number(page), owner_link(page)) == (number, link)


@pytest.mark.parametrize("way", ["full", "lost", "silent"])
def test_a_report_that_only_this_page_holds_says_so_and_goes_out(open_page: OpenPage, way: str) -> None:
    page = a_page(open_page, way)
    fill(page)
    page.route("**/api/**", lambda route: route.abort("internetdisconnected"))
    onward(page)
    expect(page.get_by_role("status").first).to_contain_text("biarkan halaman ini terbuka sampai laporan terkirim")

    page.unroute("**/api/**")
    page.evaluate("dispatchEvent(new Event('online'))")

    sent_number(page)


@ways
def test_every_page_comes(open_page: OpenPage, way: str) -> None:
    page = a_page(open_page, way)

    for path in ("/", "/lapor", "/lacak", "/peta", "/statistik", "/konsol"):
        page.goto(path)
        expect(page.locator("#app .loading")).to_have_count(0)
        expect(page.locator("#app")).not_to_be_empty()


def test_a_store_that_answers_late_gets_what_it_missed(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("""
      const open = IDBFactory.prototype.open;
      window.answerNow = [];
      IDBFactory.prototype.open = function (...given) {
        const asked = open.apply(this, given);
        const late = { get result() { return asked.result; } };
        asked.onupgradeneeded = (event) => late.onupgradeneeded(event);
        asked.onsuccess = (event) => window.answerNow.push(() => late.onsuccess(event));
        return late;
      };""")
    page.goto("/lapor#masalah")
    page.get_by_label("Ceritakan masalahnya").fill("Lubang besar di tengah jalan.")
    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pagehide'))"
    )  # a draft is kept at once, not half a second later

    page.evaluate("answerNow.splice(0).forEach((answer) => answer())")

    kept = """() => new Promise((done) => {
      const asked = Object.getPrototypeOf(indexedDB).constructor.prototype.open.call(indexedDB, "tanggap");
      setTimeout(() => { answerNow.splice(0).forEach((answer) => answer()); }, 100);
      asked.onsuccess = () => {
        const row = asked.result.transaction("draft").objectStore("draft").get("current");
        row.onsuccess = () => done(row.result?.description);
      };
    })"""
    eventually(lambda: page.evaluate(kept) == "Lubang besar di tengah jalan.", what="the draft on the device")
