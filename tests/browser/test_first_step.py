"""A page's first step stands in its HTML: seen before any script, and taken over by the script as it stands."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.test_citizen_pages import SHIFTS
from tests.city import City, a_picture

pytestmark = pytest.mark.browser
PAGES = {
    "/": "form.find",
    "/lapor": ".drop",
    "/lacak": "form.find",
    "/konsol": ".sign-in",
    "/statistik": "h1",
    "/bukan-saya": "button",
    "/laporan-saya": "form",
    "/jawab": "a.button",
    "/instansi": "a.button",
}
SCRIPTS = "**/assets/**/*.js"
DRAWN = """() => {
  const ignored = new Set(["disabled", "aria-disabled"]);
  const line = (node) => {
    const kept = [...node.attributes].filter(({ name }) => !ignored.has(name));
    return [node.localName, ...kept.map(({ name, value }) => `${name}=${value}`).sort()].join(" ");
  };
  const tree = (node) => [...node.childNodes].flatMap((child) => {
    if (child.nodeType === 3) return child.data.trim() ? [child.data.trim()] : [];
    if (child.nodeType !== 1 || child.matches(".later, noscript")) return [];
    return [line(child), ...tree(child).map((text) => ` ${text}`)];
  });
  return tree(document.getElementById("app"));
}"""


class Scripts:
    """Held on their way, but for the one that the HTML itself needs before it is drawn."""

    def __init__(self, page: Page) -> None:
        self._held: list[Route] = []
        self._come = False
        page.route(SCRIPTS, self._meet)

    def _meet(self, route: Route) -> None:
        if self._come or "/first." in route.request.url:
            route.continue_()
        else:
            self._held.append(route)

    def pass_from_now(self) -> None:
        """Those of the next page; the held ones stay away."""
        self._come = True

    def come(self) -> None:
        self._come = True
        for route in self._held:
            route.continue_()


@pytest.mark.parametrize("path", [f"{prefix}{path}".rstrip("/") or "/" for path in PAGES for prefix in ("", "/en")])
def test_the_script_draws_what_the_html_holds(open_page: OpenPage, path: str) -> None:
    drawn = open_page(DESK)
    drawn.goto(path)
    drawn.wait_for_load_state("networkidle")
    page = open_page(DESK)
    Scripts(page)

    page.goto(path, wait_until="commit")
    page.wait_for_selector("#live", state="attached")

    here, there = page.evaluate(DRAWN), drawn.evaluate(DRAWN)
    assert here[:4] == there[:4] if path.endswith("/statistik") else here == there


@pytest.mark.parametrize(("path", "part"), PAGES.items())
def test_the_first_step_is_seen_before_any_script(open_page: OpenPage, path: str, part: str) -> None:
    page = open_page()
    Scripts(page)

    page.goto(path, wait_until="commit")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(part).first).to_be_visible()
    expect(page.locator(".later")).to_be_hidden()


@pytest.mark.parametrize("path", ["/lapor", "/lacak", "/konsol"])
def test_nothing_jumps_when_the_script_takes_over(open_page: OpenPage, path: str) -> None:
    page = open_page()
    scripts = Scripts(page)
    page.goto(path, wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    scripts.come()
    expect(page.locator("button:disabled")).to_have_count(0)

    assert page.evaluate(SHIFTS) <= 0.05


@pytest.mark.parametrize("path", ["/lapor#masalah", "/lacak#JKT-0000-0000-0"])
def test_another_step_shows_no_first_one_meanwhile(open_page: OpenPage, path: str) -> None:
    page = open_page()
    Scripts(page)

    page.goto(path, wait_until="commit")

    expect(page.locator(".later")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()


def test_an_officer_who_is_signed_in_sees_no_sign_in_after_a_reload(open_page: OpenPage) -> None:
    page = open_page(DESK)
    page.goto("/tentang")
    page.evaluate("sessionStorage.setItem('tanggap.refresh', 'kept')")
    Scripts(page)

    page.goto("/konsol", wait_until="commit")

    expect(page.locator(".later")).to_be_visible()
    expect(page.locator(".sign-in")).to_be_hidden()


def test_what_is_typed_before_the_script_comes_stays_typed(open_page: OpenPage) -> None:
    page = open_page()
    scripts = Scripts(page)
    page.goto("/konsol", wait_until="commit")
    page.get_by_label("Nama pengguna").fill("lurah-gambir")
    page.get_by_label("Kata sandi").focus()

    scripts.come()
    expect(page.locator("button:disabled")).to_have_count(0)

    expect(page.get_by_label("Nama pengguna")).to_have_value("lurah-gambir")
    expect(page.get_by_label("Kata sandi")).to_be_focused()


def test_a_photo_that_was_chosen_before_the_script_came_is_taken(open_page: OpenPage, tmp_path: Path) -> None:
    picture = tmp_path / "lubang.jpg"
    picture.write_bytes(a_picture())
    page = open_page()
    scripts = Scripts(page)
    page.goto("/lapor", wait_until="commit")
    page.locator("#photo-file").set_input_files(picture)

    scripts.come()

    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()


def test_a_password_goes_nowhere_before_the_script_comes(open_page: OpenPage) -> None:
    page = open_page()
    Scripts(page)
    page.goto("/konsol", wait_until="commit")
    page.get_by_label("Nama pengguna").fill("lurah-gambir")
    page.get_by_label("Kata sandi").fill("rahasia")

    page.get_by_label("Kata sandi").press("Enter")

    assert page.url.endswith("/konsol")
    assert "rahasia" not in page.url


@pytest.mark.parametrize("path", ["/", "/lacak", "/tidak-ada"])
def test_a_number_is_found_from_a_page_whose_script_has_not_come(city: City, open_page: OpenPage, path: str) -> None:
    number = city.lodge().number
    page = open_page()
    scripts = Scripts(page)
    page.goto(path, wait_until="commit")
    page.get_by_label("Masukkan nomor laporan").fill(number.lower().replace("-", " "))
    scripts.pass_from_now()

    page.locator("form.find button").click()

    expect(page.locator(".case")).to_contain_text(number)
    assert "?" not in page.url


@pytest.mark.parametrize("path", ["/lacak", "/lapor", "/konsol"])
def test_the_skip_link_leaves_the_address_alone(open_page: OpenPage, path: str) -> None:
    page = open_page(DESK)
    page.goto(path)
    page.wait_for_load_state("networkidle")

    page.locator(".skip").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()
    assert page.url.endswith(path)
