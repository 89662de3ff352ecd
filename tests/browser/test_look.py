"""What people see: on paper, in the dark, by colour, on the tab; and the launcher's own pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.city import Case, City

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
PASSWORD = "tanggap-jakarta"
# Contrast of an element's text, or of its placeholder, against the nearest ground that is not transparent (WCAG 2.2).
CONTRAST = """([selector, part]) => {
  const element = document.querySelector(selector);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => sum + share * linear(rgb[i] / 255), 0);
  const clear = (part) => numbers(getComputedStyle(part).backgroundColor)[3] === 0;
  let ground = element;
  while (ground.parentElement && clear(ground)) ground = ground.parentElement;
  const colours = [getComputedStyle(element, part).color, getComputedStyle(ground).backgroundColor];
  const [a, b] = colours.map(numbers).map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
LODGED = """([number, secret, answer]) => new Promise((done, fail) => {
  const asked = indexedDB.open("tanggap");
  asked.onsuccess = () => {
    const store = asked.result.transaction("mine", "readwrite").objectStore("mine");
    store.put({ number, secret, at: new Date().toISOString(), answer }, number).onsuccess = done;
  };
  asked.onerror = fail;
})"""


def signed_in(page: Page, user: str) -> Page:
    page.goto("/konsol")
    page.get_by_label("Nama pengguna").fill(user)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    return page


@pytest.fixture
def confirmation(city: City, open_page: OpenPage) -> Callable[..., Page]:
    """The page after sending, as a device that sent a report shows it."""

    def shown(scheme: str = "light") -> Page:
        case = city.lodge()
        page = open_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto("/lapor")
        page.wait_for_load_state("networkidle")
        page.evaluate(LODGED, [case.number, case.secret, case.lodged])
        page.goto("/lapor#terkirim")
        page.reload()
        expect(page.locator("#number")).to_have_text(case.number)
        return page

    return shown


def test_the_confirmation_shows_the_link_for_another_phone(confirmation: Callable[..., Page], audit: Audit) -> None:
    page = confirmation()

    expect(page.get_by_role("img", name="Kode QR: buka laporan ini")).to_be_visible()
    page.get_by_text("Tampilkan sebagai kode QR").click()
    expect(page.get_by_role("img", name="Kode QR: tautan rahasia")).to_be_visible()

    assert (audit(page), fits(page)) == ([], True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_confirmation_on_paper_is_number_link_and_code(confirmation: Callable[..., Page], scheme: str) -> None:
    page = confirmation(scheme)
    number = page.locator("#number").inner_text()
    code = page.get_by_role("img", name="Kode QR: buka laporan ini")
    expect(code).to_be_visible()

    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]

    expect(page.get_by_text(f"/lacak#{number}", exact=False).first).to_be_visible()
    expect(code).to_be_visible()
    expect(page.locator(".button:visible, .link:visible, nav:visible, footer:visible")).to_have_count(0)


