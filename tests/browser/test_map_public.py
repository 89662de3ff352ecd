"""The public map and its list: the same reports, the same numbers, the same filters; and what a phone pays for it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from chalicelib.data import reference
from tests.browser.conftest import DESK, PATIENCE, PHONE, Look, fits
from tests.browser.lone_pages import LonePages
from tools.tables.areas import Outline, compact

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]

NEAR = "#17/-6.1754/106.8272"  # Monas, where reports are shown one by one
SINGLE = [
    ("JKT-0000-0000-0", -6.1754, 106.8272, "JLN_LUBANG", "waiting"),
    ("JKT-0000-0001-2", -6.1750, 106.8276, "JLN_LUBANG", "in_progress"),
    ("JKT-0000-0002-4", -6.1757, 106.8268, "SAMPAH", "waiting"),
]
FAR = [(-6.17, 106.82, 24), (-6.18, 106.83, 12), (-6.30, 106.80, 7)]


def answer(query: dict[str, str]) -> dict[str, Any]:
    """As the city does it: one by one in a small box, else counted."""
    west, south, east, north = map(float, query["bbox"].split(","))
    if max(east - west, north - south) > 0.015:
        return {"items": [{"lat": lat, "lon": lon, "count": n} for lat, lon, n in FAR]}
    names = ("number", "lat", "lon", "category", "status")
    return {"items": [dict(zip(names, row, strict=True)) | {"count": 1} for row in SINGLE]}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LonePages]:
    served = LonePages(tmp_path_factory.mktemp("lone") / "site")
    served.api["map"] = answer
    yield served
    served.stop()


def drawn(page: Page) -> Page:
    expect(page.locator(".dot.leaflet-marker-icon, .spot").first).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("view", ["", NEAR], ids=["far", "near"])
def test_the_map_is_sound_in_every_state(
    look: Look, audit: Audit, scheme: str, viewport: ViewportSize, view: str
) -> None:
    page = drawn(look(f"/peta{view}", viewport, scheme))

    assert (audit(page), fits(page)) == ([], True)


def test_counts_on_the_map_are_those_of_the_list(look: Look) -> None:
    page = drawn(look("/peta", DESK))

    marks = page.locator(".dot.leaflet-marker-icon")
    counted = sorted(int(text) for text in marks.all_inner_texts())
    said = page.locator("#list").get_by_role("button").all_inner_texts()
    assert sorted(int(re.findall(r"\d+", text)[0]) for text in said) == counted
    assert sorted(said) == sorted(str(mark.get_attribute("title")) for mark in marks.all())
    assert len(set(said)) == len(said)
    expect(page.locator("#list")).to_contain_text(f"{sum(counted)} laporan terbuka")
    assert sum(counted) == 43


def test_a_single_report_looks_like_its_status_and_is_named(look: Look) -> None:
    page = drawn(look(f"/peta{NEAR}", DESK))

    assert page.locator(".spot").count() == 3
    mark = page.get_by_role("button", name="Jalan berlubang · Menunggu · JKT-0000-0000-0")
    expect(mark).to_have_attribute("data-status", "waiting")
    expect(mark.locator("use")).to_have_count(1)
    expect(page.get_by_role("list", name="Arti tanda di peta")).to_contain_text("Menunggu")
    expect(page.locator("#list").get_by_role("article")).to_have_count(3)
    expect(page.locator("#list")).to_contain_text("3 laporan terbuka")


FILTERS = [
    ("kategori=JLN_LUBANG", 2, "2 laporan cocok"),
    ("status=waiting", 2, "2 laporan cocok"),
    ("kategori=SAMPAH&status=waiting", 1, "1 laporan cocok"),
    ("kategori=SAMPAH&status=in_progress", 0, "Tidak ada laporan yang cocok"),
    ("kategori=%3Cimg%3E", 0, "Tidak ada laporan yang cocok"),
]


@pytest.mark.parametrize(("query", "count", "words"), FILTERS)
def test_filters_in_the_address_sift_map_and_list_alike(look: Look, query: str, count: int, words: str) -> None:
    page = look(f"/peta?{query}{NEAR}", DESK)

    expect(page.locator("#list")).to_contain_text(words)
    expect(page.locator(".spot")).to_have_count(count)
    expect(page.locator("#list").get_by_role("article")).to_have_count(count)


def test_a_filter_that_is_chosen_stands_in_the_address_and_goes_along(look: Look) -> None:
    page = drawn(look(f"/peta{NEAR}", DESK))

    page.get_by_label("Jenis masalah").select_option(label="Jalan berlubang")

    expect(page.locator(".spot")).to_have_count(2)
    assert "?kategori=JLN_LUBANG#17/" in page.url
    page.get_by_role("link", name="English version").click()
    expect(page.locator(".spot")).to_have_count(2)
    expect(page.get_by_label("Kind of problem")).to_have_value("JLN_LUBANG")


def test_what_is_only_counted_cannot_be_sifted_and_the_page_says_so(look: Look) -> None:
    page = look("/peta?status=waiting", DESK)

    expect(page.locator("#list")).to_contain_text("43 laporan lain di sini baru berupa jumlah")
    expect(page.locator(".dot.leaflet-marker-icon")).to_have_count(0)


def test_an_empty_area_is_said_to_be_empty(look: Look, pages: LonePages, audit: Audit) -> None:
    pages.api["map"] = lambda _: {"items": []}
    page = look("/peta")

    expect(page.locator("#list")).to_contain_text("Belum ada laporan di area ini.")

    assert audit(page) == []
    pages.api["map"] = answer


def standing(position: str) -> str:
    """A device that answers so, when it is asked where it is; without `position` it never answers."""
    return f"""Object.defineProperty(navigator, "geolocation", {{ value: {{
      getCurrentPosition: (done, fail, options) => {{ globalThis.asked = options; {position} }} }} }});"""


IN_JAKARTA = "done({ coords: { latitude: -6.1754, longitude: 106.8272 } })"
IN_BANDUNG = "done({ coords: { latitude: -6.9, longitude: 107.6 } })"
SPARING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"


@pytest.mark.parametrize(
    ("position", "said"),
    [
        ("fail({ code: 1 })", "Izin lokasi ditolak"),
        ("fail({ code: 3 })", "Lokasi Anda tidak ditemukan"),
        (IN_BANDUNG, "di luar wilayah Jakarta"),
    ],
    ids=["denied", "too late", "another city"],
)
def test_who_is_not_found_on_the_map_is_told_why(look: Look, position: str, said: str) -> None:
    page = drawn(look("/peta", script=standing(position)))

    page.get_by_role("button", name="Di sekitar saya").click()

    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("button", name="Di sekitar saya")).to_be_enabled()
    drawn(page)


def test_while_the_device_looks_for_its_place_the_page_says_so(look: Look) -> None:
    page = look("/peta", script=standing(""))

    page.get_by_role("button", name="Di sekitar saya").click()

    expect(page.get_by_role("button", name="Mencari lokasi…")).to_be_disabled()
    assert page.evaluate("asked.timeout") == 15_000


def test_a_phone_that_spares_data_lists_what_is_around_it_without_a_map(look: Look) -> None:
    page = look("/peta", script=SPARING + standing(IN_JAKARTA))

    page.get_by_role("button", name="Di sekitar saya").click()

    expect(page.get_by_text("3 laporan terbuka di area ini")).to_be_visible()
    page.get_by_role("button", name="Muat peta").click()
    expect(page.locator(".spot")).to_have_count(3)


def test_what_was_lost_on_the_way_to_the_map_can_be_asked_for_again(look: Look) -> None:
    page = look("about:blank")
    page.route("**/api/map**", lambda route: route.abort())
    page.route("**/leaflet**", lambda route: route.abort())
    page.goto("/peta")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Muat peta")).to_be_visible()

    page.unroute("**/api/map**")
    page.unroute("**/leaflet**")
    page.get_by_role("button", name="Coba lagi").click()
    page.get_by_role("button", name="Muat peta").click()

    drawn(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_while_it_loads_the_map_says_so_in_its_place(look: Look) -> None:
    page = look("/peta", script=SPARING)

    expect(page.locator("#list")).to_contain_text("43 laporan terbuka")  # the list needs no map
    expect(page.locator(".leaflet-container")).to_have_count(0)
    page.get_by_role("button", name="Muat peta").click()
    drawn(page)
    expect(page.locator(".map-wait")).to_have_count(0)


NAMES = """[...document.querySelectorAll(".area-name")].map((name) => {
  const { left, right, top, bottom } = name.getBoundingClientRect();
  return { left, right, top, bottom, text: name.textContent, wide: name.scrollWidth <= name.clientWidth };
})"""


@pytest.mark.parametrize(
    ("view", "shown", "not_shown"),
    [
        ("#10/-6.2/106.83", "Jakarta Selatan", "Tebet"),
        ("#12/-6.2/106.83", "Tebet", "Jakarta Selatan"),
        ("#14/-6.2/106.83", "Menteng", "Jakarta Selatan"),
    ],
)
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_names_lie_apart_and_only_in_view(
    look: Look, view: str, shown: str, not_shown: str, viewport: ViewportSize
) -> None:
    page = look(f"/peta{view}", viewport)
    expect(page.locator(".area-name").first).to_be_visible()

    names = page.evaluate(NAMES)

    assert shown in {name["text"] for name in names}
    assert not_shown not in {name["text"] for name in names}
    assert [(a["text"], b["text"]) for i, a in enumerate(names) for b in names[:i] if _touch(a, b)] == []
    assert [name["text"] for name in names if not name["wide"]] == []
    assert len(names) <= 60


def _touch(a: dict[str, float], b: dict[str, float]) -> bool:
    across = a["left"] < b["right"] and b["left"] < a["right"]
    return across and a["top"] < b["bottom"] and b["top"] < a["bottom"]


def test_no_ear_is_read_the_names_of_the_map(look: Look) -> None:
    page = drawn(look("/peta#14/-6.2/106.83", DESK))
    expect(page.locator(".area-name").first).to_be_visible()

    heard = page.locator("main").aria_snapshot()

    assert "Kebon Sirih" not in heard
    assert page.locator(".area-name").count() > 5


def test_close_in_the_map_says_where_it_is(look: Look) -> None:
    page = drawn(look(f"/peta{NEAR}"))

    expect(page.locator(".map-said")).to_have_text("Gambir, Kec. Gambir, Jakarta Pusat")


WEIGHT = """performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)"""


def test_the_first_look_stays_within_its_budget(look: Look) -> None:
    page = drawn(look("/peta"))

    assert page.evaluate(WEIGHT) <= 90 * 1024


def test_borders_come_after_the_first_look(chromium: Browser, tmp_path: Any) -> None:
    area = next(area for area in reference().areas.values() if area.name == "Gambir")
    ring = [(106.80, -6.19), (106.85, -6.19), (106.85, -6.15), (106.80, -6.15), (106.80, -6.19)]
    served = LonePages(tmp_path / "site", outlines=compact([Outline(area.code, "", [[ring]])], tolerance=20))
    served.api["map"] = answer
    context = chromium.new_context(viewport=PHONE, base_url=served.origin, service_workers="block")
    page = context.new_page()
    with page.expect_response("**/areas.json"):
        page.goto("/peta")

    assert served.asked.index("/areas.json") > served.asked.index("/api/map")
    assert "/api/reference" not in served.asked
    context.close()
    served.stop()


SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
USABLE = 5_000  # ms
SHOWN = """() => new Promise((done) => {
  const look = () => document.querySelector(".dot.leaflet-marker-icon") ? done() : requestAnimationFrame(look);
  look();
})"""


def test_slow_3g_keeps_list_and_map_for_five_seconds_longer_than_no_network(
    chromium: Browser, pages: LonePages
) -> None:
    without = [until_usable(chromium, pages, None) for _ in range(2)]

    slow = min(until_usable(chromium, pages, SLOW) for _ in range(2))

    assert slow <= USABLE + 2 * max(without), "the machine's own part is what it takes without a network to wait for"


def until_usable(chromium: Browser, pages: LonePages, network: dict[str, Any] | None) -> float:
    """Milliseconds until the first place is shown."""
    with chromium.new_context(viewport=PHONE, base_url=pages.origin, service_workers="block") as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        if network:
            session.send("Network.emulateNetworkConditions", network)
        page.goto("/peta", wait_until="commit")
        page.evaluate(SHOWN)
        return float(page.evaluate("performance.now()"))


BLOCKED = """new Promise((done) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
  setTimeout(() => done(seen.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0)), 200);
})"""
