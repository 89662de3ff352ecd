"""Links as messengers deliver them: cut, mangled, forged, opened in a tab that shows the report already."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_form import secret_of
from tests.city import City

pytestmark = pytest.mark.browser
OWN = "Tarik laporan"  # what only the reporter is offered
FORGED = "x" * 43
TOKEN = "t0k3n-_4bc"


def open_in_the_same_tab(page: Page, fragment: str) -> None:
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)


@pytest.mark.parametrize("fragment", ["%E0%A4%A", "100%", "%", "JKT-7K3M~%", "~%", "%00", "%C0%80"])
def test_a_mangled_link_says_what_is_wrong_and_offers_the_search(open_page: OpenPage, fragment: str) -> None:
    page = open_page()

    page.goto(f"/lacak#{fragment}")

    expect(page.get_by_label("Masukkan nomor laporan")).to_be_visible()
    if fragment != "~%":
        expect(page.locator("#number-error")).to_contain_text("Ini bukan nomor laporan")


@pytest.mark.parametrize(
    "path", ["/", "/lapor", "/peta", "/statistik", "/tentang", "/en/lacak", "/konsol", "/bukan-saya"]
)
@pytest.mark.parametrize("address", ["#%", "#%E0%A4%A", "?fbclid=%", "#~%", "#1e999/NaN/999"])
def test_no_page_is_blank_because_of_its_address(open_page: OpenPage, path: str, address: str) -> None:
    page = open_page()

    page.goto(path + address)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_a_mangled_link_into_the_console_is_said_above_the_list(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/konsol#JKT-%")
    page.get_by_label("Nama pengguna").fill("lurah-gambir")
    page.get_by_label("Kata sandi").fill("tanggap-jakarta")
    page.get_by_role("button", name="Masuk", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Nomor terdiri atas JKT dan sembilan huruf")
    expect(page.get_by_role("search")).to_be_visible()


def test_a_damaged_owners_link_shows_the_public_page_and_says_so(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()

    page.goto(f"/lacak#{case.number}~%")

    expect(page.get_by_role("alert")).to_contain_text("Tautan rahasia ini tidak berlaku")
    assert page.url.endswith(f"#{case.number}")


@pytest.mark.parametrize("secret", [FORGED, "x", "%"])
def test_a_strangers_link_does_not_touch_what_the_owner_keeps(city: City, open_page: OpenPage, secret: str) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    expect(page.get_by_role("button", name=OWN)).to_be_visible()

    page.goto("/lacak")
    page.goto(f"/lacak#{case.number}~{secret}")

    expect(page.get_by_role("alert")).to_contain_text("tidak cocok dengan laporan ini")
    expect(page.get_by_role("button", name=OWN)).to_be_visible()
    assert page.url.endswith(f"#{case.number}")
    assert secret_of(page, case.number) == case.secret


def test_a_strangers_link_leaves_nothing_on_a_strangers_device(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()

    page.goto(f"/lacak#{case.number}~{FORGED}")

    expect(page.get_by_role("alert")).to_contain_text("Tautan rahasia ini tidak berlaku")
    expect(page.get_by_role("button", name=OWN)).to_have_count(0)
    assert secret_of(page, case.number) == "None"


def test_a_refused_secret_is_sent_once(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    sent: list[str] = []
    note = lambda request: sent.append(request.headers.get("x-complaint-secret", "none"))  # noqa: E731
    page.on(
        "request", lambda request: note(request) if request.url.endswith(f"/api/complaints/{case.number}") else None
    )
    page.clock.install()
    page.goto(f"/lacak#{case.number}~{FORGED}")
    expect(page.get_by_role("alert")).to_be_visible()

    with page.expect_response(f"**/api/complaints/{case.number}"):
        page.clock.fast_forward(61_000)  # the page looks again every minute

    assert sent == [FORGED, "none", "none"]


def test_a_secret_waits_for_a_city_that_does_not_answer(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.route("**/api/complaints/*", lambda route: route.fulfill(status=429, headers={"Retry-After": "60"}))
    page.goto(f"/lacak#{case.number}~{case.secret}")
    expect(page.get_by_role("button", name="Coba lagi")).to_be_visible()
    assert secret_of(page, case.number) == "None"

    page.unroute("**/api/complaints/*")
    page.get_by_role("button", name="Coba lagi").click()

    expect(page.get_by_role("button", name=OWN)).to_be_visible()
    assert secret_of(page, case.number) == case.secret


def test_the_owners_link_in_a_tab_that_shows_the_report_makes_it_the_owners(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}")
    expect(page.locator(".case")).to_contain_text(case.number)
    expect(page.get_by_role("button", name=OWN)).to_have_count(0)

    open_in_the_same_tab(page, f"{case.number}~{case.secret}")

    expect(page.get_by_role("button", name=OWN)).to_be_visible()
    assert page.url.endswith(f"#{case.number}")


def test_a_forged_link_in_the_owners_tab_changes_nothing(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tambah keterangan").click()
    page.locator("#text").fill("Sedang saya tulis.")

    open_in_the_same_tab(page, f"{case.number}~{FORGED}")

    expect(page.get_by_role("alert")).to_contain_text("tidak cocok dengan laporan ini")
    expect(page.locator("#text")).to_have_value("Sedang saya tulis.")


@pytest.mark.parametrize("secret", ["own", "forged", "none"])
def test_the_token_of_a_message_is_sent_and_leaves_the_address(city: City, open_page: OpenPage, secret: str) -> None:
    case = city.lodge()
    page = open_page()
    told: list[dict[str, str]] = []

    def confirm(route: Route) -> None:
        told.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(status=204)

    page.route(f"**/api/complaints/{case.number}/contact/confirmations", confirm)

    page.goto(f"/lacak#{case.number}~{ {'own': case.secret, 'forged': FORGED, 'none': ''}[secret] }~{TOKEN}")

    expect(page.locator(".case")).to_contain_text(case.number)
    assert page.url.endswith(f"#{case.number}")
    assert told == [{"token": TOKEN}]


@pytest.mark.parametrize("token", ["", "short", "%"])
def test_what_is_no_token_is_not_sent(city: City, open_page: OpenPage, token: str) -> None:
    case = city.lodge()
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"/lacak#{case.number}~{case.secret}~{token}")

    expect(page.get_by_role("button", name=OWN)).to_be_visible()
    assert [url for url in asked if "confirmations" in url] == []


@pytest.mark.parametrize("status", [400, 404, 429])
def test_a_token_that_the_city_does_not_take_disturbs_nobody(city: City, open_page: OpenPage, status: int) -> None:
    case = city.lodge()
    page = open_page()
    page.route("**/contact/confirmations", lambda route: route.fulfill(status=status))

    page.goto(f"/lacak#{case.number}~{case.secret}~{TOKEN}")

    expect(page.get_by_role("button", name=OWN)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_find_boxes_read_whole_links(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    for path, box in (("/", "#home-number"), ("/lacak", "#number")):
        page.goto(path)

        page.locator(box).fill(f"Pantau: {city.origin}/lacak#{case.number}~{case.secret}")
        page.locator("form.find button").click()

        expect(page.locator(".case")).to_contain_text(case.number)
        assert page.url.endswith(f"#{case.number}")


def test_a_change_of_the_address_that_is_told_late_takes_no_secret_away(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{FORGED}")
    expect(page.get_by_role("alert")).to_contain_text("Tautan rahasia ini tidak berlaku")

    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    with page.expect_response(f"**/api/complaints/{case.number}"):
        open_in_the_same_tab(page, f"{case.number}~{case.secret}")
        page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")

    expect(page.get_by_role("button", name=OWN)).to_be_visible()