@pytest.mark.parametrize("path", ["/lapor", "/tentang", "/statistik", "/konsol"])
def test_paper_is_white_whatever_the_screen_is(open_page: OpenPage, path: str) -> None:
    page = open_page(DESK)
    page.emulate_media(media="print", color_scheme="dark")

    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST, ["h1", None]) > 12
    grounds = page.locator(".card:visible, .notice:visible, .drop:visible").evaluate_all(
        "(parts) => parts.map((part) => getComputedStyle(part).backgroundColor)"
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_a_case_on_paper_has_no_buttons(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = signed_in(open_page(DESK), "lurah-gambir")
    page.goto(f"/konsol#{case.number}")
    expect(page.locator(".case-head")).to_be_visible()

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("button:visible, .button:visible, .leaflet-control-zoom:visible")).to_have_count(0)
    expect(page.locator(".description")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_placeholders_can_be_read(open_page: OpenPage, scheme: str) -> None:
    page = open_page(DESK)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in(page, "lurah-gambir")

    assert page.evaluate(CONTRAST, ["#find", "::placeholder"]) >= 4.5


STATUSES = ("waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "scheduled", "referred")
ASKED = ("needs_info", "reopened", "rework")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_status_is_red_because_red_is_late(open_page: OpenPage, scheme: str) -> None:
    page = open_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/tentang")

    colours, red = page.evaluate("""() => {
      const chips = [...document.querySelectorAll(".chip")];
      const wrong = document.body.appendChild(document.createElement("p"));
      wrong.className = "wrong";
      const colour = (part) => getComputedStyle(part).color;
      return [Object.fromEntries(chips.map((chip) => [chip.dataset.status, colour(chip)])), colour(wrong)];
    }""")

    assert red not in colours.values()
    assert len({colours[code] for code in STATUSES}) == 1
    assert {colours[code] for code in ASKED}.isdisjoint({colours["waiting"], colours["closed"]})


def test_fingers_are_not_told_to_drag(open_page: OpenPage) -> None:
    by_mouse = "seret dan tempel"
    desk, phone = open_page(DESK), open_page(PHONE)

    desk.goto("/lapor")
    phone.goto("/lapor")

    expect(desk.get_by_text(by_mouse)).to_be_visible()
    expect(phone.get_by_text(by_mouse)).to_be_hidden()


def test_the_first_screen_of_a_phone_holds_the_whole_first_step(open_page: OpenPage) -> None:
    page = open_page()

    page.goto("/lapor")

    for part in ("h1", ".drop", "button[type=submit]"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"], part


def test_the_first_page_tells_whose_it_is_and_what_the_city_did(city: City, open_page: OpenPage) -> None:
    city.lodge()
    page = open_page(DESK)

    page.goto("/")

    expect(page.get_by_role("heading", name="Provinsi DKI Jakarta")).to_be_visible()
    expect(page.locator("[data-figure=received]")).not_to_have_text("–")


def test_the_first_page_stands_without_figures(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/api/statistics", lambda route: route.fulfill(status=404, json={}))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-figure=received]")).to_have_text("–")


WAITING = {"counted": 0, "waiting": 4, "left": 0, "mean": None, "median": None, "p90": None}
NOTHING = dict.fromkeys(("received", "done"), 0) | {"within_target": {"coordination": None, "resolution": None}}
FOUR_WAIT = {
    **dict.fromkeys(("done", "late", "confirmed", "reopened", "rejected", "returned"), 0),
    **{"received": 4, "open": 4, "oldest_open": None, "counted_at": "2026-03-02T01:00:00+00:00"},
    "clocks": {"coordination": WAITING | {"target": 21600, "within_target": None}},
    "weeks": [{"from": f"2026-02-{day:02d}", **NOTHING} for day in (10, 17, 24)],
}


def test_nothing_is_drawn_for_a_zero(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/api/statistics", lambda route: route.fulfill(json=FOUR_WAIT))

    page.goto("/statistik")

    expect(page.locator(".bars .bar")).to_have_count(3)
    widths = page.locator(".bars .bar").evaluate_all("(bars) => bars.map((bar) => Number(bar.getAttribute('width')))")
    assert widths == [0, 0, 0]


def test_both_figures_of_the_city_stand_first_and_who_waits_is_told(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/api/statistics", lambda route: route.fulfill(json=FOUR_WAIT))

    page.goto("/statistik")

    expect(page.locator(".figures strong").first).to_have_text("4")
    expect(page.locator(".figures h2")).to_contain_text(["Laporan diterima", "Laporan diselesaikan"])
    expect(page.locator(".within")).to_have_text("Belum ada laporan yang sudah 6 jam")
    expect(page.get_by_text("4 masih menunggu")).to_be_visible()


def test_a_table_of_units_is_asked_for_when_somebody_wants_it(city: City, open_page: OpenPage) -> None:
    city.lodge()
    page = open_page(DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/statistik")
    expect(page.locator(".within").first).to_be_visible()
    assert not [url for url in asked if "by=" in url]

    page.get_by_role("button", name="Instansi").click()

    expect(page.get_by_role("rowheader", name="Kelurahan Gambir")).to_be_visible()


def test_a_supervisor_takes_their_cases_away_as_a_sheet(open_page: OpenPage) -> None:
    page = open_page(DESK)
    page.goto("/konsol")
    signed_in(page, "koordinator")
    page.get_by_text("Unduh daftar laporan (CSV)").click()

    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh", exact=True).click()

    assert download.value.path().read_text(encoding="utf-8").startswith("\ufeffnomor,diterima,")


@pytest.mark.parametrize("width", [320, 360, 412])
@pytest.mark.parametrize("path", ["/", "/statistik"])
def test_no_word_of_a_tile_is_broken(open_page: OpenPage, path: str, width: int) -> None:
    """A letter more than fits is put on the next line: then a word is wider than its box when it may not be broken."""
    page = open_page({"width": width, "height": 740})
    page.goto(path)
    page.wait_for_load_state("networkidle")

    broken = page.evaluate("""() => [...document.querySelectorAll(".tile span, .figures h2")].filter((part) => {
      part.style.cssText = "overflow-wrap: normal; hyphens: none";
      const range = document.createRange();
      range.selectNodeContents(part);
      return range.getBoundingClientRect().width > part.parentElement.getBoundingClientRect().width;
    }).map((part) => part.textContent)""")

    assert broken == []


def test_tabs_of_the_console_are_told_apart(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page(DESK)
    page.goto("/konsol")
    expect(page).to_have_title("Masuk petugas – Konsol petugas – Tanggap")
    signed_in(page, "lurah-gambir")

    titles = []
    for address in ("mine", "overdue", "new", case.number):
        page.goto(f"/konsol#{address}")
        expect(page).not_to_have_title(titles[-1] if titles else "Masuk petugas – Konsol petugas – Tanggap")
        titles.append(page.title())

    assert titles == [
        f"{name} – Konsol petugas – Tanggap"
        for name in ("Perlu tindakan", "Terlambat", "Catat laporan warga", case.number)
    ]


@pytest.mark.parametrize("path", ["/konsol", "/en/konsol"])
def test_the_console_wears_no_public_menu(open_page: OpenPage, path: str) -> None:
    page = open_page()

    page.goto(path)

    expect(page.locator("nav, footer")).to_have_count(0)
    expect(page.locator("[data-language]")).to_be_visible()


@pytest.mark.parametrize("path", ["/_local", "/_local/mailbox"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_launchers_own_pages_are_sound(
    city: City, open_page: OpenPage, audit: Audit, path: str, scheme: str, screen
) -> None:
    city.lodge(contact={"email": "warga@example.com"})
    page = open_page(screen)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    page.goto(path)

    assert (audit(page), fits(page)) == ([], True)


def test_the_citys_page_calls_roles_and_units_by_their_names(open_page: OpenPage) -> None:
    page = open_page(DESK)

    page.goto("/_local")

    expect(page.get_by_role("row", name="lurah-gambir")).to_contain_text("Petugas kelurahan")
    expect(page.get_by_role("row", name="lurah-gambir")).to_contain_text("Kelurahan Gambir")


LARGE = ViewportSize(width=180, height=370)  # a phone's 360 points at 200 %


@pytest.fixture(scope="module")
def resolved(city: City) -> Case:
    return city.lodge().drive("resolved")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lapor",
        "/lapor#lokasi",
        "/lapor#masalah",
        "/lapor#kontak",
        "/lacak",
        "/peta",
        "/statistik",
        "/tentang",
        "/privasi",
        "/konsol",
    ],
)
def test_letters_of_double_size_need_no_scrolling_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page(LARGE)

    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert fits(page)


def test_a_case_in_letters_of_double_size_needs_no_scrolling_sideways(open_page: OpenPage, resolved: Case) -> None:
    page = open_page(LARGE)

    page.goto(f"/lacak#{resolved.number}~{resolved.secret}")
    expect(page.locator(".clock").first).to_be_visible()

    assert fits(page)


def test_letters_are_as_large_as_the_browser_is_told(open_page: OpenPage) -> None:
    """Its settings change what 16px are by default; sizes in px would not follow."""
    page = open_page()
    page.goto("/lacak")
    wire = page.context.new_cdp_session(page)
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    usual = page.evaluate(size)

    wire.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})

    page.wait_for_function(f"{size} === {2 * usual}")
